//! Hostile PDF files and how long each takes to a verdict, and the peak memory of verifying large
//! ones: `cargo bench --bench pdf_probes`. Each is judged in a process of its own.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench that cannot run may stop"
)]

use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use yinxin::Time;
use yinxin::asn1::named;
use yinxin::crypto::{KeyKind, Signer, SoftwareKey};
use yinxin::pdf::Document;
use yinxin::pki::{CertificateBuilder, Name};
use yinxin::sign::{Request, prepare};
use yinxin::verify::{Policy, Verifier};

/// What a probe may take.
const SECOND: f64 = 1000.0;

fn main() {
    let arguments: Vec<_> = std::env::args_os().collect();
    if let Some(at) = arguments.iter().position(|one| one == "--judge") {
        return judge(Path::new(&arguments[at + 1]));
    }
    let mut out = io::stdout().lock();
    for (name, bytes) in probes() {
        let [millis, peak, verdict] = apart(&bytes);
        let late = if millis.parse::<f64>().unwrap() > SECOND {
            "  TOO SLOW"
        } else {
            ""
        };
        let size = bytes.len() >> 10;
        writeln!(
            out,
            "{name:<34} {size:>7} KiB {millis:>8} ms {peak:>7} KiB  {verdict}{late}"
        )
        .unwrap();
    }
    for size in [10, 50, 100, 200] {
        let bytes = Pdf::with_picture(size << 20).signatures(1).finish();
        let [millis, peak, verdict] = apart(&bytes);
        let ratio = peak.parse::<f64>().unwrap() * 1024.0 / bytes.len() as f64;
        writeln!(
            out,
            "{size:>4} MB, one signature {millis:>8} ms, peak memory {ratio:.2} x file  {verdict}"
        )
        .unwrap();
    }
}

/// Judges one file and prints time, peak memory of the process and verdict.
fn judge(file: &Path) {
    let bytes = std::fs::read(file).unwrap();
    let at = Time::parse("2026-11-22T08:00:00Z").unwrap();
    let verifier = Verifier::new(Policy::basic());
    let start = Instant::now();
    let report = verifier.verify(&bytes, at);
    let millis = start.elapsed().as_secs_f64() * 1000.0;
    let said = report.headline.map_or("-", |code| code.name());
    let reason = report
        .all_checks()
        .find(|check| Some(check.code) == report.headline && check.reason.is_some())
        .and_then(|check| check.reason)
        .map_or("-", |reason| reason.name());
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next())
        .unwrap_or("0");
    let outcome = report.outcome.name();
    let mut out = io::stdout().lock();
    writeln!(out, "{millis:.1}\t{peak}\t{outcome} {said} {reason}").unwrap();
}

fn apart(bytes: &[u8]) -> [String; 3] {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("probe.pdf");
    std::fs::write(&file, bytes).unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .arg("--judge")
        .arg(&file)
        .output()
        .unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let out = String::from_utf8(output.stdout).unwrap();
    let mut parts = out.trim_end().split('\t').map(str::to_owned);
    [(); 3].map(|()| parts.next().unwrap())
}

fn probes() -> Vec<(&'static str, Vec<u8>)> {
    let nested = |open: &str, close: &str| {
        let deep = format!("{}1{}", open.repeat(200_000), close.repeat(200_000));
        Pdf::with_picture(400).info(&deep).finish()
    };
    let mut revisions = Pdf::with_picture(400).signatures(1);
    for _ in 0..20_000 {
        revisions = revisions.section("");
    }
    let looped = Pdf::with_picture(400).signatures(1);
    let own = looped.bytes.len();
    let looped = looped.section(&format!("/Prev {own}"));
    let kids = Pdf::with_picture(400)
        .object(2, "<</Type/Pages/Kids[2 0 R]/Count 1>>")
        .signatures(1);
    let fields = Pdf::with_picture(400)
        .object(6, "<</T(a)/FT/Tx/Kids[6 0 R]>>")
        .signatures(1);
    vec![
        ("200 000 nested arrays", nested("[", "]")),
        ("200 000 nested dictionaries", nested("<</A", ">>")),
        ("object stream of 512 MB", bomb()),
        ("20 000 revisions", revisions.finish()),
        ("Prev loop", looped.finish()),
        ("Kids loop of pages", kids.finish()),
        ("Kids loop of fields", fields.finish()),
        (
            "256 signatures over 20 MB",
            Pdf::with_picture(20 << 20).signatures(256).finish(),
        ),
        (
            "300 signatures",
            Pdf::with_picture(400).signatures(300).finish(),
        ),
    ]
}

