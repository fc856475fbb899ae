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
            document
                .bodies
                .iter()
                .map(|one| body(&package, one))
                .collect::<Vec<_>>(),
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

fn body(package: &ofd::Package<'_>, body: &ofd::Body) -> Record {
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
    let list = body.signatures.as_ref();
    let list = list.and_then(|path| ofd::SignatureList::read(package, path).ok());
    let entries = list.iter().flat_map(|list| &list.entries);
    record.add(
        "signature_list",
        entries.map(|entry| listed(entry, body)).collect::<Vec<_>>(),
    );
    record
}

/// A line of Signatures.xml, and where its seal shows.
fn listed(entry: &ofd::SignatureEntry, body: &ofd::Body) -> Record {
    let mut record = Record::default();
    record.add("id", entry.id.as_str());
    let kind = match &entry.kind {
        ofd::SignatureKind::Seal => "Seal",
        ofd::SignatureKind::Sign => "Sign",
        ofd::SignatureKind::Unknown(other) => other,
    };
    record.add("type", kind);
    record.add_some("relative", entry.relative.as_deref());
    let Ok(file) = &entry.file else {
        return record;
    };
    record.add("program", file.provider.name.as_str());
    let pages = body.views.first().map(|view| view.pages.as_slice());
    let number = |stamp: &ofd::Stamp| {
        let found = pages?.iter().position(|page| page.id == stamp.page)?;
        Some((found + 1).to_string())
    };
    let shown: Vec<_> = file.stamps.iter().filter_map(number).collect();
    if !shown.is_empty() {
        record.add("shown_on", shown.join(", "));
    }
    record
}

/// Revisions, pages, metadata and embedded files.
pub(super) fn pdf(document: &pdf::Document<'_>, record: &mut Record) {
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
