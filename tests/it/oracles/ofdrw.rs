//! ofdrw signs and we judge; we affix and ofdrw judges; both sign one document in turn.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use yinxin::asn1::named;
use yinxin::crypto::{Signer, SoftwareKey, to_pem};
use yinxin::ofd::{Document, Limits, Package, TextHit};
use yinxin::pki::cms::SignedShape;
use yinxin::pki::{CertificateBuilder, Name};
use yinxin::ses::Layout;
use yinxin::sign::{Edge, Keyword, Occurrence, Protection, Request, Riding, prepare};
use yinxin::verify::{CheckCode, Outcome, Report};
use yinxin::{ErrorKind, Time};

use super::specimen::{LAYOUTS, write, write_certificate};
use super::{Oracles, interop, scratch};
use crate::affixing::{contract, stamps};
use crate::pki::{self, Archive, Party, SIGNED_AT, checks, time, world};

/// One file that ofdrw is to make: kind, mode, stamp, from which file, into which.
type Job<'j> = [&'j str; 5];

struct Ofdrw<'o> {
    oracles: &'o Oracles,
    folder: PathBuf,
    key: PathBuf,
    certificate: PathBuf,
}

impl<'o> Ofdrw<'o> {
    fn new(oracles: &'o Oracles, folder: &Path, party: &Party) -> Self {
        let pem = to_pem("PRIVATE KEY", &party.key.to_pkcs8());
        Self {
            oracles,
            folder: folder.to_owned(),
            key: write(folder, "key.pem", pem.as_bytes()),
            certificate: write_certificate(folder, "certificate.pem", &party.certificate),
        }
    }

    /// Signs with this seal, and tells for each job whether ofdrw did it.
    fn sign(&self, layout: Layout, jobs: &[Job<'_>]) -> Vec<bool> {
        let seal = write(&self.folder, "seal.esl", pki::seal_of(layout).raw());
        let mut arguments: Vec<OsString> = vec![
            self.key.clone().into(),
            self.certificate.clone().into(),
            seal.into(),
        ];
        for [kind, mode, stamp, from, into] in jobs {
            arguments.extend([kind, mode, stamp].map(OsString::from));
            arguments.extend([from, into].map(|name| self.path(name).into_os_string()));
        }
        let verdict = self.oracles.java("SignOfd", &arguments);
        let rows = verdict.rows();
        assert_eq!(rows.len(), jobs.len(), "{}\n{}", verdict.out, verdict.err);
        rows.iter().map(|row| row[1] == "SIGNED").collect()
    }

    /// For each file, whether ofdrw finds every signature good.
    fn verify(&self, files: &[&str]) -> Vec<bool> {
        let mut arguments = vec![PathBuf::from("--cert"), self.certificate.clone()];
        arguments.extend(files.iter().map(|name| self.path(name)));
        let verdict = self.oracles.java("VerifyOfd", &arguments);
        let rows = verdict.rows();
        let good = |name: &&str| {
            let path = self.path(name);
            let mut own = rows
                .iter()
                .filter(|row| Path::new(row[0]) == path)
                .peekable();
            assert!(own.peek().is_some(), "{}\n{}", verdict.out, verdict.err);
            own.all(|row| row.get(2) == Some(&"VALID"))
        };
        files.iter().map(good).collect()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.ofd"))
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).unwrap();
    }
}

/// ofdrw signs by the machine's clock.
fn judge(bytes: &[u8]) -> Report {
    let elapsed = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap();
    let now = Time::from_unix(i64::try_from(elapsed.as_secs()).unwrap() + 60).unwrap();
    let bare = world().signer.certificate.clone();
    pki::verifier()
        .with_signer_certificate(bare)
        .verify(bytes, now)
}

/// What ofdrw checks too: files, signed hash, value, and the seal beside the signature.
fn intact(report: &Report) -> bool {
    let shared = [
        CheckCode::SignatureReferences,
        CheckCode::SignatureDigest,
        CheckCode::SignatureValue,
        CheckCode::SealEmbeddedEqual,
    ];
    let mut all = shared.iter().flat_map(|code| checks(report, *code));
    all.all(|check| check.outcome == Outcome::Passed)
}

