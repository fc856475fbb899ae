//! `yinxin verify -r` on a folder of 10 000 sealed OFDs, beside threads that do nothing but verify the
//! same documents from memory: `cargo bench -p yinxin-cli --bench folder`.
//!
//! One thread gives the rate of a core, which is multiplied by the cores; as many threads as cores give
//! what that can be on this machine at this time. All take turns, and of each the quickest counts. Memory
//! is the most that the command held at a time, for the folder and for a tenth of it.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a bench that cannot run may stop"
)]

#[path = "../../benches/support/world.rs"]
mod world;

use std::fs;
use std::hint::black_box;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use world::{World, time};
use yinxin::{Outcome, Time, Verifier};

const DOCUMENTS: usize = 10_000;
const AT: &str = "2026-11-22T08:00:00Z";
const ROUNDS: usize = 3;

/// Documents that the threads take in turn: as each is read from memory, more would make no difference.
const DIFFERENT: usize = 500;

fn main() {
    let folder = Folder::new(&World::new());
    let (mut command, mut one, mut threads) = (Duration::MAX, Duration::MAX, Duration::MAX);
    let mut memory = 0;
    for _ in 0..ROUNDS {
        one = one.min(folder.by_threads(1));
        threads = threads.min(folder.by_threads(cores()));
        let (time, held) = folder.by_command(&folder.all);
        command = command.min(time);
        memory = memory.max(held);
    }
    let (_, memory_of_tenth) = folder.by_command(&folder.tenth);
    let rate = |time: Duration| DOCUMENTS as f64 / time.as_secs_f64();
    println!("| {DOCUMENTS} sealed OFDs, {} cores | a second |", cores());
    println!("|---|---|");
    let cores = cores() as f64;
    println!(
        "| verified from memory by one thread, times the cores | {:.0} |",
        cores * rate(one)
    );
    println!(
        "| verified from memory by as many threads | {:.0} |",
        rate(threads)
    );
    println!("| `yinxin verify -r` | {:.0} |", rate(command));
    println!(
        "\n{:.0} % of a core's rate times the cores, {:.0} % of the threads; the aim is 85 %. Memory: \
         {memory} KiB, for a tenth of the folder {memory_of_tenth} KiB",
        100.0 * rate(command) / (cores * rate(one)),
        100.0 * rate(command) / rate(threads),
    );
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

struct Folder {
    root: PathBuf,
    all: PathBuf,
    tenth: PathBuf,
    anchors: [PathBuf; 2],
    documents: Vec<Vec<u8>>,
    verifier: Verifier,
    at: Time,
}

impl Folder {
    /// Documents that differ in nothing but the time of signing, and so in their signatures.
    fn new(world: &World) -> Self {
        let root = std::env::temp_dir().join(format!("yinxin-folder-{}", std::process::id()));
        let (all, tenth) = (root.join("all"), root.join("tenth"));
        fs::create_dir_all(&all).unwrap();
        fs::create_dir_all(&tenth).unwrap();
        let documents = world.many(DIFFERENT);
        for number in 0..DOCUMENTS {
            let document = documents.get(number % DIFFERENT).unwrap();
            let name = format!("{number:05}.ofd");
            fs::write(all.join(&name), document).unwrap();
            if number % 10 == 0 {
                fs::write(tenth.join(&name), document).unwrap();
            }
        }
        let anchors = [
            ("signer-root.pem", &world.signer_root),
            ("maker-root.pem", &world.maker_root),
        ]
        .map(|(name, party)| {
            let path = root.join(name);
            fs::write(&path, party.certificate.to_pem()).unwrap();
            path
        });
        Self {
            root,
            all,
            tenth,
            anchors,
            documents,
            verifier: world.verifier(),
            at: time(AT),
        }
    }

    /// What the documents take by threads that share nothing but the verifier.
    fn by_threads(&self, threads: usize) -> Duration {
        let start = Instant::now();
        thread::scope(|scope| {
            for worker in 0..threads {
                scope.spawn(move || {
                    for number in (worker..DOCUMENTS).step_by(threads) {
                        let document = self.documents.get(number % DIFFERENT).unwrap();
                        let report = self.verifier.verify(document, self.at);
                        assert_eq!(report.outcome, Outcome::Passed, "{}", report.to_json());
                        black_box(report);
                    }
                });
            }
        });
        start.elapsed()
    }

    /// What they take by the command, and how many KiB it held at most.
    fn by_command(&self, folder: &Path) -> (Duration, i64) {
        let [signer, maker] = &self.anchors;
        let start = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_yinxin"))
            .args(["verify", "-r", "--policy", "basic", "--at", AT, "--trust"])
            .arg(signer)
            .arg("--trust-maker")
            .arg(maker)
            .arg(folder)
            .env("XDG_DATA_HOME", &self.root)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let held = held_by(&mut child);
        (start.elapsed(), held)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// Waits for the command, which must be content, and says how many KiB it held at most.
#[cfg(target_os = "linux")]
fn held_by(child: &mut std::process::Child) -> i64 {
    let mut held = 0;
    loop {
        // The most that it held so far stands here until it ends.
        let status = fs::read_to_string(format!("/proc/{}/status", child.id()));
        let peak = status.ok().and_then(|status| {
            let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
            line.split_whitespace().nth(1)?.parse().ok()
        });
        held = held.max(peak.unwrap_or_default());
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "{status}");
            return held;
        }
        thread::sleep(Duration::from_millis(20));
    }
}

#[cfg(not(target_os = "linux"))]
fn held_by(child: &mut std::process::Child) -> i64 {
    assert!(child.wait().unwrap().success());
    0
}
