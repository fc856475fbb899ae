//! Seals from the command line: at points, at keywords, riding; open, locked and in turn.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose stage cannot be set has failed"
)]

use std::fs;
use std::path::PathBuf;

use snapbox::cmd::{Command, OutputAssert};
use yinxin::Time;
use yinxin::ofd::{
    Color, Document, FontFace, Limits, OfdBuilder, Package, PageContent, PageObject,
    SignatureEntry, SignatureList, Text,
};

/// A folder of one test's own, gone when the test is, with keys, a seal and a letter of three pages
/// that names the place of the seal on the last two.
struct Stage(PathBuf);

impl Stage {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("yinxin-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let stage = Self(folder);
        let picture = r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>"#;
        fs::write(stage.0.join("seal.svg"), picture).unwrap();
        for arguments in [
            "key new --unencrypted --out @root.key",
            "cert make --authority --common-name Root --key @root.key --out @root.pem",
            "key new --unencrypted --out @signer.key",
            "cert make --common-name Signer --key @signer.key --issuer @root.pem \
             --issuer-key @root.key --out @signer.pem",
            "seal make --cert @signer.pem --key @signer.key --signer @signer.pem --name Seal \
             --id 34990000000001 --picture @seal.svg --width-mm 42 --height-mm 42 --out @seal.esl",
        ] {
            stage.run(arguments).success();
        }
        fs::write(stage.0.join("letter.ofd"), letter()).unwrap();
        stage
    }

    fn run(&self, arguments: &str) -> OutputAssert {
        let file = |argument: &str| match argument.strip_prefix('@') {
            Some(name) => self.0.join(name).into_os_string(),
            None => argument.into(),
        };
        Command::new(env!("CARGO_BIN_EXE_yinxin"))
            .env("LC_ALL", "C.UTF-8")
            .args(arguments.split_whitespace().map(file))
            .assert()
    }

    fn affix(&self, from: &str, into: &str, places: &str) -> OutputAssert {
        self.run(&format!(
            "seal affix @{from}.ofd --seal @seal.esl --cert @signer.pem --key @signer.key \
             {places} --force --out @{into}.ofd"
        ))
    }

    /// The document's signatures, after it passed.
    fn signatures(&self, name: &str) -> Vec<SignatureEntry> {
        self.run(&format!(
            "verify @{name}.ofd --policy basic --trust @root.pem --trust-maker @root.pem"
        ))
        .code(0);
        let bytes = fs::read(self.0.join(format!("{name}.ofd"))).unwrap();
        let package = Package::open(&bytes, &Limits::default()).unwrap();
        let body = Document::read(&package).unwrap().bodies.remove(0);
        let list = SignatureList::read(&package, &body.signatures.unwrap()).unwrap();
        list.entries
    }

