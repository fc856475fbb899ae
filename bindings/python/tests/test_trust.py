"""Trust lists: what is taken in, what is refused, and what a verdict makes of one."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest

import yinxin
from conftest import JUDGED, World, at

ISSUED, EXPIRES = "2026-03-01T00:00:00Z", "2027-03-01T00:00:00Z"
SINCE = at("2026-03-01T00:00:00")


@pytest.fixture(scope="module")
def keepers() -> list[yinxin.SoftwareKey]:
    return [yinxin.SoftwareKey.from_sm2_scalar(bytes([number]) * 32) for number in (91, 92, 93)]


def payload(kind: str, version: int, **members: object) -> bytes:
    common = {
        "schema": f"yinxin.trust-{kind}/1",
        "name": "示范信任体系",
        "environment": "test",
        "version": version,
        "issued": ISSUED,
        "expires": EXPIRES,
    }
    return json.dumps({**common, **members}).encode()


def root(keepers: list[yinxin.SoftwareKey]) -> bytes:
    """Two of three sign roots, and two of three lists."""
    keys = [
        {
            "algorithm": key.algorithm,
            "spki": base64.b64encode(key.public_key.to_spki()).decode(),
        }
        for key in keepers
    ]
    quorum = {"threshold": 2, "keys": keys}
    text = payload("root", 1, root=quorum, list=quorum)
    return yinxin.make_trust_document(yinxin.TrustDocument.ROOT, text, keepers[:2])


def entries(world: World, standing: str = "granted") -> list[dict[str, object]]:
    scope = {"regions": "any", "issuers": "any", "license_types": "any"}
    return [
        {
            "id": kind,
            "kind": kind,
            "name": kind,
            "certificate": base64.b64encode(world.root.to_der()).decode(),
            "history": [
                {
                    "from": "2026-01-01T00:00:00Z",
                    "until": None,
                    "standing": standing,
                    "scope": scope,
                }
            ],
        }
        for kind in ("ca", "seal-maker")
    ]


def listed(world: World, keys: list[yinxin.SoftwareKey], version: int = 1, **members: object) -> bytes:
    given = {"previous": None, "entries": entries(world), "organizations": [], **members}
    text = payload("list", version, **given)
    return yinxin.make_trust_document(yinxin.TrustDocument.LIST, text, keys)


def pinned(keepers: list[yinxin.SoftwareKey]) -> yinxin.TrustState:
    return yinxin.TrustState.pin(root(keepers), environment=yinxin.Environment.TEST, at=SINCE)


def test_a_list_vouches_in_place_of_anchors(
    world: World, keepers: list[yinxin.SoftwareKey]
) -> None:
    state = pinned(keepers).install(listed(world, keepers[1:]), at=SINCE)
    assert (state.list_version, state.root_version, state.name) == (1, 1, "示范信任体系")
    assert state.environment is yinxin.Environment.TEST and state.latest_seen == SINCE
    verifier = yinxin.Verifier(yinxin.Policy.basic(), trust=state)
    report = verifier.verify(world.license, at=JUDGED)
    assert report.outcome is yinxin.Outcome.PASSED, report
    trust = report.trust
    assert (trust.list_version, trust.list_age_days) == (1, 3)
    assert trust.environment is yinxin.Environment.TEST
    assert trust.freshness is yinxin.Freshness.FRESH and trust.anchors.maker == 1
    without = yinxin.Verifier(yinxin.Policy.basic()).verify(world.license, at=JUDGED)
    assert without.trust.environment is None
    assert without.trust.freshness is yinxin.Freshness.NONE


def test_how_old_a_list_may_be_is_the_callers_choice(
    world: World, keepers: list[yinxin.SoftwareKey]
) -> None:
    state = pinned(keepers).install(listed(world, keepers[:2]), at=SINCE)
    for days, wanted in [(6, "fresh"), (8, "stale-warn"), (31, "stale-stop")]:
        when = SINCE + timedelta(days=days)
        assert state.freshness(at=when) is yinxin.Freshness(wanted)
        usual = yinxin.Verifier(yinxin.Policy.basic(), trust=state)
        assert usual.verify(world.license, at=when).trust.freshness.value == wanted
    patient = yinxin.Verifier(
        yinxin.Policy.basic(), trust=state, warn_days=100, stop_days=200
    )
    report = patient.verify(world.license, at=SINCE + timedelta(days=31))
    assert report.trust.freshness is yinxin.Freshness.FRESH
    assert report.outcome is yinxin.Outcome.PASSED


def test_what_is_refused_leaves_the_state_as_it_was(
    world: World, keepers: list[yinxin.SoftwareKey]
) -> None:
    state = pinned(keepers)
    first = listed(world, keepers[:2])
    installed = state.install(first, at=SINCE)
    second = listed(world, keepers[:2], 2, previous=installed.list_digest)
    stranger = yinxin.SoftwareKey.from_sm2_scalar(bytes([94]) * 32)
    kinds = yinxin.ErrorKind
    for document, holder, kind in [
        (first, installed.install(second, at=SINCE), kinds.TRUST_ROLLBACK),
        (listed(world, keepers[:2], 2, previous="00" * 32), installed, kinds.TRUST_FORK),
        (listed(world, keepers[:1]), state, kinds.TRUST_THRESHOLD),
        (listed(world, [stranger]), state, kinds.TRUST_ROOT),
        (root(keepers), state, kinds.TRUST_ROLE),
    ]:
        before = holder.to_bytes()
        with pytest.raises(yinxin.TrustError) as raised:
            holder.install(document, at=SINCE)
        assert raised.value.kind is kind
        assert holder.to_bytes() == before
    # A key that adds its signature makes up what was missing.
    enough = yinxin.sign_trust_document(listed(world, keepers[:1]), keepers[2])
    assert state.install(enough, at=SINCE).list_version == 1


def test_a_state_is_kept_between_runs(world: World, keepers: list[yinxin.SoftwareKey]) -> None:
    state = pinned(keepers).install(listed(world, keepers[:2]), at=SINCE)
    again = yinxin.TrustState.from_bytes(state.to_bytes())
    assert again == state
    later = again.seen(at=SINCE + timedelta(days=9))
    assert later != state
    with pytest.raises(yinxin.TrustError) as raised:
        later.seen(at=SINCE)
    assert raised.value.kind is yinxin.ErrorKind.TRUST_CLOCK


def test_trials_do_not_open_production(keepers: list[yinxin.SoftwareKey]) -> None:
    with pytest.raises(yinxin.TrustError) as raised:
        yinxin.TrustState.pin(root(keepers), environment=yinxin.Environment.PRODUCTION, at=SINCE)
    assert raised.value.kind is yinxin.ErrorKind.TRUST_ENVIRONMENT


def test_what_would_not_be_read_is_not_made(keepers: list[yinxin.SoftwareKey]) -> None:
    for kind in yinxin.TrustDocument:
        with pytest.raises(yinxin.FormatError):
            yinxin.make_trust_document(kind, b"{}", keepers)
