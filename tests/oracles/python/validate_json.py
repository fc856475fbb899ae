"""Validates documents against a JSON Schema (draft 2020-12 or what the schema names).

    validate_json.py SCHEMA FILE...

Each line of a file is a document. Prints FILE:LINE, the place in the document and what is wrong with it,
by tabs; the last line counts the documents. Exit code 1 when one is not valid. The schema itself is
checked first.
"""

import json
import sys

from jsonschema.validators import validator_for


def main() -> int:
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    validator = validator_for(schema)
    validator.check_schema(schema)
    judge = validator(schema)
    count = failed = 0
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                count += 1
                for error in judge.iter_errors(json.loads(line)):
                    failed += 1
                    print(f"{name}:{number}\t{error.json_path}\t{error.message[:200]}")
    print(f"{count} documents")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
