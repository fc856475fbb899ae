"""What a call from Python costs over the core, both in one process, turn by turn.

Each round verifies one small sealed OFD once by the core alone and once through the face, with the
report's outcome looked at. The median of the differences is the figure: what else the machine does
falls on both alike.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time

import conftest
import yinxin

ROUNDS = 2_000
# What a call may cost beyond the core.
BOUND = 20e-6


def main() -> int:
    if not hasattr(yinxin._native, "_core_seconds"):
        print("build with the feature test-hooks: scripts/python bench", file=sys.stderr)
        return 2
    world = conftest.made(yinxin.SealPicture(conftest.PICTURE, width_mm=42, height_mm=42))
    verifier = world.verifier()
    gc.disable()
    for name, document in [("small OFD", world.license), ("no document", b"no document")]:
        pairs = rounds(verifier, document)
        core, face = (statistics.median(times) for times in zip(*pairs))
        least = min(face for _, face in pairs) - min(core for core, _ in pairs)
        over = statistics.median(face - core for core, face in pairs)
        print(
            f"{name}, {len(document)} bytes: core {core * 1e6:.1f} µs, "
            f"through Python {face * 1e6:.1f} µs, over the core {over * 1e6:.1f} µs "
            f"(least against least {least * 1e6:.1f} µs)"
        )
        if over > BOUND:
            print(f"more than {BOUND * 1e6:.0f} µs")
            return 1
    return 0


def rounds(verifier: yinxin.Verifier, document: bytes) -> list[tuple[float, float]]:
    """Seconds of a call, by the core and through the face."""

    def core() -> float:
        taken: float = yinxin._native._core_seconds(  # type: ignore[attr-defined]
            verifier, document, conftest.JUDGED, 1
        )
        return taken

    def face() -> float:
        begun = time.perf_counter()
        verifier.verify(document, at=conftest.JUDGED).outcome
        return time.perf_counter() - begun

    return [(core(), face()) for _ in range(ROUNDS)]


if __name__ == "__main__":
    sys.exit(main())
