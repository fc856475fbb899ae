"""Two provinces on one trust list: each vouches for its own licenses, and for no others'."""

import base64
import json
from datetime import datetime, timedelta

import made
import yinxin

NAME, ISSUER = "示范信任体系", "11349900MB0EXAMP5Y"
ISSUED, EXPIRES = made.time("2026-03-01T00:00:00"), made.time("2027-03-01T00:00:00")


def document(kind: yinxin.TrustDocument, version: int, **members: object) -> bytes:
    """A root or list of the made-up trust system, signed by its one keeper."""
    payload = {
        "schema": f"yinxin.trust-{kind.value}/1",
        "name": NAME,
        "environment": "test",
        "version": version,
        "issued": made.written(ISSUED),
        "expires": made.written(EXPIRES),
        **members,
    }
    return yinxin.make_trust_document(kind, json.dumps(payload).encode(), [made.keeper()])


def entry(id: str, kind: str, province: made.Province) -> dict[str, object]:
    """A certificate that is believed in its own province."""
    scope = {"regions": [province.region], "issuers": "any", "license_types": "any"}
    start = made.written(made.time("2026-01-01T00:00:00"))
    return {
        "id": id,
        "kind": kind,
        "name": id,
        "certificate": base64.b64encode(province.root.to_der()).decode(),
        "history": [{"from": start, "until": None, "standing": "granted", "scope": scope}],
    }


key = base64.b64encode(made.keeper().public_key.to_spki()).decode()
quorum = {"threshold": 1, "keys": [{"algorithm": "SM2-SM3", "spki": key}]}
own, other = made.provinces()
members: dict[str, object] = {
    "entries": [
        entry(f"{kind} {province.region}", kind, province)
        for province in (own, other)
        for kind in ("ca", "seal-maker")
    ],
    "organizations": [
        {"uscc": ISSUER, "name": "某某市市场监督管理局", "seals": [own.seal.id], "certificates": []}
    ],
}
root = document(yinxin.TrustDocument.ROOT, 1, root=quorum, list=quorum)
state = yinxin.TrustState.pin(root, environment=yinxin.Environment.TEST, at=ISSUED)
first = document(yinxin.TrustDocument.LIST, 1, previous=None, **members)
state = state.install(first, at=ISSUED)
second = document(yinxin.TrustDocument.LIST, 2, previous=state.list_digest, **members)
state = yinxin.TrustState.from_bytes(state.install(second, at=ISSUED).to_bytes())
print(f"list {state.list_version} of {state.name}: {state.freshness(at=made.JUDGED).value}")
try:
    state.install(first, at=ISSUED)
except yinxin.TrustError as refused:
    print("an older list:", refused.code)


def tell(words: str, license: bytes, at: datetime) -> None:
    """What the list makes of a license."""
    report = yinxin.Verifier(yinxin.Policy.window(), trust=state).verify(license, at=at)
    outcomes = {check.code: check.outcome.value for check in report.all_checks()}
    print(f"{words}: the list is {report.trust.freshness.value}")
    for code in (
        yinxin.CheckCode.AUTHORITY_MAKER,
        yinxin.CheckCode.AUTHORITY_ISSUER,
        yinxin.CheckCode.AUTHORITY_SCOPE,
    ):
        print(f"  {code.value}: {outcomes.get(code, '-')}")


tell("sealed in its own province", own.license, made.JUDGED)
tell("sealed in another province", other.license, made.JUDGED)
tell("forty days later", own.license, made.JUDGED + timedelta(days=40))
