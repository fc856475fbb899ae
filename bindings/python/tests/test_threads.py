"""Sixteen threads share frozen objects; long work lets others run."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

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


def test_other_threads_run_while_one_verifies(world: World) -> None:
    documents = [world.license] * 40
    ended = threading.Event()
    turns = 0

    def count() -> None:
        nonlocal turns
        while not ended.is_set():
            turns += 1
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    begun = time.monotonic()
    for document in documents:
        world.verifier().verify(document, at=JUDGED)
    took = time.monotonic() - begun
    ended.set()
    counter.join()
    # With the lock held it would get a turn between two calls only.
    assert turns > len(documents) or took < 0.1
