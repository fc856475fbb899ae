//! Packages as vendors write them: each departure from GB/T 33190 that reading tolerates, alone,
//! and a few that it must not.

use yinxin::crypto::DigestAlgorithm;

use super::{Case, vectors};
use crate::pki::{Archive, RawEntry, Sealed, deflated, refresh_digests, write_raw};

vectors! {
    /// Nothing is wrong: entries are compressed.
    fn deflated_entries(layout in ANY) {
        let entries = Sealed::of(layout).archive.0;
        let entries: Vec<_> = entries.iter().map(|(name, content)| deflated(name, content)).collect();
        Case::tolerated(write_raw(&entries))
    }

    /// Tolerated solely because the files are in the old namespace.
    fn old_namespace(layout in ANY) {
        let mut sealed = Sealed::of(layout);
        for name in sealed.archive.names() {
            if name.ends_with(".xml") && !name.contains("/Sign_0/") {
                let text = sealed.archive.text(&name);
                sealed.archive.put(&name, text.replace("http://www.ofdspec.org/2016", "http://www.ofdspec.org"));
            }
        }
        resealed(sealed)
    }

    /// Tolerated solely because bytes stand before the package.
    fn prefix_bytes(layout in ANY) {
        Case::tolerated([b"vendor header\n", &Sealed::of(layout).archive.write()[..]].concat())
    }

    /// Noted solely because entries end in data descriptors.
    fn data_descriptors(layout in ANY) {
        let entries = Sealed::of(layout).archive.0;
        let entries = entries.iter().map(|(name, content)| deflated(name, content));
        let entries: Vec<_> = entries.map(|entry| RawEntry { descriptor: true, ..entry }).collect();
        Case::tolerated(write_raw(&entries))
    }

    /// Refused solely because a data descriptor follows an entry that is not compressed: a reader
    /// that goes by the stream cannot tell where it ends.
    fn stored_with_data_descriptor(layout in ANY) {
        let mut case = entries(layout, |entry| entry.descriptor = true);
        case.policies.truncate(1);
        case
    }

    /// Tolerated solely because bytes of no entry stand between entries and directory.
    fn gap_bytes(layout in ANY) {
        let bytes = Sealed::of(layout).archive.write();
        let directory = position(&bytes, b"PK\x01\x02");
        let mut bytes = [&bytes[..directory], b"gap", &bytes[directory..]].concat();
        let end = position(&bytes, b"PK\x05\x06");
        let start = u32::try_from(directory + 3).unwrap();
        bytes[end + 16..end + 20].copy_from_slice(&start.to_le_bytes());
        Case::tolerated(bytes)
    }

    /// Tolerated solely because the name of a file that nobody reads is UTF-8 and not marked so.
    fn name_encoding(layout in ANY) {
        let mut entries = stored(&Sealed::of(layout).archive);
        entries.push(RawEntry { utf8: false, ..RawEntry::stored("说明.txt", b"note") });
        Case::tolerated(write_raw(&entries))
    }

    /// Tolerated solely because entries' names begin with a slash.
    fn entry_names_absolute(layout in ANY) {
        entries(layout, |entry| {
            entry.name = format!("/{}", entry.name);
            entry.local_name = entry.name.clone();
        })
    }

    /// Tolerated solely because a location is written with a backslash.
    fn location_with_backslash(layout in ANY) {
        edited(layout, "OFD.xml", "Doc_0/Document.xml", "Doc_0\\Document.xml")
    }

    /// Tolerated solely because a location is written with two slashes.
    fn location_with_two_slashes(layout in ANY) {
        edited(layout, "OFD.xml", "Doc_0/Document.xml", "Doc_0//Document.xml")
    }

    /// Tolerated solely because a location is written in other letters than the file's name.
    fn location_in_other_case(layout in ANY) {
        edited(layout, "OFD.xml", "Doc_0/Document.xml", "doc_0/document.XML")
    }

    /// Tolerated solely because the location of the seal is relative.
    fn relative_location(layout in ANY) {
        edited(layout, "/Signature.xml", "<ofd:BaseLoc>/Doc_0/Signs/Sign_0/Seal.esl", "<ofd:BaseLoc>Seal.esl")
    }

    /// Tolerated solely because the signature's ID is a number.
    fn identifier_of_digits(layout in ANY) {
        edited(layout, "Doc_0/Signs/Signatures.xml", "ID=\"s001\"", "ID=\"1\"")
    }

    /// Tolerated solely because SignedValue stands before SignedInfo.
    fn element_order(layout in ANY) {
        let mut sealed = Sealed::of(layout);
        let file = sealed.archive.find("/Signature.xml");
        let xml = sealed.archive.text(&file);
        let value = "<ofd:SignedValue>/Doc_0/Signs/Sign_0/SignedValue.dat</ofd:SignedValue>";
        assert!(xml.contains(value), "{xml}");
        let info = "<ofd:SignedInfo>";
        let xml = xml.replace(value, "").replace(info, &format!("{value}{info}"));
        sealed.archive.put(&file, xml);
        Case::tolerated(sealed.signed())
    }

    /// Tolerated solely because the digest method is named SM3.
    fn check_method_by_name(layout in ANY) { check_method(layout, "SM3") }

    /// Tolerated solely because the digest method is named sm3, in small letters.
    fn check_method_in_small_letters(layout in ANY) { check_method(layout, "sm3") }

    /// Tolerated solely because the digest method is named by the other identifier of SM3.
    fn check_method_unkeyed(layout in ANY) { check_method(layout, "1.2.156.10197.1.401.1") }

    /// Passes: no method of the signature is stated, which the schema admits.
    fn signature_method_absent(layout in ANY) {
        edited(layout, "/Signature.xml", "<ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod>", "")
    }

    /// Passes: no type of the signature is stated, which means a seal.
    fn type_absent(layout in ANY) { edited(layout, "Doc_0/Signs/Signatures.xml", " Type=\"Seal\"", "") }

    /// Passes: the seal has no file of its own, as in 41 of 57 real signatures.
    fn seal_file_absent(layout in ANY) {
        let mut sealed = Sealed::of(layout);
        let mut signature = sealed.signature();
        sealed.archive.remove("Doc_0/Signs/Sign_0/Seal.esl");
        let file = sealed.archive.find("/Signature.xml");
        let xml = sealed.archive.text(&file);
        let xml = cut(&xml, "<ofd:Seal>", "</ofd:Seal>");
        let xml = cut(&xml, "<ofd:Reference FileRef=\"/Doc_0/Signs/Sign_0/Seal.esl\">", "</ofd:Reference>");
        sealed.archive.put(&file, xml.clone());
        let digest = DigestAlgorithm::Sm3.digest(xml.as_bytes());
        signature.set("dataHash", yinxin::asn1::bits(digest.as_bytes()));
        let signature = signature.sign(&crate::pki::world().signer.key, &crate::pki::as_bits);
        Case::tolerated(sealed.with(signature))
    }

    /// Refused solely because the local header and the directory give two names for one entry.
    fn two_names(layout in ANY) {
        let mut case = entries(layout, |entry| {
            if entry.name.ends_with("Content.xml") {
                entry.local_name = entry.name.replace("Content", "Contend");
            }
        });
        case.policies.truncate(1);
        case
    }

    /// Refused solely because a name stands twice.
    fn name_twice(layout in ANY) {
        let mut entries = stored(&Sealed::of(layout).archive);
        entries.push(RawEntry::stored("ofd.xml", b"<OFD/>"));
        Case::new(write_raw(&entries))
    }

    /// Refused solely because bytes follow the package.
    fn bytes_behind(layout in ANY) {
        Case::new([&Sealed::of(layout).archive.write()[..], b"behind"].concat())
    }

    /// Refused solely because OFD.xml has a document type.
    fn document_type(layout in ANY) {
        let mut sealed = Sealed::of(layout);
        let xml = sealed.archive.text("OFD.xml");
        let (head, body) = xml.split_once("?>").unwrap();
        sealed.archive.put("OFD.xml", format!("{head}?><!DOCTYPE OFD>{body}"));
        let mut case = resealed(sealed);
        case.policies.truncate(1);
        case
    }

    /// Refused solely because OFD.xml is in no encoding that it declares.
    fn broken_encoding(layout in ANY) {
        let mut sealed = Sealed::of(layout);
        let mut xml = sealed.archive.get("OFD.xml").to_vec();
        let at = position(&xml, b"<ofd:DocID>") + 11;
        xml[at] = 0xff;
        sealed.archive.put("OFD.xml", xml);
        let mut case = resealed(sealed);
        case.policies.truncate(1);
        case
    }

    /// Not judged solely because OFD.xml is in GB 18030.
    fn other_encoding(layout in ANY) {
        let mut sealed = Sealed::of(layout);
        sealed.archive.edit("OFD.xml", "UTF-8", "GB18030");
        let mut case = resealed(sealed);
        case.policies.truncate(1);
        case
    }
}

