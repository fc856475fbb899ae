//! The report's contract: canonical JSON that its schema describes, a verdict that is never empty,
//! and a text for every code.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use yinxin::FindingCode;
use yinxin::license::Claims;
use yinxin::ses::Layout;
use yinxin::sign::{Request, prepare};
use yinxin::verify::{
    Axis, CheckCode, Language, NotChecked, Outcome, Policy, Reason, Report, Verifier,
};

use crate::pki::{self, Archive, SIGNED_AT, Unsigned, now, time, world};

/// Reports of every kind of input and verdict.
fn reports() -> Vec<Report> {
    let world = world();
    let sealed = pki::sealed_ofd();
    let archive = Archive::read(&sealed);
    let mut tampered = archive.clone();
    tampered.edit("OFD.xml", "张三", "李四");
    let value = archive.get(&archive.find("SignedValue.dat")).to_vec();
    let message = Request::sign(world.signer.certificate.clone(), time(SIGNED_AT));
    let signed = prepare(&sealed, message).unwrap();
    let mut odd = Unsigned::of(&pki::business_license());
    let holder = odd.page.iter_mut().find(|(tag, _)| tag == "CZZT").unwrap();
    holder.1 = "\u{202e}[31m\"\\某</\u{2028}".to_owned();
    let inputs = [
        sealed.clone(),
        tampered.write(),
        pki::sealed_pdf(),
        pki::unsigned_ofd(),
        pki::unsigned_pdf(),
        odd.ofd(),
        signed.sign(&world.signer.key).unwrap(),
        pki::seal_of(Layout::Gmt0031_2014).raw().to_vec(),
        value,
        b"neither".to_vec(),
        Vec::new(),
    ];
    let verifiers = [
        Verifier::new(Policy::window()),
        pki::verifier(),
        pki::verifier()
            .with_crl(world.signer_crl.clone())
            .with_crl(world.revoking_crl.clone()),
        Verifier::new(Policy::archive().strict()),
    ];
    let judged = verifiers
        .iter()
        .flat_map(|verifier| inputs.iter().map(|input| verifier.verify(input, now())));
    judged.collect()
}

#[test]
fn every_report_fits_its_schema_with_keys_in_its_order() {
    let schema = parse(&read("docs/schema/report.v1.json"));
    let reports = reports();
    assert_eq!(reports.len(), 44);
    for report in &reports {
        let json = report.to_json();
        let mut errors = Vec::new();
        Schema { root: &schema }.check(&schema, &parse(&json), "report", &mut errors);
        assert!(errors.is_empty(), "{errors:#?}\n{json}");
    }
    let outcomes: std::collections::BTreeSet<_> =
        reports.iter().map(|report| report.outcome).collect();
    assert_eq!(outcomes.len(), 3, "each outcome was seen");
}

/// A schema that accepts anything would prove nothing.
#[test]
fn the_schema_refuses_what_is_no_report() {
    let schema = parse(&read("docs/schema/report.v1.json"));
    let json = pki::judge(&pki::sealed_ofd()).to_json();
    let changes = [
        ("\"schema\":\"yinxin.report/1\",", ""),
        ("\"outcome\":\"passed\"", "\"outcome\":\"good\""),
        ("\"outcome\":\"passed\"", "\"outcome\":true"),
        ("\"size\":", "\"more\":0,\"size\":"),
        ("\"size\":", "\"size\":1.5,\"sizes\":"),
        ("\"code\":\"path.anchor\"", "\"code\":\"path.ankor\""),
        ("T08:00:00Z", "T08:00:00+08:00"),
        (
            "\"policy\":{\"name\":\"basic\",\"version\":1}",
            "\"policy\":{\"version\":1,\"name\":\"basic\"}",
        ),
    ];
    for (from, to) in changes {
        assert!(json.contains(from), "{from}");
        let wrong = parse(&json.replacen(from, to, 1));
        let mut errors = Vec::new();
        Schema { root: &schema }.check(&schema, &wrong, "report", &mut errors);
        assert!(!errors.is_empty(), "{from} -> {to}");
    }
}

