//! What signatures cover, how they stand to each other, and what came after them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use yinxin::crypto::{DigestAlgorithm, SignatureAlgorithm, Signer};
use yinxin::ses::{Layout, SesSignature, SignatureDraft};
use yinxin::sign::{Place, Protection, Request, prepare};
use yinxin::verify::{Annexes, Policy};

use super::{Case, vectors};
use crate::pki::{
    Archive, Party, SIGNED_AT, Sealed, make_seal, seal_of, small_builder, small_sealed, time, world,
};

vectors! {
    /// Passes: the list of signatures is open.
    fn continue_mode(layout in ALL) { Case::tolerated(small_sealed(layout)) }

    /// Passes: the list of signatures is closed.
    fn whole_mode(layout in ALL) { Case::tolerated(whole(layout)) }

    /// Refused solely because a second signature was appended to a list that the first had closed:
    /// the first fails, the second is good.
    fn appended_to_a_closed_list(layout in ANY) {
        let before = Archive::read(&small_sealed(layout));
        let list = "Doc_0/Signs/Signatures.xml";
        let mut archive = Archive::read(&countersigned(layout, "2026-11-20T03:00:00Z"));
        let first = Member::first(&archive);
        let digest = STANDARD.encode(DigestAlgorithm::Sm3.digest(before.get(list)).as_bytes());
        let closed = format!("<ofd:Reference FileRef=\"/{list}\"><ofd:CheckValue>{digest}</ofd:CheckValue></ofd:Reference></ofd:References>");
        archive.edit(&first.description, "</ofd:References>", &closed);
        first.resign(&mut archive, &[]);
        let changed = [&*first.description, &*first.value];
        Member::second(&archive).resign(&mut archive, &changed);
        Case::new(archive.write())
    }

    /// Refused solely because a signature in the list is not in the package.
    fn listed_signature_missing(layout in ANY) {
        let mut archive = Archive::read(&small_sealed(layout));
        let end = "</ofd:Signatures>";
        let entry = r#"<ofd:Signature ID="s009" Type="Seal" BaseLoc="/Doc_0/Signs/Sign_9/Signature.xml"/>"#;
        archive.edit("Doc_0/Signs/Signatures.xml", end, &format!("{entry}{end}"));
        Case::new(archive.write())
    }

    /// Passes: a second party sealed after the first and covers the first's signature.
    fn two_signatures(layout in ALL) { Case::tolerated(countersigned(layout, "2026-11-20T03:00:00Z")) }

    /// Passes with a remark solely because the second claims to have signed before the first.
    fn signing_order(layout in ANY) { Case::tolerated(countersigned(layout, "2026-11-20T01:00:00Z")) }

    /// Passes: the second signature names the first as its base.
    fn base(layout in ALL) { Case::tolerated(related(layout, "s001").write()) }

    /// Refused solely because the second signature names a base that is not in the list.
    fn base_missing(layout in ANY) { Case::new(related(layout, "s007").write()) }

    /// Refused solely because a signature names itself as its base.
    fn base_is_itself(layout in ANY) { Case::new(related(layout, "s003").write()) }

    /// Refused solely because the base's signature value was changed: the base and what is built
    /// on it fail.
    fn base_broken(layout in ANY) {
        let mut archive = related(layout, "s001");
        let file = "Doc_0/Signs/Sign_0/Signature.xml";
        let changed = archive.text(file) + " ";
        archive.put(file, changed);
        let second = Member::second(&archive);
        second.resign(&mut archive, &[file]);
        Case::new(archive.write())
    }

    /// Refused solely because the second signature does not cover the first, which it names as its
    /// base.
    fn base_not_covered(layout in ANY) {
        let mut archive = related(layout, "s001");
        let second = Member::second(&archive);
        drop_reference(&mut archive, &second.description, "Doc_0/Signs/Sign_0/SignedValue.dat");
        second.resign(&mut archive, &[]);
        Case::new(archive.write())
    }

    /// Refused solely because the second of two signatures is gone, but for its line in the list.
    fn second_signature_stripped(layout in ANY) {
        let mut archive = Archive::read(&countersigned(layout, "2026-11-20T03:00:00Z"));
        archive.remove("Doc_0/Signs/Sign_1/");
        Case::new(archive.write())
    }

    /// Passes with a remark solely because the first of two signatures does not cover the page:
    /// only the second answers for it.
    fn page_covered_by_the_second_alone(layout in ANY) {
        let mut sealed = Sealed::of(layout);
        drop_reference(&mut sealed.archive, "Doc_0/Signs/Sign_0/Signature.xml", "Doc_0/Pages/Page_0/Content.xml");
        Case::tolerated(sealed_again(&sealed.signed(), layout, "2026-11-20T03:00:00Z"))
    }

    /// Refused solely because the page is covered by no signature.
    fn page_uncovered(layout in ALL) { uncovered(layout, "Doc_0/Pages/Page_0/Content.xml") }

    /// Refused solely because the document's own file is covered by no signature.
    fn document_uncovered(layout in ANY) { uncovered(layout, "Doc_0/Document.xml") }

    /// Refused solely because the resources, fonts among them, are covered by no signature.
    fn resources_uncovered(layout in ANY) { uncovered(layout, "Doc_0/PublicRes.xml") }

    /// Passes with a remark solely because OFD.xml is covered by no signature, as in 21 of 57 real
    /// ones.
    fn entry_point_uncovered(layout in ALL) { tolerated_uncovered(layout, "OFD.xml") }

    /// Passes with a remark, and fails where the policy wants all covered, solely because an
    /// attachment is covered by no signature.
    fn attachment_uncovered(layout in ANY) {
        let document = small_builder().attach("note.txt", "txt", b"note".to_vec()).build().unwrap();
        let sealed = Sealed { layout, archive: Archive::read(&seal_with(&document, layout)) };
        let strict_cover = Policy::from_json(
            &Policy::basic().to_json().replace("attachments-free", "covered"),
        ).unwrap();
        assert_eq!(strict_cover.annexes(), Annexes::Covered);
        let file = sealed.archive.find("Attach_0.txt");
        dropped(sealed, &file).under(&[Policy::basic(), strict_cover])
    }

    /// Refused solely because an annotation that was there when it was sealed was left out.
    fn annotation_uncovered(layout in ANY) {
        let mut document = Archive::read(&crate::pki::small_unsigned());
        annotate(&mut document);
        let sealed = Sealed { layout, archive: Archive::read(&seal_with(&document.write(), layout)) };
        dropped(sealed, "Doc_0/Annots/Page_0/Annotation.xml")
    }

    /// Refused solely because OFD.xml, covered by no signature, now leads to another document.
    fn document_root_switched(layout in ANY) {
        let mut sealed = Sealed::of(layout);
        drop_reference(&mut sealed.archive, "Doc_0/Signs/Sign_0/Signature.xml", "OFD.xml");
        let mut archive = Archive::read(&sealed.signed());
        let document = archive.text("Doc_0/Document.xml");
        archive.put("Doc_0/Document_1.xml", document);
        archive.edit("OFD.xml", "Doc_0/Document.xml", "Doc_0/Document_1.xml");
        Case::new(archive.write())
    }

    /// Refused solely because a later version came after sealing.
    fn later_version(layout in ANY) {
        let mut sealed = Sealed::of(layout);
        drop_reference(&mut sealed.archive, "Doc_0/Signs/Sign_0/Signature.xml", "OFD.xml");
        let mut archive = Archive::read(&sealed.signed());
        let document = archive.text("Doc_0/Document.xml");
        archive.put("Doc_0/Document_1.xml", document);
        archive.put("Doc_0/Versions/Version_1.xml", r#"<ofd:DocVersion xmlns:ofd="http://www.ofdspec.org/2016" ID="1" Version="2"><ofd:FileList/><ofd:DocRoot>/Doc_0/Document_1.xml</ofd:DocRoot></ofd:DocVersion>"#);
        let end = "</ofd:DocRoot>";
        archive.edit("OFD.xml", end, &format!("{end}<ofd:Versions><ofd:Version ID=\"1\" Index=\"1\" Current=\"true\" BaseLoc=\"/Doc_0/Versions/Version_1.xml\"/></ofd:Versions>"));
        Case::new(archive.write())
    }

    /// Passes with a remark solely because a file that nothing leads to came after sealing.
    fn loose_file(layout in ANY) {
        let mut archive = Archive::read(&small_sealed(layout));
        archive.put("Doc_0/Res/unused.bin", *b"unused");
        Case::tolerated(archive.write())
    }

    /// Refused solely because OFD.xml no longer leads to the signatures, which are still there.
    fn signatures_orphaned(layout in ANY) {
        let mut archive = Archive::read(&small_sealed(layout));
        archive.edit("OFD.xml", "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>", "");
        Case::new(archive.write())
    }

    /// Refused solely because the location of the signatures in OFD.xml leads to nothing.
    fn signatures_misnamed(layout in ANY) {
        let mut archive = Archive::read(&small_sealed(layout));
        archive.edit("OFD.xml", "/Doc_0/Signs/Signatures.xml", "/Doc_0/Signs/Signaturez.xml");
        Case::new(archive.write())
    }

    /// Refused solely because the list of signatures no longer names the one that is there.
    fn signatures_unlisted(layout in ANY) {
        let mut archive = Archive::read(&small_sealed(layout));
        archive.edit("Doc_0/Signs/Signatures.xml", "<ofd:Signature ", "<ofd:Sygnature ");
        Case::new(archive.write())
    }

    /// Open solely because all signatures were cut out of what is no license.
    fn signatures_stripped(layout in ANY) {
        let mut archive = Archive::read(&small_sealed(layout));
        archive.remove("Doc_0/Signs/");
        archive.edit("OFD.xml", "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>", "");
        Case::new(archive.write())
    }
}

fn seal_with(document: &[u8], layout: Layout) -> Vec<u8> {
    crate::pki::affix(document, seal_of(layout), &world().signer)
}

fn whole(layout: Layout) -> Vec<u8> {
    let signer = &world().signer;
    let request = Request::affix(seal_of(layout), signer.certificate.clone(), time(SIGNED_AT))
        .at(PLACE)
        .protection(Protection::Whole);
    let unsigned = crate::pki::small_unsigned();
    prepare(&unsigned, request)
        .unwrap()
        .sign(&signer.key)
        .unwrap()
}

const PLACE: Place = Place {
    page: 0,
    center_x_mm: 100.0,
    center_y_mm: 200.0,
};

/// Sealed by one party and then by another.
fn countersigned(layout: Layout, at: &str) -> Vec<u8> {
    sealed_again(&small_sealed(layout), layout, at)
}

fn sealed_again(document: &[u8], layout: Layout, at: &str) -> Vec<u8> {
    let world = world();
    let signer: &Party = &world.other_signer;
    let seal = make_seal(layout, &[signer], &world.maker);
    let request = Request::affix(seal, signer.certificate.clone(), time(at)).at(PLACE);
    prepare(document, request)
        .unwrap()
        .sign(&signer.key)
        .unwrap()
}

/// Two signatures, the second naming this base. The list is open, so that nothing is resigned.
fn related(layout: Layout, base: &str) -> Archive {
    let mut archive = Archive::read(&countersigned(layout, "2026-11-20T03:00:00Z"));
    let entry = "ID=\"s003\"";
    archive.edit(
        "Doc_0/Signs/Signatures.xml",
        entry,
        &format!("{entry} Relative=\"{base}\""),
    );
    archive
}

/// A signature of a package, to be signed again by its signer.
struct Member {
    description: String,
    value: String,
    signer: &'static Party,
}

impl Member {
    fn first(archive: &Archive) -> Self {
        Self::of(archive, "Sign_0", &world().signer)
    }

    fn second(archive: &Archive) -> Self {
        Self::of(archive, "Sign_1", &world().other_signer)
    }

    fn of(archive: &Archive, folder: &str, signer: &'static Party) -> Self {
        Self {
            description: archive.find(&format!("{folder}/Signature.xml")),
            value: archive.find(&format!("{folder}/SignedValue.dat")),
            signer,
        }
    }

    /// Signs the description as it stands, after the digests of these files were put right.
    fn resign(&self, archive: &mut Archive, changed: &[&str]) {
        for file in changed {
            redigest_in(archive, &self.description, file);
        }
        let value = SesSignature::from_der(archive.get(&self.value)).unwrap();
        let digest = DigestAlgorithm::Sm3.digest(archive.get(&self.description));
        let draft = SignatureDraft {
            seal: value.seal(),
            time: value.time().time.unwrap(),
            data_hash: digest.as_bytes(),
            property_info: &format!("/{}", self.description),
            signer_certificate: value.signer_certificate(),
            algorithm: SignatureAlgorithm::Sm2Sm3,
            extensions: &[],
        };
        let unsigned = draft.prepare().unwrap();
        let signed = self.signer.key.sign(unsigned.to_be_signed()).unwrap();
        let value = unsigned.complete(&signed, None).unwrap();
        archive.put(&self.value, value.raw());
    }
}

/// Writes the SM3 of a file, as it now is, into one description.
fn redigest_in(archive: &mut Archive, description: &str, file: &str) {
    let digest = DigestAlgorithm::Sm3.digest(archive.get(file));
    let digest = STANDARD.encode(digest.as_bytes());
    let xml = archive.text(description);
    let at = xml.find(&format!("FileRef=\"/{file}\"")).unwrap();
    let open = "CheckValue>";
    let start = at + xml[at..].find(open).unwrap() + open.len();
    let end = start + xml[start..].find('<').unwrap();
    archive.put(description, [&xml[..start], &digest, &xml[end..]].concat());
}

fn drop_reference(archive: &mut Archive, description: &str, file: &str) {
    let xml = archive.text(description);
    let from = format!("<ofd:Reference FileRef=\"/{file}\">");
    let start = xml
        .find(&from)
        .unwrap_or_else(|| panic!("no {from}: {xml}"));
    let close = "</ofd:Reference>";
    let end = start + xml[start..].find(close).unwrap() + close.len();
    archive.put(description, [&xml[..start], &xml[end..]].concat());
}

/// Sealed, but for one file that was left out.
fn dropped(mut sealed: Sealed, file: &str) -> Case {
    drop_reference(
        &mut sealed.archive,
        "Doc_0/Signs/Sign_0/Signature.xml",
        file,
    );
    Case::new(sealed.signed())
}

fn uncovered(layout: Layout, file: &str) -> Case {
    dropped(Sealed::of(layout), file)
}

fn tolerated_uncovered(layout: Layout, file: &str) -> Case {
    Case::tolerated(uncovered(layout, file).bytes)
}

/// Adds an annotation to the first page.
fn annotate(archive: &mut Archive) {
    let pages = "</ofd:Pages>";
    let annotations = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>";
    archive.edit(
        "Doc_0/Document.xml",
        pages,
        &format!("{pages}{annotations}"),
    );
    archive.put("Doc_0/Annots/Annotations.xml", r#"<ofd:Annotations xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>"#);
    archive.put(
        "Doc_0/Annots/Page_0/Annotation.xml",
        r#"<ofd:PageAnnot xmlns:ofd="http://www.ofdspec.org/2016"/>"#,
    );
}
