//! The structure of documents, seals and messages. What cannot be read is left out: that it
//! cannot be is for `verify` to say.

use yinxin::pki::cms::SignedData;
use yinxin::ses::SesSeal;
use yinxin::{ofd, pdf};

use crate::screen::facts::Record;

/// Pages, attachments, custom data and files of a package.
pub(super) fn ofd(bytes: &[u8], record: &mut Record) {
    let Ok(package) = ofd::Package::open(bytes, &ofd::Limits::default()) else {
        return;
    };
    if let Ok(document) = ofd::Document::read(&package) {
        record.add_some("version", document.version);
        record.add(
            "documents",
            document.bodies.iter().map(body).collect::<Vec<_>>(),
        );
    }
    if let Ok(Some(encryption)) = ofd::Encryption::read(&package) {
        record.add("encryption", encryption.scheme.id().to_owned());
        let names = encryption.recipients.iter();
        let names = names.map(|user| user.name.clone().unwrap_or_default());
        record.add("recipients", names.collect::<Vec<_>>());
    }
    record.add(
        "files",
        package.paths().map(ToString::to_string).collect::<Vec<_>>(),
    );
}

fn body(body: &ofd::Body) -> Record {
    let info = &body.info;
    let mut record = Record::default();
    record.add_some("title", info.title.as_deref());
    record.add_some("author", info.author.as_deref());
    record.add_some("creator", info.creator.as_deref());
    record.add_some("created", info.creation_date.as_deref());
    if let Some(view) = body.views.first() {
        record.add("pages", view.pages.len());
        let names = view
            .attachments
            .iter()
            .map(|attachment| attachment.name.as_str());
        record.add("attachments", names.collect::<Vec<_>>());
    }
    let pairs = info
        .custom_data
        .iter()
        .map(|pair| format!("{} = {}", pair.name, pair.value));
    record.add("custom_data", pairs.collect::<Vec<_>>());
    record
}

/// Revisions, pages, metadata and embedded files.
pub(super) fn pdf(bytes: &[u8], record: &mut Record) {
    let Ok(document) = pdf::Document::open(bytes) else {
        return;
    };
    let revisions = document.revisions().len();
    record.add("revisions", revisions);
    let Some(Ok(view)) = revisions.checked_sub(1).map(|last| document.at(last)) else {
        return;
    };
    if let Ok(Some(metadata)) = view.metadata() {
        record.add_some("title", metadata.title());
        let pairs = metadata
            .properties()
            .map(|(name, value)| format!("{name} = {value}"));
        record.add("properties", pairs.collect::<Vec<_>>());
    }
    if let Ok(pages) = view.pages() {
        record.add("pages", pages.len());
        let sizes = pages.iter().map(|page| {
            let (width, height) = page.size_mm();
            format!("{width:.0} × {height:.0} mm")
        });
        record.add("page_sizes", sizes.collect::<Vec<_>>());
    }
    if let Ok(files) = view.embedded_files() {
        record.add(
            "attachments",
            files
                .iter()
                .map(pdf::EmbeddedFile::name)
                .collect::<Vec<_>>(),
        );
    }
}

/// Version, vendor, picture and signers of a seal.
pub(super) fn seal(bytes: &[u8], record: &mut Record) {
    let Ok(seal) = SesSeal::from_der(bytes) else {
        return;
    };
    let info = seal.info();
    let picture = &info.picture;
    record.add("version", info.header.version.to_string());
    record.add("vendor", info.header.vendor_id.as_str());
    record.add(
        "picture",
        format!(
            "{} · {} × {} mm · {} B",
            picture.kind,
            picture.width_mm,
            picture.height_mm,
            picture.data.len()
        ),
    );
    record.add("signers", info.certificates.len());
}

/// Certificates of a message.
pub(super) fn message(bytes: &[u8], record: &mut Record) {
    let Ok(message) = SignedData::parse(bytes) else {
        return;
    };
    let certificates = message.certificates().iter().map(super::certificate);
    record.add("certificates", certificates.collect::<Vec<_>>());
}