#[test]
fn the_schema_lists_every_code() {
    let schema = parse(&read("docs/schema/report.v1.json"));
    let listed = |name: &str| -> Vec<String> {
        let list = schema.get("$defs").get(name).get("enum");
        list.items().iter().map(Node::text).collect()
    };
    let names = |all: Vec<&str>| -> Vec<String> { all.into_iter().map(str::to_owned).collect() };
    let codes = CheckCode::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(listed("checkCode"), names(codes));
    let reasons = Reason::ALL.iter().map(|reason| reason.name()).collect();
    assert_eq!(listed("reason"), names(reasons));
    let findings = FindingCode::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(listed("findingCode"), names(findings));
}

#[test]
fn every_object_of_the_schema_is_closed() {
    fn walk(node: &Node, open: &mut usize) {
        if let Node::Object(members) = node {
            let is = |key: &str| members.iter().any(|(name, _)| name == key);
            if is("properties") || node.try_get("type").is_some_and(|t| t.is("object")) {
                match node.try_get("additionalProperties") {
                    Some(Node::Scalar(text)) => assert_eq!(text, "false"),
                    Some(_) => *open += 1,
                    None => panic!("an object without additionalProperties: {node:?}"),
                }
            }
            members.iter().for_each(|(_, member)| walk(member, open));
        }
        if let Node::Array(items) = node {
            items.iter().for_each(|item| walk(item, open));
        }
    }
    let mut open = 0;
    walk(&parse(&read("docs/schema/report.v1.json")), &mut open);
    // A check's facts and a license's face fields have names of their own.
    assert_eq!(open, 2);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let json = |report: &Report| report.to_json();
    let (one, other): (Vec<_>, Vec<_>) = (
        reports().iter().map(json).collect(),
        reports().iter().map(json).collect(),
    );
    assert_eq!(one, other);
}

/// Compact, no floats, no control characters: one form only.
#[test]
fn the_json_has_one_form() {
    for report in reports() {
        let json = report.to_json();
        assert_eq!(parse(&json).write(), json);
        assert!(!json.chars().any(char::is_control));
    }
}

#[test]
fn nothing_checked_is_never_passed() {
    for policy in [Policy::basic(), Policy::window(), Policy::archive()] {
        let verifier = Verifier::new(policy);
        for input in [&b""[..], b"x", &pki::unsigned_ofd(), &pki::unsigned_pdf()] {
            let report = verifier.verify(input, now());
            assert_eq!(report.outcome, Outcome::Failed);
            assert_ne!(report.axes.trusted, Outcome::Passed);
        }
    }
    // Also when the policy asks for nothing at all.
    let nothing = r#"{"name":"nothing","version":1,"required":[],"reading":"interop","weak_algorithms":"admit","annexes":"free"}"#;
    let verifier = Verifier::new(Policy::from_json(nothing).unwrap());
    for input in [&b""[..], b"x", &pki::unsigned_ofd(), &pki::unsigned_pdf()] {
        assert_ne!(verifier.verify(input, now()).outcome, Outcome::Passed);
    }
}

/// A document without license data and without a seal may be anything: open, not failed.
#[test]
fn an_ordinary_document_without_a_seal_is_open() {
    let mut blank = Unsigned::of(&pki::business_license());
    blank.page = vec![("title".to_owned(), "通知".to_owned())];
    blank.properties.clear();
    blank.attachment = b"[]".to_vec();
    for document in [blank.ofd(), blank.pdf()] {
        let report = pki::judge(&document);
        assert_eq!(
            report.outcome,
            Outcome::Indeterminate,
            "{}",
            report.to_json()
        );
        assert_eq!(report.headline, Some(CheckCode::DocumentSigned));
    }
}

