"""A license is issued over night: what is to be signed leaves the house, the value comes back."""

import made
import yinxin

certificate, key = made.signer()
draft = made.draft(yinxin.Template.standard_landscape())
for format in yinxin.LicenseFormat:
    request = yinxin.Request.affix(made.seal(), certificate, time=made.NOW)
    pending = draft.prepare(request, format)
    stored = pending.to_bytes()
    assert pending.digest is not None
    print(f"{format.value}: sign with {pending.algorithm}, digest of {len(pending.digest)} bytes")

    # Wherever the key is.
    value = key.sign(pending.message)

    resumed = draft.resume(stored, format)
    try:
        resumed.complete(made.stranger().sign(pending.message))
    except yinxin.Error as refused:
        print(f"{format.value}: another key's value: {refused.code}")
    license = resumed.complete(value)
    report = made.verifier(yinxin.Policy.basic()).verify(license.to_bytes(), at=made.JUDGED)
    print(f"{format.value}: {license.id} {made.verdict(report)}")
