"""What the compiled half of the package offers. Written by hand, held to it by mypy's stubtest."""

import datetime
import enum
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeAlias, final

__all__ = [
    "Augmentation",
    "DocumentStamp",
    "MissingEvidence",
    "BatchResult",
    "Certificate",
    "Crl",
    "OcspResponse",
    "make_certificate",
    "make_crl",
    "PendingIntegrity",
    "decrypt",
    "encrypt",
    "prepare_integrity",
    "Advice",
    "AnchorCounts",
    "Axes",
    "Check",
    "Coverage",
    "DocumentFacts",
    "Evidence",
    "Finding",
    "Holder",
    "Issuer",
    "LicenseFacts",
    "NotChecked",
    "Party",
    "PolicyStamp",
    "SealFacts",
    "Signature",
    "Source",
    "TrustFacts",
    "LicenseId",
    "check_code",
    "Draft",
    "License",
    "Metadata",
    "PendingLicense",
    "Template",
    "PublicKey",
    "SoftwareKey",
    "load_pkcs12",
    "PathReport",
    "judge_path",
    "Policy",
    "Profile",
    "Report",
    "PendingSeal",
    "Seal",
    "SealMaker",
    "SealPicture",
    "SealSpec",
    "Keyword",
    "Pending",
    "Place",
    "Request",
    "Riding",
    "prepare",
    "ReportIterator",
    "TrustPack",
    "TrustState",
    "make_status_list",
    "make_trust_document",
    "make_trust_pack",
    "sign_trust_document",
    "Verifier",
    "ErrorKind",
    "Outcome",
    "CheckCode",
    "Reason",
    "FindingCode",
    "FindingClass",
    "Role",
    "DocumentFormat",
    "SignatureKind",
    "Freshness",
    "Environment",
    "TrustDocument",
    "Language",
    "MakerRule",
    "SealAsOf",
    "LaterChange",
    "KeyKind",
    "Layout",
    "Listing",
    "Protection",
    "Edge",
    "LicenseFormat",
    "PdfFormat",
    "PdfPermission",
    "Purpose",
    "RevocationMode",
    "CodeKind",
    "Error",
    "FormatError",
    "CryptoError",
    "RequestError",
    "TrustError",
    "InternalError",
    "OutcomeError",
    "__version__",
]

__version__: str

_Source: TypeAlias = bytes | bytearray | memoryview | os.PathLike[str]
"""Contents, or the path of a file that holds them. A str is refused: it might be either."""
_Certificates: TypeAlias = Certificate | _Source
_Crls: TypeAlias = Crl | _Source
_Ocsp: TypeAlias = OcspResponse | _Source
_Pages: TypeAlias = int | str

# Errors

class Error(Exception):
    """What the library refuses, with its kind and context as data.

    A verdict on a document is never an exception; it is a Report.
    """

    kind: ErrorKind
    code: str
    message: str
    context: tuple[tuple[str, str], ...]

class FormatError(Error, ValueError):
    """Bytes that are not what they were said to be (kinds 100 to 199)."""

class CryptoError(Error):
    """A key, password, signature or algorithm that does not do (200 to 299)."""

class RequestError(Error, ValueError):
    """A request that cannot be met (300 to 399)."""

class TrustError(Error):
    """A trust document that may not be taken in (400 to 499)."""

class InternalError(Error, RuntimeError):
    """A bug of the library, among them a panic (900 to 999)."""

class OutcomeError(Exception):
    """The outcome is not passed; ``report`` tells why."""

    report: Report

# Verifying

@final
class Policy:
    """Under what rules a document is judged. Named and versioned in every report."""

    @staticmethod
    def basic() -> Policy: ...
    @staticmethod
    def window() -> Policy: ...
    @staticmethod
    def archive() -> Policy: ...
    @staticmethod
    def by_name(name: str) -> Policy: ...
    @staticmethod
    def from_json(text: str) -> Policy: ...
    def to_json(self) -> str: ...
    def strict(self) -> Policy: ...
    def with_maker_rule(self, rule: MakerRule) -> Policy: ...
    def with_seal_as_of(self, as_of: SealAsOf) -> Policy: ...
    def with_later_changes(self, changes: Sequence[LaterChange]) -> Policy: ...
    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def required(self) -> tuple[CheckCode, ...]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Verifier:
    """Judges documents, seals and signatures under one policy with the trust it was given."""

    def __new__(
        cls,
        policy: Policy | None = None,
        *,
        signer_anchors: Sequence[_Certificates] = ...,
        maker_anchors: Sequence[_Certificates] = ...,
        tsa_anchors: Sequence[_Certificates] = ...,
        ocsp_anchors: Sequence[_Certificates] = ...,
        intermediates: Sequence[_Certificates] = ...,
        signer_certificates: Sequence[_Certificates] = ...,
        crls: Sequence[_Crls] = ...,
        ocsp: Sequence[_Ocsp] = ...,
        sm2_ids: Sequence[bytes] = ...,
        password: str | None = None,
        trust: TrustState | None = None,
        warn_days: int = 7,
        stop_days: int = 30,
        status_lists: Sequence[_Source] = ...,
        status_references: Sequence[_Source] = ...,
        seal_revocations: Sequence[_Source] = ...,
        packs: Sequence[TrustPack] = ...,
    ) -> Verifier: ...
    @property
    def policy(self) -> Policy: ...
    def verify(
        self,
        document: _Source,
        *,
        at: datetime.datetime | None = None,
        decrypt_key: SoftwareKey | None = None,
    ) -> Report: ...
    def verify_detached(
        self,
        signature: _Source,
        content: _Source,
        *,
        at: datetime.datetime | None = None,
    ) -> Report: ...
    def verify_many(
        self,
        documents: Iterable[_Source],
        *,
        at: datetime.datetime | None = None,
        threads: int | None = None,
        progress: Callable[[int, int], object] | None = None,
    ) -> list[BatchResult]: ...
    def iter_verify(
        self,
        documents: Iterable[_Source],
        *,
        at: datetime.datetime | None = None,
        threads: int | None = None,
    ) -> ReportIterator: ...