#[test]
fn what_a_policy_does_not_ask_is_named_as_not_checked() {
    let report = pki::judge(&pki::sealed_ofd());
    assert_eq!(report.outcome, Outcome::Passed);
    let codes: Vec<_> = report.not_checked.iter().map(|entry| entry.code).collect();
    for code in [
        CheckCode::RevocationSigner,
        CheckCode::RevocationMaker,
        CheckCode::AuthorityMaker,
        CheckCode::AuthorityIssuer,
        CheckCode::LicenseStatus,
    ] {
        assert!(codes.contains(&code), "{}", code.name());
    }
    let needs = |entry: &NotChecked| !entry.needs.is_empty();
    assert!(report.not_checked.iter().all(needs));
    // Where the policy asks, the same holds the verdict open.
    let world = world();
    let anchors = pki::verifier();
    let window = Verifier::new(Policy::window())
        .with_anchor(
            yinxin::trust::AnchorRole::Signer,
            world.signer_authority.certificate.clone(),
        )
        .with_anchor(
            yinxin::trust::AnchorRole::Maker,
            world.maker_authority.certificate.clone(),
        );
    assert_eq!(anchors.policy().name(), "basic");
    let report = window.verify(&pki::sealed_ofd(), now());
    assert_eq!(report.outcome, Outcome::Indeterminate);
    assert_eq!(report.headline, Some(CheckCode::RevocationSigner));
}

#[test]
fn every_code_has_texts_in_both_languages() {
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for code in CheckCode::ALL {
        assert!(chinese(Language::ZhCn.check(*code)), "{}", code.name());
        let english = Language::En.check(*code);
        assert!(!english.is_empty() && english.is_ascii(), "{}", code.name());
    }
    for code in FindingCode::ALL {
        assert!(chinese(Language::ZhCn.finding(*code)), "{}", code.name());
        assert!(!Language::En.finding(*code).is_empty(), "{}", code.name());
    }
}

/// `docs/checks.md` is written from the code: `YINXIN_BLESS=1 cargo test --test it checks_page`.
#[test]
fn the_checks_page_is_that_of_the_code() {
    let page = checks_page();
    if std::env::var_os("YINXIN_BLESS").is_some() {
        std::fs::write(root().join("docs/checks.md"), &page).unwrap();
    }
    assert!(
        read("docs/checks.md") == page,
        "docs/checks.md is not what the code says: run with YINXIN_BLESS=1"
    );
}

fn checks_page() -> String {
    let mut page = "# Check codes\n\n\
        Written from `src/verify`; do not edit. A report's headline is the first failing code in \
        this order, else the first required one that could not be judged.\n\n\
        | code | axis | question | 名称 |\n|---|---|---|---|\n"
        .to_owned();
    for code in CheckCode::ALL {
        let axis = match code.axis() {
            Axis::Authentic => "authentic",
            Axis::Trusted => "trusted",
            Axis::InForce => "in force",
        };
        page.push_str(&format!(
            "| `{}` | {axis} | {} | {} |\n",
            code.name(),
            code.question().trim(),
            Language::ZhCn.check(*code)
        ));
    }
    page.push_str("\n## Reasons\n\n| reason | cause | 原因 | 建议 |\n|---|---|---|---|\n");
    for reason in Reason::ALL {
        let (english, chinese) = (Language::En.advice(*reason), Language::ZhCn.advice(*reason));
        page.push_str(&format!(
            "| `{}` | {} | {} | {} |\n",
            reason.name(),
            english.cause,
            chinese.cause,
            chinese.remedy
        ));
    }
    page
}

