"""A license is handed in, and then one that someone added a byte to."""

import made
import yinxin

license = made.sealed_license()
report = made.verifier(yinxin.Policy.basic()).verify(license, at=made.JUDGED)
print(f"{made.verdict(report)} under {report.policy.name} {report.policy.version}")
print("authentic:", report.axes.authentic.value)
print("trusted:", report.axes.trusted.value)
print("in force:", report.axes.in_force.value)
for signature in report.signatures:
    assert signature.seal is not None
    used = made.written(signature.signed_at)
    print(f"seal: {signature.seal.name}, used {used} ({signature.time_source})")
assert report.license is not None
print(f"license: {report.license.name} {report.license.identifier}")

longer = made.verifier(yinxin.Policy.basic()).verify(license + b"x", at=made.JUDGED)
print("with a byte more:", made.verdict(longer))
window = made.verifier(yinxin.Policy.window()).verify(license, at=made.JUDGED)
print(f"under {window.policy.name}: {made.verdict(window)}")
