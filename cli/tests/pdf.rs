//! PDF files on the command line: encrypted ones, the place that a form keeps for a seal, evidence
//! by OCSP, and later changes that a policy admits.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose stage cannot be set has failed"
)]

mod common;

use std::fmt::Write as _;
use std::fs;

use common::Folder;
use snapbox::cmd::OutputAssert;
use yinxin::Time;
use yinxin::asn1::{self, Oid, named};
use yinxin::crypto::{DigestAlgorithm, Signer, SoftwareKey};
use yinxin::pdf::Document;
use yinxin::pki::Certificate;

/// One grey pixel.
const PNG: [u8; 67] = [
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T',
    0x78, 0x9c, 0x63, 0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E',
    b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// An encryption dictionary as qpdf wrote it (AES-256), with the passwords `user` and `owner`.
const ENCRYPTION: &str = "<</CF<</StdCF<</AuthEvent/DocOpen/CFM/AESV3/Length 32>>>>/Filter/Standard/Length 256\
    /O<ef014cca1b2d813b4d8087b5e38aad1d0cfd24c55c94ac03406f4fafa8a8da6d45763e2c6b9e228c680d66abfe50dcf7>\
    /OE<9be63cbb94b0fc59ea9b44a2975e312197255157f85fc5726955392a7733f864>/P -4\
    /Perms<cfe4cbe4270b132b8159516bc93ae59f>/R 6/StmF/StdCF/StrF/StdCF\
    /U<fcf2b81e4983f14de3177215487346c72e68e40e0efaf9e29652447aaa9a79ac89feba7912de0f4faea3495b585d7727>\
    /UE<eb8f039222527d6aa836e56420fe59f4322e4fe9dca11b2c2c16c057d615dde6>/V 5>>";

/// A folder with a root, a signer, a seal of hers, and documents.
struct Stage(Folder);

impl Stage {
    fn new(name: &str) -> Self {
        let stage = Self(Folder::new(name));
        fs::write(stage.0.join("seal.png"), PNG).unwrap();
        for arguments in [
            "key new --unencrypted --out @root.key",
            "cert make --authority --common-name Root --key @root.key --out @root.pem",
            "key new --unencrypted --out @signer.key",
            "cert make --common-name Signer --key @signer.key --issuer @root.pem \
             --issuer-key @root.key --out @signer.pem",
            "seal make --cert @signer.pem --key @signer.key --signer @signer.pem --name Seal \
             --id 34990000000001 --picture @seal.png --width-mm 42 --height-mm 42 --out @seal.esl",
        ] {
            stage.run(arguments).success();
        }
        stage.write("form.pdf", &update(b"%PDF-1.7\n", &form(), ""));
        let encrypted = [(1, "<</Type/Catalog/Pages 2 0 R>>"), (4, ENCRYPTION)];
        let pages = form()
            .into_iter()
            .filter(|(number, _)| [2, 3].contains(number));
        let objects: Vec<_> = encrypted.into_iter().chain(pages).collect();
        let trailer = "/Encrypt 4 0 R/ID[<00112233445566778899aabbccddeeff><00>]";
        stage.write("encrypted.pdf", &update(b"%PDF-2.0\n", &objects, trailer));
        stage.write("password", b"user\n");
        stage.write("wrong", b"other\n");
        stage
    }

    fn run(&self, arguments: &str) -> OutputAssert {
        self.0.run(arguments)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap()
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.join(name), bytes).unwrap();
    }

    fn verified(&self, name: &str, more: &str) -> OutputAssert {
        self.run(&format!(
            "verify @{name} --policy basic --trust @root.pem --trust-maker @root.pem{more}"
        ))
    }

    fn root(&self) -> (Certificate, SoftwareKey) {
        let key = String::from_utf8(self.read("root.key")).unwrap();
        let root = Certificate::from_pem_or_der(&self.read("root.pem")).unwrap();
        (
            root.into_iter().next().unwrap(),
            SoftwareKey::from_pem(&key, None).unwrap(),
        )
    }
}

