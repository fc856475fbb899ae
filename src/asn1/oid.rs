//! Object identifiers as small values, and the named ones this library knows.

use std::fmt;

use crate::error::{Error, Result};

/// The longest identifier met in practice is below 20 bytes; UUID-based ones need 19.
const MAX_LEN: usize = 39;

/// An object identifier, kept as its DER content bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Oid {
    len: u8,
    bytes: [u8; MAX_LEN],
}

impl Oid {
    /// From the content bytes of a DER OBJECT IDENTIFIER.
    ///
    /// # Errors
    /// `malformed` when an arc is not minimal or is cut off, `limit_exceeded` beyond 39 bytes.
    pub fn from_der_content(content: &[u8]) -> Result<Self> {
        let mut bytes = [0; MAX_LEN];
        let target = bytes
            .get_mut(..content.len())
            .ok_or_else(|| Error::limit("object identifier bytes", MAX_LEN as u64))?;
        target.copy_from_slice(content);
        let len = u8::try_from(content.len()).map_err(|_| Error::malformed("object identifier"))?;
        let complete = content.last().is_some_and(|last| last & 0x80 == 0);
        let mut at_start = true;
        for byte in content {
            if at_start && *byte == 0x80 {
                return Err(Error::malformed(
                    "an object identifier's arc is not minimal",
                ));
            }
            at_start = byte & 0x80 == 0;
        }
        if complete {
            Ok(Self { len, bytes })
        } else {
            Err(Error::malformed("an object identifier is empty or cut off"))
        }
    }

    /// The DER content bytes.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }

    /// Reads dotted text such as `1.2.156.10197.1.501`.
    ///
    /// # Errors
    /// `malformed` for anything that is not an object identifier.
    pub fn parse(text: &str) -> Result<Self> {
        let malformed = || Error::malformed("not a dotted object identifier");
        let mut content = Vec::with_capacity(16);
        let mut arcs = text.split('.').map(|arc| {
            let plain = arc.bytes().all(|byte| byte.is_ascii_digit());
            let minimal = arc == "0" || !arc.starts_with('0');
            if plain && minimal {
                arc.parse::<u64>().ok()
            } else {
                None
            }
        });
        let first = arcs
            .next()
            .flatten()
            .filter(|arc| *arc <= 2)
            .ok_or_else(malformed)?;
        let second = arcs.next().flatten().ok_or_else(malformed)?;
        if first < 2 && second > 39 {
            return Err(malformed());
        }
        let head = second.checked_add(first * 40).ok_or_else(malformed)?;
        push_arc(&mut content, head);
        for arc in arcs {
            push_arc(&mut content, arc.ok_or_else(malformed)?);
        }
        Self::from_der_content(&content)
    }

    /// From dotted text known when compiling.
    const fn constant(text: &str) -> Self {
        let text = text.as_bytes();
        let mut bytes = [0; MAX_LEN];
        let mut len = 0;
        let mut at = 0;
        let mut index = 0;
        let mut first = 0;
        while at < text.len() {
            let mut arc: u64 = 0;
            #[allow(clippy::indexing_slicing, reason = "evaluated when compiling")]
            while at < text.len() && text[at] != b'.' {
                arc = arc * 10 + (text[at] - b'0') as u64;
                at += 1;
            }
            at += 1;
            if index == 0 {
                first = arc;
            } else {
                if index == 1 {
                    arc += first * 40;
                }
                let mut shift = 63;
                while shift > 0 && arc >> shift == 0 {
                    shift -= 7;
                }
                loop {
                    let more = if shift > 0 { 0x80 } else { 0 };
                    #[allow(
                        clippy::cast_possible_truncation,
                        clippy::indexing_slicing,
                        reason = "seven bits, evaluated when compiling"
                    )]
                    {
                        bytes[len] = ((arc >> shift) & 0x7f) as u8 | more;
                    }
                    len += 1;
                    if shift == 0 {
                        break;
                    }
                    shift -= 7;
                }
            }
            index += 1;
        }
        #[allow(clippy::cast_possible_truncation, reason = "at most 39")]
        Self {
            len: len as u8,
            bytes,
        }
    }
}

