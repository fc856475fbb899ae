"""Reports as a table of Apache Arrow, for those who count them by the thousand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterable, Literal

from ._native import BatchResult, Report

if TYPE_CHECKING:
    import pyarrow

Rows = Literal["reports", "signatures", "checks"]


def to_arrow(
    results: Iterable[BatchResult | Report], rows: Rows = "reports"
) -> "pyarrow.Table":
    """Makes a table with a row for each report, each signature, or each check.

    Every row names its document by position in ``results``, path (where one was given) and SHA-256.
    A document that could not be read is a row of ``reports`` with ``error``. Needs pyarrow:
    ``pip install yinxin[arrow]``.
    """
    if rows not in _ROWS:
        raise ValueError("rows must be 'reports', 'signatures' or 'checks'")
    try:
        import pyarrow
    except ImportError as missing:
        raise ImportError("to_arrow needs pyarrow: pip install yinxin[arrow]") from missing
    columns = _columns(pyarrow, rows)
    made = [
        {**_document(position, path, report), **row}
        for position, path, report, error in _numbered(results)
        for row in _ROWS[rows](report, error)
    ]
    return pyarrow.Table.from_pylist(made, schema=pyarrow.schema(columns))


def _numbered(results: Iterable[Any]) -> Iterable[tuple[int, str | None, Any, str | None]]:
    for position, result in enumerate(results):
        if isinstance(result, Report):
            yield position, None, result, None
        elif isinstance(result, BatchResult):
            path = None if result.path is None else str(result.path)
            error = None if result.error is None else str(result.error)
            yield position, path, result.report, error
        else:
            raise TypeError(f"expected Report or BatchResult, not {type(result).__name__}")


def _document(position: int, path: str | None, report: Any) -> dict[str, Any]:
    sha256 = None if report is None else report.document.sha256
    return {"position": position, "path": path, "sha256": sha256}


def _reports(report: Any, error: str | None) -> list[dict[str, Any]]:
    if report is None:
        return [{"error": error}]
    document, axes, license = report.document, report.axes, report.license
    return [
        {
            "outcome": report.outcome.value,
            "headline": None if report.headline is None else report.headline.value,
            "authentic": axes.authentic.value,
            "trusted": axes.trusted.value,
            "in_force": axes.in_force.value,
            "policy": report.policy.name,
            "policy_version": report.policy.version,
            "format": document.format.value,
            "sm3": document.sm3,
            "size": document.size,
            "evaluated_at": report.evaluated_at,
            "license_identifier": None if license is None else license.identifier,
            "signatures": len(report.signatures),
            "findings": [finding.code.value for finding in report.findings],
            "json": report.to_json(),
        }
    ]


def _signatures(report: Any, error: str | None) -> list[dict[str, Any]]:
    return [
        {
            "signature": signature.index,
            "kind": signature.kind.value,
            "standard": signature.standard,
            "algorithm": signature.algorithm,
            "outcome": signature.outcome.value,
            "signed_at": signature.signed_at,
            "time_source": signature.time_source,
            "signer_sha256": None if signature.signer is None else signature.signer.sha256,
            "seal_id": None if signature.seal is None else signature.seal.id,
        }
        for signature in (() if report is None else report.signatures)
    ]


def _checks(report: Any, error: str | None) -> list[dict[str, Any]]:
    if report is None:
        return []
    groups = [(None, report.checks)]
    groups += [(signature.index, signature.checks) for signature in report.signatures]
    return [
        {
            "signature": index,
            "code": check.code.value,
            "outcome": check.outcome.value,
            "reason": None if check.reason is None else check.reason.value,
            "role": None if check.role is None else check.role.value,
            "clause": check.clause,
        }
        for index, checks in groups
        for check in checks
    ]


_ROWS = {"reports": _reports, "signatures": _signatures, "checks": _checks}


def _columns(arrow: Any, rows: str) -> list[tuple[str, Any]]:
    text, whole, instant = arrow.string(), arrow.int64(), arrow.timestamp("s", tz="UTC")
    document = [("position", whole), ("path", text), ("sha256", text)]
    return document + {
        "reports": [
            ("outcome", text),
            ("headline", text),
            ("authentic", text),
            ("trusted", text),
            ("in_force", text),
            ("policy", text),
            ("policy_version", whole),
            ("format", text),
            ("sm3", text),
            ("size", whole),
            ("evaluated_at", instant),
            ("license_identifier", text),
            ("signatures", whole),
            ("findings", arrow.list_(text)),
            ("error", text),
            ("json", text),
        ],
        "signatures": [
            ("signature", whole),
            ("kind", text),
            ("standard", text),
            ("algorithm", text),
            ("outcome", text),
            ("signed_at", instant),
            ("time_source", text),
            ("signer_sha256", text),
            ("seal_id", text),
        ],
        "checks": [
            ("signature", whole),
            ("code", text),
            ("outcome", text),
            ("reason", text),
            ("role", text),
            ("clause", text),
        ],
    }[rows]
