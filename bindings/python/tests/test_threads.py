"""Sixteen threads share frozen objects; long work lets others run."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

import yinxin
from conftest import JUDGED, World, affix, draft

THREADS = 16


def test_sixteen_threads_share_everything(world: World) -> None:
    verifier = world.verifier()
    report = verifier.verify(world.license, at=JUDGED)
    wanted = report.to_json()
    pending = yinxin.prepare(draft().document(), affix(world.seal, world.signer))
    gate = threading.Barrier(THREADS)

    def work(number: int) -> None:
        gate.wait()
        for turn in range(6):
            assert verifier.verify(world.license, at=JUDGED).to_json() == wanted
            assert report.to_json() == wanted
            assert report.signatures[0].checks == report.all_checks()[len(report.checks) :]
            assert world.seal.lists(world.signer)
            if number % 2 == turn % 2:
                pending.add_signature(world.signer_key.sign(pending.message))
            else:
                assert pending.to_bytes() and pending.digest

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(work, number) for number in range(THREADS)]:
            done.result()
    assert verifier.verify(pending.finish(), at=JUDGED).outcome is yinxin.Outcome.PASSED


@pytest.fixture
def no_switching() -> Iterator[None]:
    """A thread keeps Python's lock until it gives it away itself."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(3600)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("no_switching")
def test_other_threads_run_while_one_verifies(world: World) -> None:
    verifier, ended = world.verifier(), threading.Event()
    turns = 0

    def count() -> None:
        nonlocal turns
        while not ended.is_set():
            turns += 1
            time.sleep(0)

    counter = threading.Thread(target=count, daemon=True)
    counter.start()
    others_ran = False
    for _ in range(1_000):
        before = turns
        verifier.verify(world.license, at=JUDGED)
        # Between these two lines only the verification can have given the lock away.
        others_ran = turns > before
        if others_ran:
            break
    ended.set()
    counter.join()
    assert others_ran