fn push_arc(content: &mut Vec<u8>, arc: u64) {
    for shift in (0..10).rev().map(|group| group * 7) {
        let group = arc.checked_shr(shift).unwrap_or(0);
        if group != 0 || shift == 0 {
            let low = group & 0x7f;
            let more = if shift > 0 { 0x80 } else { 0 };
            content.push(u8::try_from(low).unwrap_or_default() | more);
        }
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut arc: u128 = 0;
        let mut first = true;
        for byte in self.content() {
            arc = (arc << 7) | u128::from(byte & 0x7f);
            if byte & 0x80 != 0 {
                // 128 bits hold every arc up to a UUID; longer ones print as an ellipsis.
                if arc >> 121 != 0 {
                    return f.write_str("…");
                }
                continue;
            }
            if first {
                let root = (arc / 40).min(2);
                write!(f, "{root}.{}", arc - root * 40)?;
                first = false;
            } else {
                write!(f, ".{arc}")?;
            }
            arc = 0;
        }
        Ok(())
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Oid({self})")
    }
}

macro_rules! oids {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal;)+) => {
        /// Identifiers by name.
        pub mod named {
            use super::Oid;
            $($(#[doc = $doc])+ pub const $name: Oid = Oid::constant($text);)+

            #[cfg(test)]
            pub(super) const ALL: &[(Oid, &str)] = &[$(($name, $text),)+];
        }
    };
}

oids! {
    /// SM2 elliptic curve (GB/T 33560-2017 A.1); also met as a key's algorithm.
    SM2_CURVE = "1.2.156.10197.1.301";
    /// SM2 signature.
    SM2_SIGN = "1.2.156.10197.1.301.1";
    /// SM3 (GB/T 33560-2017 A.1).
    SM3 = "1.2.156.10197.1.401";
    /// SM3 without a key.
    SM3_UNKEYED = "1.2.156.10197.1.401.1";
    /// SM2 signature with SM3.
    SM2_WITH_SM3 = "1.2.156.10197.1.501";
    /// RSA signature with SM3.
    RSA_WITH_SM3 = "1.2.156.10197.1.504";
    /// GM/T 0010 data.
    GM_DATA = "1.2.156.10197.6.1.4.2.1";
    /// GM/T 0010 signed data.
    GM_SIGNED_DATA = "1.2.156.10197.6.1.4.2.2";
    /// CMS data (RFC 5652).
    CMS_DATA = "1.2.840.113549.1.7.1";
    /// CMS signed data (RFC 5652).
    CMS_SIGNED_DATA = "1.2.840.113549.1.7.2";
    /// CMS encrypted data (RFC 5652).
    CMS_ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
    /// Content-type attribute.
    CONTENT_TYPE = "1.2.840.113549.1.9.3";
    /// Message-digest attribute.
    MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    /// Signing-time attribute.
    SIGNING_TIME = "1.2.840.113549.1.9.5";
    /// Signing-certificate attribute with SHA-1 (RFC 2634).
    SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
    /// Signing-certificate attribute (RFC 5035).
    SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
    /// Domain component of a name.
    DOMAIN_COMPONENT = "0.9.2342.19200300.100.1.25";
    /// Time stamp as unsigned attribute (RFC 3161).
    TIME_STAMP_TOKEN = "1.2.840.113549.1.9.16.2.14";
    /// Content of a time stamp token (RFC 3161).
    TST_INFO = "1.2.840.113549.1.9.16.1.4";
    /// Elliptic curve public key.
    EC_PUBLIC_KEY = "1.2.840.10045.2.1";
    /// NIST P-256.
    P256 = "1.2.840.10045.3.1.7";
    /// NIST P-384.
    P384 = "1.3.132.0.34";
    /// ECDSA with SHA-256.
    ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    /// ECDSA with SHA-384.
    ECDSA_WITH_SHA384 = "1.2.840.10045.4.3.3";
    /// ECDSA with SHA-512.
    ECDSA_WITH_SHA512 = "1.2.840.10045.4.3.4";
    /// RSA key, and RSA signature where the digest is named elsewhere.
    RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    /// RSA PKCS#1 v1.5 with MD5.
    RSA_WITH_MD5 = "1.2.840.113549.1.1.4";
    /// RSA PKCS#1 v1.5 with SHA-1.
    RSA_WITH_SHA1 = "1.2.840.113549.1.1.5";
    /// RSA-PSS.
    RSA_PSS = "1.2.840.113549.1.1.10";
    /// Mask generation function of RSA-PSS.
    MGF1 = "1.2.840.113549.1.1.8";
    /// RSA PKCS#1 v1.5 with SHA-256.
    RSA_WITH_SHA256 = "1.2.840.113549.1.1.11";
    /// RSA PKCS#1 v1.5 with SHA-384.
    RSA_WITH_SHA384 = "1.2.840.113549.1.1.12";
    /// RSA PKCS#1 v1.5 with SHA-512.
    RSA_WITH_SHA512 = "1.2.840.113549.1.1.13";
    /// Ed25519.
    ED25519 = "1.3.101.112";
    /// MD5.
    MD5 = "1.2.840.113549.2.5";
    /// SHA-1.
    SHA1 = "1.3.14.3.2.26";
    /// SHA-256.
    SHA256 = "2.16.840.1.101.3.4.2.1";
    /// SHA-384.
    SHA384 = "2.16.840.1.101.3.4.2.2";
    /// SHA-512.
    SHA512 = "2.16.840.1.101.3.4.2.3";
    /// HMAC with SHA-1, as a PBKDF2 function.
    HMAC_SHA1 = "1.2.840.113549.2.7";
    /// HMAC with SHA-256, as a PBKDF2 function.
    HMAC_SHA256 = "1.2.840.113549.2.9";
    /// HMAC with SHA-512, as a PBKDF2 function.
    HMAC_SHA512 = "1.2.840.113549.2.11";
    /// HMAC with SHA-384, as a PBKDF2 function.
    HMAC_SHA384 = "1.2.840.113549.2.10";
    /// HMAC with SM3, as a PBKDF2 function (GmSSL, OpenSSL).
    HMAC_SM3 = "1.2.156.10197.1.401.2";
    /// PBES2 (RFC 8018).
    PBES2 = "1.2.840.113549.1.5.13";
    /// PBKDF2 (RFC 8018).
    PBKDF2 = "1.2.840.113549.1.5.12";
    /// AES-128 in CBC mode.
    AES128_CBC = "2.16.840.1.101.3.4.1.2";
    /// AES-192 in CBC mode.
    AES192_CBC = "2.16.840.1.101.3.4.1.22";
    /// AES-256 in CBC mode.
    AES256_CBC = "2.16.840.1.101.3.4.1.42";
    /// SM4 in CBC mode.
    SM4_CBC = "1.2.156.10197.1.104.2";
    /// Triple DES in CBC mode.
    DES_EDE3_CBC = "1.2.840.113549.3.7";
    /// PKCS#12 password encryption with three-key triple DES.
    PBE_SHA_3DES = "1.2.840.113549.1.12.1.3";
    /// PKCS#12 password encryption with RC2 of 40 bits.
    PBE_SHA_RC2_40 = "1.2.840.113549.1.12.1.6";
    /// PKCS#12 key bag.
    KEY_BAG = "1.2.840.113549.1.12.10.1.1";
    /// PKCS#12 shrouded key bag.
    SHROUDED_KEY_BAG = "1.2.840.113549.1.12.10.1.2";
    /// PKCS#12 certificate bag.
    CERT_BAG = "1.2.840.113549.1.12.10.1.3";
    /// PKCS#12 bag that holds further bags.
    SAFE_CONTENTS_BAG = "1.2.840.113549.1.12.10.1.6";
    /// X.509 certificate in a certificate bag.
    X509_CERTIFICATE = "1.2.840.113549.1.9.22.1";
    /// Local key id in a PKCS#12 bag.
    LOCAL_KEY_ID = "1.2.840.113549.1.9.21";
    /// Common name.
    COMMON_NAME = "2.5.4.3";
    /// Country.
    COUNTRY = "2.5.4.6";
    /// Locality.
    LOCALITY = "2.5.4.7";
    /// State or province.
    STATE = "2.5.4.8";
    /// Organization.
    ORGANIZATION = "2.5.4.10";
    /// Organizational unit.
    ORGANIZATIONAL_UNIT = "2.5.4.11";
    /// Serial number of a subject.
    SUBJECT_SERIAL_NUMBER = "2.5.4.5";
    /// Organization identifier.
    ORGANIZATION_IDENTIFIER = "2.5.4.97";
    /// Mail address in a name.
    EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
    /// Basic constraints.
    BASIC_CONSTRAINTS = "2.5.29.19";
    /// Key usage.
    KEY_USAGE = "2.5.29.15";
    /// Extended key usage.
    EXTENDED_KEY_USAGE = "2.5.29.37";
    /// Subject key identifier.
    SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    /// Authority key identifier.
    AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    /// Certificate policies.
    CERTIFICATE_POLICIES = "2.5.29.32";
    /// Policy mappings.
    POLICY_MAPPINGS = "2.5.29.33";
    /// Policy constraints.
    POLICY_CONSTRAINTS = "2.5.29.36";
    /// Issuer alternative name.
    ISSUER_ALT_NAME = "2.5.29.18";
    /// Inhibit any-policy.
    INHIBIT_ANY_POLICY = "2.5.29.54";
    /// Name constraints.
    NAME_CONSTRAINTS = "2.5.29.30";
    /// Subject alternative name.
    SUBJECT_ALT_NAME = "2.5.29.17";
    /// CRL distribution points.
    CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    /// Freshest CRL.
    FRESHEST_CRL = "2.5.29.46";
    /// Issuing distribution point of a CRL.
    ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    /// Delta CRL indicator.
    DELTA_CRL_INDICATOR = "2.5.29.27";
    /// CRL number.
    CRL_NUMBER = "2.5.29.20";
    /// Reason code of a CRL entry.
    CRL_REASON = "2.5.29.21";
    /// Invalidity date of a CRL entry.
    INVALIDITY_DATE = "2.5.29.24";
    /// Certificate issuer of a CRL entry.
    CERTIFICATE_ISSUER = "2.5.29.29";
    /// Expired certificates that a CRL still lists (X.509).
    EXPIRED_CERTS_ON_CRL = "2.5.29.60";
    /// Any policy.
    ANY_POLICY = "2.5.29.32.0";
    /// Policy qualifier: where the practice statement is.
    QUALIFIER_CPS = "1.3.6.1.5.5.7.2.1";
    /// Policy qualifier: a notice to be shown.
    QUALIFIER_NOTICE = "1.3.6.1.5.5.7.2.2";
    /// A mail address beyond ASCII, as `otherName` (RFC 9598).
    SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";
    /// Revocation data among the signed attributes of a PDF signature (ISO 32000-1 12.8.3.3.2).
    REVOCATION_INFO_ARCHIVAL = "1.2.840.113583.1.1.8";
    /// Certificates among the unsigned attributes (ETSI EN 319 122-1).
    CERTIFICATE_VALUES = "1.2.840.113549.1.9.16.2.23";
    /// Revocation data among the unsigned attributes (ETSI EN 319 122-1).
    REVOCATION_VALUES = "1.2.840.113549.1.9.16.2.24";
    /// An OCSP response where a message carries revocation lists (RFC 5940).
    REVOCATION_INFO_OCSP = "1.3.6.1.5.5.7.16.2";
    /// Content of an OCSP response (RFC 6960).
    OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1";
    /// Nonce of an OCSP response.
    OCSP_NONCE = "1.3.6.1.5.5.7.48.1.2";
    /// That a responder's certificate needs no revocation check of its own.
    OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    /// How long an OCSP responder keeps what expired.
    OCSP_ARCHIVE_CUTOFF = "1.3.6.1.5.5.7.48.1.6";
    /// Any purpose.
    ANY_PURPOSE = "2.5.29.37.0";
    /// Purpose: TLS server.
    PURPOSE_SERVER = "1.3.6.1.5.5.7.3.1";
    /// Purpose: TLS client.
    PURPOSE_CLIENT = "1.3.6.1.5.5.7.3.2";
    /// Purpose: mail protection.
    PURPOSE_MAIL = "1.3.6.1.5.5.7.3.4";
    /// Purpose: time stamping.
    PURPOSE_TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    /// Purpose: OCSP signing.
    PURPOSE_OCSP = "1.3.6.1.5.5.7.3.9";
    /// Purpose: document signing (RFC 9336).
    PURPOSE_DOCUMENT = "1.3.6.1.5.5.7.3.36";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_agree_with_the_parser_and_print_back() {
        for (oid, text) in named::ALL {
            assert_eq!(*oid, Oid::parse(text).unwrap());
            assert_eq!(oid.to_string(), *text);
        }
    }

    #[test]
    fn refuses_bad_forms() {
        for text in [
            "",
            "1",
            "3.1",
            "1.40",
            "1.2.",
            "1.02",
            "1.2.x",
            "1.2.99999999999999999999",
        ] {
            assert!(Oid::parse(text).is_err(), "{text}");
        }
        for content in [&b""[..], &[0x2a, 0x80, 0x01], &[0x2a, 0x86]] {
            assert!(Oid::from_der_content(content).is_err());
        }
        assert!(Oid::from_der_content(&[1; 40]).is_err());
    }

    #[test]
    fn prints_an_arc_of_a_uuid() {
        let content = [
            0x69, 0x83, 0xf0, 0x9d, 0xa7, 0xeb, 0xcf, 0xde, 0xe0, 0xc7, 0xa1, 0xa7, 0xb2, 0xc0,
            0x94, 0x8c, 0xc8, 0xf9, 0xd7, 0x76,
        ];
        let printed = Oid::from_der_content(&content).unwrap().to_string();
        assert_eq!(printed, "2.25.329800735698586629295641978511506172918");
    }
}
