//! `yinxin demo`: the whole job on made-up data, told as a short story.

mod package;
mod people;
mod tamper;
mod trust;

use std::io::Write;
use std::path::{Path, PathBuf};

use yinxin::Time;
use yinxin::issue::{Draft, Format};
use yinxin::license::Metadata;
use yinxin::seal::Seal;
use yinxin::sign::Request;
use yinxin::template::Template;
use yinxin::verify::{Outcome, Policy, Report, Verifier};

use people::People;
use trust::Trust;

use crate::args::Demo;
use crate::commands::trust::store::STATE;
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::fonts;
use crate::screen::{self, paint};
use crate::session::Session;

/// The folder in which a window would keep what it trusts.
const STORE: &str = "trust";

/// The license that is issued: every name and number in it is made up.
const METADATA: &str = include_str!("../../../examples/data/business-license.json");

/// Makes, issues, verifies, tampers and verifies again. Good only if each came out as it should.
pub(crate) fn run(session: &Session, arguments: &Demo) -> Result<Exit> {
    let stage = Stage::set(session, arguments)?;
    let mut out = session.out();
    stage.opening(&mut out)?;
    let mut exit = Exit::Passed;
    for format in [Format::Ofd, Format::Pdf] {
        exit = exit.and(stage.act(&mut out, arguments, format)?);
        out.flush()?;
    }
    stage.ending(&mut out, exit)?;
    out.flush()?;
    Ok(exit)
}

struct Stage<'a> {
    session: &'a Session,
    folder: PathBuf,
    now: Time,
    people: People,
    seal: Seal,
    trust: Trust,
    verifier: Verifier,
}

impl<'a> Stage<'a> {
    /// Roots, certificates, revocation lists, seal and metadata, all of them written.
    fn set(session: &'a Session, arguments: &Demo) -> Result<Self> {
        let folder = arguments.out.clone();
        std::fs::create_dir_all(&folder)
            .map_err(|error| Failure::file(session.language, &folder, &error))?;
        let now = session.time(None)?;
        let library = |error| Failure::library(session.language, "demo", &error);
        let people = People::new(now).map_err(library)?;
        let font = match &arguments.font {
            Some(path) => Some(fonts::given(session.language, path)?),
            None => fonts::find(),
        };
        if font.is_none() {
            session.talk(fonts::none_found(session.language));
            session.talk(session.pick(
                "印章图片因此只有边框和五角星",
                "so the seal's picture is border and star only",
            ));
        }
        let seal = people.seal(font.as_ref(), now).map_err(library)?;
        let metadata = Metadata::from_json(METADATA).map_err(library)?;
        let trust = Trust::new(&people, &metadata, now).map_err(library)?;
        let verifier = Verifier::new(Policy::window())
            .with_trust(trust.state.clone())
            .with_pack(trust.contents.contents().map_err(library)?);
        let stage = Self {
            session,
            folder,
            now,
            people,
            seal,
            trust,
            verifier,
        };
        stage.write("trust-root.json", &stage.trust.root)?;
        stage.write("demo.yxpack", &stage.trust.pack)?;
        let store = stage.folder.join(STORE);
        std::fs::create_dir_all(&store)
            .map_err(|error| Failure::file(session.language, &store, &error))?;
        let state = stage.trust.state.to_bytes();
        stage.write(&format!("{STORE}/{STATE}"), &state)?;
        stage.write("license.json", METADATA.as_bytes())?;
        stage.write("seal.esl", stage.seal.to_der())?;
        stage.write("seal.png", &stage.seal.picture().data)?;
        for (name, bytes) in stage.people.files() {
            stage.write(name, &bytes)?;
        }
        Ok(stage)
    }

    fn opening(&self, out: &mut dyn Write) -> Result<()> {
        let say = |chinese, english| self.session.pick(chinese, english);
        self.heading(
            out,
            say(
                "一、准备：证书与印章（全部虚构）",
                "1. Certificates and a seal, all made up",
            ),
        )?;
        self.file(
            out,
            "maker-root.pem",
            say("制章者信任根", "root of seal makers"),
        )?;
        self.file(
            out,
            "signer-root.pem",
            say("签章人信任根", "root of signers"),
        )?;
        self.file(
            out,
            "maker.pem",
            say("制章者证书", "the seal maker's certificate"),
        )?;
        self.file(
            out,
            "signer.pem",
            say("签章人证书", "the signer's certificate"),
        )?;
        self.file(
            out,
            "maker-root.crl",
            say("制章者吊销列表", "revocation list of makers"),
        )?;
        self.file(
            out,
            "signer-root.crl",
            say("签章人吊销列表", "revocation list of signers"),
        )?;
        self.file(out, "trust-root.json", say("信任根", "the root of trust"))?;
        self.file(
            out,
            "demo.yxpack",
            say(
                "离线包：信任列表、吊销列表、证照状态列表",
                "the pack: trust list, revocation and status lists",
            ),
        )?;
        self.file(
            out,
            "seal.esl",
            say(
                "电子印章（GB/T 38540-2020，SM2）",
                "the seal (GB/T 38540-2020, SM2)",
            ),
        )?;
        self.file(out, "seal.png", say("印章图片", "its picture"))?;
        self.file(
            out,
            "license.json",
            say(
                "证照元数据（GB/T 36903）",
                "metadata of the license (GB/T 36903)",
            ),
        )
    }

