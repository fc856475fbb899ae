//! Bouncy Castle, in a process of Java that does a slice whenever it is asked to.

use std::cell::RefCell;
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::rc::Rc;
use std::time::Duration;

use super::{LONG_DIGEST, Row, SIGN, VERIFY};

/// Where the archive of Bouncy Castle is.
const ARCHIVE: &str = "YINXIN_SM2_BOUNCY_CASTLE";

/// Operations after which Java has compiled what it runs.
const WARM: usize = 3000;

struct Java {
    child: Child,
    lines: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Java {
    fn start(archive: &str) -> Self {
        let mut child = Command::new("java")
            .args(["-cp", archive])
            .arg(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/benches/sm2/BouncyCastle.java"
            ))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (lines, answers) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self {
            child,
            lines,
            answers: BufReader::new(answers),
        }
    }

    fn run(&mut self, operation: &str, count: usize) -> Duration {
        writeln!(self.lines, "{operation} {count}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        Duration::from_nanos(answer.trim().parse().unwrap())
    }
}

impl Drop for Java {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The rows, where there is an archive.
pub(crate) fn push(rows: &mut Vec<Row<'_>>) {
    let Ok(archive) = env::var(ARCHIVE) else {
        return;
    };
    let java = Rc::new(RefCell::new(Java::start(&archive)));
    for (operation, name, yardstick, count) in [
        ("verify", "verify: Bouncy Castle", VERIFY, 20),
        ("sign", "sign: Bouncy Castle", SIGN, 40),
        ("digest", "SM3, 16 of 16 KiB: Bouncy Castle", LONG_DIGEST, 2),
    ] {
        java.borrow_mut().run(operation, WARM);
        let java = Rc::clone(&java);
        // One digest is a sixteenth of what the row counts.
        let each = if operation == "digest" { 16 } else { 1 };
        rows.push(Row {
            name: name.to_owned(),
            yardstick,
            count,
            run: Box::new(move |count| java.borrow_mut().run(operation, count * each)),
        });
    }
}