fn stored(archive: &Archive) -> Vec<RawEntry> {
    let entry = |(name, content): &(String, Vec<u8>)| RawEntry::stored(name, content);
    archive.0.iter().map(entry).collect()
}

fn entries(layout: yinxin::ses::Layout, change: impl Fn(&mut RawEntry)) -> Case {
    let mut entries = stored(&Sealed::of(layout).archive);
    entries.iter_mut().for_each(change);
    Case::tolerated(write_raw(&entries))
}

fn position(bytes: &[u8], needle: &[u8]) -> usize {
    let found = bytes
        .windows(needle.len())
        .position(|window| window == needle);
    found.unwrap()
}

/// Everything that is protected digested anew, and sealed.
fn resealed(mut sealed: Sealed) -> Case {
    let xml = sealed.archive.text(&sealed.archive.find("/Signature.xml"));
    let files: Vec<String> = sealed
        .archive
        .names()
        .into_iter()
        .filter(|name| xml.contains(&format!("FileRef=\"/{name}\"")))
        .collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    refresh_digests(&mut sealed.archive, &files);
    Case::tolerated(sealed.signed())
}

/// One file edited before it was sealed.
fn edited(layout: yinxin::ses::Layout, file: &str, from: &str, to: &str) -> Case {
    let mut sealed = Sealed::of(layout);
    let file = sealed.archive.find(file);
    sealed.archive.edit(&file, from, to);
    resealed(sealed)
}

fn check_method(layout: yinxin::ses::Layout, name: &str) -> Case {
    let stated = "CheckMethod=\"1.2.156.10197.1.401\"";
    edited(
        layout,
        "/Signature.xml",
        stated,
        &format!("CheckMethod=\"{name}\""),
    )
}

/// The text without the stretch from one mark to the end of the other.
fn cut(text: &str, from: &str, to: &str) -> String {
    let start = text
        .find(from)
        .unwrap_or_else(|| panic!("no {from}: {text}"));
    let end = start + text[start..].find(to).unwrap() + to.len();
    [&text[..start], &text[end..]].concat()
}
