//! Seals and their pictures before other people's programs: ofdrw parses every seal, Bouncy Castle
//! verifies it and finds its signers, OpenSSL stamps it, and Pillow, librsvg and ofdrw show its
//! picture.

use std::fs;
use std::path::{Path, PathBuf};

use tiny_skia::Pixmap;
use yinxin::seal::picture::{Drawing, Font, Fonts, MIN_DPI};
use yinxin::seal::{DrawnForm, Listing, Seal, SealMaker, SealPicture, SealSpec};
use yinxin::ses::Layout;
use yinxin::verify::{CheckCode, Outcome};
use yinxin::{Verifier, trust::AnchorRole};

use super::specimen::{LAYOUTS, write, write_certificate};
use super::{Oracles, scratch};
use crate::gallery::support;
use crate::pki::{self, time, world};

const CREATED: &str = "2026-01-05T00:00:00Z";

/// Every drawing of the gallery.
fn drawings(oracles: &Oracles) -> Vec<(&'static str, Drawing)> {
    let bytes = fs::read(oracles.font()).unwrap();
    let fonts = Fonts::new(Font::new(&bytes, 0).unwrap());
    support::designs()
        .into_iter()
        .map(|(name, design)| (name, design.draw(&fonts).unwrap()))
        .collect()
}

#[test]
fn pillow_reads_our_pictures() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("seal-pictures");
    let drawings = drawings(&oracles);
    let files: Vec<_> = drawings
        .iter()
        .map(|(name, drawing)| {
            let png = drawing.to_png(MIN_DPI).unwrap();
            write(&folder, &format!("{name}.png"), &png)
        })
        .collect();
    let verdict = oracles.python("read_picture.py", &files);
    let rows = verdict.assert_good().rows();
    assert_eq!(rows.len(), drawings.len());
    for (row, (name, drawing)) in rows.iter().zip(&drawings) {
        let (width, height) = drawing.size_mm();
        let pixels = |mm: f32| (mm / 25.4 * 300.0).round().to_string();
        let size = [pixels(width), pixels(height)];
        assert_eq!(row[1..5], ["PNG", "P", &size[0], &size[1]], "{name}");
        assert_eq!(row[5..7], ["300", "e60012"], "{name}");
        assert!(row[7].parse::<u32>().unwrap() > 1000, "{name}");
    }

    let broken = write(&folder, "broken.png", &fs::read(&files[0]).unwrap()[..500]);
    oracles.python("read_picture.py", [broken]).assert_bad();
}

#[test]
fn librsvg_draws_what_we_draw() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("seal-outlines");
    for (name, drawing) in drawings(&oracles) {
        let ours = decode(&drawing.to_png(MIN_DPI).unwrap());
        let svg = write(&folder, &format!("{name}.svg"), drawing.to_svg().as_bytes());
        let theirs = folder.join(format!("{name}.png"));
        let mut arguments: Vec<PathBuf> = ["-w", &ours.width().to_string(), "-h"]
            .map(PathBuf::from)
            .into();
        arguments.extend([ours.height().to_string().into(), svg, "-o".into()]);
        arguments.push(theirs.clone());
        oracles.tool("rsvg-convert", arguments).assert_good();
        let differing = differing(&ours, &read(&theirs), 1.0);
        assert!(differing < 0.002, "{name}: {differing}");
    }
}

#[test]
fn ofdrw_draws_what_we_draw() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("seal-ofd-pictures");
    let drawings = drawings(&oracles);
    let mut arguments = vec![folder.clone(), oracles.font()];
    for (name, drawing) in &drawings {
        let ofd = drawing.to_ofd(time(CREATED)).unwrap();
        arguments.push(write(&folder, &format!("{name}.ofd"), &ofd));
    }
    oracles.java("RenderOfd", &arguments).assert_good();
    let picture = |drawing: &Drawing| decode(&drawing.to_png(MIN_DPI).unwrap());
    // Another seal of the same size is told apart.
    let company = read(&folder.join("company-0.png"));
    let (_, department) = &drawings[0];
    assert!(differing(&picture(department), &company, OFDRW_SCALE) > 0.05);
    for (name, drawing) in &drawings {
        let theirs = read(&folder.join(format!("{name}-0.png")));
        let differing = differing(&picture(drawing), &theirs, OFDRW_SCALE);
        assert!(differing < 0.01, "{name}: {differing}");
    }
}

/// Our 300 dpi for the eight pixels a millimetre that ofdrw draws, on white.
const OFDRW_SCALE: f64 = 300.0 / 25.4 / 8.0;

