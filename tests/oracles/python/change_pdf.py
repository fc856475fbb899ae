"""Does with pyHanko what honest tools do to a signed PDF.

    change_pdf.py IN.pdf OUT.pdf STEP... --key KEY.pem --cert CERT.pem --root ROOT.pem
        [--tsa-key KEY.pem --tsa-cert CERT.pem] [--crl LIST] [--ocsp RESPONSE]

Steps, each one more revision: certify1 certify2 certify3 sign sign-visible sign-existing
sign-adbe dss stamp. sign-adbe signs revocation data along, as Acrobat does.
Nothing is fetched from a network.
"""

import argparse
import io
import sys

from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("steps", nargs="+")
    for name in ("key", "cert", "root", "tsa-key", "tsa-cert", "crl", "ocsp"):
        parser.add_argument(f"--{name}")
    options = parser.parse_args()
    with open(options.source, "rb") as stream:
        document = stream.read()
    for step in options.steps:
        document = change(document, step, options)
    with open(options.target, "wb") as stream:
        stream.write(document)
    return 0


def change(document: bytes, step: str, options: argparse.Namespace) -> bytes:
    if step == "dss":
        return with_evidence(document, options)
    if step == "stamp":
        return stamped(document, options)
    return signed(document, step, options)


def signed(document: bytes, step: str, options: argparse.Namespace) -> bytes:
    signer = signers.SimpleSigner.load(
        options.key, options.cert, ca_chain_files=(options.root,), key_passphrase=None
    )
    # Another name in each revision.
    name = "second" if step == "sign-existing" else f"Signature{len(document)}"
    metadata = {"field_name": name}
    if step.startswith("certify"):
        permission = fields.MDPPerm(int(step.removeprefix("certify")))
        metadata |= {"certify": True, "docmdp_permissions": permission}
    field = None
    if step == "sign-visible":
        field = fields.SigFieldSpec(name, on_page=0, box=(300, 60, 500, 120))
    if step == "sign-adbe":
        metadata |= {
            "subfilter": fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
            "embed_validation_info": True,
            "validation_context": with_revocation(options),
        }
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    out = signers.sign_pdf(
        writer,
        signers.PdfSignatureMetadata(**metadata),
        signer=signer,
        new_field_spec=field,
        existing_fields_only=step == "sign-existing",
    )
    return out.getvalue()


def with_revocation(options: argparse.Namespace) -> ValidationContext:
    def read(path):
        with open(path, "rb") as stream:
            return stream.read()

    return ValidationContext(
        trust_roots=[load_cert_from_pemder(options.root)],
        crls=[read(options.crl)] if options.crl else [],
        ocsps=[read(options.ocsp)] if options.ocsp else [],
        revocation_mode="hard-fail",
        allow_fetching=False,
    )


def with_evidence(document: bytes, options: argparse.Namespace) -> bytes:
    stream = io.BytesIO(document)
    signature = PdfFileReader(stream).embedded_signatures[0]
    certificates = [load_cert_from_pemder(file) for file in (options.cert, options.root)]
    DocumentSecurityStore.add_dss(stream, signature.pkcs7_content, certs=certificates)
    return stream.getvalue()


def stamped(document: bytes, options: argparse.Namespace) -> bytes:
    stamper = timestamps.DummyTimeStamper(
        tsa_cert=load_cert_from_pemder(options.tsa_cert),
        tsa_key=load_private_key_from_pemder(options.tsa_key, passphrase=None),
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    out = signers.PdfTimeStamper(stamper).timestamp_pdf(writer, "sha256")
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
