"""Dumps DER with asn1crypto.

    dump_der.py FILE...            every element, with offset, tag and primitive value
    dump_der.py --cms FILE...      the parsed CMS structure as JSON

Exit code 0 when every file is one whole element without trailing bytes, 1 otherwise. With --cms the
file must also parse as a CMS ContentInfo that encodes again to the same bytes; asn1crypto knows the
international object identifiers only.
"""

import argparse
import json
import sys

from asn1crypto import cms, core, parser as der
from asn1crypto import tsp  # noqa: F401  Names the attributes of RFC 3161 and 5035 to cms.


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cms", action="store_true")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    good = True
    for file in options.files:
        with open(file, "rb") as stream:
            data = stream.read()
        try:
            if options.cms:
                dump_cms(data)
            else:
                dump_elements(data, 0, 0)
        except Exception as error:  # asn1crypto raises lazily, of several kinds
            print(f"error: {file}: {type(error).__name__}: {error}", file=sys.stderr)
            good = False
    return 0 if good else 1


def dump_elements(data: bytes, offset: int, depth: int) -> None:
    tag_class, method, tag, header, content, trailer = der.parse(data, strict=depth == 0)
    name = core.CLASS_NUM_TO_NAME_MAP[tag_class] + f" {tag}"
    shown = "" if method else content.hex()
    print(f"{offset:6} {'  ' * depth}{name} {len(content)} {shown}".rstrip())
    if not method:
        return
    at = 0
    while at < len(content):
        child = der.peek(content[at:])
        dump_elements(content[at : at + child], offset + len(header) + at, depth + 1)
        at += child


def dump_cms(data: bytes) -> None:
    info = cms.ContentInfo.load(data, strict=True)
    native = info.native
    if info.dump(force=True) != data:
        raise ValueError("encodes to other bytes")
    print(json.dumps(native, default=shown, ensure_ascii=False, indent=1))


def shown(value) -> str:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
