//! Others in processes of their own, which do a slice whenever they are asked to: a line `verify 20`,
//! and the answer in nanoseconds of processor time.

use std::cell::RefCell;
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::rc::Rc;
use std::time::Duration;

use super::{LONG_DIGEST, Row, SIGN, VERIFY};

/// Operations after which Java has compiled what it runs.
const WARM: usize = 3000;

/// An operation, its name in rows, the row it is a multiple of, how many at a time, and how often it is
/// done for one that the row counts.
type Operation = (&'static str, &'static str, usize, usize, usize);

const BOTH: [Operation; 2] = [
    ("verify", "verify", VERIFY, 20, 1),
    ("sign", "sign", SIGN, 40, 1),
];

const DIGEST: Operation = ("digest", "SM3, 16 of 16 KiB", LONG_DIGEST, 2, 16);

/// The rows of those that the environment names.
pub(crate) fn push(rows: &mut Vec<Row<'_>>) {
    if let Ok(archive) = env::var("YINXIN_SM2_BOUNCY_CASTLE") {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/sm2/BouncyCastle.java");
        let java = Peer::start(Command::new("java").args(["-cp", &archive]).arg(source));
        java.push(rows, "Bouncy Castle", BOTH.into_iter().chain([DIGEST]));
    }
    if let Ok(program) = env::var("YINXIN_SM2_TONGSUO") {
        Peer::start(&mut Command::new(program)).push(rows, "Tongsuo 8.4", BOTH);
    }
}

struct Peer {
    child: Child,
    lines: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    fn start(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (lines, answers) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self {
            child,
            lines,
            answers: BufReader::new(answers),
        }
    }

    fn push(
        self,
        rows: &mut Vec<Row<'_>>,
        name: &str,
        operations: impl IntoIterator<Item = Operation>,
    ) {
        let peer = Rc::new(RefCell::new(self));
        for (operation, row, yardstick, count, each) in operations {
            peer.borrow_mut().run(operation, WARM);
            let peer = Rc::clone(&peer);
            rows.push(Row {
                name: format!("{row}: {name}"),
                yardstick,
                count,
                run: Box::new(move |count| peer.borrow_mut().run(operation, count * each)),
            });
        }
    }

    fn run(&mut self, operation: &str, count: usize) -> Duration {
        writeln!(self.lines, "{operation} {count}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        Duration::from_nanos(answer.trim().parse().unwrap())
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
