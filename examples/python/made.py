"""What the stories stand on: made-up certificates, a seal and a sealed license."""

from __future__ import annotations

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
    certificate, key = maker()
    spec = yinxin.SealSpec(
        id="34990000000001",
        name="某某市市场监督管理局",
        signers=[signer()[0]],
        create_date=time("2026-01-02T00:00:00"),
        valid_from=time("2026-01-02T00:00:00"),
        valid_until=time("2031-01-02T00:00:00"),
        picture=yinxin.SealPicture(PICTURE, width_mm=42, height_mm=42),
    )
    return yinxin.SealMaker(certificate).make(spec, key)


def draft(template: yinxin.Template) -> yinxin.Draft:
    """A license to be issued."""
    metadata = yinxin.Metadata.from_json(METADATA.read_text(encoding="utf-8"))
    return yinxin.Draft(metadata, template, created=NOW)


def sealed_license() -> bytes:
    """A license with its seal."""
    certificate, key = signer()
    request = yinxin.Request.affix(seal(), certificate, time=NOW)
    pending = draft(yinxin.Template.standard_landscape()).prepare(request)
    return pending.sign(key).to_bytes()


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
