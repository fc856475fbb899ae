"""The stories that are told in every language, in Python: word for word as expected."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import REPOSITORY

STORIES = sorted((REPOSITORY / "examples/expected").glob("*.txt"))


@pytest.mark.parametrize("expected", STORIES, ids=lambda path: path.stem)
def test_every_story_is_told_as_expected(expected: Path, tmp_path: Path) -> None:
    script = REPOSITORY / "examples/python" / f"{expected.stem}.py"
    # Elsewhere and without the reader's environment: what is told depends on neither.
    command = [sys.executable, "-X", "utf8", "-B", str(script)]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert told.returncode == 0, told.stderr
    assert told.stdout == expected.read_text(encoding="utf-8")


def test_every_script_is_a_story() -> None:
    scripts = {path.stem for path in (REPOSITORY / "examples/python").glob("*.py")} - {"made"}
    assert scripts == {path.stem for path in STORIES}
