"""What the stories stand on: made-up certificates, a seal and a sealed license."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import yinxin

METADATA = Path(__file__).parent.with_name("data") / "business-license.json"
# Two red pixels by two.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000200000002080600000072b60d24"
    "0000001149444154789c6378c620f41f8419600c00461407dd985b60590000000049454e44ae426082"
)


def time(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


NOW = time("2026-03-02T01:00:00")
JUDGED = time("2026-03-04T00:00:00")


def root() -> tuple[yinxin.Certificate, yinxin.SoftwareKey]:
    """The root of all."""
    return _certified(1, "示范根", None)


def maker() -> tuple[yinxin.Certificate, yinxin.SoftwareKey]:
    """Who makes seals."""
    return _certified(2, "示范制章单位", root())


def signer() -> tuple[yinxin.Certificate, yinxin.SoftwareKey]:
    """Who may use the seal."""
    return _certified(3, "某某市市场监督管理局", root())


def stranger() -> yinxin.SoftwareKey:
    """Another key."""
    return yinxin.SoftwareKey.from_sm2_scalar(bytes([4]) * 32)


def seal() -> yinxin.Seal:
    """The signer's seal."""
    return _seal("34990000000001", "某某市市场监督管理局", maker(), signer()[0])


def draft(template: yinxin.Template) -> yinxin.Draft:
    """A license to be issued."""
    metadata = yinxin.Metadata.from_json(METADATA.read_text(encoding="utf-8"))
    return yinxin.Draft(metadata, template, created=NOW)


def sealed_license() -> bytes:
    """A license with its seal."""
    return _sealed(seal(), signer())


def verifier(policy: yinxin.Policy) -> yinxin.Verifier:
    """One who trusts the root, for signers and for makers of seals."""
    anchors = [root()[0]]
    return yinxin.Verifier(policy, signer_anchors=anchors, maker_anchors=anchors)


def verdict(report: yinxin.Report) -> str:
    """The outcome, and what it hangs on."""
    if report.headline is None:
        return report.outcome.value
    return f"{report.outcome.value}, {report.headline.value}"


def written(moment: datetime | None) -> str:
    """The instant as reports write it."""
    return "-" if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Province:
    """A province with its own root, and a seal with a license sealed by it."""

    region: str
    root: yinxin.Certificate
    seal: yinxin.Seal
    license: bytes


def provinces() -> tuple[Province, Province]:
    """The province of the license, and another that seals it all the same."""
    own = Province("340000", root()[0], seal(), sealed_license())
    other_root = _certified(5, "示范根（另一省）", None)
    maker_of_other = _certified(6, "示范制章单位（另一省）", other_root)
    signer_of_other = _certified(7, "某某市某某局（另一省）", other_root)
    made = _seal("44990000000001", "某某市某某局（另一省）", maker_of_other, signer_of_other[0])
    license = _sealed(made, signer_of_other)
    return own, Province("440000", other_root[0], made, license)


def keeper() -> yinxin.SoftwareKey:
    """Who signs trust lists."""
    return yinxin.SoftwareKey.from_sm2_scalar(bytes([8]) * 32)


def _seal(
    id: str,
    name: str,
    maker: tuple[yinxin.Certificate, yinxin.SoftwareKey],
    signer: yinxin.Certificate,
) -> yinxin.Seal:
    spec = yinxin.SealSpec(
        id=id,
        name=name,
        signers=[signer],
        create_date=time("2026-01-02T00:00:00"),
        valid_from=time("2026-01-02T00:00:00"),
        valid_until=time("2031-01-02T00:00:00"),
        picture=yinxin.SealPicture(PICTURE, width_mm=42, height_mm=42),
    )
    return yinxin.SealMaker(maker[0]).make(spec, maker[1])


def _sealed(seal: yinxin.Seal, signer: tuple[yinxin.Certificate, yinxin.SoftwareKey]) -> bytes:
    request = yinxin.Request.affix(seal, signer[0], time=NOW)
    pending = draft(yinxin.Template.standard_landscape()).prepare(request)
    return pending.sign(signer[1]).to_bytes()


def _certified(
    number: int, name: str, issuer: tuple[yinxin.Certificate, yinxin.SoftwareKey] | None
) -> tuple[yinxin.Certificate, yinxin.SoftwareKey]:
    key = yinxin.SoftwareKey.from_sm2_scalar(bytes([number]) * 32)
    certificate = yinxin.make_certificate(
        key,
        common_name=name,
        serial=bytes([number]),
        not_before=time("2026-01-01T00:00:00"),
        not_after=time("2036-01-01T00:00:00"),
        authority=issuer is None,
        issuer=issuer[0] if issuer else None,
        issuer_key=issuer[1] if issuer else None,
    )
    return certificate, key
