//! The made-up people of the demo: roots, a seal maker, a signer, and what they issue.

use yinxin::asn1::named;
use yinxin::crypto::{KeyKind, Signer, SoftwareKey};
use yinxin::pki::{Certificate, CertificateBuilder, Crl, CrlBuilder, KeyUsage, Name};
use yinxin::seal::picture::{Fonts, RoundSeal};
use yinxin::seal::{Listing, Seal, SealMaker, SealSpec};
use yinxin::ses::Layout;
use yinxin::{Result, Time};

use crate::commands::cert::serial;
use crate::commands::seal::drawn_round;
use crate::fonts::FoundFont;

pub(super) const DAY: i64 = 86_400;
pub(super) const YEAR: i64 = 365 * DAY;
/// The body that issues the license; no such body exists.
const AUTHORITY: &str = "某某市市场监督管理局";
/// The identifier of its seal.
pub(super) const SEAL_ID: &str = "34990000000001";
const SEAL_LINE: &str = "电子证照专用章";

/// Somebody with a key.
pub(super) struct Person {
    pub(super) certificate: Certificate,
    pub(super) key: SoftwareKey,
}

/// Everybody. The keys live in memory only.
pub(super) struct People {
    pub(super) maker_root: Person,
    pub(super) signer_root: Person,
    pub(super) maker: Person,
    pub(super) signer: Person,
    /// Publishes the status of licenses.
    pub(super) publisher: Person,
    pub(super) maker_crl: Crl,
    pub(super) signer_crl: Crl,
}

impl People {
    /// New keys and certificates, valid from a day ago.
    pub(super) fn new(now: Time) -> Result<Self> {
        let maker_root = Person::root("示范制章根", now)?;
        let signer_root = Person::root("示范签章根", now)?;
        Ok(Self {
            maker: maker_root.issue("示范印章制作中心", "示范印章制作中心", now)?,
            signer: signer_root.issue(AUTHORITY, AUTHORITY, now)?,
            maker_crl: maker_root.crl(now)?,
            signer_crl: signer_root.crl(now)?,
            publisher: Person::root("示范状态发布中心", now)?,
            maker_root,
            signer_root,
        })
    }

    /// The authority's seal; without a font its picture has no text.
    pub(super) fn seal(&self, font: Option<&FoundFont>, now: Time) -> Result<Seal> {
        let picture = match font {
            Some(font) => {
                let mut round = RoundSeal::new(AUTHORITY);
                round.second_line = Some(SEAL_LINE.to_owned());
                drawn_round(round, &Fonts::new(font.seal_font()?))?
            }
            None => drawn_round(RoundSeal::new(""), &Fonts::none())?,
        };
        let spec = SealSpec {
            layout: Layout::Gbt38540_2020,
            id: SEAL_ID.to_owned(),
            seal_type: 1,
            name: format!("{AUTHORITY}{SEAL_LINE}"),
            signers: vec![self.signer.certificate.clone()],
            listing: Listing::Certificates,
            create_date: now,
            valid_from: now,
            valid_until: later(now, YEAR),
            picture,
            extensions: Vec::new(),
        };
        SealMaker::from_certificate(self.maker.certificate.clone())?.make(&spec, &self.maker.key)
    }

    /// Certificates and revocation lists under their file names.
    pub(super) fn files(&self) -> [(&'static str, Vec<u8>); 6] {
        let pem = |person: &Person| person.certificate.to_pem().into_bytes();
        [
            ("maker-root.pem", pem(&self.maker_root)),
            ("signer-root.pem", pem(&self.signer_root)),
            ("maker.pem", pem(&self.maker)),
            ("signer.pem", pem(&self.signer)),
            ("maker-root.crl", self.maker_crl.der().to_vec()),
            ("signer-root.crl", self.signer_crl.der().to_vec()),
        ]
    }
}

impl Person {
    fn root(name: &str, now: Time) -> Result<Self> {
        let key = SoftwareKey::generate(KeyKind::Sm2)?;
        let certificate = describe(name, "示范", &key, now, 10 * YEAR)?
            .authority(None)
            .self_sign(&key)?;
        Ok(Self { certificate, key })
    }

    fn issue(&self, name: &str, organization: &str, now: Time) -> Result<Self> {
        let key = SoftwareKey::generate(KeyKind::Sm2)?;
        let certificate = describe(name, organization, &key, now, 2 * YEAR)?
            .end_entity()
            .key_usage(KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION))
            .sign(&self.certificate, &self.key)?;
        Ok(Self { certificate, key })
    }

    fn crl(&self, now: Time) -> Result<Crl> {
        CrlBuilder::new(1, now, later(now, 30 * DAY)).sign(&self.certificate, &self.key)
    }
}

fn describe(
    name: &str,
    organization: &str,
    key: &SoftwareKey,
    now: Time,
    validity: i64,
) -> Result<CertificateBuilder> {
    let subject = Name::build(&[
        (named::COUNTRY, "CN"),
        (named::ORGANIZATION, organization),
        (named::COMMON_NAME, name),
    ])?;
    let public_key = key.public_key().clone();
    let serial = serial(public_key.spki(), now);
    let from = later(now, -DAY);
    Ok(CertificateBuilder::new(
        subject,
        public_key,
        &serial,
        from,
        later(now, validity),
    ))
}

pub(super) fn later(now: Time, seconds: i64) -> Time {
    now.checked_add(seconds).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_font_the_seal_is_border_and_star() {
        let now = Time::parse("2026-11-22T08:00:00Z").unwrap();
        let people = People::new(now).unwrap();
        let seal = people.seal(None, now).unwrap();
        assert!(seal.picture_fits_its_type());
        assert_eq!(seal.name(), "某某市市场监督管理局电子证照专用章");
    }
}