fn request(layout: Layout) -> Request {
    let signer = world().signer.certificate.clone();
    Request::affix(pki::seal_of(layout), signer, time(SIGNED_AT))
}

fn message(party: &Party) -> Request {
    Request::sign(party.certificate.clone(), time(SIGNED_AT))
}

fn signed(document: &[u8], request: Request, party: &Party) -> Vec<u8> {
    prepare(document, request)
        .unwrap()
        .sign(&party.key)
        .unwrap()
}

#[test]
fn we_judge_what_ofdrw_signs_as_it_does() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("ofdrw-signs");
    let ofdrw = Ofdrw::new(&oracles, &folder, &world().signer);
    ofdrw.put("contract", &contract(5));
    let jobs = [
        ["v4", "continue", "page", "contract", "sealed"],
        ["v4", "whole", "Right", "contract", "riding-whole"],
        ["v4", "continue", "Left", "sealed", "sealed-twice"],
        ["attributes", "continue", "none", "contract", "attributes"],
        [
            "digest",
            "continue",
            "none",
            "attributes",
            "attributes-digest",
        ],
        ["bare", "continue", "none", "contract", "bare"],
        ["attributes", "whole", "none", "sealed-twice", "locked"],
        ["v4", "continue", "page", "locked", "never"],
    ];
    let done = ofdrw.sign(Layout::Gbt38540_2020, &jobs);
    assert_eq!(done, [true, true, true, true, true, true, true, false]);
    let done = ofdrw.sign(
        Layout::Gmt0031_2014,
        &[["v1", "continue", "Top", "contract", "sealed-v1"]],
    );
    assert_eq!(done, [true]);

    let mut names = vec!["sealed-v1"];
    names.extend(
        jobs.iter()
            .map(|job| job[4])
            .filter(|name| *name != "never"),
    );
    let mut altered = Vec::new();
    for name in &names {
        let mut archive = Archive::read(&ofdrw.read(name));
        let page = archive.find("Page_1/Content.xml");
        archive.edit(&page, "甲方", "丙方");
        altered.push(format!("{name}-altered"));
        ofdrw.put(&altered[altered.len() - 1], &archive.write());
    }
    names.extend(altered.iter().map(String::as_str));
    for (name, good) in names.iter().zip(ofdrw.verify(&names)) {
        let report = judge(&ofdrw.read(name));
        assert_eq!(good, !name.ends_with("-altered"), "{name}");
        assert_eq!(
            intact(&report),
            good,
            "{name}: {:?}",
            pki::not_passed(&report)
        );
        // Beyond what both check.
        let outcome = if good {
            Outcome::Passed
        } else {
            Outcome::Failed
        };
        assert_eq!(
            report.outcome,
            outcome,
            "{name}: {:?}",
            pki::not_passed(&report)
        );
    }
}

#[test]
fn ofdrw_accepts_what_we_affix() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("ofdrw-judges");
    let ofdrw = Ofdrw::new(&oracles, &folder, &world().signer);
    let (first, second) = (&world().signer, &world().other_signer);
    let document = contract(5);
    let mut files = Vec::new();
    for (year, layout) in LAYOUTS {
        let everywhere = request(layout)
            .at(Riding::new(Edge::Right))
            .at(Keyword::new("甲方（盖章）").occurrence(Occurrence::Last));
        let sealed = signed(&document, everywhere, first);
        let twice = signed(&sealed, message(second).relative_to("s001"), second);
        let whole = signed(&twice, message(first).protection(Protection::Whole), first);
        files.push((format!("{year}-sealed"), sealed));
        files.push((format!("{year}-whole"), whole));
    }
    let digest = message(first).shape(SignedShape::DigestAsContent);
    files.push(("digest".to_owned(), signed(&document, digest, first)));
    for (name, bytes) in &files {
        ofdrw.put(name, bytes);
    }
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    for (name, good) in names.iter().zip(ofdrw.verify(&names)) {
        assert!(good, "{name}");
    }
}

