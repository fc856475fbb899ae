"""Verifications a second of all signatures of a PDF with pyHanko, changes analysed, offline.

    bench_verify_pdf.py FILE.pdf ROOT.pem

Prints the figure of the best of several slices.
"""

import io
import logging
import sys
import time
from datetime import datetime, timezone

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY
from pyhanko.sign.validation import KeyUsageConstraints, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

MOMENT = datetime(2026, 11, 22, 8, tzinfo=timezone.utc)
KEY_USAGE = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)
SLICE = 10


def main() -> int:
    logging.disable(logging.CRITICAL)
    with open(sys.argv[1], "rb") as stream:
        document = stream.read()
    roots = list(load_certs_from_pemder([sys.argv[2]]))
    best = min(timed(document, roots) for _ in range(8))
    print(SLICE / best)
    return 0


def timed(document: bytes, roots: list) -> float:
    start = time.perf_counter()
    for _ in range(SLICE):
        verify(document, roots)
    return time.perf_counter() - start


def verify(document: bytes, roots: list) -> None:
    reader = PdfFileReader(io.BytesIO(document))
    for signature in reader.embedded_signatures:
        context = ValidationContext(
            trust_roots=roots,
            moment=MOMENT,
            best_signature_time=MOMENT,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )
        status = validate_pdf_signature(
            signature,
            signer_validation_context=context,
            diff_policy=DEFAULT_DIFF_POLICY,
            key_usage_settings=KEY_USAGE,
        )
        assert status.intact and status.valid and status.trusted and status.docmdp_ok


if __name__ == "__main__":
    sys.exit(main())