    /// One container: issue, verify, tamper, verify again.
    fn act(&self, out: &mut dyn Write, arguments: &Demo, format: Format) -> Result<Exit> {
        let library = |error| Failure::library(self.session.language, format.name(), &error);
        let (number, chinese) = match format {
            Format::Ofd => (2, "二"),
            Format::Pdf => (3, "三"),
        };
        let name = format.name().to_uppercase();
        self.heading(
            out,
            &self.session.pick(
                format!("{chinese}、签发 {name} 并核验；改动一处，再核验"),
                format!("{number}. Issue as {name}, verify; change one thing, verify again"),
            ),
        )?;
        let metadata = Metadata::from_json(METADATA).map_err(library)?;
        let template = Template::standard_landscape().map_err(library)?;
        let typefaces = match format {
            Format::Ofd => yinxin::template::Typefaces::named(),
            Format::Pdf => fonts::typefaces(self.session, arguments.font.as_deref())?,
        };
        let signer = &self.people.signer;
        let request = Request::affix(self.seal.clone(), signer.certificate.clone(), self.now);
        let license = Draft::new(metadata, template, self.now)
            .fonts(typefaces)
            .prepare(format, request)
            .and_then(|pending| pending.sign(&signer.key))
            .map_err(library)?
            .into_bytes();

        let file = format!("license.{}", format.name());
        let good = self.judge(out, &file, &license, Outcome::Passed)?;
        let tampered = match format {
            Format::Ofd => tamper::ofd(&license),
            Format::Pdf => tamper::pdf(&license),
        };
        let tampered = tampered.ok_or_else(|| {
            Failure::new(
                self.session
                    .pick("没有找到可改动之处", "there is nothing to tamper with"),
            )
        })?;
        let file = format!("license.tampered.{}", format.name());
        let bad = self.judge(out, &file, &tampered, Outcome::Failed)?;
        Ok(if good && bad {
            Exit::Passed
        } else {
            Exit::Failed
        })
    }

    /// Writes a document with its report, shows the four lines, and says whether the outcome is
    /// the one that is due.
    fn judge(&self, out: &mut dyn Write, name: &str, bytes: &[u8], due: Outcome) -> Result<bool> {
        let report: Report = self.verifier.verify(bytes, self.now);
        self.write(name, bytes)?;
        let report_name = format!("{name}.report.json");
        self.write(&report_name, format!("{}\n", report.to_json()).as_bytes())?;
        let what = match due {
            Outcome::Passed => self.session.pick("签发的证照", "the license as issued"),
            _ => self
                .session
                .pick("被改动的证照", "the license with one thing changed"),
        };
        self.file(out, name, what)?;
        self.file(
            out,
            &report_name,
            self.session.pick("核验报告", "its report"),
        )?;
        writeln!(out)?;
        screen::clerk(out, self.session.language, &report, self.session.columns())?;
        writeln!(out)?;
        if report.outcome == due {
            return Ok(true);
        }
        self.session.talk(self.session.pick(
            "错误：结论与预期不符，这是程序缺陷，请报告",
            "error: this is not the verdict that is due, which is a bug: please report it",
        ));
        Ok(false)
    }

    fn ending(&self, out: &mut dyn Write, exit: Exit) -> Result<()> {
        if exit != Exit::Passed {
            return Ok(());
        }
        let style = paint::style(Outcome::Passed);
        let folder = shown_path(&self.folder);
        let done = self.session.pick(
            "签发的都通过，改动的都被识破。",
            "What was issued passed, and what was changed was found out.",
        );
        writeln!(out, "{style}✓{style:#} {done}")?;
        let again = self.session.pick("可自行再核验：", "Verify them yourself:");
        let files = |name: &str| shown_path(&self.folder.join(name));
        writeln!(
            out,
            "{again}\n  yinxin verify -r {folder} --store {} --pack {}",
            files(STORE),
            files("demo.yxpack")
        )?;
        Ok(())
    }

    fn heading(&self, out: &mut dyn Write, text: &str) -> Result<()> {
        let label = paint::LABEL;
        Ok(writeln!(out, "\n{label}{text}{label:#}")?)
    }

    fn file(&self, out: &mut dyn Write, name: &str, what: &str) -> Result<()> {
        let quiet = paint::QUIET;
        let path = crate::escape::pad(&shown_path(&self.folder.join(name)), 43);
        Ok(writeln!(out, "  {path}  {quiet}{what}{quiet:#}")?)
    }

    /// Files of an earlier run are written over: the folder is the demo's own.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.session
            .write(&self.folder.join(Path::new(name)), bytes, true)
    }
}
