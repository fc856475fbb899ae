"""A hundred thousand calls keep neither objects nor memory."""

from __future__ import annotations

import gc
import sys
from typing import Callable

import pytest

import yinxin
from conftest import JUDGED, World

CALLS = 100_000


def _refused() -> None:
    try:
        yinxin.Policy.by_name("none")
    except yinxin.RequestError as error:
        assert error.context is not None


def _walk(verifier: yinxin.Verifier, document: bytes) -> Callable[[], None]:
    def walk() -> None:
        report = verifier.verify(document, at=JUDGED)
        for check in report.checks:
            assert check.detail is not None and check.code and check.outcome
        assert report.document and report.axes and report.trust and report.evaluated_at

    return walk


@pytest.mark.parametrize("what", ["report", "error", "seal"])
def test_a_hundred_thousand_calls(
    world: World, resident: Callable[[], int], what: str
) -> None:
    document = b"no document at all"
    seal = world.seal
    calls: dict[str, Callable[[], object]] = {
        "report": _walk(world.verifier(), document),
        "error": _refused,
        "seal": lambda: (seal.id, seal.layout, seal.valid_until, seal.maker, seal.findings),
    }
    call = calls[what]
    for _ in range(2_000):
        call()
    gc.collect()
    counted = [JUDGED, document, yinxin.Outcome.FAILED, yinxin.CheckCode.CONTAINER_FORMAT, None]
    references = [sys.getrefcount(value) for value in counted]
    blocks, memory = sys.getallocatedblocks(), resident()
    for _ in range(CALLS):
        call()
    gc.collect()
    grown = [sys.getrefcount(value) - before for value, before in zip(counted, references)]
    assert max(grown) < 100, grown
    assert sys.getallocatedblocks() - blocks < 1_000
    assert resident() - memory < 4 << 20


def test_license_after_license(world: World, resident: Callable[[], int]) -> None:
    verifier = world.verifier()

    def call() -> None:
        report = verifier.verify(world.license, at=JUDGED)
        assert report.license is not None and report.signatures[0].checks
        report.to_json()

    for _ in range(20):
        call()
    blocks, memory = sys.getallocatedblocks(), resident()
    for _ in range(100):
        call()
    gc.collect()
    assert sys.getallocatedblocks() - blocks < 500
    assert resident() - memory < 8 << 20
