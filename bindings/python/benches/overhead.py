"""What a call from Python costs over the core, both in one process: ``scripts/overhead python``.

One call of each, many thousand times, taking turns at going first: what else the machine does falls on
both alike, and the median of the differences is the face's own share. Its spread is that of the medians
of twenty parts of the run. An input that is refused at once shows the share that every call has.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import yinxin

SMALL = Path(__file__).resolve().parents[2] / "small"
JUDGED = datetime(2026, 3, 4, tzinfo=timezone.utc)
PARTS, PAIRS = 20, 1_000
# What a call may cost beyond the core.
BOUND = 20e-6


def main() -> int:
    if not hasattr(yinxin._native, "_core_seconds"):
        print("build with the feature test-hooks: scripts/overhead python", file=sys.stderr)
        return 2
    root = SMALL / "root.der"
    verifier = yinxin.Verifier(
        yinxin.Policy.basic(), signer_anchors=[root], maker_anchors=[root]
    )
    sealed = (SMALL / "sealed.ofd").read_bytes()
    assert verifier.verify(sealed, at=JUDGED).outcome is yinxin.Outcome.PASSED
    gc.disable()
    within = True
    for name, document in [("small OFD", sealed), ("refused", b"no license")]:
        part(verifier, document)  # warms up
        parts = [part(verifier, document) for _ in range(PARTS)]
        pairs = [pair for one in parts for pair in one]
        core, face = (statistics.median(times) for times in zip(*pairs))
        over = statistics.median(difference(pairs))
        medians = [statistics.median(difference(one)) for one in parts]
        least = min(face for _, face in pairs) - min(core for core, _ in pairs)
        print(
            f"Python: {name}, {len(document)} bytes: core {micros(core)} us, "
            f"face {micros(face)} us, over the core {micros(over)} us "
            f"(parts {micros(min(medians))} to {micros(max(medians))}; "
            f"least against least {micros(least)})"
        )
        within &= over <= BOUND
    if not within:
        print(f"more than {micros(BOUND)} us")
    return 0 if within else 1


def micros(seconds: float) -> str:
    return f"{seconds * 1e6:.2f}"


def difference(pairs: list[tuple[float, float]]) -> list[float]:
    return [face - core for core, face in pairs]


def part(verifier: yinxin.Verifier, document: bytes) -> list[tuple[float, float]]:
    """Seconds of a call, by the core and through the face."""

    def core() -> float:
        taken: float = yinxin._native._core_seconds(  # type: ignore[attr-defined]
            verifier, document, JUDGED, 1
        )
        return taken

    def face() -> float:
        begun = time.perf_counter()
        verifier.verify(document, at=JUDGED).outcome
        return time.perf_counter() - begun

    pairs = []
    for pair in range(PAIRS):
        if pair % 2 == 0:
            pairs.append((core(), face()))
        else:
            later = face()
            pairs.append((core(), later))
    return pairs


if __name__ == "__main__":
    sys.exit(main())
