//! Entries that come by the dozen: folders of certificates, and lists of ETSI TS 119 612.

mod etsi;

use std::path::Path;

use serde::Deserialize;
use yinxin::Time;
use yinxin::crypto::DigestAlgorithm;
use yinxin::pki::Certificate;
use yinxin::trust::list::{EntryKind, Period, Scope, Standing, TrustEntry};

use self::etsi::{EtsiList, Flaw};
use super::plan::{Moment, of_plan};
use super::show;
use crate::commands::material;
use crate::escape::clip;
use crate::failure::{Failure, Result, shown_path};
use crate::session::Session;

/// Files of one folder; a nation has some hundred authorities.
const MAX_FILES: usize = 10_000;

/// Every certificate of a folder, PEM or DER, as one kind of entry with one scope.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FolderPlan {
    path: String,
    kind: EntryKind,
    /// Since when they are believed; without it from the start of each certificate.
    from: Option<Moment>,
    scope: Scope,
}

/// The services of a trusted list that are qualified authorities, time stamping authorities or
/// responders.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EtsiPlan {
    file: String,
    /// Which of them; without it all.
    kinds: Option<Vec<EntryKind>>,
    scope: Scope,
}

impl FolderPlan {
    pub(super) fn entries(&self, session: &Session, beside: &Path) -> Result<Vec<TrustEntry>> {
        let folder = beside.join(&self.path);
        let mut entries = Vec::new();
        // Whoever puts another file among certificates has made a mistake.
        for certificate in material::certificates(session, &files(session, &folder)?)? {
            let from = self.from.map_or(certificate.not_before(), |from| from.0);
            let history = vec![(from, Standing::Granted)];
            let name = shown_name(&certificate);
            entries.push(entry(
                session,
                self.kind,
                &name,
                &certificate,
                &history,
                &self.scope,
            )?);
        }
        if entries.is_empty() {
            let path = shown_path(&folder);
            return Err(Failure::new(session.pick(
                format!("{path}：文件夹里没有证书"),
                format!("{path}: there is no certificate in the folder"),
            )));
        }
        Ok(entries)
    }
}

/// The files of a folder in the order of their names; folders in it and hidden files are passed over.
fn files(session: &Session, folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let listed = std::fs::read_dir(folder).and_then(|entries| {
        let files = entries.map(|entry| entry.map(|entry| entry.path()));
        files
            .take(MAX_FILES + 1)
            .collect::<std::io::Result<Vec<_>>>()
    });
    let mut files = listed.map_err(|error| Failure::file(session.language, folder, &error))?;
    if files.len() > MAX_FILES {
        let path = shown_path(folder);
        return Err(Failure::new(session.pick(
            format!("{path}：文件超过 {MAX_FILES} 个"),
            format!("{path}: holds more than {MAX_FILES} files"),
        )));
    }
    let hidden = |path: &Path| {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        name.is_none_or(|name| name.starts_with('.'))
    };
    files.retain(|path| path.is_file() && !hidden(path));
    files.sort();
    Ok(files)
}

impl EtsiPlan {
    /// The entries, told with what was passed over. `issued` is when the new list is: one that was
    /// due to be replaced by then tells nothing of it.
    pub(super) fn entries(
        &self,
        session: &Session,
        beside: &Path,
        issued: Time,
    ) -> Result<Vec<TrustEntry>> {
        let file = beside.join(&self.file);
        let path = shown_path(&file);
        let bytes = session.read(&file)?;
        let list = EtsiList::read(&bytes).map_err(|flaw| flawed(session, &path, &flaw))?;
        match list.next_update {
            Some(next) if next >= issued => {}
            Some(next) => {
                return Err(Failure::new(session.pick(
                    format!("{path}：该列表应在 {next} 前更新，已过期"),
                    format!("{path}: the list is out of date: the next one was due at {next}"),
                )));
            }
            None => {
                return Err(Failure::new(session.pick(
                    format!("{path}：该列表已终止，不再更新"),
                    format!("{path}: the list is closed and no longer renewed"),
                )));
            }
        }
        let wanted = |kind| {
            self.kinds
                .as_ref()
                .is_none_or(|kinds| kinds.contains(&kind))
        };
        let mut entries = Vec::new();
        for service in list.services.iter().filter(|service| wanted(service.kind)) {
            for certificate in &service.certificates {
                let (kind, name) = (service.kind, &service.name);
                let history = &service.history;
                entries.push(entry(
                    session,
                    kind,
                    name,
                    certificate,
                    history,
                    &self.scope,
                )?);
            }
        }
        let (operator, count, rest) = (clip(&list.operator, 200), entries.len(), list.passed_over);
        session.talk(&session.pick(
            format!("{path}（{operator}）：取 {count} 个条目，略过 {rest} 项服务；未核验该列表的 XML 签名，条目以您的确认为准"),
            format!(
                "{path} ({operator}): {count} entries, {rest} services passed over; its XML \
                 signature was not verified: the entries are taken on your word"
            ),
        ));
        Ok(entries)
    }
}

/// A trusted list counts only as the word of whoever hands it in, who has to say so.
pub(super) fn unverified(session: &Session) -> Failure {
    Failure::new(session.pick(
        "计划引用了 ETSI 信任列表。本程序不核验其 XML 签名；若您已用其他途径核实该文件，\
         请加 --unverified-lists，条目即以您的确认为准",
        "the plan names an ETSI trusted list. Its XML signature is not verified here; if you have \
         checked the file by other means, add --unverified-lists, and its entries are taken on \
         your word",
    ))
}

fn flawed(session: &Session, path: &str, flaw: &Flaw) -> Failure {
    Failure::new(match flaw {
        Flaw::TooLong => session.pick(
            format!("{path}：文件过大"),
            format!("{path}: the file is too large"),
        ),
        Flaw::NotXml => session.pick(format!("{path}：不是 XML 文件"), format!("{path}: not XML")),
        Flaw::NotAList => session.pick(
            format!("{path}：不是 ETSI TS 119 612 信任列表"),
            format!("{path}: not a trusted list of ETSI TS 119 612"),
        ),
        Flaw::Element(name) => session.pick(
            format!("{path}：缺少 {name} 或无法读取"),
            format!("{path}: {name} is missing or cannot be read"),
        ),
    })
}

/// An entry whose periods follow each other, the last one open; its id tells kind and certificate.
fn entry(
    session: &Session,
    kind: EntryKind,
    name: &str,
    certificate: &Certificate,
    history: &[(Time, Standing)],
    scope: &Scope,
) -> Result<TrustEntry> {
    let ends = history.iter().skip(1).map(|(from, _)| Some(*from));
    let periods = history.iter().zip(ends.chain([None]));
    let periods = periods.map(|((from, standing), until)| Period {
        from: *from,
        until,
        standing: *standing,
        scope: scope.clone(),
    });
    let print = certificate.fingerprint(DigestAlgorithm::Sm3).to_hex();
    let id = format!("{}-{}", show::kind(kind), print.get(..16).unwrap_or(&print));
    TrustEntry::new(&id, kind, name, certificate, periods.collect())
        .map_err(|error| of_plan(session, &error))
}

fn shown_name(certificate: &Certificate) -> String {
    let subject = certificate.subject_name();
    let name = subject.organization().or(subject.common_name());
    name.map_or_else(|| subject.to_string(), str::to_owned)
}
