"""A seal is put on a document in two phases, with the key in a device that gives r ‖ s."""

import made
import yinxin

certificate, key = made.signer()


def device(message: bytes) -> bytes:
    """r ‖ s, 32 bytes each, as hardware gives them; DER would do as well."""
    value, numbers = key.sign(message), b""
    rest = value[2:]
    while rest:
        length = rest[1]
        numbers += rest[2 : 2 + length][-32:].rjust(32, b"\0")
        rest = rest[2 + length :]
    return numbers


draft = made.draft(yinxin.Template.standard_portrait())
for format in yinxin.LicenseFormat:
    document = draft.document(format)
    place = yinxin.Place(1, 150, 240)
    request = yinxin.Request.affix(made.seal(), certificate, time=made.NOW, at=[place])
    stored = yinxin.prepare(document, request).to_bytes()

    try:
        yinxin.Pending.from_bytes(stored, document + b"\n")
    except yinxin.Error as refused:
        print(f"{format.value}: another document: {refused.code}")

    pending = yinxin.Pending.from_bytes(stored, document)
    sealed = pending.complete(device(pending.message))
    report = made.verifier(yinxin.Policy.basic()).verify(sealed, at=made.JUDGED)
    print(f"{format.value}: sealed, seals: {len(report.signatures)}, {made.verdict(report)}")
