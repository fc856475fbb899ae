//! Who there is: two authorities that do not trust each other's work, and their subjects.

use std::sync::OnceLock;

use yinxin::Time;
use yinxin::asn1::named;
use yinxin::crypto::{Signer, SoftwareKey};
use yinxin::pki::{
    Certificate, CertificateBuilder, Crl, CrlBuilder, KeyUsage, Name, RevocationReason,
};

/// A certificate and its key.
pub(crate) struct Party {
    pub(crate) certificate: Certificate,
    pub(crate) key: SoftwareKey,
}

/// Everyone.
pub(crate) struct World {
    /// Certifies authorities and companies that sign.
    pub(crate) signer_authority: Party,
    /// Certifies units that make seals.
    pub(crate) maker_authority: Party,
    /// Makes seals.
    pub(crate) maker: Party,
    /// Makes seals; its certificate ended before the seals here are made.
    pub(crate) expired_maker: Party,
    /// The authority that issues the license.
    pub(crate) signer: Party,
    /// Another authority of the same kind.
    pub(crate) other_signer: Party,
    /// The first authority with a renewed certificate and a new key.
    pub(crate) renewed_signer: Party,
    /// An authority whose certificate ended before the documents here are sealed.
    pub(crate) expired_signer: Party,
    /// A company with a genuine certificate of the signers' authority.
    pub(crate) company: Party,
    /// An authority that certifies itself, trusted by nobody.
    pub(crate) stranger: Party,
    /// An authority with a P-256 certificate. Its key is new in every run.
    pub(crate) p256_signer: Party,
    /// The signers' revocation list; it names nobody.
    pub(crate) signer_crl: Crl,
    /// The makers' revocation list; it names nobody.
    pub(crate) maker_crl: Crl,
    /// A later list of the signers' authority in which the signer is revoked.
    pub(crate) revoking_crl: Crl,
}

/// A time from its text.
pub(crate) fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

/// The one world, made once.
pub(crate) fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(World::new)
}

impl World {
    fn new() -> Self {
        let signer_authority = root("某某省电子认证示范中心", 1);
        let maker_authority = root("某某省印章管理示范中心", 2);
        let maker = unit("某某市印章制作示范单位", 3, YEARS, &maker_authority);
        let expired_maker = unit("某某市旧印章制作单位", 4, PAST, &maker_authority);
        let signer = unit(AUTHORITY, 5, YEARS, &signer_authority);
        let other_signer = unit("某某市某某区行政审批局", 6, YEARS, &signer_authority);
        let renewed_signer = unit(AUTHORITY, 7, YEARS, &signer_authority);
        let expired_signer = unit("某某市已撤销的机关", 8, PAST, &signer_authority);
        let company = unit("某某市示范企业有限公司", 9, YEARS, &signer_authority);
        let stranger = root(AUTHORITY, 10);
        let p256_key = SoftwareKey::generate(yinxin::crypto::KeyKind::P256).unwrap();
        let p256_signer = issue(AUTHORITY, p256_key, 11, YEARS, &signer_authority);
        let list = |number| CrlBuilder::new(number, time("2026-11-01"), time("2026-12-01"));
        let sign = |list: CrlBuilder, by: &Party| list.sign(&by.certificate, &by.key).unwrap();
        let revoked = list(2).revoke(
            signer.certificate.serial(),
            time("2026-11-21"),
            Some(RevocationReason::KeyCompromise),
        );
        Self {
            signer_crl: sign(list(1), &signer_authority),
            maker_crl: sign(list(1), &maker_authority),
            revoking_crl: sign(revoked, &signer_authority),
            signer_authority,
            maker_authority,
            maker,
            expired_maker,
            signer,
            other_signer,
            renewed_signer,
            expired_signer,
            company,
            stranger,
            p256_signer,
        }
    }
}

/// The issuer that the example license names.
const AUTHORITY: &str = "某某市市场监督管理局";

const YEARS: (&str, &str) = ("2025-01-01", "2035-01-01");
const PAST: (&str, &str) = ("2020-01-01", "2025-01-01");

fn root(organization: &str, seed: u8) -> Party {
    let key = key(seed);
    let certificate = builder(organization, &key, seed, YEARS)
        .authority(None)
        .self_sign(&key)
        .unwrap();
    Party { certificate, key }
}

fn unit(organization: &str, seed: u8, validity: (&str, &str), issuer: &Party) -> Party {
    issue(organization, key(seed), seed, validity, issuer)
}

fn issue(
    organization: &str,
    key: SoftwareKey,
    serial: u8,
    validity: (&str, &str),
    issuer: &Party,
) -> Party {
    let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
    let certificate = builder(organization, &key, serial, validity)
        .end_entity()
        .key_usage(usage)
        .sign(&issuer.certificate, &issuer.key)
        .unwrap();
    Party { certificate, key }
}

/// A certificate yet without purpose.
pub(crate) fn builder(
    organization: &str,
    key: &SoftwareKey,
    serial: u8,
    (from, until): (&str, &str),
) -> CertificateBuilder {
    let name = Name::build(&[
        (named::COUNTRY, "CN"),
        (named::ORGANIZATION, organization),
        (named::COMMON_NAME, organization),
    ])
    .unwrap();
    CertificateBuilder::new(
        name,
        key.public_key().clone(),
        &[serial],
        time(from),
        time(until),
    )
}

/// The key of a seed.
pub(crate) fn key(seed: u8) -> SoftwareKey {
    SoftwareKey::from_sm2_scalar(&[seed; 32]).unwrap()
}
