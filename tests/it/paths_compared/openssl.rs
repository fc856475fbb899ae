//! OpenSSL, through its command `verify`.

use std::process::{Command, Stdio};

use yinxin::Time;
use yinxin::crypto::to_pem;
use yinxin::pki::Certificate;

use super::{AT, Opinion, Places, Plan, Trait, first_of};
use crate::oracle_openssl::{Folder, openssl_found};

#[test]
fn our_verdicts_and_those_of_openssl() {
    if !openssl_found() {
        return;
    }
    let folder = Folder::new("openssl-paths");
    let opinion = Opinion {
        accepts: &mut |chain| theirs(&folder, chain),
        explains: &explanation,
        rules: include_str!("openssl.tsv"),
    };
    opinion.compare(2000);
}

/// A process a chain: the files are written over each time.
fn theirs(folder: &Folder, chain: &[Certificate]) -> bool {
    let (leaf, above) = chain.split_first().unwrap();
    let (root, intermediates) = above.split_last().unwrap();
    let pem = |one: &Certificate| to_pem("CERTIFICATE", one.der());
    folder.write("leaf.pem", pem(leaf).as_bytes());
    folder.write("root.pem", pem(root).as_bytes());
    let between: String = intermediates.iter().map(pem).collect();
    folder.write("between.pem", between.as_bytes());
    let at = Time::parse(AT).unwrap().unix().to_string();
    let mut arguments = vec![
        "verify",
        "-attime",
        &at,
        "-no-CAfile",
        "-no-CApath",
        "-no-CAstore",
    ];
    arguments.extend(["-purpose", "any", "-policy_check", "-trusted", "root.pem"]);
    if !intermediates.is_empty() {
        arguments.extend(["-untrusted", "between.pem"]);
    }
    arguments.push("leaf.pem");
    let status = Command::new("openssl")
        .args(arguments)
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.unwrap().success()
}

/// The rule that explains why we refuse what they accept. There is none for what they
/// refuse and we accept: nothing was met.
fn explanation(plan: &Plan, we_accept: bool) -> Option<&'static str> {
    let places = Places(plan);
    let purposes = places.any(Trait::DocumentPurpose) && places.any(Trait::ServerPurpose);
    first_of(&[
        (
            "basic_constraints",
            !we_accept && places.any(Trait::NoBasicConstraints),
        ),
        (
            "leading_period",
            !we_accept && places.any(Trait::LeadingPeriod),
        ),
        ("common_purpose", !we_accept && purposes),
    ])
}
