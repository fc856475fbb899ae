"""Verifying: a verdict for every input, and no way to take it for a boolean."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import yinxin
from conftest import JUDGED, World


def test_a_sealed_license_passes(world: World) -> None:
    report = world.verifier().verify(world.license, at=JUDGED)
    assert report.outcome is yinxin.Outcome.PASSED
    assert report.headline is None
    assert report.policy.name == "basic"
    assert report.document.format is yinxin.DocumentFormat.OFD
    assert report.document.size == len(world.license)
    assert report.evaluated_at == JUDGED
    (signature,) = report.signatures
    assert signature.kind is yinxin.SignatureKind.SEAL
    assert signature.standard == "GB/T 38540-2020"
    assert signature.signer is not None and signature.signer.sha256 == world.signer.sha256
    assert signature.seal is not None and signature.seal.id == world.seal.id
    assert signature.signed_at == datetime(2026, 3, 2, 1, tzinfo=timezone.utc)
    assert report.license is not None
    assert report.license.name == "营业执照"
    assert report.license.sources and report.license.sources[0].covered_by == (0,)
    report.raise_for_outcome()


def test_a_changed_byte_fails_and_is_named(world: World) -> None:
    spoilt = bytearray(world.license)
    at = spoilt.find(b"Doc_0/Pages") + 400
    spoilt[at] ^= 1
    report = world.verifier().verify(bytes(spoilt), at=JUDGED)
    assert report.outcome is yinxin.Outcome.FAILED
    assert report.license is None
    with pytest.raises(yinxin.OutcomeError) as raised:
        report.raise_for_outcome()
    assert raised.value.report is report
    assert not isinstance(raised.value, yinxin.Error)


def test_window_is_open_without_revocation_lists(world: World) -> None:
    report = world.verifier(yinxin.Policy.window()).verify(world.license, at=JUDGED)
    assert report.outcome is yinxin.Outcome.INDETERMINATE
    with pytest.raises(yinxin.OutcomeError):
        report.raise_for_outcome()


def test_the_default_policy_is_window() -> None:
    assert yinxin.Verifier().policy == yinxin.Policy.window()


@pytest.mark.parametrize("value", ["report", "check", "result"])
def test_nothing_has_a_truth_value(world: World, value: str) -> None:
    (result,) = world.verifier().verify_many([world.license], at=JUDGED)
    assert result.report is not None
    judged = {"report": result.report, "check": result.report.checks[0], "result": result}[value]
    with pytest.raises(TypeError, match="outcome"):
        bool(judged)
    with pytest.raises(TypeError):
        assert not judged


def test_every_input_gets_a_report() -> None:
    for content in [b"", b"x", b"PK\x03\x04", b"%PDF-1.7\n", b"0\x82", bytes(4096)]:
        report = yinxin.Verifier().verify(content, at=JUDGED)
        assert report.outcome is not yinxin.Outcome.PASSED, content


def test_contents_come_in_every_form(world: World, tmp_path: Path) -> None:
    path = tmp_path / "证照.ofd"
    path.write_bytes(world.license)
    verifier = world.verifier()
    wanted = verifier.verify(world.license, at=JUDGED)
    sources: list[bytearray | memoryview | Path] = [bytearray(world.license), path]
    sources.append(memoryview(world.license))
    for source in sources:
        assert verifier.verify(source, at=JUDGED) == wanted


def test_anchors_come_in_every_form_and_keep_their_roles(world: World, tmp_path: Path) -> None:
    path = tmp_path / "root.pem"
    path.write_text(world.root.to_pem())
    forms: list[yinxin.Certificate | bytes | Path] = [world.root, world.root.to_der(), path]
    forms.append(world.root.to_pem().encode())
    for root in forms:
        verifier = yinxin.Verifier(
            yinxin.Policy.basic(), signer_anchors=[root], maker_anchors=[root]
        )
        assert verifier.verify(world.license, at=JUDGED).outcome is yinxin.Outcome.PASSED
    signer_only = yinxin.Verifier(yinxin.Policy.basic(), signer_anchors=[world.root])
    report = signer_only.verify(world.license, at=JUDGED)
    assert report.outcome is yinxin.Outcome.INDETERMINATE
    assert report.trust.anchors.signer == 1 and report.trust.anchors.maker == 0


def test_a_report_is_its_json(world: World) -> None:
    report = world.verifier().verify(world.license, at=JUDGED)
    again = world.verifier().verify(world.license, at=JUDGED)
    later = world.verifier().verify(world.license, at=JUDGED + timedelta(seconds=1))
    assert report == again and hash(report) == hash(again) and report != later
    told = report.to_dict()
    assert told == json.loads(report.to_json())
    assert told["outcome"] == report.outcome.value
    checks = [(check.code.value, check.outcome.value) for check in report.checks]
    assert [(check["code"], check["outcome"]) for check in told["checks"]] == checks
    every = report.checks + report.signatures[0].checks
    assert report.all_checks() == every


def test_codes_have_texts_in_both_languages() -> None:
    report = yinxin.Verifier().verify(b"", at=JUDGED)
    (check, *_) = report.checks
    for language in yinxin.Language:
        advice = check.advice(language)
        assert advice is not None and advice.cause and advice.remedy
        assert check.title(language) and report.outcome_text(language)
    assert report.outcome_text(yinxin.Language.ZH_CN) != report.outcome_text(yinxin.Language.EN)


def test_the_time_is_now_by_default(world: World) -> None:
    before = datetime.now(timezone.utc).replace(microsecond=0)
    evaluated = yinxin.Verifier().verify(b"").evaluated_at
    assert before <= evaluated <= datetime.now(timezone.utc)
    assert evaluated.tzinfo is timezone.utc


def test_a_zone_other_than_utc_is_the_same_instant() -> None:
    china = JUDGED.astimezone(timezone(timedelta(hours=8)))
    assert yinxin.Verifier().verify(b"", at=china).evaluated_at == JUDGED


def test_a_detached_message(world: World) -> None:
    report = world.verifier().verify_detached(b"no signature", b"content", at=JUDGED)
    assert report.outcome is yinxin.Outcome.FAILED


def test_policies_are_values() -> None:
    policy = yinxin.Policy.archive().strict().with_maker_rule(yinxin.MakerRule.OF_EDITION)
    assert policy.label == "archive+strict+maker-of-edition" and policy.name == "archive"
    assert yinxin.Policy.from_json(policy.to_json()) == policy
    assert yinxin.CheckCode.REVOCATION_SIGNER in policy.required
    assert yinxin.Policy.by_name("basic") == yinxin.Policy.basic()
    commented = policy.with_later_changes([yinxin.LaterChange.ANNOTATION])
    assert commented != policy
    seal = policy.with_seal_as_of(yinxin.SealAsOf.EVALUATION)
    assert seal.label.endswith("+seal-as-of-evaluation")


def test_revocation_lists_are_used(world: World) -> None:
    policy = yinxin.Policy.window()
    codes = (yinxin.CheckCode.REVOCATION_SIGNER, yinxin.CheckCode.REVOCATION_MAKER)
    for revoked, wanted in [
        ([], yinxin.Outcome.PASSED),
        ([(world.signer, JUDGED - timedelta(days=30))], yinxin.Outcome.FAILED),
    ]:
        crl = yinxin.make_crl(
            world.root,
            world.root_key,
            number=1,
            this_update=JUDGED - timedelta(hours=1),
            next_update=JUDGED + timedelta(days=1),
            revoked=revoked,
        )
        assert len(crl) == len(revoked) and crl and crl.issuer == world.root.subject
        for given in (crl, crl.to_der()):
            verifier = yinxin.Verifier(
                policy,
                signer_anchors=[world.root],
                maker_anchors=[world.root],
                crls=[given],
            )
            report = verifier.verify(world.license, at=JUDGED)
            outcomes = {check.code: check.outcome for check in report.all_checks()}
            assert outcomes[codes[0]] is wanted
            assert outcomes[codes[1]] is yinxin.Outcome.PASSED
            assert [evidence.kind for evidence in report.evidence] == ["crl"]
