"""Many documents: order, progress, files that cannot be read, interrupts."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import yinxin
from conftest import JUDGED, World


def test_results_stand_in_the_order_of_the_documents(world: World, tmp_path: Path) -> None:
    path = tmp_path / "license.ofd"
    path.write_bytes(world.license)
    missing = tmp_path / "missing.ofd"
    documents: list[bytes | Path] = [b"x", path, missing, world.license, tmp_path]
    told: list[tuple[int, int]] = []
    results = world.verifier().verify_many(
        iter(documents), at=JUDGED, threads=3, progress=lambda done, total: told.append((done, total))
    )
    assert told == [(done, 5) for done in range(1, 6)]
    assert [result.path for result in results] == [None, path, missing, None, tmp_path]
    assert [result.report is None for result in results] == [False, False, True, False, True]
    assert isinstance(results[2].error, FileNotFoundError)
    assert results[2].error.filename == str(missing)
    assert isinstance(results[4].error, IsADirectoryError)
    assert results[1].report == results[3].report == world.verifier().verify(path, at=JUDGED)
    assert results[0].report is not None and results[0].error is None


def test_no_documents_are_no_results() -> None:
    assert yinxin.Verifier().verify_many([]) == []


@pytest.mark.parametrize("threads", [1, 2, 16])
def test_the_number_of_threads_does_not_change_the_reports(world: World, threads: int) -> None:
    documents = [world.license, b"", world.license[:-1]] * 5
    results = world.verifier().verify_many(documents, at=JUDGED, threads=threads)
    wanted = [world.verifier().verify(document, at=JUDGED) for document in documents]
    assert [result.report for result in results] == wanted


@pytest.mark.parametrize("threads", [0, -1, 1025])
def test_an_absurd_number_of_threads_is_refused(threads: int) -> None:
    with pytest.raises((ValueError, OverflowError)):
        yinxin.Verifier().verify_many([b""], threads=threads)


def test_what_progress_raises_ends_the_work() -> None:
    calls = []

    def progress(done: int, total: int) -> None:
        calls.append(done)
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        yinxin.Verifier().verify_many([b""] * 1000, threads=2, progress=progress)
    assert calls == [1]


def test_a_document_of_a_wrong_type_is_refused_before_any_work() -> None:
    with pytest.raises(TypeError, match="pathlib"):
        yinxin.Verifier().verify_many([b"", "license.ofd"])  # type: ignore[list-item]


# So many that the interrupt comes long before the last, so few that a miss is a failure and no
# exhaustion of memory.
MANY = 2_000


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Python's own handler, and the signal let through: a parent may have left either otherwise."""
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    mask = signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    yield
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    signal.signal(signal.SIGINT, handler)


@pytest.mark.usefixtures("interruptible")
def test_a_keyboard_interrupt_ends_the_work(world: World) -> None:
    main = threading.main_thread().ident
    assert main is not None
    begun = threading.Event()

    def interrupt() -> None:
        begun.wait()
        # Python may be between two calls for progress or within one: either way the work ends.
        time.sleep(0.05)
        signal.pthread_kill(main, signal.SIGINT)

    judged = []

    def progress(done: int, total: int) -> None:
        judged.append(done)
        begun.set()

    interrupter = threading.Thread(target=interrupt)
    interrupter.start()
    with pytest.raises(KeyboardInterrupt):
        world.verifier().verify_many(
            [world.license] * MANY, at=JUDGED, threads=1, progress=progress
        )
    interrupter.join()
    assert 0 < len(judged) < MANY
