"""Signatures a second over a PDF with pyHanko, PAdES B-B, offline.

    bench_sign_pdf.py FILE.pdf ROOT.pem CERT.pem KEY.pem

Prints the figure of the best of several slices.
"""

import io
import sys
import time

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

SLICE = 5


def main() -> int:
    with open(sys.argv[1], "rb") as stream:
        document = stream.read()
    # Keys are read once, as they are in the other loop.
    signer = signers.SimpleSigner.load(sys.argv[4], sys.argv[3], key_passphrase=None)
    best = min(timed(document, signer) for _ in range(8))
    print(SLICE / best)
    return 0


def timed(document: bytes, signer: signers.SimpleSigner) -> float:
    start = time.perf_counter()
    for _ in range(SLICE):
        sign(document, signer)
    return time.perf_counter() - start


def sign(document: bytes, signer: signers.SimpleSigner) -> None:
    metadata = signers.PdfSignatureMetadata(
        field_name="Signature1",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    signed = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(document)), metadata, signer=signer
    )
    assert len(signed.getvalue()) > len(document)


if __name__ == "__main__":
    sys.exit(main())
