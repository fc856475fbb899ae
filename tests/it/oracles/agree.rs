//! The oracles themselves: each accepts what is good and refuses what is not. An oracle that says
//! yes to everything would prove nothing of our own files.

use super::{Oracles, interop, scratch};
use std::fs;
use std::path::Path;

#[test]
fn ofdrw_and_bouncy_castle_tell_good_from_bad() {
    let (Some(oracles), Some(interop)) = (Oracles::find(), interop()) else {
        return;
    };
    let folder = scratch("oracle-ofd");
    let ofd = interop.join("ofd");

    let good = ofd.join("allprotected.ofd");
    let verdict = oracles.java("VerifyOfd", [&good]);
    assert_eq!(verdict.assert_good().rows()[0][1..3], ["0", "VALID"]);

    // Made with another key than this certificate's.
    let (other, bare) = (
        ofd.join("certs/ofdrw_sign_cert.pem"),
        ofd.join("DigitalSign.ofd"),
    );
    let verdict = oracles.java("VerifyOfd", [Path::new("--cert"), &other, &bare]);
    assert_eq!(verdict.assert_bad().rows()[0][1..3], ["0", "INVALID"]);
    let unsigned = ofd.join("hello-integrity.ofd");
    let verdict = oracles.java("VerifyOfd", [&unsigned]);
    assert!(verdict.assert_bad().out.contains("DocNotSign"));

    let seals = [
        "UserV1.esl",
        "UserV4.esl",
        "UserV5.esl",
        "SignedValueV4.dat",
    ];
    oracles
        .java("VerifySes", seals.map(|seal| ofd.join(seal)))
        .assert_good();
    let altered = alter_last_byte(&ofd.join("UserV4.esl"), &folder);
    oracles.java("VerifySes", [&altered]).assert_bad();

    let verdict = oracles.java("InspectSeal", [ofd.join("UserV4.esl")]);
    assert_eq!(
        verdict.assert_good().rows()[0][1..6],
        [
            "seal",
            "v4",
            "4",
            "51f044b76510434e9bc67a1185c2fba5",
            "OFD R&W 测试用印章"
        ]
    );
}

#[test]
fn ofdrw_renders_a_page() {
    let (Some(oracles), Some(interop)) = (Oracles::find(), interop()) else {
        return;
    };
    let folder = scratch("oracle-render");
    let arguments = [
        folder.clone(),
        oracles.font(),
        interop.join("ofd/allprotected.ofd"),
    ];
    oracles.java("RenderOfd", &arguments).assert_good();
    let png = fs::read(folder.join("allprotected-0.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
}

#[test]
fn openssl_and_bouncy_castle_tell_good_sm2_values_from_bad() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("oracle-sm2");
    let path = |name: &str| folder.join(name).into_os_string().into_string().unwrap();
    let (key, certificate, public) = (path("key.pem"), path("cert.pem"), path("public.pem"));
    let (message, signature) = (path("message"), path("signature"));
    fs::write(&message, "some message").unwrap();
    let openssl = |line: &str| oracles.tool("openssl", line.split(' '));

    openssl(&format!("genpkey -algorithm SM2 -out {key}")).assert_good();
    openssl(&format!(
        "req -x509 -new -key {key} -sm3 -days 9 -subj /CN=oracle -out {certificate} \
         -sigopt distid:1234567812345678"
    ))
    .assert_good();
    openssl(&format!("pkey -in {key} -pubout -out {public}")).assert_good();
    openssl(&format!(
        "pkeyutl -sign -inkey {key} -rawin -digest sm3 -in {message} -out {signature} \
         -pkeyopt distid:1234567812345678"
    ))
    .assert_good();

    let ossl_verifies = format!(
        "pkeyutl -verify -pubin -inkey {public} -rawin -digest sm3 -in {message} \
         -sigfile {signature} -pkeyopt distid:1234567812345678"
    );
    openssl(&ossl_verifies).assert_good();
    oracles
        .java("Sm2Verify", [&certificate, &message, &signature])
        .assert_good();
    oracles
        .java("VerifyCertificates", [&certificate, &certificate])
        .assert_good();

    fs::write(&message, "another message").unwrap();
    openssl(&ossl_verifies).assert_bad();
    oracles
        .java("Sm2Verify", [&certificate, &message, &signature])
        .assert_bad();
}

#[test]
fn the_pdf_tools_refuse_what_is_no_signed_pdf() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("oracle-pdf");
    let file = folder.join("not.pdf");
    fs::write(&file, "no PDF at all").unwrap();
    assert!(
        oracles
            .python("verify_pdf.py", [&file])
            .assert_bad()
            .out
            .contains("Illegal PDF")
    );
    oracles
        .tool("qpdf", [Path::new("--check"), &file])
        .assert_bad();
    oracles.tool("pdfsig", [&file]).assert_bad();
    oracles
        .tool("xmllint", [Path::new("--noout"), &file])
        .assert_bad();
}

#[test]
fn asn1crypto_reads_der_and_refuses_trailing_bytes() {
    let (Some(oracles), Some(interop)) = (Oracles::find(), interop()) else {
        return;
    };
    let seal = interop.join("ofd/UserV4.esl");
    oracles.python("dump_der.py", [&seal]).assert_good();
    let longer = scratch("oracle-der").join("longer.esl");
    let mut bytes = fs::read(&seal).unwrap();
    bytes.push(0);
    fs::write(&longer, bytes).unwrap();
    oracles.python("dump_der.py", [&longer]).assert_bad();
}

fn alter_last_byte(file: &Path, folder: &Path) -> std::path::PathBuf {
    let mut bytes = fs::read(file).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    let altered = folder.join(file.file_name().unwrap());
    fs::write(&altered, bytes).unwrap();
    altered
}