/// A value that is read and hashed for like any other, in hexadecimal: those that cannot be read cost
/// nothing.
fn value() -> String {
    let key = SoftwareKey::generate(KeyKind::P256).unwrap();
    let name = Name::build(&[(named::COMMON_NAME, "Signer")]).unwrap();
    let [from, until, at] =
        ["2025-01-01", "2035-01-01", "2026-11-20"].map(|text| Time::parse(text).unwrap());
    let certificate = CertificateBuilder::new(name, key.public_key().clone(), &[1], from, until)
        .end_entity()
        .self_sign(&key)
        .unwrap();
    let request = Request::sign(certificate, at);
    let signed = prepare(&Pdf::with_picture(400).finish(), request)
        .unwrap()
        .sign(&key)
        .unwrap();
    let document = Document::open(&signed).unwrap();
    let signatures = document.at(document.revisions().len() - 1).unwrap();
    let signatures = signatures.signatures().unwrap();
    let value = signatures[0].contents().unwrap();
    value.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An object stream that deflates to a thousandth.
fn bomb() -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(b"5 0 ").unwrap();
    let blank = vec![b' '; 1 << 20];
    for _ in 0..512 {
        encoder.write_all(&blank).unwrap();
    }
    let data = encoder.finish().unwrap();
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let at = bytes.len();
    bytes.extend(
        format!(
            "1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {}>>\nstream\n",
            data.len()
        )
        .bytes(),
    );
    bytes.extend(data);
    bytes.extend(b"\nendstream\nendobj\n");
    let section = bytes.len();
    // Entries of one byte for the type, four for the place, one for the index.
    let place = |at: usize| u32::try_from(at).unwrap().to_be_bytes();
    let mut entries = Vec::new();
    entries.extend([0, 0, 0, 0, 0, 0]);
    entries.extend([&[1][..], &place(at), &[0]].concat());
    entries.extend([&[1][..], &place(section), &[0]].concat());
    entries.extend([2, 0, 0, 0, 1, 0]);
    bytes.extend(
        format!(
            "2 0 obj\n<</Type/XRef/Size 6/Index[0 3 5 1]/W[1 4 1]/Root 5 0 R/Length {}>>\nstream\n",
            entries.len()
        )
        .bytes(),
    );
    bytes.extend(entries);
    bytes.extend(format!("\nendstream\nendobj\nstartxref\n{section}\n%%EOF\n").bytes());
    bytes
}

/// A PDF that is written without this library.
struct Pdf {
    bytes: Vec<u8>,
    objects: Vec<(usize, String)>,
    previous: Option<usize>,
    info: bool,
}

impl Pdf {
    /// A page whose picture makes the file about so large.
    fn with_picture(size: usize) -> Self {
        let pdf = Self {
            bytes: b"%PDF-1.7\n".to_vec(),
            objects: Vec::new(),
            previous: None,
            info: false,
        };
        pdf.object(1, "<</Type/Catalog/Pages 2 0 R>>")
            .object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
            .object(
                3,
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 4 0 R>>>>>>",
            )
            .object(
                4,
                &format!(
                    "<</Type/XObject/Subtype/Image/Width {size}/Height 1/BitsPerComponent 8\
                     /ColorSpace/DeviceGray/Length {size}>>\nstream\n{}\nendstream",
                    "x".repeat(size)
                ),
            )
            .section("")
    }

    fn object(mut self, number: usize, body: &str) -> Self {
        self.objects.push((number, body.to_owned()));
        self
    }

    fn info(mut self, body: &str) -> Self {
        self.info = true;
        self.object(9, body)
    }

    /// Writes what is pending as one revision.
    fn section(mut self, more: &str) -> Self {
        let mut table = String::from("xref\n");
        for (number, body) in std::mem::take(&mut self.objects) {
            table += &format!("{number} 1\n{:010} 00000 n \n", self.bytes.len());
            self.bytes
                .extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
        }
        if self.previous.is_none() {
            table = table.replacen("xref\n", "xref\n0 1\n0000000000 65535 f \n", 1);
        } else if table == "xref\n" {
            table += "0 0\n";
        }
        let section = self.bytes.len();
        let previous = match self.previous {
            Some(previous) if more.is_empty() => format!("/Prev {previous}"),
            _ => more.to_owned(),
        };
        let info = if self.info { "/Info 9 0 R" } else { "" };
        self.bytes.extend(
            format!(
                "{table}trailer\n<</Size 3000/Root 1 0 R{info}{previous}>>\nstartxref\n{section}\n%%EOF\n"
            )
            .bytes(),
        );
        self.previous = Some(section);
        self
    }

    /// So many signatures that are read like any other, in one revision each, over all before them.
    fn signatures(mut self, count: usize) -> Self {
        const FIRST: usize = 1000;
        let blank = value();
        for index in 0..count {
            let (field, value) = (FIRST + 2 * index, FIRST + 2 * index + 1);
            let fields: String = (0..=index)
                .map(|one| format!(" {} 0 R", FIRST + 2 * one))
                .collect();
            let start = self.bytes.len();
            self = self
                .object(
                    1,
                    &format!("<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[{fields}]>>>>"),
                )
                .object(field, &format!("<</FT/Sig/T(s{index})/V {value} 0 R>>"))
                .object(
                    value,
                    &format!(
                        "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 {:010} {:010} {:010}]\
                         /Contents<{blank}>>>",
                        0, 0, 0
                    ),
                )
                .section("");
            self.fill_range(start, blank.len() + 2);
        }
        self
    }

    fn fill_range(&mut self, start: usize, gap: usize) {
        let text = &self.bytes[start..];
        let find = |needle: &[u8]| {
            let at = text.windows(needle.len()).rposition(|one| one == needle);
            start + at.unwrap()
        };
        let (range, open) = (find(b"/ByteRange["), find(b"/Contents<") + 9);
        let end = self.bytes.len();
        let filled = format!(
            "/ByteRange[0 {open:010} {:010} {:010}]",
            open + gap,
            end - open - gap
        );
        self.bytes[range..range + filled.len()].copy_from_slice(filled.as_bytes());
    }

    fn finish(mut self) -> Vec<u8> {
        if !self.objects.is_empty() {
            self = self.section("");
        }
        self.bytes
    }
}