/// The same slices at every edge, seen by where each stands and what of the seal it shows.
#[test]
fn ofdrw_cuts_riding_seals_as_we_do() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("ofdrw-rides");
    let ofdrw = Ofdrw::new(&oracles, &folder, &world().signer);
    let document = contract(5);
    ofdrw.put("contract", &document);
    let edges = [
        ("Left", Edge::Left),
        ("Right", Edge::Right),
        ("Top", Edge::Top),
        ("Bottom", Edge::Bottom),
    ];
    let jobs = edges.map(|(name, _)| ["v4", "continue", name, "contract", name]);
    let layout = Layout::Gbt38540_2020;
    assert_eq!(ofdrw.sign(layout, &jobs), [true; 4]);
    for (name, edge) in edges {
        let ours = signed(
            &document,
            request(layout).at(Riding::new(edge)),
            &world().signer,
        );
        let theirs = slices(&ofdrw.read(name));
        assert_eq!(theirs.len(), 5);
        assert_eq!(slices(&ours), theirs, "{name}");
    }
}

/// Pages with boundary and clip of the newest signature's stamps, to the micrometre.
fn slices(bytes: &[u8]) -> Vec<(String, Vec<String>)> {
    let stamps = stamps(bytes).into_iter();
    stamps
        .map(|stamp| {
            let areas = [stamp.boundary, stamp.clip.unwrap()];
            let lengths = areas.map(|area| [area.x, area.y, area.width, area.height]);
            let written = lengths
                .concat()
                .iter()
                .map(|mm| format!("{mm:.3}"))
                .collect();
            (stamp.page, written)
        })
        .collect()
}

/// On our pages and on theirs, in one object and over two. Heights of characters and the width of
/// the last one come from fonts, on which programs differ by a fraction of an em.
#[test]
fn ofdrw_finds_text_where_we_do() {
    let (Some(oracles), Some(interop)) = (Oracles::find(), interop()) else {
        return;
    };
    let folder = scratch("ofdrw-finds");
    let files = [
        write(&folder, "contract.ofd", &contract(3)),
        interop.join("ofd/SESV4SignDoc.ofd"),
        interop.join("ofd/hello-integrity.ofd"),
    ];
    for (text, count) in [
        ("甲方（盖章）", 3),
        ("盖章", 6),
        ("你好呀", 1),
        ("Reader", 1),
        ("鲁迅", 1),
        ("闭关主义", 1),
        ("没有这句话", 0),
    ] {
        let mut arguments = vec![PathBuf::from(text)];
        arguments.extend(files.iter().cloned());
        let verdict = oracles.java("FindText", &arguments);
        let theirs = verdict.assert_good().rows();
        let ours: Vec<_> = files.iter().flat_map(|file| find(file, text)).collect();
        assert_eq!(
            (ours.len(), theirs.len()),
            (count, count),
            "{text}: {}",
            verdict.out
        );
        for ((file, hit), row) in ours.iter().zip(theirs) {
            let number = |field: usize| row[field].parse::<f64>().unwrap();
            assert_eq!(file, Path::new(row[0]));
            assert_eq!(hit.page + 1, row[1].parse::<usize>().unwrap());
            let left = hit.area.x - number(2);
            assert!(left.abs() < 0.01, "{text}: {left} mm to the right");
            let right = left + hit.area.width - number(4);
            let down = hit.area.y + hit.area.height / 2.0 - number(3) - number(5) / 2.0;
            let em = hit.area.height;
            assert!(right.abs() < 0.6 * em, "{text}: {right} mm longer");
            assert!(down.abs() < 0.3 * em, "{text}: {down} mm below");
        }
    }
}

fn find(file: &Path, text: &str) -> Vec<(PathBuf, TextHit)> {
    let bytes = fs::read(file).unwrap();
    let package = Package::open(&bytes, &Limits::default()).unwrap();
    let document = Document::read(&package).unwrap();
    let view = document.bodies[0].displayed().unwrap();
    let pages: Vec<_> = (0..view.pages.len()).collect();
    let hits = view.find_text(&package, &pages, text).unwrap();
    hits.into_iter().map(|hit| (file.to_owned(), hit)).collect()
}