@final
class ReportIterator:
    """The results of ``Verifier.iter_verify``, in the order of the documents."""

    def __iter__(self) -> ReportIterator: ...
    def __next__(self) -> BatchResult: ...

@final
class BatchResult:
    """What became of one document of many: a report, or why its file could not be read."""

    @property
    def path(self) -> Path | None: ...
    @property
    def report(self) -> Report | None: ...
    @property
    def error(self) -> OSError | None: ...
    def __bool__(self) -> NoReturn: ...

@final
class Report:
    """The verdict on one document, with all that led to it. It has no truth value."""

    @property
    def library(self) -> str: ...
    @property
    def policy(self) -> PolicyStamp: ...
    @property
    def outcome(self) -> Outcome: ...
    @property
    def headline(self) -> CheckCode | None: ...
    @property
    def axes(self) -> Axes: ...
    @property
    def document(self) -> DocumentFacts: ...
    @property
    def evaluated_at(self) -> datetime.datetime: ...
    @property
    def license(self) -> LicenseFacts | None: ...
    @property
    def unsigned_claims(self) -> LicenseFacts | None: ...
    @property
    def signatures(self) -> tuple[Signature, ...]: ...
    @property
    def checks(self) -> tuple[Check, ...]: ...
    def all_checks(self) -> tuple[Check, ...]: ...
    @property
    def not_checked(self) -> tuple[NotChecked, ...]: ...
    @property
    def trust(self) -> TrustFacts: ...
    @property
    def evidence(self) -> tuple[Evidence, ...]: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def outcome_text(self, language: Language) -> str: ...
    def raise_for_outcome(self) -> None: ...
    def __bool__(self) -> NoReturn: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

# Parts of a report