/// The share of `theirs`' pixels whose ink differs by more than a third from ours, where ours has
/// `scale` pixels for each and the four around the place all agree.
fn differing(ours: &Pixmap, theirs: &Pixmap, scale: f64) -> f64 {
    let ink = |pixel: tiny_skia::PremultipliedColorU8| {
        f64::from(pixel.alpha()) * (1.0 - f64::from(pixel.green()) / 255.0) / 255.0
    };
    let at = |x: u32, y: u32| ours.pixel(x.min(ours.width() - 1), y.min(ours.height() - 1));
    let mut wrong = 0.0;
    for y in 0..theirs.height() {
        for x in 0..theirs.width() {
            let (left, top) = (place(x, scale), place(y, scale));
            let around = [
                at(left, top),
                at(left + 1, top),
                at(left, top + 1),
                at(left + 1, top + 1),
            ];
            let around = around.map(|pixel| ink(pixel.unwrap()));
            let (low, high) = around
                .iter()
                .fold((1.0, 0.0), |(low, high), ink| (ink.min(low), ink.max(high)));
            let found = ink(theirs.pixel(x, y).unwrap());
            if found < low - 0.34 || found > high + 0.34 {
                wrong += 1.0;
            }
        }
    }
    wrong / (f64::from(theirs.width()) * f64::from(theirs.height()))
}

/// The middle of a pixel of the other picture, in ours.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a pixel of a picture"
)]
fn place(pixel: u32, scale: f64) -> u32 {
    if scale > 1.0 {
        ((f64::from(pixel) + 0.5) * scale - 0.5).max(0.0) as u32
    } else {
        pixel
    }
}

/// A seal of each layout, listing and form of picture.
fn seals(oracles: &Oracles) -> Vec<(String, Layout, Listing, Seal)> {
    let drawings = drawings(oracles);
    let forms = [
        ("png", DrawnForm::Png { dpi: 600 }),
        ("svg", DrawnForm::Svg),
        (
            "ofd",
            DrawnForm::Ofd {
                created: time(CREATED),
            },
        ),
    ];
    let listings = [
        ("certificates", Listing::Certificates),
        ("digests", Listing::Digests),
        ("digests-z", Listing::DigestsWithZ),
    ];
    let maker = SealMaker::from_certificate(world().maker.certificate.clone()).unwrap();
    let mut seals = Vec::new();
    for (year, layout) in LAYOUTS {
        for (list, listing) in listings {
            if layout == Layout::Gmt0031_2014 && listing != Listing::Certificates {
                continue;
            }
            for ((form_name, form), (_, drawing)) in forms.iter().zip(&drawings) {
                let spec = SealSpec {
                    layout,
                    id: "34990000000001".to_owned(),
                    seal_type: 1,
                    name: "某某市市场监督管理局".to_owned(),
                    signers: vec![world().signer.certificate.clone()],
                    listing,
                    create_date: time(CREATED),
                    valid_from: time(CREATED),
                    valid_until: time("2031-01-05T00:00:00Z"),
                    picture: SealPicture::drawn(drawing, *form).unwrap(),
                    extensions: Vec::new(),
                };
                let seal = maker.make(&spec, &world().maker.key).unwrap();
                seals.push((format!("{year}-{list}-{form_name}"), layout, listing, seal));
            }
        }
    }
    seals
}

#[test]
fn ofdrw_and_bouncy_castle_take_every_seal() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("seal-makes");
    let seals = seals(&oracles);
    assert_eq!(seals.len(), 21);
    let file = |name: &str, seal: &Seal| write(&folder, &format!("{name}.esl"), seal.to_der());
    let files: Vec<_> = seals
        .iter()
        .map(|(name, _, _, seal)| file(name, seal))
        .collect();

    let verdict = oracles.java("InspectSeal", &files);
    let rows = verdict.assert_good().rows();
    assert_eq!(rows.len(), files.len());
    for (row, (name, layout, _, seal)) in rows.iter().zip(&seals) {
        let parser = match layout {
            Layout::Gmt0031_2014 => "v1",
            // The released ofdrw has no parser of its own for 2025 and takes the one before.
            _ => "v4",
        };
        let picture = seal.picture();
        let size = [picture.width_mm, picture.height_mm].map(|mm| mm.to_string());
        assert_eq!(row[1..3], ["seal", parser], "{name}");
        assert_eq!(row[6..], [&*picture.kind, &size[0], &size[1]], "{name}");
    }
    let verdict = oracles.java("VerifySes", &files);
    let judged = verdict.assert_good().rows();
    assert_eq!(judged.len(), files.len());
    assert!(judged.iter().all(|row| row[3] == "VALID"));

    let certificate = write_certificate(&folder, "signer.pem", &world().signer.certificate);
    let other = write_certificate(&folder, "other.pem", &world().other_signer.certificate);
    let later: Vec<_> = seals
        .iter()
        .zip(&files)
        .filter(|((_, layout, ..), _)| *layout != Layout::Gmt0031_2014)
        .collect();
    let arguments = |certificate: &Path| -> Vec<PathBuf> {
        let files = later.iter().map(|(_, file)| (*file).clone());
        std::iter::once(certificate.to_path_buf())
            .chain(files)
            .collect()
    };
    let verdict = oracles.java("SealSigners", arguments(&certificate));
    let rows = verdict.assert_good().rows();
    assert_eq!(rows.len(), 18);
    for (row, ((name, _, listing, _), _)) in rows.iter().zip(&later) {
        let expected = match listing {
            Listing::Certificates => ["1", "1", "certificate"],
            Listing::Digests => ["2", "1", "sm3"],
            Listing::DigestsWithZ => ["2", "1", "sm3-z"],
        };
        assert_eq!(row[1..], expected, "{name}");
    }
    let verdict = oracles.java("SealSigners", arguments(&other));
    assert!(
        verdict
            .assert_good()
            .rows()
            .iter()
            .all(|row| row[3] == "no")
    );
}

