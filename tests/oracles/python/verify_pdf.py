"""Verifies every signature of PDF files with pyHanko; time stamps over a file are none.

    verify_pdf.py FILE... [--trust ROOT.pem]... [--untrusted CA.pem]... [--at 2026-11-22T08:00:00Z]
        [--password PASSWORD] [--lenient]

Prints one JSON object a signature and line. Exit code 0: there is at least one signature in each
file and every one is intact, valid and covers the file or changes it only in ways allowed (and is
trusted, when --trust is given). 1 otherwise. Nothing is fetched from a network.
Hybrid files pyHanko judges with --lenient alone.
"""

import argparse
import json
import logging
import sys
from datetime import datetime

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY
from pyhanko.sign.validation import KeyUsageConstraints, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

# A signer of documents may carry either usage; pyHanko alone would insist on non-repudiation.
KEY_USAGE = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--trust", action="append", default=[])
    parser.add_argument("--untrusted", action="append", default=[])
    parser.add_argument("--at")
    parser.add_argument("--password")
    parser.add_argument("--lenient", action="store_true")
    options = parser.parse_args()
    # A missing path is part of the answer; its traceback on stderr says nothing more.
    logging.disable(logging.CRITICAL)
    good = [verify_file(file, options) for file in options.files]
    return 0 if all(good) else 1


def verify_file(file: str, options: argparse.Namespace) -> bool:
    try:
        with open(file, "rb") as stream:
            reader = PdfFileReader(stream, strict=not options.lenient)
            if options.password:
                reader.decrypt(options.password)
            results = [judge(one, options) for one in reader.embedded_regular_signatures]
    except Exception as error:  # pyHanko raises many kinds on malformed files
        print(json.dumps({"file": file, "error": f"{type(error).__name__}: {error}"}))
        return False
    if not results:
        print(json.dumps({"file": file, "error": "no signature"}))
    for index, result in enumerate(results):
        print(json.dumps({"file": file, "index": index} | result, ensure_ascii=False))
    return bool(results) and all(result["good"] for result in results)


def judge(signature, options: argparse.Namespace) -> dict:
    status = validate_pdf_signature(
        signature,
        signer_validation_context=context(options),
        diff_policy=DEFAULT_DIFF_POLICY,
        key_usage_settings=KEY_USAGE,
    )
    modified = status.modification_level
    covered = status.coverage.name in ("ENTIRE_FILE", "ENTIRE_REVISION")
    unchanged = status.docmdp_ok and (modified is None or modified.name != "OTHER")
    trusted = status.trusted or not options.trust
    return {
        "good": status.intact and status.valid and covered and unchanged and trusted,
        "field": signature.field_name,
        "intact": status.intact,
        "valid": status.valid,
        "trusted": status.trusted,
        "coverage": status.coverage.name,
        "modification": modified.name if modified is not None else None,
        "docmdp_ok": status.docmdp_ok,
        "md_algorithm": status.md_algorithm,
        "mechanism": status.pkcs7_signature_mechanism,
        "signer": status.signing_cert.subject.human_friendly,
        "signed_at": str(status.signer_reported_dt) if status.signer_reported_dt else None,
        "problem": str(status.trust_problem_indic) if status.trust_problem_indic else None,
    }


def context(options: argparse.Namespace) -> ValidationContext:
    moment = datetime.fromisoformat(options.at.replace("Z", "+00:00")) if options.at else None
    return ValidationContext(
        trust_roots=list(load_certs_from_pemder(options.trust)),
        other_certs=list(load_certs_from_pemder(options.untrusted)),
        moment=moment,
        best_signature_time=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


if __name__ == "__main__":
    sys.exit(main())
