"""A made-up world of keys, certificates, a seal and a license: the same bytes every time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Callable

import pytest

import yinxin

REPOSITORY = Path(__file__).resolve().parents[3]
METADATA = (REPOSITORY / "examples/data/business-license.json").read_text(encoding="utf-8")


def at(text: str) -> datetime:
    """An instant in UTC, written like 2026-03-02T01:00:00."""
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


SEALED = at("2026-03-02T01:00:00")
JUDGED = at("2026-03-04T00:00:00")
# Two red pixels by two.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73"
    "0000001249444154789c63788c020cc19800000f0a0b9d47a7e6520000000049454e44ae426082"
)


@dataclass(frozen=True)
class World:
    root: yinxin.Certificate
    root_key: yinxin.SoftwareKey
    maker: yinxin.Certificate
    maker_key: yinxin.SoftwareKey
    signer: yinxin.Certificate
    signer_key: yinxin.SoftwareKey
    seal: yinxin.Seal
    license: bytes

    def verifier(self, policy: yinxin.Policy | None = None) -> yinxin.Verifier:
        return yinxin.Verifier(
            policy or yinxin.Policy.basic(),
            signer_anchors=[self.root],
            maker_anchors=[self.root],
        )


def issued(
    number: int, name: str, root: tuple[yinxin.Certificate, yinxin.SoftwareKey] | None = None
) -> tuple[yinxin.Certificate, yinxin.SoftwareKey]:
    key = yinxin.SoftwareKey.from_sm2_scalar(bytes([number]) * 32)
    issuer, issuer_key = root or (None, None)
    certificate = yinxin.make_certificate(
        key,
        common_name=name,
        serial=bytes([number]),
        not_before=at("2026-01-01T00:00:00"),
        not_after=at("2036-01-01T00:00:00"),
        authority=root is None,
        issuer=issuer,
        issuer_key=issuer_key,
    )
    return certificate, key


def spec(signer: yinxin.Certificate, **changes: object) -> yinxin.SealSpec:
    given: dict[str, object] = {
        "id": "34990000000001",
        "name": "某某市市场监督管理局",
        "signers": [signer],
        "create_date": at("2026-01-02T00:00:00"),
        "valid_from": at("2026-01-02T00:00:00"),
        "valid_until": at("2031-01-02T00:00:00"),
        "picture": yinxin.SealPicture.round(""),
    }
    return yinxin.SealSpec(**{**given, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def world() -> World:
    return made()


def made(picture: yinxin.SealPicture | None = None) -> World:
    """The world, for programs that are no tests as well."""
    root = issued(1, "示范根")
    maker, maker_key = issued(2, "示范制章单位", root)
    signer, signer_key = issued(3, "某某市市场监督管理局", root)
    wanted = spec(signer, **({} if picture is None else {"picture": picture}))
    seal = yinxin.SealMaker(maker).make(wanted, maker_key)
    license = draft().prepare(affix(seal, signer)).sign(signer_key)
    return World(*root, maker, maker_key, signer, signer_key, seal, license.to_bytes())


def affix(seal: yinxin.Seal, signer: yinxin.Certificate) -> yinxin.Request:
    return yinxin.Request.affix(seal, signer, time=SEALED)


def draft() -> yinxin.Draft:
    return yinxin.Draft(
        yinxin.Metadata.from_json(METADATA), yinxin.Template.standard_landscape(), created=SEALED
    )


@pytest.fixture
def resident() -> Callable[[], int]:
    """Reads how much memory the process has in use, in bytes."""

    def read() -> int:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * 4096

    return read
