"""What goes in, what comes out, and that nothing of it can be changed."""

from __future__ import annotations

import enum
import inspect
import pickle
from datetime import datetime, timezone
from typing import Any, Callable

import pytest

import yinxin
from conftest import JUDGED, SEALED, World, draft


@pytest.mark.parametrize(
    "call",
    [
        lambda: yinxin.Verifier().verify("license.ofd"),  # type: ignore[arg-type]
        lambda: yinxin.Verifier().verify(None),  # type: ignore[arg-type]
        lambda: yinxin.Verifier().verify(7),  # type: ignore[arg-type]
        lambda: yinxin.Verifier().verify([1, 2]),  # type: ignore[arg-type]
        lambda: yinxin.Verifier().verify(b"", at="2026-01-01"),  # type: ignore[arg-type]
        lambda: yinxin.Verifier().verify(b"", at=1.5),  # type: ignore[arg-type]
        lambda: yinxin.Verifier().verify(b"", at=SEALED.date()),  # type: ignore[arg-type]
        lambda: yinxin.Verifier("window"),  # type: ignore[arg-type]
        lambda: yinxin.Verifier(signer_anchors=b"root"),  # type: ignore[arg-type]
        lambda: yinxin.Verifier(signer_anchors=["root.pem"]),  # type: ignore[list-item]
        lambda: yinxin.Verifier(crls=[None]),  # type: ignore[list-item]
        lambda: yinxin.Verifier(anchors=[]),  # type: ignore[call-arg]
        lambda: yinxin.Policy.by_name(b"basic"),  # type: ignore[arg-type]
        lambda: yinxin.Policy.basic().with_maker_rule("proven"),  # type: ignore[arg-type]
        lambda: yinxin.SoftwareKey.generate("sm2"),  # type: ignore[arg-type]
        lambda: yinxin.SoftwareKey.generate(yinxin.Outcome.PASSED),  # type: ignore[arg-type]
        lambda: yinxin.SoftwareKey.from_sm2_scalar("1" * 32),  # type: ignore[arg-type]
        lambda: yinxin.SealPicture(b"", width_mm="42", height_mm=42),  # type: ignore[arg-type]
        lambda: yinxin.Place(None, 1, 1),  # type: ignore[arg-type]
        lambda: yinxin.Keyword("x", occurrence="first"),  # type: ignore[arg-type]
        lambda: yinxin.Keyword("x", occurrence=0),
        lambda: yinxin.Report(),
        lambda: yinxin.Check(),
        lambda: yinxin.to_arrow([b"x"]),  # type: ignore[list-item]
    ],
)
def test_a_wrong_type_is_a_type_error(call: Callable[[], Any]) -> None:
    with pytest.raises(TypeError):
        call()


@pytest.mark.parametrize(
    "call",
    [
        lambda: yinxin.Policy.by_name("strict"),
        lambda: yinxin.Policy.from_json("{}"),
        lambda: yinxin.Place("0", 1, 1),
        lambda: yinxin.Place("3-1,x", 1, 1),
        lambda: yinxin.SoftwareKey.from_sm2_scalar(bytes(31)),
        lambda: yinxin.Verifier().verify(b"", at=datetime(2026, 1, 1)),
        lambda: yinxin.Metadata.from_json("{}"),
        lambda: yinxin.to_arrow([], rows="cells"),  # type: ignore[arg-type]
    ],
)
def test_a_wrong_value_is_a_value_error(call: Callable[[], Any]) -> None:
    with pytest.raises(ValueError):
        call()


@pytest.mark.parametrize("number", [-1, 1 << 32, 1 << 70])
def test_a_number_out_of_range_is_refused(number: int) -> None:
    with pytest.raises((OverflowError, TypeError, ValueError)):
        yinxin.SealPicture(b"", width_mm=number, height_mm=42)
    with pytest.raises((OverflowError, TypeError, ValueError)):
        yinxin.Place(number, 1, 1)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -1e300])
def test_a_place_that_is_no_place_is_refused(world: World, number: float) -> None:
    request = yinxin.Request.affix(
        world.seal, world.signer, time=SEALED, at=[yinxin.Place(1, number, 10)]
    )
    with pytest.raises(yinxin.Error):
        yinxin.prepare(draft().document(), request)


def test_texts_that_are_no_unicode_are_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        yinxin.Keyword("\ud800")


CLASSES = [
    value
    for name in yinxin.__all__
    if isinstance(value := getattr(yinxin, name), type) and not issubclass(value, (enum.Enum, Exception))
]


@pytest.mark.parametrize("kind", CLASSES)
def test_every_class_is_final_frozen_and_told(kind: type) -> None:
    assert kind.__module__ == "yinxin" and kind.__doc__
    with pytest.raises(TypeError):
        type("Child", (kind,), {})
    for name, member in vars(kind).items():
        if not name.startswith("_"):
            assert inspect.getdoc(member), f"{kind.__name__}.{name}"


def test_results_cannot_be_changed(world: World) -> None:
    report = world.verifier().verify(world.license, at=JUDGED)
    assert report.license is not None
    targets = (report, report.axes, report.signatures[0], report.checks[0], report.license)
    for target in targets:
        names = [name for name in dir(target) if not name.startswith("_")]
        assert names
        for name in [*names, "other"]:
            with pytest.raises(AttributeError):
                setattr(target, name, None)
    assert isinstance(report.signatures, tuple) and isinstance(report.checks, tuple)
    report.license.fields.clear()
    assert report.license.fields


def test_codes_are_enumerations() -> None:
    for name in yinxin.__all__:
        kind = getattr(yinxin, name)
        if isinstance(kind, type) and issubclass(kind, enum.Enum):
            for member in kind:
                assert kind(member.value) is member
                assert kind[member.name] is member
                assert pickle.loads(pickle.dumps(member)) is member
    assert yinxin.Outcome("passed") is yinxin.Outcome.PASSED
    assert yinxin.ErrorKind(900) is yinxin.ErrorKind.INTERNAL
    assert yinxin.CheckCode("container.format") is yinxin.CheckCode.CONTAINER_FORMAT


def test_facts_match_by_position_and_by_value(world: World) -> None:
    first = world.verifier().verify(world.license, at=JUDGED)
    second = world.verifier().verify(world.license, at=JUDGED)
    assert first.signatures == second.signatures
    assert first.document == second.document and first.license == second.license
    assert first.document != yinxin.Verifier().verify(b"").document


def test_times_are_aware_and_in_utc(world: World) -> None:
    for moment in (world.root.not_before, world.seal.valid_until):
        assert moment.tzinfo is timezone.utc


def test_the_package_exports_what_the_compiled_half_does() -> None:
    exported = {name for name in yinxin.__all__ if name != "to_arrow"}
    assert exported == set(yinxin._native.__all__)
    assert all(hasattr(yinxin, name) for name in yinxin.__all__)
