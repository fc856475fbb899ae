//! Sealing a package's Signature.xml once more, as a signer with odd software or bad intent would.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use yinxin::Time;
use yinxin::crypto::{DigestAlgorithm, Signer};
use yinxin::ses::{SesSeal, SignatureDraft};

use super::{Archive, Party, SIGNED_AT, seal_of, time, world};

/// Who seals again, with what and when.
pub(crate) struct Resealing<'a> {
    pub(crate) seal: SesSeal,
    pub(crate) signer: &'a Party,
    pub(crate) time: Time,
}

impl Default for Resealing<'_> {
    /// The same seal, signer and time as before.
    fn default() -> Self {
        Self {
            seal: seal_of(yinxin::ses::Layout::Gbt38540_2020),
            signer: &world().signer,
            time: time(SIGNED_AT),
        }
    }
}

/// Puts the seal beside the signature, writes its digest into Signature.xml, and signs that.
pub(crate) fn reseal(archive: &mut Archive, by: &Resealing<'_>) {
    let seal_file = archive.find("Seal.esl");
    archive.put(&seal_file, by.seal.raw());
    refresh_digests(archive, &[&seal_file]);
    sign_value(archive, by);
}

/// Signs the package's Signature.xml as it stands, whatever seal lies beside it.
pub(crate) fn sign_value(archive: &mut Archive, by: &Resealing<'_>) {
    let signature = archive.find("/Signature.xml");
    let data_hash = DigestAlgorithm::Sm3.digest(archive.get(&signature));
    let draft = SignatureDraft {
        seal: &by.seal,
        time: by.time,
        data_hash: data_hash.as_bytes(),
        property_info: &format!("/{signature}"),
        signer_certificate: by.signer.certificate.der(),
        algorithm: by.signer.key.algorithm(),
        extensions: &[],
    };
    let unsigned = draft.prepare().unwrap();
    let value = by.signer.key.sign(unsigned.to_be_signed()).unwrap();
    let value_file = archive.find("SignedValue.dat");
    archive.put(&value_file, unsigned.complete(&value, None).unwrap().raw());
}

/// Writes the SM3 of these files, as they now are, into Signature.xml.
pub(crate) fn refresh_digests(archive: &mut Archive, files: &[&str]) {
    let sm3 = |bytes: &[u8]| DigestAlgorithm::Sm3.digest(bytes).as_bytes().to_vec();
    write_digests(archive, files, &sm3);
}

/// Writes another digest of every listed file into Signature.xml.
pub(crate) fn redigest(archive: &mut Archive, digest: &dyn Fn(&[u8]) -> Vec<u8>) {
    let xml = archive.text(&archive.find("/Signature.xml"));
    let listed = xml.split("FileRef=\"/").skip(1);
    let files: Vec<_> = listed.map(|rest| rest.split('"').next().unwrap()).collect();
    write_digests(archive, &files, digest);
}

fn write_digests(archive: &mut Archive, files: &[&str], digest: &dyn Fn(&[u8]) -> Vec<u8>) {
    let signature = archive.find("/Signature.xml");
    let mut xml = archive.text(&signature);
    for file in files {
        let reference = format!("FileRef=\"/{file}\"");
        let at = xml
            .find(&reference)
            .unwrap_or_else(|| panic!("no {reference}"));
        let open = "CheckValue>";
        let start = at + xml[at..].find(open).unwrap() + open.len();
        let end = start + xml[start..].find('<').unwrap();
        xml.replace_range(start..end, &STANDARD.encode(digest(archive.get(file))));
    }
    archive.put(&signature, xml);
}
