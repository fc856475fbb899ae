//! Trust lists through the command: what is taken in, and what leaves the old list in force.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test whose stage cannot be set has failed"
)]

mod common;

use std::fs;

use common::Folder;
use snapbox::cmd::OutputAssert;
use yinxin::crypto::SoftwareKey;
use yinxin::trust::list::{Envelope, PayloadKind};

/// A folder of one test's own, gone when the test is, with a root of two of three keys pinned and
/// its first list installed.
struct Stage(Folder);

const SCOPE: &str = r#"{"regions":["340000"],"issuers":"any","license_types":"any"}"#;

impl Stage {
    fn new(name: &str) -> Self {
        let stage = Self(Folder::new(name));
        for keeper in ["k1", "k2", "k3", "l1", "l2", "other", "ca"] {
            stage.run(&format!("key new --unencrypted --out @{keeper}.key"));
            stage.run(&format!(
                "cert make --authority --common-name {keeper} --key @{keeper}.key --out @{keeper}.pem"
            ));
        }
        stage.write(
            "root.plan",
            &root("试用体系", "production", 1, "2036-01-01"),
        );
        stage.ok("trust make @root.plan --key @k1.key --key @k2.key --out @root.json");
        stage.ok(&format!("trust install @root.json --pin {STORE}"));
        stage.write("list1.plan", &list(1, "2026-11-01", "2027-11-01"));
        stage.ok("trust make @list1.plan --key @l1.key --key @l2.key --out @list1.json");
        stage.ok(&format!("trust install @list1.json {STORE}"));
        stage
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    fn run(&self, arguments: &str) -> OutputAssert {
        self.0.run(arguments)
    }

    fn ok(&self, arguments: &str) -> OutputAssert {
        self.run(arguments).code(0)
    }

    fn state(&self) -> Vec<u8> {
        fs::read(self.0.join("store/trust-state.json")).unwrap()
    }

    /// The code that a document is refused with, by `check` and by `install`; the state stays.
    fn refused(&self, file: &str, code: &str) {
        let before = self.state();
        for verb in ["check", "install"] {
            let assert = self.run(&format!("trust {verb} @{file} {STORE}")).code(1);
            let talk = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
            assert!(talk.contains(&format!("[{code}]")), "{file}: {talk}");
            assert!(self.state() == before, "{file} changed what is in force");
        }
    }

    fn version(&self) -> u64 {
        let assert = self.ok(&format!("trust status --json {STORE}"));
        let status: serde_json::Value =
            serde_json::from_slice(&assert.get_output().stdout).unwrap();
        status["list_version"].as_u64().unwrap()
    }
}

const STORE: &str = "--store @store --at 2026-11-22";

fn root(name: &str, environment: &str, version: u64, expires: &str) -> String {
    format!(
        r#"{{"root":{{"name":"{name}","environment":"{environment}","version":{version},
        "issued":"2026-01-01","expires":"{expires}",
        "root":{{"threshold":2,"keys":["k1.pem","k2.pem","k3.pem"]}},
        "list":{{"threshold":2,"keys":["l1.pem","l2.pem","k3.pem"]}}}}}}"#
    )
}

fn list(version: u64, issued: &str, expires: &str) -> String {
    format!(
        r#"{{"list":{{"name":"试用体系","environment":"production","version":{version},
        "issued":"{issued}","expires":"{expires}",
        "entries":[{{"id":"ca","kind":"ca","name":"某某省 CA","certificate":"ca.pem",
        "history":[{{"from":"2020-01-01","until":null,"standing":"granted","scope":{SCOPE}}}]}}]}}}}"#
    )
}

#[test]
fn a_list_that_follows_takes_the_place_of_the_old_one() {
    let stage = Stage::new("trust-follows");
    assert_eq!(stage.version(), 1);
    stage.write("list2.plan", &list(2, "2026-11-02", "2027-11-01"));
    stage.ok("trust make @list2.plan --key @l1.key --previous @list1.json --out @half.json");
    // The second keeper signs elsewhere, on another day.
    stage.refused("half.json", "trust_threshold");
    stage.ok("trust make @half.json --key @l2.key --out @list2.json");
    stage.ok(&format!("trust check @list2.json {STORE}"));
    assert_eq!(stage.version(), 1, "a check changes nothing");
    stage.ok(&format!("trust install @list2.json {STORE}"));
    assert_eq!(stage.version(), 2);
    // The same again changes nothing; the older one is replayed in vain.
    stage.ok(&format!("trust install @list2.json {STORE}"));
    stage.refused("list1.json", "trust_rollback");
}