#[test]
fn claims_of_a_report_hide_from_debug() {
    let report = pki::judge(&pki::sealed_ofd());
    let claims: &Claims = &report.license.as_ref().unwrap().claims;
    let shown = format!("{claims:?}");
    assert!(!shown.contains("张三"), "{shown}");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// JSON that keeps the order of its keys; scalars as they are written.
#[derive(Clone, Debug, PartialEq)]
enum Node {
    Object(Vec<(String, Node)>),
    Array(Vec<Node>),
    Text(String),
    Scalar(String),
}

fn parse(json: &str) -> Node {
    serde_json::from_str(json).unwrap()
}

impl Node {
    fn try_get(&self, key: &str) -> Option<&Node> {
        let Node::Object(members) = self else {
            return None;
        };
        members
            .iter()
            .find(|member| member.0 == key)
            .map(|member| &member.1)
    }

    fn get(&self, key: &str) -> &Node {
        self.try_get(key).unwrap_or_else(|| panic!("no {key}"))
    }

    fn items(&self) -> &[Node] {
        match self {
            Node::Array(items) => items,
            _ => panic!("no array: {self:?}"),
        }
    }

    fn text(&self) -> String {
        match self {
            Node::Text(text) => text.clone(),
            _ => panic!("no text: {self:?}"),
        }
    }

    fn is(&self, text: &str) -> bool {
        matches!(self, Node::Text(own) if own == text)
    }

    fn kind(&self) -> &'static str {
        match self {
            Node::Object(_) => "object",
            Node::Array(_) => "array",
            Node::Text(_) => "string",
            Node::Scalar(text) => match text.as_str() {
                "null" => "null",
                "true" | "false" => "boolean",
                number if number.contains(['.', 'e', 'E']) => "number",
                _ => "integer",
            },
        }
    }

    fn write(&self) -> String {
        match self {
            Node::Object(members) => {
                let members: Vec<_> = members
                    .iter()
                    .map(|(key, value)| {
                        format!("{}:{}", serde_json::to_string(key).unwrap(), value.write())
                    })
                    .collect();
                format!("{{{}}}", members.join(","))
            }
            Node::Array(items) => {
                let items: Vec<_> = items.iter().map(Node::write).collect();
                format!("[{}]", items.join(","))
            }
            Node::Text(text) => serde_json::to_string(text).unwrap(),
            Node::Scalar(text) => text.clone(),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NodeVisitor;
        impl<'de> Visitor<'de> for NodeVisitor {
            type Value = Node;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Node::Object(members))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Node::Array(items))
            }
            fn visit_str<E>(self, text: &str) -> Result<Node, E> {
                Ok(Node::Text(text.to_owned()))
            }
            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Scalar("null".to_owned()))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
                Ok(Node::Scalar(value.to_string()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
                Ok(Node::Scalar(value.to_string()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
                Ok(Node::Scalar(value.to_string()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
                Ok(Node::Scalar(format!("{value:?}")))
            }
        }
        deserializer.deserialize_any(NodeVisitor)
    }
}

/// As much of JSON Schema 2020-12 as the report's schema uses, and the order of keys besides.
struct Schema<'a> {
    root: &'a Node,
}

impl Schema<'_> {
    fn check(&self, schema: &Node, value: &Node, at: &str, errors: &mut Vec<String>) {
        let Node::Object(rules) = schema else {
            panic!("a schema is an object");
        };
        for (keyword, rule) in rules {
            let fits = match keyword.as_str() {
                "$ref" => {
                    let name = rule.text();
                    let name = name.strip_prefix("#/$defs/").unwrap();
                    self.check(self.root.get("$defs").get(name), value, at, errors);
                    true
                }
                "anyOf" => rule.items().iter().any(|option| {
                    let mut own = Vec::new();
                    self.check(option, value, at, &mut own);
                    own.is_empty()
                }),
                "type" => match rule {
                    Node::Array(kinds) => kinds.iter().any(|kind| kind.is(value.kind())),
                    kind => kind.is(value.kind()),
                },
                "const" => rule == value,
                "enum" => rule.items().contains(value),
                "minimum" => !value.write().starts_with('-'),
                // As the standard has it, a keyword for another type says nothing.
                "pattern" => match value {
                    Node::Text(text) => matches(&rule.text(), text),
                    _ => true,
                },
                "items" => {
                    if let Node::Array(items) = value {
                        for (index, item) in items.iter().enumerate() {
                            self.check(rule, item, &format!("{at}[{index}]"), errors);
                        }
                    }
                    true
                }
                "properties" => {
                    self.members(rule, schema, value, at, errors);
                    true
                }
                "required" => {
                    let has = |key: &Node| value.try_get(&key.text()).is_some();
                    value.kind() != "object" || rule.items().iter().all(has)
                }
                "additionalProperties" => {
                    self.others(rule, schema, value, at, errors);
                    true
                }
                "$schema" | "$id" | "$defs" | "title" | "description" => true,
                other => panic!("the schema uses {other}"),
            };
            if !fits {
                errors.push(format!("{at}: {keyword}"));
            }
        }
    }

    /// Known keys by their schemas, in its order.
    fn members(
        &self,
        rule: &Node,
        schema: &Node,
        value: &Node,
        at: &str,
        errors: &mut Vec<String>,
    ) {
        let (Node::Object(known), Node::Object(members)) = (rule, value) else {
            return;
        };
        let places: Vec<_> = members
            .iter()
            .filter_map(|(key, _)| known.iter().position(|(name, _)| name == key))
            .collect();
        if !places.windows(2).all(|pair| pair[0] < pair[1]) {
            errors.push(format!("{at}: the order of its keys"));
        }
        let closed = schema.get("additionalProperties") == &Node::Scalar("false".to_owned());
        if !closed
            && !members
                .iter()
                .take(places.len())
                .all(|(key, _)| rule.try_get(key).is_some())
        {
            errors.push(format!("{at}: known keys come first"));
        }
        for (key, member) in members {
            if let Some(rule) = rule.try_get(key) {
                self.check(rule, member, &format!("{at}.{key}"), errors);
            }
        }
    }

    fn others(&self, rule: &Node, schema: &Node, value: &Node, at: &str, errors: &mut Vec<String>) {
        let Node::Object(members) = value else { return };
        for (key, member) in members {
            if schema
                .try_get("properties")
                .is_some_and(|known| known.try_get(key).is_some())
            {
                continue;
            }
            match rule {
                Node::Scalar(_) => errors.push(format!("{at}: no key {key} is known")),
                rule => self.check(rule, member, &format!("{at}.{key}"), errors),
            }
        }
    }
}

