"""What the README tells a new user to do works, in a fresh environment, word for word."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

import yinxin
from conftest import REPOSITORY, World

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
README_ZH = (REPOSITORY / "README.zh-CN.md").read_text(encoding="utf-8")


def blocks(text: str, heading: str) -> list[tuple[str, str]]:
    """Language and content of each block of code below a heading."""
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"```(\w+)\n(.*?)```", section, re.DOTALL)


def run(script: str, folder: Path, home: Path) -> str:
    """Runs a block of shell as a new user would, `~` being a folder of the test.

    The home itself stays: how this machine reaches its registries may be written there.
    """
    environment = {
        **os.environ,
        # The same command builds for release; the tests have compiled the dev profile already.
        "MATURIN_PEP517_ARGS": "--profile dev",
    }
    for unwanted in ("PYTHONPATH", "VIRTUAL_ENV"):
        environment.pop(unwanted, None)
    script = script.replace("~/", f"{home}/")
    done = subprocess.run(
        ["sh", "-euc", script], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_both_readmes_tell_the_same() -> None:
    chinese = blocks(README_ZH, "在 Python 中使用")
    english = blocks(README, "From Python")
    assert [(kind, text.replace("ZH_CN", "EN")) for kind, text in chinese] == english


def test_a_new_user_verifies_a_file(world: World, tmp_path: Path) -> None:
    (_, install), (_, program), (_, verify) = blocks(README, "From Python")
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    home.mkdir()
    inbox.mkdir()
    (inbox / "verify.py").write_text(program, encoding="utf-8")
    (inbox / "license.ofd").write_bytes(world.license)
    (inbox / "signer-root.pem").write_text(world.root.to_pem())
    (inbox / "maker-root.pem").write_text(world.root.to_pem())

    run(install, REPOSITORY, home)
    passed = yinxin.Language.EN
    report = world.verifier().verify(world.license)
    assert run(verify, inbox, home) == report.outcome_text(passed) + "\n"

    (inbox / "license.ofd").write_bytes(world.license + b"x")
    told = run(verify, inbox, home).splitlines()
    report = world.verifier().verify(world.license + b"x")
    assert told[0] == report.outcome_text(passed) and len(told) > 1


def test_programs_in_the_integration_page_compile() -> None:
    page = (REPOSITORY / "docs/python.md").read_text(encoding="utf-8")
    programs = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(programs) >= 3
    for program in programs:
        compile(program, "docs/python.md", "exec")
        for name in re.findall(r"yinxin\.(\w+)", program):
            assert hasattr(yinxin, name), name


def test_the_package_says_how_to_begin() -> None:
    assert yinxin.__doc__ is not None and "outcome" in yinxin.__doc__
    page = (REPOSITORY / "bindings/python/README.md").read_text(encoding="utf-8")
    for name in re.findall(r"yinxin\.([A-Z]\w+)", page):
        assert hasattr(yinxin, name), name
