"""A seal is made for a signer, with the maker's key elsewhere."""

import made
import yinxin

certificate, key = made.maker()
pending = yinxin.SealMaker(certificate).prepare(
    yinxin.SealSpec(
        id="34990000000002",
        name="某某市示范企业有限公司",
        signers=[made.signer()[0]],
        create_date=made.time("2026-01-02T00:00:00"),
        valid_from=made.time("2026-01-02T00:00:00"),
        valid_until=made.time("2031-01-02T00:00:00"),
        # Border and star alone: a font is the caller's to give.
        picture=yinxin.SealPicture.round(""),
    )
)
print("sign with", pending.algorithm)

# The maker's key, wherever it is.
value = key.sign(pending.message)

seal = pending.complete(value)
print(f"{seal.id} {seal.name} ({seal.layout.value})")
print(f"{seal.picture_format} of {seal.picture.width_mm} by {seal.picture.height_mm} mm")
print(made.written(seal.valid_from), "to", made.written(seal.valid_until))
report = made.verifier(yinxin.Policy.basic()).verify(seal.to_der(), at=made.JUDGED)
print(made.verdict(report))