#[test]
fn what_may_not_come_into_force_is_refused_by_code() {
    let stage = Stage::new("trust-refused");
    let signed = |name: &str, plan: &str, previous: &str| {
        stage.write("plan", plan);
        stage.ok(&format!(
            "trust make @plan --key @l1.key --key @l2.key {previous}--force --out @{name}"
        ));
    };
    let after = "--previous @list1.json ";
    let next = || list(2, "2026-11-02", "2027-11-01");

    signed("expired.json", &list(2, "2026-11-02", "2026-11-20"), after);
    stage.refused("expired.json", "trust_expired");
    signed("future.json", &list(2, "2026-12-24", "2027-11-20"), after);
    stage.refused("future.json", "trust_clock");
    signed("fork.json", &next(), "--previous @root.json ");
    stage.refused("fork.json", "trust_fork");
    signed("twin.json", &list(1, "2026-11-03", "2027-11-01"), "");
    stage.refused("twin.json", "trust_fork");
    signed(
        "elsewhere.json",
        &next().replace("试用体系", "别的体系"),
        after,
    );
    stage.refused("elsewhere.json", "trust_role");
    signed("trial.json", &next().replace("production", "test"), after);
    stage.refused("trial.json", "trust_environment");

    stage.write("plan", &next());
    stage.ok("trust make @plan --key @other.key --previous @list1.json --out @stranger.json");
    stage.refused("stranger.json", "trust_root");
    // A key for roots does not sign lists.
    stage
        .ok("trust make @plan --key @k1.key --key @k2.key --previous @list1.json --out @role.json");
    stage.refused("role.json", "trust_root");

    stage.write("page.html", "<!DOCTYPE html><html><body>404</body></html>");
    stage.refused("page.html", "malformed");
    let good = fs::read_to_string(stage.0.join("list1.json")).unwrap();
    stage.write("kind.json", &good.replace("trust-list", "other-list"));
    stage.refused("kind.json", "unsupported");

    let empty = r#"{"list":{"name":"试用体系","environment":"production","version":1,
        "issued":"2026-11-02","expires":"2027-11-01","entries":[]}}"#;
    stage.write("plan", empty);
    let assert = stage
        .run("trust make @plan --key @l1.key --out @empty.json")
        .code(2);
    let talk = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(talk.contains("believes nobody"), "{talk}");
    // Another's program may sign what ours does not make.
    let listed = Envelope::from_bytes(good.as_bytes()).unwrap();
    let mut payload: serde_json::Value = serde_json::from_slice(listed.payload()).unwrap();
    payload["entries"] = serde_json::json!([]);
    let payload = serde_json::to_vec(&payload).unwrap();
    let mut empty = Envelope::new(PayloadKind::List, payload);
    for keeper in ["l1.key", "l2.key"] {
        let key = fs::read_to_string(stage.0.join(keeper)).unwrap();
        empty
            .sign(&SoftwareKey::from_pem(&key, None).unwrap())
            .unwrap();
    }
    fs::write(stage.0.join("empty.json"), empty.to_bytes()).unwrap();
    stage.refused("empty.json", "trust_empty");
    assert_eq!(stage.version(), 1);
}

#[test]
fn a_root_is_pinned_once_and_then_changed_by_both() {
    let stage = Stage::new("trust-roots");
    stage
        .run(&format!("trust install @root.json --pin {STORE}"))
        .code(2);
    stage.write(
        "root2.plan",
        &root("试用体系", "production", 2, "2037-01-01"),
    );
    stage.ok("trust make @root2.plan --key @k1.key --out @root2.half");
    stage.refused("root2.half", "trust_threshold");
    stage.ok("trust make @root2.half --key @k3.key --out @root2.json");
    stage.ok(&format!("trust install @root2.json {STORE}"));
    assert_eq!(stage.version(), 1, "the list in force stays");
    // A clock set back is noticed by what was seen before.
    let back = "trust install @list1.json --store @store --at 2026-10-01";
    let assert = stage.run(back).code(1);
    let talk = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(talk.contains("[trust_clock]"), "{talk}");

    let other = "--store @fresh --at 2026-11-22";
    stage
        .run(&format!("trust install @list1.json {other}"))
        .code(2);
    stage.write("trial.plan", &root("试用体系", "test", 1, "2037-01-01"));
    stage.ok("trust make @trial.plan --key @k1.key --key @k2.key --out @trial.json");
    let assert = stage
        .run(&format!("trust install @trial.json --pin {other}"))
        .code(1);
    let talk = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(talk.contains("[trust_environment]"), "{talk}");
    stage.ok(&format!("trust install @trial.json --pin --test {other}"));
}