/// A page with a place for a seal, and a field to fill in.
fn form() -> Vec<(usize, &'static str)> {
    vec![
        (
            1,
            "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R 6 0 R]>>>>",
        ),
        (2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (
            3,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[5 0 R]>>",
        ),
        (
            5,
            "<</Type/Annot/Subtype/Widget/FT/Sig/T(Seal)/F 4/Rect[300 100 420 220]/P 3 0 R>>",
        ),
        (6, "<</FT/Tx/T(amount)/V(100)>>"),
    ]
}

/// One more revision of a file, or its first.
fn update(before: &[u8], objects: &[(usize, &str)], trailer: &str) -> Vec<u8> {
    let mut bytes = before.to_vec();
    let mut table = String::from("xref\n");
    let text = String::from_utf8_lossy(before);
    let previous = text.rfind("startxref\n").map(|at| {
        let number = text.get(at + 10..).unwrap().lines().next().unwrap();
        format!("/Prev {number}")
    });
    if previous.is_none() {
        table += "0 1\n0000000000 65535 f \n";
    }
    for (number, body) in objects {
        writeln!(table, "{number} 1\n{:010} 00000 n ", bytes.len()).unwrap();
        bytes.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    }
    let section = bytes.len();
    let previous = previous.unwrap_or_default();
    bytes.extend(
        format!(
            "{table}trailer\n<</Size 50/Root 1 0 R{trailer}{previous}>>\nstartxref\n{section}\n%%EOF\n"
        )
        .bytes(),
    );
    bytes
}

const WHO: &str = "--cert @signer.pem --key @signer.key";

#[test]
fn an_encrypted_pdf_is_signed_sealed_and_augmented_with_its_password() {
    let stage = Stage::new("pdf-encrypted");
    let sign = format!("sign @encrypted.pdf {WHO} --cms --reason secret --out @signed.pdf");
    let told = stage.run(&sign).code(2);
    let told = String::from_utf8_lossy(&told.get_output().stderr).into_owned();
    assert!(told.contains("--document-password-file"), "{told}");
    stage
        .run(&format!("{sign} --document-password-file @wrong"))
        .code(2);
    assert!(!stage.0.join("signed.pdf").exists());
    stage
        .run(&format!("{sign} --document-password-file @password"))
        .success();
    let open = |name: &str, password: &str| {
        let bytes = stage.read(name);
        let document = Document::open_with_password(&bytes, password).unwrap();
        let newest = document.at(document.revisions().len() - 1).unwrap();
        let signatures = newest.signatures().unwrap();
        let reason = signatures.first().unwrap().reason().map(str::to_owned);
        (
            signatures.len(),
            reason,
            newest.security_store().unwrap().crls.len(),
        )
    };
    assert_eq!(
        open("signed.pdf", "owner"),
        (1, Some("secret".to_owned()), 0)
    );
    assert!(
        !stage
            .read("signed.pdf")
            .windows(6)
            .any(|text| text == b"secret")
    );
    stage.verified("signed.pdf", "").code(3);
    stage
        .verified("signed.pdf", " --password-file @password")
        .code(0);

    let inspected = |flags: &str| stage.run(&format!("inspect @signed.pdf --json{flags}"));
    inspected(" --document-password-file @wrong").code(2);
    let shown = inspected(" --document-password-file @password").code(0);
    let shown = String::from_utf8_lossy(&shown.get_output().stdout).into_owned();
    assert!(
        shown.contains(r#""revisions":2"#) || shown.contains(r#""revisions": 2"#),
        "{shown}"
    );
    let closed = inspected("").code(0);
    assert!(!String::from_utf8_lossy(&closed.get_output().stdout).contains("revisions"));

    // In steps, where the key is elsewhere; the unfinished signature holds no password.
    let opened = "--document-password-file @password";
    let begin = "sign @signed.pdf --cert @signer.pem --message-out @tbs --save @pending";
    stage.run(&format!("{begin} {opened}")).success();
    assert!(!stage.read("pending").windows(4).any(|text| text == b"user"));
    let key = String::from_utf8(stage.read("signer.key")).unwrap();
    let key = SoftwareKey::from_pem(&key, None).unwrap();
    stage.write("value", &key.sign(&stage.read("tbs")).unwrap());
    let finish = "sign @signed.pdf --resume @pending --signature @value --out @twice.pdf";
    stage.run(finish).code(2);
    stage.run(&format!("{finish} {opened}")).success();

    let seal =
        format!("seal affix @twice.pdf --seal @seal.esl {WHO} --at 100,100 --out @sealed.pdf");
    stage.run(&seal).code(2);
    stage.run(&format!("{seal} {opened}")).success();
    let (root, root_key) = stage.root();
    let next = now().checked_add(86_400).unwrap();
    let crl = yinxin::pki::CrlBuilder::new(1, now(), next);
    stage.write("root.crl", crl.sign(&root, &root_key).unwrap().der());
    let augment = "augment @sealed.pdf --cert @root.pem --crl @root.crl --incomplete --out @lt.pdf";
    stage.run(augment).code(2);
    stage.run(&format!("{augment} {opened}")).success();
    assert_eq!(open("lt.pdf", "user"), (3, Some("secret".to_owned()), 1));
    stage
        .verified("lt.pdf", " --password-file @password")
        .code(0);
    let ask = "augment @lt.pdf --time-stamp-request @tsq --save @stamp";
    stage.run(ask).code(2);
    stage.run(&format!("{ask} {opened}")).success();
}

#[test]
fn a_seal_takes_the_place_that_the_form_keeps_for_it() {
    let stage = Stage::new("pdf-field");
    let affix = |flags: &str| {
        stage.run(&format!(
            "seal affix @form.pdf --seal @seal.esl {WHO} --force --out @sealed.pdf{flags}"
        ))
    };
    affix("").code(2);
    // A field that is not there has no place; one that is no signature field is none to sign.
    affix(" --field Other").code(2);
    affix(" --field amount").code(2);
    affix(" --field Seal").success();
    stage.verified("sealed.pdf", "").code(0);
    let bytes = stage.read("sealed.pdf");
    let document = Document::open(&bytes).unwrap();
    let signatures = document.at(1).unwrap().signatures().unwrap();
    assert_eq!(signatures.first().unwrap().fields(), ["Seal"]);
    // The seal's picture hangs at the field, whose rectangle stays.
    let added = String::from_utf8_lossy(bytes.get(document.revisions()[0].end()..).unwrap());
    assert!(added.contains("/Rect [300 100 420 220]"), "{added}");
    assert!(added.contains("/AP "), "{added}");
}

#[test]
fn later_changes_are_admitted_by_name() {
    let stage = Stage::new("pdf-admit");
    let note = "<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(Look here)/P 3 0 R/F 4>>";
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[5 0 R 40 0 R]>>";
    let comment: &[(usize, &str)] = &[(3, page), (40, note)];
    let fill: &[(usize, &str)] = &[(6, "<</FT/Tx/T(amount)/V(200)>>")];
    let [comments, any_comments, any_fills] =
        ["comments", "any-comments", "any-form-fills"].map(|name| format!(" --admit {name}"));
    let all = format!("{any_comments}{any_fills}");
    for (certify, change, flags, code) in [
        ("", comment, "", 1),
        ("", comment, comments.as_str(), 1),
        ("", comment, &any_fills, 1),
        ("", comment, &any_comments, 0),
        ("", fill, "", 1),
        ("", fill, &any_comments, 1),
        ("", fill, &any_fills, 0),
        (" --certify annotations", comment, "", 1),
        (" --certify annotations", comment, &comments, 0),
        (" --certify forms", comment, &comments, 1),
        (" --certify forms", fill, "", 0),
        // What the signature forbids, no policy admits.
        (" --certify forms", comment, &all, 1),
        (" --certify nothing", fill, &all, 1),
    ] {
        stage
            .run(&format!(
                "sign @form.pdf {WHO} --field Seal --force --out @signed.pdf{certify}"
            ))
            .success();
        stage.write(
            "changed.pdf",
            &update(&stage.read("signed.pdf"), change, ""),
        );
        stage.verified("changed.pdf", flags).code(code);
    }
    stage.run("verify @form.pdf --admit pages").code(2);
}

#[test]
fn ocsp_responses_are_evidence() {
    let stage = Stage::new("pdf-ocsp");
    stage
        .run(&format!(
            "sign @form.pdf {WHO} --cms --chain @root.pem --out @signed.pdf"
        ))
        .success();
    let dry = |flags: &str| {
        let told = stage.run(&format!("augment @signed.pdf --dry-run{flags}"));
        String::from_utf8_lossy(&told.get_output().stdout).into_owned()
    };
    let revocation = "revocation data on CN=Signer";
    assert!(dry("").contains(revocation), "{}", dry(""));
    stage.write("signer.ocsp", &ocsp(&stage));
    // Only the time stamp is still to come.
    let told = dry(" --ocsp @signer.ocsp");
    assert!(!told.contains(revocation), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    stage
        .run("augment @signed.pdf --ocsp @root.pem --dry-run")
        .code(2);
    stage
        .run("augment @signed.pdf --ocsp @signer.ocsp --incomplete --out @lt.pdf")
        .success();
    let bytes = stage.read("lt.pdf");
    let document = Document::open(&bytes).unwrap();
    let store = document.at(2).unwrap().security_store().unwrap();
    assert_eq!((store.crls.len(), store.ocsps.len()), (0, 1));
    assert_eq!(store.ocsps.first(), Some(&stage.read("signer.ocsp")));
}

/// What the root itself answers about the signer (RFC 6960 4.2.1).
fn ocsp(stage: &Stage) -> Vec<u8> {
    let (root, key) = stage.root();
    let signer = Certificate::from_pem_or_der(&stage.read("signer.pem")).unwrap();
    let serial = signer.first().unwrap().serial();
    let sha1 = asn1::sequence(&[asn1::oid(named::SHA1), asn1::null()]);
    let hash = |bytes: &[u8]| asn1::octets(DigestAlgorithm::Sha1.digest(bytes).as_bytes());
    let issuer_key = root.public_key().unwrap().key_bits().to_vec();
    let id = asn1::sequence(&[
        sha1,
        hash(root.subject_name().der()),
        hash(&issuer_key),
        asn1::unsigned(serial),
    ]);
    let good = asn1::tlv(asn1::Tag::context_primitive(0), &[]);
    let until = now().checked_add(86_400).unwrap();
    let answer = asn1::sequence(&[
        id,
        good,
        asn1::generalized_time(now()),
        asn1::context(0, &[asn1::generalized_time(until)]),
    ]);
    let data = asn1::sequence(&[
        asn1::context(2, &[hash(&issuer_key)]),
        asn1::generalized_time(now()),
        asn1::sequence(&[answer]),
    ]);
    let algorithm = asn1::sequence(&[asn1::oid(named::SM2_WITH_SM3)]);
    let value = asn1::bits(&key.sign(&data).unwrap());
    let basic = asn1::sequence(&[data, algorithm, value]);
    let kind = Oid::parse("1.3.6.1.5.5.7.48.1.1").unwrap();
    let response = asn1::sequence(&[asn1::oid(kind), asn1::octets(&basic)]);
    let successful = asn1::tlv(asn1::Tag::ENUMERATED, &[0]);
    asn1::sequence(&[successful, asn1::context(0, &[response])])
}

fn now() -> Time {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    Time::from_unix(i64::try_from(since.as_secs()).unwrap()).unwrap()
}
