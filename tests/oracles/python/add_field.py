"""Adds an empty signature field to a PDF with pyHanko: add_field.py FILE OUT NAME [--lock FIELD].

The field is on the first page, at 60,60 to 260,140 points. With --lock its author prescribes that
signing it locks that other field.
"""

import argparse

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    SigFieldSpec,
    append_signature_field,
)

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("file")
parser.add_argument("out")
parser.add_argument("name")
parser.add_argument("--lock")
options = parser.parse_args()
lock = FieldMDPSpec(FieldMDPAction.INCLUDE, [options.lock]) if options.lock else None
with open(options.file, "rb") as stream:
    writer = IncrementalPdfFileWriter(stream)
    spec = SigFieldSpec(options.name, box=(60, 60, 260, 140), field_mdp_spec=lock)
    append_signature_field(writer, spec)
    with open(options.out, "wb") as out:
        writer.write(out)