#[test]
fn documents_and_the_store_are_shown() {
    let stage = Stage::new("trust-shown");
    for (what, expected) in [
        ("show @root.json --lang en", "threshold  2"),
        ("show @list1.json --lang en", "340000"),
        (
            "status --lang zh --store @store --at 2026-11-30",
            "stale-warn",
        ),
        (
            "status --lang zh --store @store --at 2026-12-30",
            "stale-stop",
        ),
        ("status --lang zh --store @store --at 2026-11-05", "fresh"),
    ] {
        let assert = stage.ok(&format!("trust {what}"));
        let shown = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
        assert!(shown.contains(expected), "{what}: {shown}");
    }
    stage.run("trust status --store @nowhere").code(2);
}

#[test]
fn a_pack_is_made_shown_and_checked() {
    let stage = Stage::new("trust-pack");
    let plan = |list: &str, expires: &str| {
        format!(
            r#"{{"pack":{{"name":"试用体系","environment":"production","issued":"2026-11-20",
            "expires":"{expires}","list":"{list}","seal_revocations":["seals.json"]}}}}"#
        )
    };
    let seals = r#"{"asOf":"2026-11-21T00:00:00Z","revocationList":[]}"#;
    stage.write("seals.json", seals);
    let make = |name: &str, plan: &str, keys: &str| {
        stage.write("plan", plan);
        stage.ok(&format!(
            "trust pack make @plan {keys} --force --out @{name}"
        ));
    };
    let both = "--key @l1.key --key @l2.key";
    make("good.yxpack", &plan("list1.json", "2026-11-29"), both);
    let assert = stage.ok("trust pack show @good.yxpack --lang en");
    let shown = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    assert!(
        shown.contains("trust-pack") && shown.contains("2026-11-21"),
        "{shown}"
    );
    stage.ok(&format!("trust pack check @good.yxpack {STORE}"));

    make(
        "half.yxpack",
        &plan("list1.json", "2026-11-29"),
        "--key @l1.key",
    );
    stage.refused("half.yxpack", "trust_threshold");
    make("old.yxpack", &plan("list1.json", "2026-11-21"), both);
    stage.refused("old.yxpack", "trust_expired");
    // An older list does not come back in a pack.
    stage.write("list2.plan", &list(2, "2026-11-02", "2027-11-01"));
    stage.ok(&format!(
        "trust make @list2.plan {both} --previous @list1.json --out @list2.json"
    ));
    stage.ok(&format!("trust install @list2.json {STORE}"));
    stage.refused("good.yxpack", "trust_rollback");
    // A part that cannot be read is noticed when the pack is made.
    stage.write("seals.json", "{}");
    stage.write("plan", &plan("list2.json", "2026-11-29"));
    stage
        .run(&format!("trust pack make @plan {both} --out @bad.yxpack"))
        .code(2);
}

const ANY: &str = r#"{"regions":"any","issuers":"any","license_types":"any"}"#;

/// A plan whose entries come from somewhere else.
fn sourced(version: u64, source: &str) -> String {
    format!(
        r#"{{"list":{{"name":"试用体系","environment":"production","version":{version},
        "issued":"2026-11-01","expires":"2027-11-01",{source}}}}}"#
    )
}

fn show(stage: &Stage, file: &str) -> serde_json::Value {
    let assert = stage.ok(&format!("trust show @{file} --json"));
    serde_json::from_slice(&assert.get_output().stdout).unwrap()
}