    /// Page and upper left corner of each stamp of the newest signature.
    fn stamps(&self, name: &str) -> Vec<(String, f64, f64)> {
        let newest = self.signatures(name).pop().unwrap().file.unwrap();
        let stamps = newest.stamps.into_iter();
        stamps
            .map(|stamp| (stamp.page, stamp.boundary.x, stamp.boundary.y))
            .collect()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn letter() -> Vec<u8> {
    let mut builder = OfdBuilder::new([7; 16], Time::parse("2026-03-02").unwrap());
    let font = builder.add_font(FontFace {
        name: "宋体".to_owned(),
        family: None,
        file: None,
    });
    for text in ["第一页", "（盖章处）", "（盖章处）"] {
        let line = Text {
            x: 100.0,
            baseline: 200.0,
            size: 5.0,
            font,
            color: Color(0, 0, 0),
            text: text.to_owned(),
            advances: vec![5.0; text.chars().count() - 1],
            tag: None,
        };
        builder = builder.page(PageContent {
            width: 210.0,
            height: 297.0,
            objects: vec![PageObject::Text(line)],
        });
    }
    builder.build().unwrap()
}

fn on(pages: &[&str], x: f64, y: f64) -> Vec<(String, f64, f64)> {
    pages
        .iter()
        .map(|page| ((*page).to_owned(), x, y))
        .collect()
}

#[test]
fn a_seal_goes_where_the_flags_say() {
    let stage = Stage::new("affix-places");
    let stamps = |places: &str| {
        stage.affix("letter", "out", places).success();
        stage.stamps("out")
    };
    assert_eq!(stamps("--at 121,221"), on(&["1"], 100.0, 200.0));
    assert_eq!(
        stamps("--at 121,221 --page 1,3"),
        on(&["1", "3"], 100.0, 200.0)
    );
    assert_eq!(
        stamps("--at 121,221 --page last --lock"),
        on(&["3"], 100.0, 200.0)
    );
    // Three characters from 105 mm on; their middle is 1.8 mm above the baseline.
    let keyword = "--keyword 盖章处";
    assert_eq!(
        stamps(&format!("{keyword} --nth 1")),
        on(&["2"], 91.5, 177.2)
    );
    assert_eq!(
        stamps(&format!("{keyword} --nth last")),
        on(&["3"], 91.5, 177.2)
    );
    assert_eq!(
        stamps(&format!("{keyword} --page 3")),
        on(&["3"], 91.5, 177.2)
    );
    let moved = format!("{keyword} --all --offset -1.5,2.8");
    assert_eq!(stamps(&moved), on(&["2", "3"], 90.0, 180.0));
    let riding = "--riding right --riding-along 121 --riding-pages 2-";
    let slices = [
        ("2".to_owned(), 189.0, 100.0),
        ("3".to_owned(), 168.0, 100.0),
    ];
    assert_eq!(stamps(riding), slices);
    assert_eq!(stamps(&format!("{riding} --at 121,221")).len(), 3);
}

#[test]
fn wrong_places_are_told_apart() {
    let stage = Stage::new("affix-refusals");
    let refused = |places: &str| {
        let output = stage.affix("letter", "never", places).code(2);
        String::from_utf8_lossy(&output.get_output().stderr).into_owned()
    };
    assert!(refused("").contains("--at"));
    assert!(refused("--at 1,1 --keyword 盖章处").contains("cannot be used"));
    assert!(refused("--at 1;1").contains("X,Y"));
    assert!(refused("--at 121,221 --page 4").contains("no such page"));
    assert!(refused("--at 211,221").contains("outside the page"));
    assert!(refused("--keyword 盖章处").contains("more than once"));
    assert!(refused("--keyword 签名处").contains("does not occur"));
    assert!(refused("--keyword 盖章处 --nth 3").contains("does not occur"));
    assert!(refused("--riding right --riding-pages 2").contains("two sheets"));
    assert!(!stage.0.join("never.ofd").exists());
}

#[test]
fn others_follow_until_one_locks() {
    let stage = Stage::new("affix-order");
    stage
        .affix("letter", "first", "--at 121,221 --continue")
        .success();
    stage
        .run(
            "sign @first.ofd --cert @signer.pem --key @signer.key --shape digest \
             --relative s001 --out @second.ofd",
        )
        .success();
    let signatures = stage.signatures("second");
    assert_eq!(signatures.len(), 2);
    assert_eq!(signatures.last().unwrap().relative.as_deref(), Some("s001"));
    let shown = stage.run("inspect @second.ofd --json").success();
    let shown = String::from_utf8_lossy(&shown.get_output().stdout).into_owned();
    let listed = r#"{"id":"s003","program":"yinxin","relative":"s001","type":"Sign"}"#;
    assert!(shown.contains(listed), "{shown}");
    stage
        .affix("second", "third", "--riding left --lock")
        .success();
    let output = stage.affix("third", "fourth", "--at 121,221").code(2);
    let said = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
    assert!(said.contains("protects the list of signatures"), "{said}");
}

#[test]
fn the_policy_says_as_of_when_a_seal_is_judged() {
    let stage = Stage::new("affix-policy");
    stage
        .run(
            "seal make --cert @signer.pem --key @signer.key --signer @signer.pem --name Seal \
             --id 34990000000001 --picture @seal.svg --width-mm 42 --height-mm 42 --days 1 --force \
             --out @seal.esl",
        )
        .success();
    stage.affix("letter", "sealed", "--at 100,100").success();
    let in_three_days = Time::from_unix(
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_secs()
            .cast_signed()
            + 3 * 86_400,
    )
    .unwrap();
    let report = |flags: &str, code: i32| {
        let verdict = stage.run(&format!(
            "verify @sealed.ofd --trust @root.pem --trust-maker @root.pem --at {in_three_days} \
             --json {flags}"
        ));
        let output = verdict.code(code).get_output().stdout.clone();
        serde_json::from_slice::<serde_json::Value>(&output).unwrap()
    };
    report("--policy basic", 0);
    let strict = report(
        "--policy basic --seal-as-of evaluation --maker-rule of-edition",
        1,
    );
    assert_eq!(
        strict["policy"]["name"],
        "basic+maker-of-edition+seal-as-of-evaluation"
    );

    // The same choices in a file.
    let policy = yinxin::Policy::basic()
        .with_seal_as_of(yinxin::verify::SealAsOf::Evaluation)
        .with_maker_rule(yinxin::verify::MakerRule::OfEdition);
    fs::write(stage.0.join("policy.json"), policy.to_json()).unwrap();
    assert_eq!(report("--policy-file @policy.json", 1), strict);
    fs::write(stage.0.join("policy.json"), "{}").unwrap();
    let refused = "verify @sealed.ofd --policy-file @policy.json";
    stage.run(refused).code(2);
    stage.run(&format!("{refused} --strict")).code(2);
}
