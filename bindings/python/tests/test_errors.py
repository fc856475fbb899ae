"""Exceptions: one for each hundred of kinds, each with its data; a panic is one too."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

import yinxin
from conftest import World


def test_an_error_carries_kind_code_message_and_context() -> None:
    with pytest.raises(yinxin.FormatError) as raised:
        yinxin.Seal.load(b"")
    error = raised.value
    assert error.kind is yinxin.ErrorKind.MALFORMED
    assert int(error.kind) == 100 and error.code == "malformed"
    assert error.message and error.message in str(error)
    assert all(isinstance(key, str) and isinstance(text, str) for key, text in error.context)
    assert isinstance(error, (yinxin.Error, ValueError))


def test_the_tree_follows_the_hundreds() -> None:
    for child, builtin in [
        (yinxin.FormatError, ValueError),
        (yinxin.CryptoError, None),
        (yinxin.RequestError, ValueError),
        (yinxin.TrustError, None),
        (yinxin.InternalError, RuntimeError),
    ]:
        assert issubclass(child, yinxin.Error)
        assert builtin is None or issubclass(child, builtin)
        assert child.__module__ == "yinxin" and child.__doc__
    assert {kind // 100 for kind in yinxin.ErrorKind} <= {1, 2, 3, 4, 9}


def test_an_error_travels_between_processes() -> None:
    with pytest.raises(yinxin.CryptoError) as raised:
        yinxin.SoftwareKey.from_sm2_scalar(bytes(32))
    again = pickle.loads(pickle.dumps(raised.value))
    assert type(again) is yinxin.CryptoError
    assert again.kind is yinxin.ErrorKind.INVALID_KEY and again.args == raised.value.args


def test_a_missing_file_is_what_open_raises(tmp_path: Path) -> None:
    missing = tmp_path / "missing.esl"
    with pytest.raises(FileNotFoundError) as raised:
        yinxin.Seal.load(missing)
    assert raised.value.filename == str(missing) and raised.value.errno == 2
    with pytest.raises(IsADirectoryError):
        yinxin.Verifier().verify(tmp_path)


def test_a_panic_is_an_internal_error(capfd: pytest.CaptureFixture[str]) -> None:
    panic = getattr(yinxin._native, "_panic", None)
    if panic is None:
        pytest.skip("a wheel for users has nothing that panics")
    for _ in range(3):
        with pytest.raises(yinxin.InternalError) as raised:
            panic()
        assert raised.value.kind is yinxin.ErrorKind.INTERNAL
    # Nothing is broken afterwards.
    assert yinxin.Verifier().verify(b"").outcome is yinxin.Outcome.FAILED
    assert "as asked for" in capfd.readouterr().err


def test_hostile_text_in_an_error_is_escaped() -> None:
    with pytest.raises(yinxin.Error) as raised:
        yinxin.Policy.from_json(
            yinxin.Policy.basic().to_json().replace("container.format", "a\\u001b[31m\\u202e")
        )
    assert "\\u{1b}" in str(raised.value)
    assert "\x1b" not in str(raised.value) and "\u202e" not in str(raised.value)


def test_keys_and_reports_are_not_copied_by_accident(world: World) -> None:
    with pytest.raises(TypeError):
        pickle.dumps(world.signer_key)
    with pytest.raises(TypeError):
        copy.copy(world.signer_key)
