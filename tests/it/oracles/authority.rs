//! OpenSSL as a time stamp authority.

use std::fs;
use std::path::{Path, PathBuf};

use yinxin::asn1::named;
use yinxin::crypto::{Signer, SoftwareKey};
use yinxin::pki::{Certificate, CertificateBuilder, KeyUsage, Name};

use super::specimen::{write, write_certificate};
use super::{Oracles, Verdict};
use crate::pki::{Party, time};

/// `openssl ts` with a key and a certificate of its own making.
pub(super) struct OpenSsl<'o> {
    oracles: &'o Oracles,
    folder: PathBuf,
    pub(super) certificate: Certificate,
}

const CONFIGURATION: &str = "\
oid_section = oids
[ oids ]
tsa_policy1 = 1.2.3.4.1
[ req ]
distinguished_name = name
x509_extensions = stamper
prompt = no
[ name ]
CN = Example Time Stamps
[ stamper ]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[ tsa ]
default_tsa = authority
[ authority ]
serial = serial
default_policy = tsa_policy1
other_policies = tsa_policy1
digests = sha256, sha384
accuracy = secs:1, millisecs:500
tsa_name = yes
ess_cert_id_alg = sha256
signer_digest = sha256
crypto_device = builtin
";

impl<'o> OpenSsl<'o> {
    pub(super) fn new(oracles: &'o Oracles, folder: &Path, kind: &str) -> Self {
        let folder = folder.join(kind);
        fs::create_dir_all(&folder).unwrap();
        write(&folder, "openssl.cnf", CONFIGURATION.as_bytes());
        write(&folder, "serial", b"01\n");
        let algorithm: &[&str] = match kind {
            "rsa" => &["-newkey", "rsa:2048"],
            _ => &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
        };
        let path = |name: &str| folder.join(name).into_os_string().into_string().unwrap();
        let mut arguments = vec!["req", "-x509", "-nodes", "-days", "3650"];
        arguments.extend(algorithm);
        let (configuration, key, certificate) = (
            path("openssl.cnf"),
            path("key.pem"),
            path("certificate.pem"),
        );
        arguments.extend([
            "-config",
            &configuration,
            "-keyout",
            &key,
            "-out",
            &certificate,
        ]);
        oracles.tool("openssl", &arguments).assert_good();
        let pem = fs::read(&certificate).unwrap();
        let certificate = Certificate::from_pem_or_der(&pem).unwrap().remove(0);
        Self {
            oracles,
            folder,
            certificate,
        }
    }

    /// An authority with a P-256 key whose certificate another authority issues.
    pub(super) fn under(oracles: &'o Oracles, folder: &Path, issuer: &Party) -> Self {
        Self::certified(oracles, folder, issuer, |builder| builder)
    }

    /// The same with more in its certificate.
    pub(super) fn certified(
        oracles: &'o Oracles,
        folder: &Path,
        issuer: &Party,
        more: impl FnOnce(CertificateBuilder) -> CertificateBuilder,
    ) -> Self {
        let authority = Self::new(oracles, folder, "issued");
        let key = fs::read_to_string(authority.folder.join("key.pem")).unwrap();
        let key = SoftwareKey::from_pem(&key, None).unwrap();
        let name = Name::build(&[(named::COMMON_NAME, "Example Time Stamps")]).unwrap();
        let (from, until) = (time("2025-01-01"), time("2035-01-01"));
        let builder = CertificateBuilder::new(name, key.public_key().clone(), &[99], from, until)
            .end_entity()
            .key_usage(KeyUsage::DIGITAL_SIGNATURE)
            .extended_key_usage(&[named::PURPOSE_TIME_STAMPING], true);
        let certificate = more(builder)
            .sign(&issuer.certificate, &issuer.key)
            .unwrap();
        write_certificate(&authority.folder, "certificate.pem", &certificate);
        Self {
            certificate,
            ..authority
        }
    }

    /// Runs `openssl ts` in the authority's folder, which its configuration counts in.
    fn ts(&self, arguments: &[&str]) -> Verdict {
        let mut all = vec!["-C", self.folder.to_str().unwrap(), "openssl", "ts"];
        all.extend(arguments);
        self.oracles.tool("env", all)
    }

    pub(super) fn read(&self, question: &[u8]) -> String {
        write(&self.folder, "request.tsq", question);
        let arguments = [
            "-query",
            "-in",
            "request.tsq",
            "-text",
            "-config",
            "openssl.cnf",
        ];
        self.ts(&arguments).assert_good().out.clone()
    }

    pub(super) fn answer(&self, question: &[u8]) -> Vec<u8> {
        write(&self.folder, "request.tsq", question);
        let arguments = [
            "-reply",
            "-config",
            "openssl.cnf",
            "-queryfile",
            "request.tsq",
            "-signer",
            "certificate.pem",
            "-inkey",
            "key.pem",
            "-out",
            "response.tsr",
        ];
        self.ts(&arguments).assert_good();
        fs::read(self.folder.join("response.tsr")).unwrap()
    }

    pub(super) fn verify(&self, question: &[u8], answer: &[u8]) {
        write(&self.folder, "request.tsq", question);
        write(&self.folder, "response.tsr", answer);
        let arguments = [
            "-verify",
            "-queryfile",
            "request.tsq",
            "-in",
            "response.tsr",
            "-CAfile",
            "certificate.pem",
        ];
        self.ts(&arguments).assert_good();
    }

    pub(super) fn verify_token(&self, token: &[u8], stamped: &[u8], good: bool) {
        write(&self.folder, "token.der", token);
        write(&self.folder, "stamped", stamped);
        let arguments = [
            "-verify",
            "-data",
            "stamped",
            "-in",
            "token.der",
            "-token_in",
            "-CAfile",
            "certificate.pem",
        ];
        let verdict = self.ts(&arguments);
        if good {
            verdict.assert_good();
        } else {
            verdict.assert_bad();
        }
    }
}