/// The few patterns of the schema: literals, character classes and counts.
fn matches(pattern: &str, text: &str) -> bool {
    let anchored_end = pattern.ends_with('$');
    let pattern = pattern.trim_start_matches('^').trim_end_matches('$');
    let mut rest = text.chars().peekable();
    let mut pattern = pattern.chars().peekable();
    while let Some(symbol) = pattern.next() {
        let class: Vec<char> = if symbol == '[' {
            let inside: Vec<char> = pattern.by_ref().take_while(|c| *c != ']').collect();
            inside
                .split(|c| *c == '-')
                .zip(inside.split(|c| *c == '-').skip(1))
                .flat_map(|(low, high)| *low.last().unwrap()..=high[0])
                .collect()
        } else {
            vec![symbol]
        };
        let (least, most) = match pattern.peek() {
            Some('*') => {
                pattern.next();
                (0, usize::MAX)
            }
            Some('{') => {
                pattern.next();
                let count: String = pattern.by_ref().take_while(|c| *c != '}').collect();
                let count = count.parse().unwrap();
                (count, count)
            }
            _ => (1, 1),
        };
        let mut taken = 0;
        while taken < most && rest.next_if(|c| class.contains(c)).is_some() {
            taken += 1;
        }
        if taken < least {
            return false;
        }
    }
    !anchored_end || rest.peek().is_none()
}

#[test]
fn patterns_are_matched() {
    let time = "^[0-9]{4}-[0-9]{2}T[0-9]{2}Z$";
    assert!(matches(time, "2026-11T08Z"));
    for wrong in ["2026-11T08", "026-11T08Z", "2026-11T08Zx", "2026-1aT08Z"] {
        assert!(!matches(time, wrong), "{wrong}");
    }
    assert!(matches("^[0-9a-f]*$", "") && matches("^[0-9a-f]*$", "09af"));
    assert!(!matches("^[0-9a-f]*$", "0g"));
    assert!(matches("^yinxin [0-9]", "yinxin 0.1.0"));
}