/// Each leaves what the other digested as it was, and keeps out where the other locked.
#[test]
fn ofdrw_and_we_sign_one_document_in_turn() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("ofdrw-in-turn");
    let ofdrw = Ofdrw::new(&oracles, &folder, &world().signer);
    let party = &world().signer;
    let layout = Layout::Gbt38540_2020;
    let keyword = Keyword::new("乙方").occurrence(Occurrence::Nth(0));
    ofdrw.put(
        "ours",
        &signed(&contract(3), request(layout).at(keyword), party),
    );
    let locked = message(party).protection(Protection::Whole);
    ofdrw.put("ours-locked", &signed(&contract(3), locked, party));
    let jobs = [
        ["v4", "continue", "Bottom", "ours", "then-theirs"],
        ["digest", "whole", "none", "ours", "then-locked"],
        ["v4", "continue", "page", "ours-locked", "never"],
    ];
    assert_eq!(ofdrw.sign(layout, &jobs), [true, true, false]);

    let riding = request(layout).at(Riding::new(Edge::Top));
    ofdrw.put(
        "then-ours",
        &signed(&ofdrw.read("then-theirs"), riding, party),
    );
    let refused = prepare(&ofdrw.read("then-locked"), message(party)).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::DocumentLocked);

    let names = ["then-theirs", "then-locked", "then-ours"];
    assert_eq!(ofdrw.verify(&names), [true; 3]);
    for (name, count) in names.iter().zip([2, 2, 3]) {
        let report = judge(&ofdrw.read(name));
        assert_eq!(
            report.outcome,
            Outcome::Passed,
            "{name}: {:?}",
            pki::not_passed(&report)
        );
        assert_eq!(report.signatures.len(), count);
    }
}

/// ofdrw takes SM2 only; what it says of other keys is its own limit, and other programs judge
/// those messages.
#[test]
fn messages_of_other_keys_satisfy_openssl() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("ofd-other-keys");
    let path = |name: &str| folder.join(name).into_os_string().into_string().unwrap();
    for (name, options) in [
        ("rsa", "rsa_keygen_bits:2048"),
        ("ec", "ec_paramgen_curve:P-256"),
    ] {
        let algorithm = name.to_uppercase();
        let key = path(&format!("{name}.key"));
        let line = format!("genpkey -algorithm {algorithm} -pkeyopt {options} -out {key}");
        oracles.tool("openssl", line.split(' ')).assert_good();
        let key = SoftwareKey::from_pem(&fs::read_to_string(&key).unwrap(), None).unwrap();
        let party = self_certified(key);
        let archive = Archive::read(&signed(&contract(1), message(&party), &party));
        let content = write(
            &folder,
            "Signature.xml",
            archive.get(&archive.find("/Signature.xml")),
        );
        let value = write(
            &folder,
            "value.p7s",
            archive.get(&archive.find("SignedValue.dat")),
        );
        let verify = |content: &Path| {
            let arguments: Vec<OsString> = ["cms", "-verify", "-binary", "-inform", "DER", "-in"]
                .map(OsString::from)
                .into_iter()
                .chain([value.clone().into(), "-content".into(), content.into()])
                .chain(["-noverify".into(), "-out".into(), path("out").into()])
                .collect();
            oracles.tool("openssl", arguments)
        };
        verify(&content).assert_good();
        verify(&value).assert_bad();
        let bytes = signed(&contract(1), message(&party), &party);
        let file = write(&folder, &format!("{name}.ofd"), &bytes);
        oracles.java("VerifyOfd", [file]).assert_bad();
        assert!(
            archive
                .text(&archive.find("/Signature.xml"))
                .contains("2.16.840.1.101.3.4.2.1")
        );
    }
}

fn self_certified(key: SoftwareKey) -> Party {
    let name = Name::build(&[(named::COMMON_NAME, "Example Authority")]).unwrap();
    let public = key.public_key().clone();
    let (from, until) = (time("2026-01-01"), time("2035-01-01"));
    let certificate = CertificateBuilder::new(name, public, &[1], from, until)
        .end_entity()
        .self_sign(&key)
        .unwrap();
    Party { certificate, key }
}
