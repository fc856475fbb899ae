//! Sealed packages with a list of their files (GM/T 0099-2020 7.4).

use yinxin::crypto::Signer;
use yinxin::pki::cms::{Flavor, SignedDataBuilder, SignedShape};
use yinxin::ses::Layout;
use yinxin::sign::prepare_integrity;

use super::{Case, vectors};
use crate::pki::{Archive, Party, SIGNED_AT, Sealed, time, world};

const LIST: &str = "OFDEntries.xml";
const VALUE: &str = "signedvalue.dat";
const END: &str = "</ofd:FileList>";

vectors! {
    /// Nothing is wrong: the list names every file, and its signer is trusted.
    fn closed(layout in ANY) { Case::tolerated(listed(layout).write()) }

    /// Tolerated solely because the list names a file twice.
    fn file_listed_twice(layout in ANY) {
        let mut archive = listed(layout);
        archive.edit(LIST, END, &format!("<ofd:File ID=\"99\" FileLoc=\"/OFD.xml\"/>{END}"));
        resigned(&mut archive, &world().signer);
        Case::tolerated(archive.write())
    }

    /// Refused solely because a file stands there that the list does not name.
    fn file_slipped_in(layout in ANY) {
        let mut archive = listed(layout);
        archive.put("Doc_0/Res/extra.bin", b"slipped in");
        Case::new(archive.write())
    }

    /// Refused solely because the list names a file that is not there.
    fn listed_file_missing(layout in ANY) {
        let mut archive = listed(layout);
        archive.edit(LIST, END, &format!("<ofd:File ID=\"99\" FileLoc=\"/gone.bin\"/>{END}"));
        resigned(&mut archive, &world().signer);
        Case::new(archive.write())
    }

    /// Refused solely because the list was edited after it was signed.
    fn list_edited(layout in ANY) {
        let mut archive = listed(layout);
        archive.edit(LIST, "CreatorName=\"yinxin\"", "CreatorName=\"someone\"");
        Case::new(archive.write())
    }

    /// Open solely because nobody trusts who signed the list.
    fn list_of_a_stranger(layout in ANY) {
        let mut archive = listed(layout);
        resigned(&mut archive, &world().stranger);
        Case::new(archive.write())
    }
}

fn listed(layout: Layout) -> Archive {
    let signer = &world().signer;
    let sealed = Sealed::of(layout).archive.write();
    let pending = prepare_integrity(&sealed, signer.certificate.clone(), time(SIGNED_AT));
    Archive::read(&pending.unwrap().sign(&signer.key).unwrap())
}

/// The list signed anew.
pub(crate) fn resigned(archive: &mut Archive, by: &Party) {
    let list = archive.get(LIST).to_vec();
    let algorithm = by.key.algorithm();
    let shape = SignedShape::DigestAsContent;
    let builder = SignedDataBuilder::new(Flavor::Gm, shape, by.certificate.clone(), algorithm);
    archive.put(VALUE, builder.sign(&[&list], &by.key).unwrap());
}