#[test]
fn a_folder_of_certificates_becomes_entries() {
    let stage = Stage::new("trust-folder");
    fs::create_dir(stage.0.join("cas")).unwrap();
    fs::create_dir(stage.0.join("cas/old")).unwrap();
    let pem = |name: &str| fs::read_to_string(stage.0.join(name)).unwrap();
    // Two in one file, and one that stands there twice.
    stage.write("cas/b.pem", &(pem("ca.pem") + &pem("other.pem")));
    stage.write("cas/a.crt", &pem("ca.pem"));
    stage.write("cas/.hidden", "no certificate");
    let source =
        format!(r#""folders":[{{"path":"cas","kind":"tsa","from":"2021-01-01","scope":{ANY}}}]"#);
    stage.write("list2.plan", &sourced(2, &source));
    let keys = "--key @l1.key --key @l2.key";
    stage.ok(&format!(
        "trust make @list2.plan {keys} --previous @list1.json --out @list2.json"
    ));
    stage.ok(&format!("trust install @list2.json {STORE}"));
    let list = show(&stage, "list2.json");
    let entries = list["anchors"].as_array().unwrap();
    let ids: Vec<_> = entries
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 3);
    assert!(ids.iter().all(|id| id.starts_with("tsa-")), "{ids:?}");
    assert_eq!(ids[1], format!("{}-2", ids[0]));
    assert_eq!(
        entries[0]["history"][0]["valid_from"],
        "2021-01-01T00:00:00Z"
    );
    assert_eq!(entries[0]["name"], "ca");
    // Anything that is no certificate is a mistake, and so is an empty folder.
    stage.write("cas/c.pem", "no certificate");
    stage
        .run(&format!("trust make @list2.plan {keys} --out @x.json"))
        .code(2);
    let source = format!(r#""folders":[{{"path":"cas/old","kind":"ca","scope":{ANY}}}]"#);
    stage.write("empty.plan", &sourced(2, &source));
    stage
        .run(&format!("trust make @empty.plan {keys} --out @x.json"))
        .code(2);
}

/// A trusted list of one authority, granted since 2016.
fn trusted_list(certificate: &str, next: &str) -> String {
    let uri = "http://uri.etsi.org/TrstSvc";
    let base64: String = certificate
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    format!(
        r#"<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"><SchemeInformation>
        <SchemeOperatorName><Name xml:lang="en">Operator</Name></SchemeOperatorName>
        <NextUpdate>{next}</NextUpdate></SchemeInformation>
        <TrustServiceProviderList><TrustServiceProvider><TSPServices><TSPService><ServiceInformation>
        <ServiceTypeIdentifier>{uri}/Svctype/CA/QC</ServiceTypeIdentifier>
        <ServiceDigitalIdentity><DigitalId><X509Certificate>{base64}</X509Certificate></DigitalId>
        </ServiceDigitalIdentity><ServiceStatus>{uri}/TrustedList/Svcstatus/granted</ServiceStatus>
        <StatusStartingTime>2016-07-01T00:00:00Z</StatusStartingTime></ServiceInformation></TSPService>
        </TSPServices></TrustServiceProvider></TrustServiceProviderList></TrustServiceStatusList>"#
    )
}

#[test]
fn a_trusted_list_counts_only_on_the_callers_word() {
    let stage = Stage::new("trust-etsi");
    let pem = fs::read_to_string(stage.0.join("ca.pem")).unwrap();
    let next = |time: &str| format!("<dateTime>{time}</dateTime>");
    stage.write("tl.xml", &trusted_list(&pem, &next("2027-01-01T00:00:00Z")));
    let source = format!(r#""etsi_lists":[{{"file":"tl.xml","kinds":["ca"],"scope":{ANY}}}]"#);
    stage.write("list2.plan", &sourced(2, &source));
    let make = "trust make @list2.plan --key @l1.key --key @l2.key --previous @list1.json";
    let talk =
        |assert: &OutputAssert| String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    let refused = stage.run(&format!("{make} --out @list2.json")).code(2);
    assert!(talk(&refused).contains("--unverified-lists"));
    assert!(!stage.0.join("list2.json").exists());
    let made = stage.ok(&format!("{make} --unverified-lists --out @list2.json"));
    assert!(talk(&made).contains("XML"), "{}", talk(&made));
    stage.ok(&format!("trust install @list2.json {STORE}"));
    let entry = &show(&stage, "list2.json")["anchors"][0];
    assert_eq!(entry["kind"], "ca");
    assert_eq!(entry["history"][0]["valid_from"], "2016-07-01T00:00:00Z");
    // One that was due to be replaced, or is closed, tells nothing of today.
    for stale in [next("2026-10-31T00:00:00Z"), String::new()] {
        stage.write("tl.xml", &trusted_list(&pem, &stale));
        stage
            .run(&format!("{make} --unverified-lists --out @x.json"))
            .code(2);
    }
    stage.write("tl.xml", "<html>404</html>");
    stage
        .run(&format!("{make} --unverified-lists --out @x.json"))
        .code(2);
}
