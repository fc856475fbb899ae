"""Tables of reports, made with pyarrow where it is installed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import pytest

import yinxin
from conftest import JUDGED, World

pyarrow = pytest.importorskip("pyarrow")


def test_reports_signatures_and_checks(world: World, tmp_path: Path) -> None:
    documents: list[bytes | Path] = [world.license, b"", tmp_path / "missing"]
    results = world.verifier().verify_many(documents, at=JUDGED)
    table = yinxin.to_arrow(results)
    assert table.column("outcome").to_pylist() == ["passed", "failed", None]
    assert table.column("path").to_pylist() == [None, None, str(documents[2])]
    assert "missing" in table.column("error").to_pylist()[2]
    assert table.column("evaluated_at").to_pylist()[0] == JUDGED
    assert table.schema.field("evaluated_at").type == pyarrow.timestamp("s", tz="UTC")
    report = results[0].report
    assert report is not None
    assert table.column("json").to_pylist()[0] == report.to_json()

    signatures = yinxin.to_arrow(results, rows="signatures")
    assert signatures.num_rows == 1
    assert signatures.column("sha256").to_pylist() == [report.document.sha256]

    checks = yinxin.to_arrow([report], rows="checks")
    codes = [check.code.value for check in report.all_checks()]
    assert checks.column("code").to_pylist() == codes


def test_an_empty_table_has_its_columns() -> None:
    every: tuple[Literal["reports", "signatures", "checks"], ...]
    every = ("reports", "signatures", "checks")
    for rows in every:
        table = yinxin.to_arrow([], rows=rows)
        assert table.num_rows == 0 and "position" in table.column_names


def test_without_pyarrow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"yinxin\[arrow\]"):
        yinxin.to_arrow([])