#[test]
fn a_seal_of_2025_takes_the_time_stamp_of_openssl() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("seal-stamp");
    let (_, _, _, seal) = seals(&oracles)
        .into_iter()
        .find(|(name, ..)| name == "2025-certificates-png")
        .unwrap();
    let stamped_bytes = write(&folder, "value.bin", seal.to_be_stamped());
    let authority = OpensslAuthority::new(&oracles, &folder);
    let token = authority.stamp(&oracles, &stamped_bytes, "token.der");
    let stamped = seal.with_time_stamp(&token, &[]).unwrap();
    assert_eq!(stamped.ses().time_stamp(), Some(&token[..]));

    let now = yinxin::Time::parse("2036-01-01T00:00:00Z").unwrap();
    let root =
        yinxin::pki::Certificate::from_pem_or_der(&fs::read(folder.join("tsa.pem")).unwrap());
    let report = with_anchor(pki::verifier(), root.unwrap()).verify(stamped.to_der(), now);
    let check = report.signatures[0]
        .checks
        .iter()
        .find(|check| check.code == CheckCode::SealTimestamp)
        .unwrap();
    assert_eq!(check.outcome, Outcome::Passed, "{check:?}");
    // ofdrw's parser does not know the fifth element; Bouncy Castle's values are the same.
    let file = write(&folder, "stamped.esl", stamped.to_der());
    oracles.java("VerifySes", [file]).assert_good();

    let other = write(&folder, "other.bin", b"another value");
    let foreign = authority.stamp(&oracles, &other, "foreign.der");
    let error = seal.with_time_stamp(&foreign, &[]).unwrap_err();
    assert_eq!(error.kind(), yinxin::ErrorKind::SignatureMismatch);
}

fn with_anchor(verifier: Verifier, root: Vec<yinxin::pki::Certificate>) -> Verifier {
    root.into_iter().fold(verifier, |verifier, certificate| {
        verifier.with_anchor(AnchorRole::Tsa, certificate)
    })
}

/// A time stamp authority of `openssl ts`, new in every run.
struct OpensslAuthority<'a> {
    folder: &'a Path,
}

impl<'a> OpensslAuthority<'a> {
    fn new(oracles: &Oracles, folder: &'a Path) -> Self {
        let config = format!(
            "[tsa]\ndefault_tsa = one\n[one]\nserial = {0}/serial\nsigner_cert = {0}/tsa.pem\n\
             signer_key = {0}/tsa.key\ncerts = {0}/tsa.pem\ndefault_policy = 1.2.3.4\n\
             digests = sha256\nsigner_digest = sha256\ness_cert_id_alg = sha256\n\
             accuracy = secs:1\nordering = no\ntsa_name = no\n",
            folder.display()
        );
        write(folder, "tsa.cnf", config.as_bytes());
        write(folder, "serial", b"01\n");
        let this = Self { folder };
        this.run(
            oracles,
            "req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -days 8000 \
             -subj /CN=Example-TSA -addext extendedKeyUsage=critical,timeStamping \
             -addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical,digitalSignature",
        );
        this
    }

    fn stamp(&self, oracles: &Oracles, data: &Path, name: &str) -> Vec<u8> {
        let data = data.file_name().unwrap().to_str().unwrap();
        self.run(
            oracles,
            &format!("ts -query -data {data} -sha256 -cert -out {name}.tsq"),
        );
        self.run(
            oracles,
            &format!("ts -reply -queryfile {name}.tsq -config tsa.cnf -section one -token_out -out {name}"),
        );
        fs::read(self.folder.join(name)).unwrap()
    }

    /// Runs `openssl` with names of files inside the folder made whole.
    fn run(&self, oracles: &Oracles, line: &str) {
        let files = ["tsa.key", "tsa.pem", "tsa.cnf"];
        let arguments = line.split_whitespace().map(|word| {
            let inside = files.contains(&word)
                || [".bin", ".tsq", ".der"]
                    .iter()
                    .any(|end| word.ends_with(end));
            if inside {
                self.folder.join(word)
            } else {
                PathBuf::from(word)
            }
        });
        oracles.tool("openssl", arguments).assert_good();
    }
}

fn read(file: &Path) -> Pixmap {
    decode(&fs::read(file).unwrap())
}

fn decode(png: &[u8]) -> Pixmap {
    Pixmap::decode_png(png).unwrap()
}
