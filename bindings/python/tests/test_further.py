"""What stands behind a window and beside a license: packs, evidence, encryption, paths, codes."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Iterator

import pytest

import yinxin
from conftest import JUDGED, REPOSITORY, SEALED, World, at, draft
from yinxin import CodeKind, Environment, Outcome

PROVINCES = REPOSITORY / "examples/data/provinces"
ISSUED = at("2026-03-01T00:00:00")
END = at("2036-01-01T00:00:00")
KEEPER = yinxin.SoftwareKey.from_sm2_scalar(bytes([8]) * 32)


def crl(world: World, *revoked: yinxin.Certificate) -> yinxin.Crl:
    return yinxin.make_crl(
        world.root,
        world.root_key,
        number=1,
        this_update=ISSUED,
        next_update=END,
        revoked=[(certificate, ISSUED) for certificate in revoked],
    )


def test_codes() -> None:
    good = {
        CodeKind.USCC: "91350100M000100Y43",
        CodeKind.CITIZEN: "11010519491231002X",
        CodeKind.REGION: "340100",
        CodeKind.ORGANIZATION: "D2143569-X",
    }
    for kind, code in good.items():
        assert yinxin.check_code(kind, code) is Outcome.PASSED
        assert yinxin.check_code(kind, code[:-1] + "7") is not Outcome.PASSED or kind is CodeKind.REGION
    assert yinxin.check_code(CodeKind.REGION, "34") is Outcome.FAILED
    made = yinxin.LicenseId.make(
        type_code="11100000MB0143028R001", issuer=good[CodeKind.USCC], serial="20260115000001"
    )
    assert made.check is Outcome.PASSED and made == yinxin.LicenseId(str(made))
    assert (made.serial, made.version) == ("20260115000001", 1)
    wrong = str(made)[:-1] + ("0" if str(made)[-1] != "0" else "1")
    assert yinxin.check_code(CodeKind.LICENSE, wrong) is not Outcome.PASSED
    assert "20260115000001" not in repr(made)
    with pytest.raises(yinxin.RequestError):
        yinxin.LicenseId("1.2.3")


def test_encryption(world: World) -> None:
    locked = yinxin.encrypt(world.license, certificates={"收件人": world.signer}, at=SEALED)
    plain = yinxin.decrypt(locked, key=world.signer_key)
    assert world.verifier().verify(plain, at=JUDGED).outcome is Outcome.PASSED
    with pytest.raises(yinxin.CryptoError):
        yinxin.decrypt(locked, key=world.maker_key)
    locked = yinxin.encrypt(world.license, passwords={"收件人": "口令"})
    assert yinxin.decrypt(locked, password="口令")[:2] == b"PK"
    with pytest.raises(yinxin.CryptoError):
        yinxin.decrypt(locked, password="另一个")
    with pytest.raises(TypeError, match="either"):
        yinxin.decrypt(locked)
    with pytest.raises(yinxin.RequestError):
        yinxin.encrypt(world.license)


def test_a_list_of_files(world: World) -> None:
    pending = yinxin.prepare_integrity(world.license, world.signer, time=SEALED)
    later = yinxin.PendingIntegrity.from_bytes(pending.to_bytes(), world.license)
    assert later.message == pending.message and later.digest
    listed = later.complete(world.signer_key.sign(later.message))
    assert listed == pending.sign(world.signer_key)
    report = world.verifier().verify(listed, at=JUDGED)
    assert report.outcome is Outcome.PASSED
    assert any(check.code is yinxin.CheckCode.INTEGRITY_VALUE for check in report.checks)
    with pytest.raises(yinxin.RequestError):
        yinxin.PendingIntegrity.from_bytes(pending.to_bytes(), listed)


def test_paths(world: World) -> None:
    def judged(**changes: object) -> yinxin.PathReport:
        return yinxin.judge_path(world.signer, at=JUDGED, **{"anchors": [world.root], **changes})  # type: ignore[arg-type]

    report = judged()
    assert report.outcome is Outcome.PASSED
    assert report.to_dict()["schema"] == "yinxin.path/1" == json.loads(report.to_json())["schema"]
    assert judged(anchors=[]).outcome is Outcome.INDETERMINATE
    revoked = judged(crls=[crl(world, world.signer)], revocation=yinxin.RevocationMode.REQUIRED)
    assert revoked.outcome is Outcome.FAILED
    assert judged(max_depth=1).outcome is Outcome.INDETERMINATE
    with pytest.raises(TypeError, match="not true or false"):
        bool(report)


def test_a_pack_from_its_keeper_to_a_window(world: World) -> None:
    status = yinxin.make_status_list(
        world.root_key, uri="https://status.example.invalid/1", issued=ISSUED, ttl=86_400, statuses=b"\0\1"
    )
    pack = yinxin.make_trust_pack(
        PROVINCES / "list-1.json",
        [KEEPER],
        name="示范信任体系",
        environment=Environment.TEST,
        issued=ISSUED,
        expires=ISSUED + timedelta(days=7),
        crls=[crl(world)],
        status_lists=[status],
        status_references=b'{"schema":"yinxin.status-references/1"}',
    )
    pinned = yinxin.TrustState.pin(PROVINCES / "root.json", environment=Environment.TEST, at=ISSUED)
    state, opened = pinned.open_pack(pack, at=ISSUED)
    assert pinned.list_version is None and state.list_version == 1
    assert (opened.issued, opened.expires) == (ISSUED, ISSUED + timedelta(days=7))
    with pytest.raises(yinxin.TrustError):
        pinned.open_pack(pack, at=ISSUED + timedelta(days=8))

    own = PROVINCES / "own.ofd"
    without = yinxin.Verifier(trust=state).verify(own, at=JUDGED)
    window = yinxin.Verifier(trust=state, packs=[opened]).verify(own, at=JUDGED)
    assert not without.evidence and window.evidence
    assert "no_revocation_list" in without.to_json() and "no_revocation_list" not in window.to_json()


def test_status_given_one_by_one(world: World) -> None:
    revoked = {
        "asOf": "2026-03-02T01:00:00Z",
        "revocationList": [{"sealCode": "34990000000001", "invalidEffectTime": "2026-02-01T00:00:00Z"}],
    }
    verifier = yinxin.Verifier(
        yinxin.Policy.basic(),
        signer_anchors=[world.root],
        maker_anchors=[world.root],
        seal_revocations=[json.dumps(revoked).encode()],
    )
    report = verifier.verify(world.license, at=JUDGED)
    assert report.headline is yinxin.CheckCode.SEAL_STATUS
    for name in ("status_lists", "status_references", "seal_revocations"):
        with pytest.raises(yinxin.FormatError):
            yinxin.Verifier(**{name: [b"none"]})  # type: ignore[arg-type]


def test_a_pdf_says_what_it_is_told_and_is_made_to_last(world: World) -> None:
    document = draft().document(yinxin.LicenseFormat.PDF)
    profile = yinxin.Profile(
        cms=True,
        format=yinxin.PdfFormat.PADES,
        field="Approval",
        reason="Approved",
        location="Window 3",
        certify=yinxin.PdfPermission.FILL_AND_SIGN,
        lock_fields=["Total"],
        size_mm=(40.0, 20.0),
        picture=world.seal.picture.data,
    )
    request = yinxin.Request.sign(
        world.signer, time=SEALED, at=[yinxin.Place(1, 100.0, 100.0)], profile=profile
    )
    signed = yinxin.prepare(document, request).sign(world.signer_key)
    for said in (b"(Approved)", b"(Window 3)", b"ETSI.CAdES.detached", b"/DocMDP", b"(Total)"):
        assert said in signed
    assert world.verifier().verify(signed, at=JUDGED).outcome is Outcome.PASSED

    dry = yinxin.Augmentation(signed, certificates=[world.root])
    missing = {lack.what: lack for lack in dry.missing}
    assert missing.keys() == {"time_stamp", "revocation"}
    assert missing["revocation"].certificate == world.signer
    assert missing["time_stamp"].certificate is None and missing["time_stamp"].fields == ("Approval",)
    with pytest.raises(yinxin.FormatError):
        dry.finish(at=JUDGED)
    fuller = yinxin.Augmentation(signed, certificates=[world.root], crls=[crl(world)])
    assert [lack.what for lack in fuller.missing] == ["time_stamp"]
    lasting = fuller.finish(at=JUDGED, incomplete=True)
    assert lasting.startswith(signed) and b"/DSS" in lasting

    stamp = yinxin.DocumentStamp(lasting, b"12345678")
    assert yinxin.DocumentStamp.from_bytes(stamp.to_bytes(), lasting).request == stamp.request
    with pytest.raises(yinxin.FormatError):
        stamp.complete(b"no answer")
    with pytest.raises(ValueError, match="font"):
        yinxin.Profile(text="words", size_mm=(1.0, 1.0))


def test_a_seal_asks_for_its_time_stamp(world: World) -> None:
    question = world.seal.time_stamp_request(b"12345678")
    with pytest.raises(yinxin.FormatError):
        world.seal.with_time_stamp(question, b"no answer")


def test_results_come_as_they_are_taken(world: World, tmp_path: Path) -> None:
    asked = 0

    def documents() -> Iterator[bytes | Path]:
        nonlocal asked
        for number in range(10_000):
            asked += 1
            yield tmp_path / "missing" if number == 1 else (
                world.license if number % 2 == 0 else b"no document"
            )

    results = world.verifier().iter_verify(documents(), at=JUDGED, threads=2)
    first = list(islice(results, 6))
    outcomes = [None if result.report is None else result.report.outcome for result in first]
    assert outcomes == [Outcome.PASSED, None, Outcome.PASSED, Outcome.FAILED, Outcome.PASSED, Outcome.FAILED]
    assert isinstance(first[1].error, OSError) and first[1].path == tmp_path / "missing"
    # Two for each thread ahead, and no more.
    assert asked <= 6 + 4
    assert list(world.verifier().iter_verify([], threads=1)) == []
    with pytest.raises(TypeError):
        next(iter(world.verifier().iter_verify(["a name"])))  # type: ignore[list-item]
    with pytest.raises(ValueError, match="threads"):
        world.verifier().iter_verify([], threads=0)


def test_a_million_documents_need_the_memory_of_a_few(world: World) -> None:
    import resource

    small = (REPOSITORY / "bindings/small/sealed.ofd").read_bytes()
    verifier = world.verifier()
    many = iter(lambda: bytearray(small), None)
    results = verifier.iter_verify(many, at=JUDGED, threads=2)
    for _ in islice(results, 200):
        pass
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in islice(results, 1_000):
        pass
    # A thousand reports would be some 20 MiB.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 4 << 10
