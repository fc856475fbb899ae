"""Making seals, affixing them, issuing: each in one call and in two phases."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import yinxin
from conftest import JUDGED, METADATA, SEALED, World, affix, at, draft, spec


def raw(der: bytes) -> bytes:
    """r ‖ s of an SM2 value in DER, as devices give it."""
    numbers, rest = [], der[2:]
    while rest:
        length = rest[1]
        numbers.append(rest[2 : 2 + length].lstrip(b"\0").rjust(32, b"\0"))
        rest = rest[2 + length :]
    return b"".join(numbers)


def test_a_seal_is_made_in_two_phases(world: World) -> None:
    maker = yinxin.SealMaker(world.maker)
    pending = maker.prepare(spec(world.signer))
    assert pending.algorithm == maker.algorithm == "SM2-SM3"
    assert pending.digest == world.maker.public_key.sm2_digest(pending.message)
    value = world.maker_key.sign(pending.message)
    assert pending.complete(value) == world.seal == pending.complete(raw(value))
    assert yinxin.Seal.load(world.seal.to_der()) == world.seal
    assert world.seal.lists(world.signer) and not world.seal.lists(world.maker)
    assert world.seal.picture_format == "PNG"
    assert (world.seal.picture.width_mm, world.seal.picture.height_mm) == (42, 42)
    assert world.seal.maker == world.maker
    assert world.seal.layout is yinxin.Layout.GB_T_38540_2020
    report = world.verifier().verify(world.seal.to_der(), at=JUDGED)
    assert report.outcome is yinxin.Outcome.PASSED


@pytest.mark.parametrize("layout", yinxin.Layout)
@pytest.mark.parametrize("listing", yinxin.Listing)
def test_every_layout_and_listing(
    world: World, layout: yinxin.Layout, listing: yinxin.Listing
) -> None:
    maker = yinxin.SealMaker(world.maker)
    wanted = spec(world.signer, layout=layout, listing=listing)
    by_digest = listing is not yinxin.Listing.CERTIFICATES
    if by_digest and layout is yinxin.Layout.GM_T_0031_2014:
        with pytest.raises(yinxin.RequestError):
            maker.make(wanted, world.maker_key)
        return
    seal = maker.make(wanted, world.maker_key)
    assert seal.layout is layout and seal.lists(world.signer)


def test_a_value_by_another_key_is_refused(world: World) -> None:
    pending = draft().prepare(affix(world.seal, world.signer))
    with pytest.raises(yinxin.CryptoError) as raised:
        pending.complete(world.maker_key.sign(pending.message))
    assert raised.value.kind is yinxin.ErrorKind.SIGNATURE_MISMATCH
    with pytest.raises(yinxin.CryptoError) as raised:
        pending.sign(world.maker_key)
    assert raised.value.kind is yinxin.ErrorKind.KEY_MISMATCH


@pytest.mark.parametrize("format", yinxin.LicenseFormat)
def test_a_license_is_issued_over_night(
    world: World, tmp_path: Path, format: yinxin.LicenseFormat
) -> None:
    first = draft().prepare(affix(world.seal, world.signer), format)
    stored = tmp_path / "license.pending"
    stored.write_bytes(first.to_bytes())

    resumed = draft().resume(stored, format)
    assert resumed.message == first.message and resumed.algorithm == "SM2-SM3"
    assert resumed.digest == world.signer.public_key.sm2_digest(first.message)
    license = resumed.complete(raw(world.signer_key.sign(resumed.message)))
    assert license.format is format
    assert license.id == yinxin.Metadata.from_json(METADATA).identifier
    report = world.verifier().verify(license.to_bytes(), at=JUDGED)
    assert report.outcome is yinxin.Outcome.PASSED, report


def test_a_draft_of_another_day_does_not_take_up_a_pending_license(world: World) -> None:
    stored = draft().prepare(affix(world.seal, world.signer)).to_bytes()
    other = yinxin.Draft(
        yinxin.Metadata.from_json(METADATA),
        yinxin.Template.standard_portrait(),
        created=at("2026-03-03T00:00:00"),
    )
    with pytest.raises(yinxin.RequestError) as raised:
        other.resume(stored)
    assert raised.value.kind is yinxin.ErrorKind.PENDING_MISMATCH


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not there")
def test_a_key_outside_signs(world: World, tmp_path: Path) -> None:
    """OpenSSL holds the key and signs the message of a pending document."""
    key = tmp_path / "signer.pem"
    key.write_text(world.signer_key.to_pem(None))
    document = draft().document()
    place = yinxin.Place(1, 150, 100)
    request = yinxin.Request.affix(world.seal, world.signer, time=SEALED, at=[place])
    stored = yinxin.prepare(document, request).to_bytes()

    pending = yinxin.Pending.from_bytes(stored, document)
    message = tmp_path / "message"
    message.write_bytes(pending.message)
    command = ["openssl", "pkeyutl", "-sign", "-rawin", "-digest", "sm3", "-inkey", str(key)]
    command += ["-pkeyopt", "distid:1234567812345678", "-in", str(message)]
    value = subprocess.run(command, check=True, capture_output=True).stdout
    sealed = pending.complete(value)
    report = world.verifier().verify(sealed, at=JUDGED)
    assert report.outcome is yinxin.Outcome.PASSED


def test_steps_with_a_time_stamp_keep_their_order(world: World) -> None:
    pending = yinxin.prepare(draft().document(), affix(world.seal, world.signer))
    assert not pending.is_signed
    with pytest.raises(yinxin.RequestError):
        pending.finish()
    with pytest.raises(yinxin.RequestError):
        pending.time_stamp_request(b"12345678")
    pending.add_signature(world.signer_key.sign(pending.message))
    assert pending.is_signed
    assert pending.time_stamp_request(b"12345678") != pending.time_stamp_request(
        b"12345678", sha256=True
    )
    with pytest.raises(yinxin.RequestError, match="still to come"):
        pending.finish()
    with pytest.raises(yinxin.Error):
        pending.add_time_stamp(b"no answer")


def test_a_seal_shows_where_it_is_asked_to(world: World) -> None:
    document = draft().document()
    keyword = yinxin.Keyword("营业执照", occurrence=1, pages="1", right_mm=10)
    place = yinxin.Place("all", 30.0, 30.0)
    request = yinxin.Request.affix(world.seal, world.signer, time=SEALED, at=[place, keyword])
    sealed = yinxin.prepare(document, request).sign(world.signer_key)
    assert world.verifier().verify(sealed, at=JUDGED).outcome is yinxin.Outcome.PASSED
    nowhere = yinxin.Keyword("没有这个词")
    with pytest.raises(yinxin.RequestError) as raised:
        yinxin.prepare(
            document, yinxin.Request.affix(world.seal, world.signer, time=SEALED, at=[nowhere])
        )
    assert raised.value.kind is yinxin.ErrorKind.TEXT_NOT_FOUND
    riding = yinxin.Riding(yinxin.Edge.RIGHT, along_mm=100)
    with pytest.raises(yinxin.Error):
        # One page has no edge to share.
        yinxin.prepare(
            document, yinxin.Request.affix(world.seal, world.signer, time=SEALED, at=[riding])
        )


def test_a_signature_without_a_seal(world: World) -> None:
    request = yinxin.Request.sign(
        world.signer, time=SEALED, protection=yinxin.Protection.WHOLE
    )
    signed = yinxin.prepare(draft().document(), request).sign(world.signer_key)
    report = world.verifier().verify(signed, at=JUDGED)
    assert report.signatures[0].kind is yinxin.SignatureKind.SIGNATURE
    assert report.signatures[0].coverage.mode == "whole"


def test_metadata_and_catalog(world: World) -> None:
    metadata = yinxin.Metadata.from_json(METADATA)
    assert metadata.name == "营业执照" and metadata.number and metadata.type_code
    assert yinxin.Metadata.from_json(metadata.to_json()).identifier == metadata.identifier
    template = yinxin.Template.standard_landscape()
    with pytest.raises(yinxin.Error):
        yinxin.Draft(metadata, template, created=SEALED, catalog="[]")
    with pytest.raises(yinxin.RequestError):
        # PDF/A needs a font that is embedded.
        archive = yinxin.Draft(metadata, template, created=SEALED, archive=True)
        archive.document(yinxin.LicenseFormat.PDF)


def test_keys_are_kept_under_a_password(world: World) -> None:
    key = yinxin.SoftwareKey.generate(yinxin.KeyKind.SM2)
    stored = key.to_pem("正确的口令")
    assert "ENCRYPTED" in stored
    again = yinxin.SoftwareKey.load(stored.encode(), "正确的口令")
    assert again.public_key == key.public_key
    with pytest.raises(yinxin.CryptoError) as raised:
        yinxin.SoftwareKey.load(stored.encode(), "wrong")
    assert raised.value.kind is yinxin.ErrorKind.WRONG_PASSWORD
    for kind in yinxin.KeyKind:
        assert yinxin.SoftwareKey.generate(kind).sign(b"message")


def test_nothing_personal_is_printed(world: World) -> None:
    shown = [
        repr(value)
        for value in (
            world.seal,
            world.signer,
            world.signer_key,
            spec(world.signer),
            yinxin.Metadata.from_json(METADATA),
            draft(),
            affix(world.seal, world.signer),
            world.verifier(),
            world.verifier().verify(world.license, at=JUDGED),
            world.verifier().verify(world.license, at=JUDGED).license,
            world.verifier().verify(world.license, at=JUDGED).signatures[0].signer,
        )
    ]
    for text in shown:
        assert text.isascii(), text