@final
class PolicyStamp:
    """Name and version of a policy."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Axes:
    """The three questions that a verdict answers."""

    @property
    def authentic(self) -> Outcome: ...
    @property
    def trusted(self) -> Outcome: ...
    @property
    def in_force(self) -> Outcome: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class DocumentFacts:
    """The input's identity."""

    @property
    def format(self) -> DocumentFormat: ...
    @property
    def sm3(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def size(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Party:
    """A certificate, as facts."""

    @property
    def subject(self) -> str: ...
    @property
    def organization(self) -> str | None: ...
    @property
    def common_name(self) -> str | None: ...
    @property
    def issuer(self) -> str: ...
    @property
    def serial(self) -> str: ...
    @property
    def valid_from(self) -> datetime.datetime: ...
    @property
    def valid_until(self) -> datetime.datetime: ...
    @property
    def sha256(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class SealFacts:
    """A seal, as facts."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def seal_type(self) -> int: ...
    @property
    def created(self) -> datetime.datetime | None: ...
    @property
    def valid_from(self) -> datetime.datetime | None: ...
    @property
    def valid_until(self) -> datetime.datetime | None: ...
    @property
    def maker(self) -> Party | None: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Coverage:
    """What a signature covers and what it does not."""

    @property
    def uncovered(self) -> tuple[str, ...]: ...
    @property
    def changes(self) -> tuple[str, ...]: ...
    @property
    def mode(self) -> str | None: ...
    @property
    def follows(self) -> tuple[int, ...]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Signature:
    """One seal or signature."""

    @property
    def index(self) -> int: ...
    @property
    def kind(self) -> SignatureKind: ...
    @property
    def standard(self) -> str | None: ...
    @property
    def algorithm(self) -> str | None: ...
    @property
    def signer(self) -> Party | None: ...
    @property
    def seal(self) -> SealFacts | None: ...
    @property
    def signed_at(self) -> datetime.datetime | None: ...
    @property
    def time_source(self) -> str | None: ...
    @property
    def coverage(self) -> Coverage: ...
    @property
    def outcome(self) -> Outcome: ...
    @property
    def checks(self) -> tuple[Check, ...]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class NotChecked:
    """A check that was not run, and what it would need."""

    @property
    def code(self) -> CheckCode: ...
    @property
    def needs(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class AnchorCounts:
    """Numbers of anchors by role."""

    @property
    def signer(self) -> int: ...
    @property
    def maker(self) -> int: ...
    @property
    def tsa(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class TrustFacts:
    """The trust material that was given."""

    @property
    def list_version(self) -> int: ...
    @property
    def list_age_days(self) -> int: ...
    @property
    def environment(self) -> Environment | None: ...
    @property
    def anchors(self) -> AnchorCounts: ...
    @property
    def freshness(self) -> Freshness: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Evidence:
    """A piece of evidence."""

    @property
    def kind(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def this_update(self) -> datetime.datetime | None: ...
    @property
    def next_update(self) -> datetime.datetime | None: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Source:
    """A source of license data."""

    @property
    def source(self) -> str: ...
    @property
    def covered_by(self) -> tuple[int, ...]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Issuer:
    """An issuer as stated."""

    @property
    def name(self) -> str | None: ...
    @property
    def code(self) -> str | None: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Holder:
    """A holder as stated."""

    @property
    def name(self) -> str | None: ...
    @property
    def code(self) -> str | None: ...
    @property
    def code_type(self) -> str | None: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class LicenseFacts:
    """License data: what a document says, as it stands in it. The text is hostile."""

    @property
    def identifier(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...
    @property
    def number(self) -> str | None: ...
    @property
    def type_code(self) -> str | None: ...
    @property
    def issuers(self) -> tuple[Issuer, ...]: ...
    @property
    def holders(self) -> tuple[Holder, ...]: ...
    @property
    def valid_from(self) -> datetime.date | str | None: ...
    @property
    def valid_until(self) -> datetime.date | str | None: ...
    @property
    def fields(self) -> dict[str, str]: ...
    @property
    def sources(self) -> tuple[Source, ...]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Check:
    """One check that was run."""

    @property
    def code(self) -> CheckCode: ...
    @property
    def outcome(self) -> Outcome: ...
    @property
    def clause(self) -> str | None: ...
    @property
    def reason(self) -> Reason | None: ...
    @property
    def role(self) -> Role | None: ...
    @property
    def detail(self) -> dict[str, str | tuple[str, ...]]: ...
    def title(self, language: Language) -> str: ...
    def advice(self, language: Language) -> Advice | None: ...
    def __bool__(self) -> NoReturn: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Advice:
    """Why something is so, and what to do about it."""

    @property
    def cause(self) -> str: ...
    @property
    def remedy(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Finding:
    """One finding: a code and where it was met."""

    @property
    def code(self) -> FindingCode: ...
    @property
    def finding_class(self) -> FindingClass: ...
    @property
    def place(self) -> str: ...
    def text(self, language: Language) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

# Trust lists

@final
class TrustState:
    """A trust system as one caller holds it: root, list in force, latest time seen. A value."""

    @staticmethod
    def pin(
        root: _Source, *, environment: Environment, at: datetime.datetime | None = None
    ) -> TrustState: ...
    @staticmethod
    def from_bytes(stored: _Source) -> TrustState: ...
    def rotate(self, root: _Source, *, at: datetime.datetime | None = None) -> TrustState: ...
    def install(self, list: _Source, *, at: datetime.datetime | None = None) -> TrustState: ...
    def seen(self, *, at: datetime.datetime | None = None) -> TrustState: ...
    def open_pack(
        self, pack: _Source, *, at: datetime.datetime | None = None
    ) -> tuple[TrustState, TrustPack]: ...
    @property
    def name(self) -> str: ...
    @property
    def environment(self) -> Environment: ...
    @property
    def root_version(self) -> int: ...
    @property
    def list_version(self) -> int | None: ...
    @property
    def list_digest(self) -> str | None: ...
    @property
    def latest_seen(self) -> datetime.datetime: ...
    def freshness(
        self,
        *,
        at: datetime.datetime | None = None,
        warn_days: int = 7,
        stop_days: int = 30,
    ) -> Freshness: ...
    def to_bytes(self) -> bytes: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

def make_trust_document(
    kind: TrustDocument, payload: _Source, keys: Sequence[SoftwareKey]
) -> bytes: ...
def sign_trust_document(document: _Source, key: SoftwareKey) -> bytes: ...

@final
class TrustPack:
    """The evidence of a pack; its trust list is in the state that came with it."""

    @property
    def issued(self) -> datetime.datetime: ...
    @property
    def expires(self) -> datetime.datetime: ...

def make_trust_pack(
    list: _Source,
    keys: Sequence[SoftwareKey],
    *,
    name: str,
    environment: Environment,
    issued: datetime.datetime,
    expires: datetime.datetime,
    crls: Sequence[_Crls] = ...,
    ocsp: Sequence[_Ocsp] = ...,
    status_lists: Sequence[_Source] = ...,
    status_references: _Source | None = None,
    seal_revocations: Sequence[_Source] = ...,
    catalog: _Source | None = None,
) -> bytes: ...
def make_status_list(
    key: SoftwareKey,
    *,
    uri: str,
    issued: datetime.datetime,
    ttl: int,
    statuses: bytes,
    bits: int = 1,
) -> bytes: ...

# Paths and codes

@final
class PathReport:
    """What became of the question about a certificate. It has no truth value."""

    @property
    def outcome(self) -> Outcome: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __bool__(self) -> NoReturn: ...

def judge_path(
    leaf: _Certificates,
    *,
    anchors: Sequence[_Certificates],
    purpose: Purpose = ...,
    at: datetime.datetime | None = None,
    intermediates: Sequence[_Certificates] = ...,
    crls: Sequence[_Crls] = ...,
    ocsp: Sequence[_Ocsp] = ...,
    revocation: RevocationMode = ...,
    max_depth: int = 8,
    policies: Sequence[str] = ...,
    explicit_policy: bool = False,
    inhibit_mapping: bool = False,
    inhibit_any: bool = False,
) -> PathReport: ...
def check_code(kind: CodeKind, code: str) -> Outcome: ...

@final
class LicenseId:
    """A license identifier (证照标识, GB/T 36904), read from its text."""

    def __new__(cls, text: str) -> LicenseId: ...
    @staticmethod
    def make(*, type_code: str, issuer: str, serial: str, version: int = 1) -> LicenseId: ...
    @property
    def type_code(self) -> str: ...
    @property
    def issuer(self) -> str: ...
    @property
    def serial(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def check(self) -> Outcome: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

# Certificates and evidence

@final
class Certificate:
    """An X.509 certificate. Equal to another of the same bytes."""

    @staticmethod
    def load(source: _Source) -> Certificate: ...
    @staticmethod
    def load_all(source: _Source) -> list[Certificate]: ...
    @property
    def subject(self) -> str: ...
    @property
    def common_name(self) -> str | None: ...
    @property
    def organization(self) -> str | None: ...
    @property
    def issuer(self) -> str: ...
    @property
    def serial(self) -> str: ...
    @property
    def not_before(self) -> datetime.datetime: ...
    @property
    def not_after(self) -> datetime.datetime: ...
    @property
    def sha256(self) -> str: ...
    @property
    def public_key(self) -> PublicKey: ...
    def to_der(self) -> bytes: ...
    def to_pem(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Crl:
    """A certificate revocation list."""

    @staticmethod
    def load_all(source: _Source) -> list[Crl]: ...
    @property
    def issuer(self) -> str: ...
    @property
    def this_update(self) -> datetime.datetime: ...
    @property
    def next_update(self) -> datetime.datetime | None: ...
    def to_der(self) -> bytes: ...
    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...

@final
class OcspResponse:
    """An OCSP response."""

    @staticmethod
    def load(source: _Source) -> OcspResponse: ...
    @property
    def produced_at(self) -> datetime.datetime: ...
    def to_der(self) -> bytes: ...

def make_certificate(
    key: SoftwareKey,
    *,
    common_name: str,
    serial: bytes,
    not_before: datetime.datetime,
    not_after: datetime.datetime,
    organization: str | None = None,
    authority: bool = False,
    issuer: Certificate | None = None,
    issuer_key: SoftwareKey | None = None,
) -> Certificate: ...
def make_crl(
    issuer: Certificate,
    issuer_key: SoftwareKey,
    *,
    number: int,
    this_update: datetime.datetime,
    next_update: datetime.datetime,
    revoked: Sequence[tuple[Certificate, datetime.datetime]] = ...,
) -> Crl: ...

# Keys

@final
class SoftwareKey:
    """A private key in memory. Neither copied nor pickled."""

    @staticmethod
    def generate(kind: KeyKind) -> SoftwareKey: ...
    @staticmethod
    def load(source: _Source, password: str | None = None) -> SoftwareKey: ...
    @staticmethod
    def from_sm2_scalar(scalar: bytes) -> SoftwareKey: ...
    def sign(self, message: _Source) -> bytes: ...
    @property
    def public_key(self) -> PublicKey: ...
    @property
    def algorithm(self) -> str: ...
    def to_pem(self, password: str | None) -> str: ...

@final
class PublicKey:
    """A public key."""

    def to_spki(self) -> bytes: ...
    def sm2_digest(self, message: _Source) -> bytes | None: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

def load_pkcs12(source: _Source, password: str) -> tuple[SoftwareKey, list[Certificate]]: ...

# Seals

@final
class SealPicture:
    """A picture file and the size it is shown at."""

    def __new__(cls, data: _Source, *, width_mm: int, height_mm: int) -> SealPicture: ...
    @staticmethod
    def round(
        name: str,
        *,
        font: _Source | None = None,
        font_face: int = 0,
        diameter_mm: float | None = None,
        second_line: str | None = None,
        code: str | None = None,
        dpi: int = ...,
    ) -> SealPicture: ...
    @staticmethod
    def special(
        name: str,
        purpose: str,
        *,
        font: _Source,
        font_face: int = 0,
        code: str | None = None,
        dpi: int = ...,
    ) -> SealPicture: ...
    @staticmethod
    def square(
        text: str, *, side_mm: float, font: _Source, font_face: int = 0, dpi: int = ...
    ) -> SealPicture: ...
    @property
    def data(self) -> bytes: ...
    @property
    def width_mm(self) -> int: ...
    @property
    def height_mm(self) -> int: ...

@final
class SealSpec:
    """What a new seal is to be."""

    def __new__(
        cls,
        *,
        id: str,
        name: str,
        signers: Sequence[_Certificates],
        create_date: datetime.datetime,
        valid_from: datetime.datetime,
        valid_until: datetime.datetime,
        picture: SealPicture,
        layout: Layout = ...,
        listing: Listing = ...,
        seal_type: int = 1,
    ) -> SealSpec: ...

@final
class SealMaker:
    """Who makes seals: an organisation with its certificate. Its key stays where it is kept."""

    def __new__(cls, certificate: _Certificates) -> SealMaker: ...
    @property
    def algorithm(self) -> str: ...
    def prepare(self, spec: SealSpec) -> PendingSeal: ...
    def make(self, spec: SealSpec, key: SoftwareKey) -> Seal: ...

@final
class PendingSeal:
    """A seal that waits for its maker's signature."""

    @property
    def algorithm(self) -> str: ...
    @property
    def message(self) -> bytes: ...
    @property
    def digest(self) -> bytes | None: ...
    def complete(self, signature: _Source) -> Seal: ...

@final
class Seal:
    """An electronic seal that can be used. Whether its maker is trusted, a verifier says."""

    @staticmethod
    def load(source: _Source) -> Seal: ...
    def time_stamp_request(self, nonce: _Source) -> bytes: ...
    def with_time_stamp(
        self, request: _Source, response: _Source, *, authority: Sequence[_Certificates] = ...
    ) -> Seal: ...
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def layout(self) -> Layout: ...
    @property
    def valid_from(self) -> datetime.datetime: ...
    @property
    def valid_until(self) -> datetime.datetime: ...
    @property
    def picture(self) -> SealPicture: ...
    @property
    def picture_format(self) -> str | None: ...
    @property
    def maker(self) -> Certificate: ...
    def lists(self, signer: _Certificates) -> bool: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    def to_der(self) -> bytes: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

# Signing

@final
class Place:
    """Where a seal's centre stands, in millimetres from the upper left corner of these pages."""

    def __new__(cls, pages: _Pages, x_mm: float, y_mm: float) -> Place: ...
    @property
    def pages(self) -> str: ...
    @property
    def x_mm(self) -> float: ...
    @property
    def y_mm(self) -> float: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Keyword:
    """A seal on a keyword of the page's text."""

    def __new__(
        cls,
        text: str,
        *,
        occurrence: Literal["only", "last", "all"] | int = ...,
        pages: _Pages | None = None,
        right_mm: float = 0.0,
        down_mm: float = 0.0,
    ) -> Keyword: ...

@final
class Riding:
    """A riding seal (骑缝章): in slices along an edge of several pages."""

    def __new__(
        cls,
        edge: Edge,
        *,
        pages: _Pages | None = None,
        both_sides: bool = False,
        along_mm: float | None = None,
        min_slice_mm: float | None = None,
    ) -> Riding: ...

@final
class Request:
    """A seal or signature to be put on a document."""

    @staticmethod
    def affix(
        seal: Seal | _Source,
        signer: _Certificates,
        *,
        time: datetime.datetime | None = None,
        at: Sequence[Place | Keyword | Riding] = ...,
        protection: Protection = ...,
        relative_to: str | None = None,
        profile: Profile | None = None,
    ) -> Request: ...
    @staticmethod
    def sign(
        signer: _Certificates,
        *,
        time: datetime.datetime | None = None,
        at: Sequence[Place | Keyword | Riding] = ...,
        protection: Protection = ...,
        relative_to: str | None = None,
        profile: Profile | None = None,
    ) -> Request: ...

@final
class Profile:
    """How a signature is made where the usual way does not do, and what a PDF says of it."""

    def __new__(
        cls,
        *,
        rsa_pss: bool = False,
        cms: bool = False,
        certificates: Sequence[_Certificates] = ...,
        without_time_stamp: bool = False,
        format: PdfFormat | None = None,
        filter: str | None = None,
        sub_filter: str | None = None,
        field: str | None = None,
        name: str | None = None,
        reason: str | None = None,
        location: str | None = None,
        contact: str | None = None,
        certify: PdfPermission | None = None,
        lock_fields: Sequence[str] | None = None,
        lock_all_but: Sequence[str] | None = None,
        size_mm: tuple[float, float] | None = None,
        picture: _Source | None = None,
        text: str | None = None,
        font: _Source | None = None,
    ) -> Profile: ...

def prepare(document: _Source, request: Request) -> Pending: ...

@final
class Pending:
    """A document with everything but the signature value, and then perhaps a time stamp."""

    @staticmethod
    def from_bytes(stored: _Source, document: _Source) -> Pending: ...
    @property
    def message(self) -> bytes: ...
    @property
    def digest(self) -> bytes | None: ...
    @property
    def algorithm(self) -> str: ...
    @property
    def is_signed(self) -> bool: ...
    def add_signature(self, signature: _Source) -> None: ...
    def time_stamp_request(self, nonce: _Source, *, sha256: bool = False) -> bytes: ...
    def add_time_stamp(
        self, response: _Source, *, authority: Sequence[_Certificates] = ...
    ) -> None: ...
    def finish(self) -> bytes: ...
    def complete(self, signature: _Source) -> bytes: ...
    def sign(self, key: SoftwareKey) -> bytes: ...
    def to_bytes(self) -> bytes: ...

# Making signatures last, and encryption

@final
class MissingEvidence:
    """What a signature lacks to be judged without asking anyone."""

    @property
    def what(self) -> str: ...
    @property
    def fields(self) -> tuple[str, ...]: ...
    @property
    def certificate(self) -> Certificate | None: ...

@final
class Augmentation:
    """Evidence that is about to be added to a PDF; making one is a dry run."""

    def __new__(
        cls,
        document: _Source,
        *,
        certificates: Sequence[_Certificates] = ...,
        crls: Sequence[_Crls] = ...,
        ocsp: Sequence[_Ocsp] = ...,
    ) -> Augmentation: ...
    @property
    def missing(self) -> tuple[MissingEvidence, ...]: ...
    def finish(
        self, *, at: datetime.datetime | None = None, incomplete: bool = False
    ) -> bytes: ...

@final
class DocumentStamp:
    """A PDF that waits for a time stamp over all of it."""

    def __new__(cls, document: _Source, nonce: _Source) -> DocumentStamp: ...
    @staticmethod
    def from_bytes(stored: _Source, document: _Source) -> DocumentStamp: ...
    @property
    def request(self) -> bytes: ...
    def complete(self, response: _Source, *, authority: Sequence[_Certificates] = ...) -> bytes: ...
    def to_bytes(self) -> bytes: ...

def encrypt(
    document: _Source,
    *,
    certificates: Mapping[str, _Certificates] = ...,
    passwords: Mapping[str, str] = ...,
    at: datetime.datetime | None = None,
) -> bytes: ...
def decrypt(
    document: _Source, *, key: SoftwareKey | None = None, password: str | None = None
) -> bytes: ...
def prepare_integrity(
    document: _Source, signer: _Certificates, *, time: datetime.datetime | None = None
) -> PendingIntegrity: ...

@final
class PendingIntegrity:
    """An OFD package with a list of all its files that waits for the list's signature."""

    @staticmethod
    def from_bytes(stored: _Source, document: _Source) -> PendingIntegrity: ...
    @property
    def message(self) -> bytes: ...
    @property
    def digest(self) -> bytes | None: ...
    def complete(self, signature: _Source, *, time_stamp: _Source | None = None) -> bytes: ...
    def sign(self, key: SoftwareKey) -> bytes: ...
    def to_bytes(self) -> bytes: ...

# Issuing

@final
class Metadata:
    """License metadata (GB/T 36903)."""

    @staticmethod
    def from_json(text: str) -> Metadata: ...
    def to_json(self) -> str: ...
    @property
    def identifier(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def type_code(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def issued_on(self) -> datetime.date: ...

@final
class Template:
    """A page design."""

    @staticmethod
    def standard_landscape() -> Template: ...
    @staticmethod
    def standard_portrait() -> Template: ...
    @staticmethod
    def from_json(text: str) -> Template: ...

@final
class Draft:
    """A license to be issued."""

    def __new__(
        cls,
        metadata: Metadata,
        template: Template,
        *,
        created: datetime.datetime | None = None,
        font: _Source | None = None,
        font_face: int = 0,
        embed_font_in_ofd: bool = False,
        catalog: str | None = None,
        archive: bool = False,
    ) -> Draft: ...
    def prepare(self, request: Request, format: LicenseFormat = ...) -> PendingLicense: ...
    def resume(self, stored: _Source, format: LicenseFormat = ...) -> PendingLicense: ...
    def document(self, format: LicenseFormat = ...) -> bytes: ...

@final
class PendingLicense:
    """A license with everything but the signature value."""

    @property
    def message(self) -> bytes: ...
    @property
    def digest(self) -> bytes | None: ...
    @property
    def algorithm(self) -> str: ...
    def complete(self, signature: _Source) -> License: ...
    def sign(self, key: SoftwareKey) -> License: ...
    def to_bytes(self) -> bytes: ...

@final
class License:
    """A license as it is handed out: a document with its seal or signature."""

    @property
    def id(self) -> str: ...
    @property
    def format(self) -> LicenseFormat: ...
    def to_bytes(self) -> bytes: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

# Codes

class ErrorKind(enum.IntEnum):
    """What went wrong, by its stable number."""

    MALFORMED = 100
    LIMIT_EXCEEDED = 101
    UNSUPPORTED = 102
    AMBIGUOUS = 103
    MISSING = 104
    SIGNATURE_MISMATCH = 200
    INVALID_KEY = 201
    WRONG_PASSWORD = 202
    KEY_MISMATCH = 203
    UNSUPPORTED_ALGORITHM = 204
    INVALID_ARGUMENT = 300
    INVALID_METADATA = 301
    INVALID_IDENTIFIER = 302
    SEAL_UNUSABLE = 303
    SIGNER_NOT_IN_SEAL = 304
    SIGNER_RENEWED = 305
    DOCUMENT_LOCKED = 306
    PENDING_MISMATCH = 307
    MISSING_GLYPH = 308
    DOES_NOT_FIT = 309
    TEXT_NOT_FOUND = 310
    TIME_STAMP_REFUSED = 320
    TIME_STAMP_MISMATCH = 321
    TRUST_ROLLBACK = 400
    TRUST_FORK = 401
    TRUST_EXPIRED = 402
    TRUST_THRESHOLD = 403
    TRUST_ROLE = 404
    TRUST_ROOT = 405
    TRUST_ENVIRONMENT = 406
    TRUST_EMPTY = 407
    TRUST_CLOCK = 408
    INTERNAL = 900

class Outcome(enum.Enum):
    """What a check, a signature or a document came to."""

    FAILED = "failed"
    INDETERMINATE = "indeterminate"
    PASSED = "passed"

class CheckCode(enum.Enum):
    """What is checked."""

    CONTAINER_FORMAT = "container.format"
    CONTAINER_AMBIGUOUS = "container.ambiguous"
    DOCUMENT_SIGNED = "document.signed"
    SIGNATURE_REFERENCES = "signature.references"
    PDF_BYTE_RANGE = "pdf.byte_range"
    PDF_REVISION = "pdf.revision"
    SIGNATURE_DIGEST = "signature.digest"
    SIGNATURE_VALUE = "signature.value"
    SIGNATURE_ALGORITHM = "signature.algorithm"
    SEAL_FORMAT = "seal.format"
    SEAL_MAKER_SIGNATURE = "seal.maker_signature"
    SEAL_EMBEDDED_EQUAL = "seal.embedded_equal"
    SEAL_SIGNATURE_SIGNER_LISTED = "seal_signature.signer_listed"
    SIGNATURE_BASE = "signature.base"
    DOCUMENT_CHANGED_AFTER_SIGNING = "document.changed_after_signing"
    PDF_MODIFICATION = "pdf.modification"
    PDF_PERMISSION = "pdf.permission"
    COVERAGE_DOCUMENT = "coverage.document"
    INTEGRITY_ENTRIES = "integrity.entries"
    INTEGRITY_VALUE = "integrity.value"
    SIGNATURE_TIMESTAMP = "signature.timestamp"
    SEAL_MAKER_CERTIFICATE = "seal.maker_certificate"
    SEAL_CREATE_TIME = "seal.create_time"
    SEAL_VALIDITY = "seal.validity"
    SEAL_STATUS = "seal.status"
    SEAL_TIMESTAMP = "seal.timestamp"
    SEAL_PICTURE = "seal.picture"
    SEAL_SIGNATURE_TIME = "seal_signature.time"
    TIME_CLOCK = "time.clock"
    PATH_ANCHOR = "path.anchor"
    PATH_CONSTRAINT = "path.constraint"
    PATH_ALGORITHM = "path.algorithm"
    REVOCATION_SIGNER = "revocation.signer"
    REVOCATION_MAKER = "revocation.maker"
    AUTHORITY_MAKER = "authority.maker"
    AUTHORITY_ISSUER = "authority.issuer"
    AUTHORITY_SCOPE = "authority.scope"
    LICENSE_CONSISTENT = "license.consistent"
    LICENSE_IDENTIFIER = "license.identifier"
    LICENSE_METADATA = "license.metadata"
    LICENSE_STATUS = "license.status"
    LICENSE_VALIDITY = "license.validity"

class Reason(enum.Enum):
    """Why a check failed or could not be judged."""

    MALFORMED = "malformed"
    LIMIT_EXCEEDED = "limit_exceeded"
    UNSUPPORTED = "unsupported"
    TWO_DOCUMENTS = "two_documents"
    NOT_STRICT = "not_strict"
    SIGNATURE_STRIPPED = "signature_stripped"
    NOT_SIGNED = "not_signed"
    DIGEST_DIFFERS = "digest_differs"
    PART_MISSING = "part_missing"
    NOTHING_REFERENCED = "nothing_referenced"
    CONTENT_NOT_GIVEN = "content_not_given"
    VALUE_MISMATCH = "value_mismatch"
    CERTIFICATE_MISSING = "certificate_missing"
    CERTIFICATE_UNREADABLE = "certificate_unreadable"
    LATER_VERSION = "later_version"
    UNCOVERED = "uncovered"
    NO_COVERING_SIGNATURE = "no_covering_signature"
    UNLISTED = "unlisted"
    ALGORITHMS_DISAGREE = "algorithms_disagree"
    METHOD_NOT_STATED = "method_not_stated"
    TOO_WEAK = "too_weak"
    ALGORITHM_UNKNOWN = "algorithm_unknown"
    SEALS_DIFFER = "seals_differ"
    PICTURE_TYPE = "picture_type"
    TIME_UNREADABLE = "time_unreadable"
    IN_FUTURE = "in_future"
    TIMES_CONTRADICT = "times_contradict"
    OUTSIDE_CERTIFICATE = "outside_certificate"
    OUTSIDE_SEAL = "outside_seal"
    REVOKED_SINCE = "revoked_since"
    TIME_NOT_PROVEN = "time_not_proven"
    NOT_LISTED = "not_listed"
    RENEWED = "renewed"
    NO_ANCHORS = "no_anchors"
    TRUST_LIST_STALE = "trust_list_stale"
    CLOCK_BEFORE_LIST = "clock_before_list"
    ANCHOR_WITHDRAWN = "anchor_withdrawn"
    ANCHOR_NOT_IN_FORCE = "anchor_not_in_force"
    NO_PATH = "no_path"
    ANCHOR_ROLE = "anchor_role"
    CHAIN_SIGNATURE = "chain_signature"
    CHAIN_VALIDITY = "chain_validity"
    NOT_AUTHORITY = "not_authority"
    KEY_USAGE = "key_usage"
    EXTENDED_KEY_USAGE = "extended_key_usage"
    NAME_CONSTRAINT = "name_constraint"
    CRITICAL_EXTENSION = "critical_extension"
    POLICY_CONSTRAINT = "policy_constraint"
    KEY_INVALID = "key_invalid"
    REVOKED = "revoked"
    NO_REVOCATION_LIST = "no_revocation_list"
    REVOCATION_LIST_STALE = "revocation_list_stale"
    REVOCATION_LIST_UNUSABLE = "revocation_list_unusable"
    AUTHORITY_UNKNOWN = "authority_unknown"
    OUTSIDE_TYPES = "outside_types"
    OUTSIDE_ISSUERS = "outside_issuers"
    OUTSIDE_REGION = "outside_region"
    REGION_UNKNOWN = "region_unknown"
    REGION_RETIRED = "region_retired"
    ISSUER_DIFFERS = "issuer_differs"
    SEAL_OWNER_DIFFERS = "seal_owner_differs"
    ISSUER_CODE_MISSING = "issuer_code_missing"
    NAME_ONLY = "name_only"
    NAMES_DIFFER = "names_differ"
    NO_SEAL = "no_seal"
    NO_COMMON_SIGNATURE = "no_common_signature"
    SOURCES_DIFFER = "sources_differ"
    SOURCE_TWICE = "source_twice"
    IDENTIFIER_WRONG = "identifier_wrong"
    IDENTIFIER_VARIANT = "identifier_variant"
    METADATA_INCOMPLETE = "metadata_incomplete"
    STATUS_UNKNOWN = "status_unknown"
    NOT_IN_FORCE = "not_in_force"
    SUSPENDED = "suspended"
    SEAL_REVOKED = "seal_revoked"
    STATUS_LIST_STALE = "status_list_stale"
    STATUS_LIST_UNUSABLE = "status_list_unusable"
    PUBLISHER_UNKNOWN = "publisher_unknown"
    PUBLISHER_NOT_LINKED = "publisher_not_linked"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    RANGE_WRONG = "range_wrong"
    STRAY_BYTES = "stray_bytes"
    TIMESTAMP_BROKEN = "timestamp_broken"
    PASSWORD_NEEDED = "password_needed"
    BASE_MISSING = "base_missing"
    BASE_NOT_COVERED = "base_not_covered"
    BASE_BROKEN = "base_broken"
    CHANGE_REFUSED = "change_refused"
    CHANGE_NOT_ADMITTED = "change_not_admitted"
    PERMISSION_DENIED = "permission_denied"
    FIELD_LOCKED = "field_locked"
    APPEARANCE_DIFFERS = "appearance_differs"
    SIGNATURE_REMOVED = "signature_removed"
    ENCRYPTED = "encrypted"
    NOT_OPENED = "not_opened"

class FindingCode(enum.Enum):
    """What departs from a standard, or should be known."""

    DER_UNUSED_BITS = "der.unused_bits"
    DER_TRIMMED_BIT_STRING = "der.trimmed_bit_string"
    DER_NEGATIVE_INTEGER = "der.negative_integer"
    DER_ENCODED_DEFAULT = "der.encoded_default"
    DER_STRING_SWAP = "der.string_swap"
    SIGNATURE_RAW_VALUE = "signature.raw_value"
    TIME_ZONELESS = "time.zoneless"
    TIME_MALFORMED = "time.malformed"
    TIME_CLAIMED_ONLY = "time.claimed_only"
    SES_VERSION_MISMATCH = "ses.version_mismatch"
    SES_CERT_LIST_TYPE = "ses.cert_list_type"
    SES_CERTIFICATE_AS_TEXT = "ses.certificate_as_text"
    SES_EXTRA_WRAPPING = "ses.extra_wrapping"
    SES_PROPERTY_INFO_NOT_ASCII = "ses.property_info_not_ascii"
    SES_EXTENSION_TAG = "ses.extension_tag"
    SES_NESTED_PICTURE = "ses.nested_picture"
    SEAL_VALIDITY_NOW = "seal.validity_now"
    CMS_CONTENT_TYPE_VARIANT = "cms.content_type_variant"
    CMS_ALGORITHM_VARIANT = "cms.algorithm_variant"
    CMS_ATTRIBUTE_ORDER = "cms.attribute_order"
    OFD_OLD_NAMESPACE = "ofd.old_namespace"
    OFD_PREFIX_BYTES = "ofd.prefix_bytes"
    OFD_DATA_DESCRIPTOR = "ofd.data_descriptor"
    OFD_LOCATION_STYLE = "ofd.location_style"
    OFD_RELATIVE_LOCATION = "ofd.relative_location"
    OFD_IDENTIFIER_FORM = "ofd.identifier_form"
    OFD_ELEMENT_ORDER = "ofd.element_order"
    DIGEST_METHOD_ALIAS = "digest.method_alias"
    COVERAGE_ENTRY_POINT = "coverage.entry_point"
    COVERAGE_SIGNATURE_LIST = "coverage.signature_list"
    COVERAGE_ANNEX = "coverage.annex"
    COVERAGE_LOOSE_FILES = "coverage.loose_files"
    CERTIFICATE_PURPOSE_CLIENT_ONLY = "certificate.purpose_client_only"
    CERTIFICATE_KEY_ALGORITHM_VARIANT = "certificate.key_algorithm_variant"
    LICENSE_IDENTIFIER_VENDOR_VARIANT = "license.identifier_vendor_variant"
    OFD_GAP_BYTES = "ofd.gap_bytes"
    OFD_NAME_ENCODING = "ofd.name_encoding"
    CMS_BER_ENCODING = "cms.ber_encoding"
    TIMESTAMP_VERSION = "timestamp.version"
    TIME_FORM = "time.form"
    SES_HEADER_ID = "ses.header_id"
    SES_TEXT_TYPE = "ses.text_type"
    SEAL_MAKER_NOW = "seal.maker_now"
    SES_PROPERTY_INFO_BLANK = "ses.property_info_blank"
    OFD_PROPERTY_INFO_ELSEWHERE = "ofd.property_info_elsewhere"
    COVERAGE_PARTIAL = "coverage.partial"
    TIME_SIGNING_ORDER = "time.signing_order"
    TIMESTAMP_AUTHORITY_NAME = "timestamp.authority_name"
    TIMESTAMP_ACCURACY_FORM = "timestamp.accuracy_form"
    PDF_HIDDEN_CONTENT = "pdf.hidden_content"
    PDF_REFERENCE_GAP = "pdf.reference_gap"
    PDF_HIDDEN_LAYERS = "pdf.hidden_layers"
    PDF_OVERLAY_ANNOTATION = "pdf.overlay_annotation"
    PDF_SHARED_SIGNATURE = "pdf.shared_signature"
    PDF_PARALLEL_SCHEME = "pdf.parallel_scheme"
    PDF_SUB_FILTER_MISMATCH = "pdf.sub_filter_mismatch"
    INTEGRITY_LISTED_TWICE = "integrity.listed_twice"
    OFD_DECRYPTED = "ofd.decrypted"
    CERTIFICATE_PROFILE = "certificate.profile"
    SEAL_STATUS_NOW = "seal.status_now"

class FindingClass(enum.Enum):
    """How a finding weighs: strict reading refuses a defect."""

    DEFECT = "defect"
    REMARK = "remark"

class Role(enum.Enum):
    """Who in a signature a check is about."""

    SIGNER = "signer"
    MAKER = "maker"
    TSA = "tsa"

class DocumentFormat(enum.Enum):
    """What kind of input it was."""

    OFD = "ofd"
    PDF = "pdf"
    SEAL = "seal"
    SEAL_SIGNATURE = "seal-signature"
    CMS = "cms"
    UNKNOWN = "unknown"

class SignatureKind(enum.Enum):
    """What a signature is."""

    SEAL = "seal"
    SIGNATURE = "signature"
    TIMESTAMP = "timestamp"

class Freshness(enum.Enum):
    """How fresh the trust material is."""

    FRESH = "fresh"
    STALE_WARN = "stale-warn"
    STALE_STOP = "stale-stop"
    NONE = "none"

class Environment(enum.Enum):
    """What a trust system is run for."""

    PRODUCTION = "production"
    TEST = "test"

class TrustDocument(enum.Enum):
    """What a signed trust document is."""

    ROOT = "root"
    LIST = "list"

class Language(enum.Enum):
    """A language of the texts."""

    ZH_CN = "zh-CN"
    EN = "en"

class MakerRule(enum.Enum):
    """Whose words govern a seal whose maker's certificate has ended."""

    PROVEN = "proven"
    AT_CREATION = "at-creation"
    UNCONDITIONAL = "unconditional"
    OF_EDITION = "of-edition"

class SealAsOf(enum.Enum):
    """As of when the seal in a signature is judged."""

    SIGNING = "signing"
    EVALUATION = "evaluation"

class LaterChange(enum.Enum):
    """What may be done to a PDF after a signature."""

    EVIDENCE = "evidence"
    TIME_STAMP = "time-stamp"
    SIGNATURE = "signature"
    PERMITTED_FORM_FILL = "permitted-form-fill"
    FORM_FILL = "form-fill"
    PERMITTED_ANNOTATION = "permitted-annotation"
    ANNOTATION = "annotation"

class KeyKind(enum.Enum):
    """The kinds of key that can be generated."""

    SM2 = "sm2"
    P256 = "p256"
    P384 = "p384"
    ED25519 = "ed25519"

class Layout(enum.Enum):
    """The layout of a seal, by its standard and edition."""

    GM_T_0031_2014 = "GM/T 0031-2014"
    GB_T_38540_2020 = "GB/T 38540-2020"
    GM_T_0031_2025 = "GM/T 0031-2025"

class Listing(enum.Enum):
    """How a seal names those who may use it."""

    CERTIFICATES = "certificates"
    DIGESTS = "digests"
    DIGESTS_WITH_Z = "digests-with-z"

class Protection(enum.Enum):
    """Whether others may sign afterwards."""

    CONTINUE = "continue"
    WHOLE = "whole"

class Edge(enum.Enum):
    """The edge over which a riding seal runs."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"

class LicenseFormat(enum.Enum):
    """The container of a license."""

    OFD = "ofd"
    PDF = "pdf"

class PdfFormat(enum.Enum):
    """The form of a PDF's signature."""

    PADES = "pades"
    ISO_32000 = "iso-32000"
    NATIONAL = "national"

class PdfPermission(enum.Enum):
    """What others may change in a PDF behind its author's signature."""

    NOTHING = "nothing"
    FILL_AND_SIGN = "fill-and-sign"
    COMMENT = "comment"

class Purpose(enum.Enum):
    """What a certificate's key is to be used for."""

    ANY = "any"
    SIGNER = "signer"
    MAKER = "maker"
    TSA = "tsa"

class RevocationMode(enum.Enum):
    """Whether revocation is looked at."""

    OFF = "off"
    IF_AVAILABLE = "if-available"
    REQUIRED = "required"

class CodeKind(enum.Enum):
    """A kind of code that can be judged by itself."""

    LICENSE = "license"
    USCC = "uscc"
    ORGANIZATION = "organization"
    CITIZEN = "citizen"
    REGION = "region"
