use yinxin::asn1::named;
use yinxin::crypto::{Signer, SoftwareKey};
use yinxin::pki::{CertificateBuilder, Name};

use super::*;

fn certificate(name: &str) -> String {
    let key = SoftwareKey::from_sm2_scalar(&[7; 32]).unwrap();
    let subject = Name::build(&[(named::COMMON_NAME, name)]).unwrap();
    let (from, until) = (at("2020-01-01"), at("2040-01-01"));
    let built = CertificateBuilder::new(subject, key.public_key().clone(), &[1], from, until)
        .authority(None)
        .self_sign(&key)
        .unwrap();
    STANDARD.encode(built.der())
}

fn at(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn status(word: &str, since: &str) -> String {
    format!(
        "<ServiceStatus>{STATUSES}{word}</ServiceStatus>\
         <StatusStartingTime>{since}</StatusStartingTime>"
    )
}

fn information(kind: &str, status: &str, rest: &str) -> String {
    format!(
        "<ServiceTypeIdentifier>{TYPES}{kind}</ServiceTypeIdentifier>\
         <ServiceName><Name xml:lang=\"de\">Dienst</Name><Name xml:lang=\"en\">Service</Name></ServiceName>\
         <ServiceDigitalIdentity><DigitalId><X509Certificate>\n {} \n</X509Certificate></DigitalId>\
         <DigitalId><X509SKI>AAAA</X509SKI></DigitalId></ServiceDigitalIdentity>{status}{rest}",
        certificate(kind)
    )
}

fn service(information: &str, history: &str) -> String {
    format!(
        "<TSPService><ServiceInformation>{information}</ServiceInformation>\
         <ServiceHistory>{history}</ServiceHistory></TSPService>"
    )
}

fn list(services: &str) -> String {
    format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <TrustServiceStatusList xmlns=\"{NAMESPACE}\" TSLTag=\"x\"><SchemeInformation>\
         <SchemeOperatorName><Name xml:lang=\"en\">Operator</Name></SchemeOperatorName>\
         <NextUpdate><dateTime>2026-12-31T00:00:00.000Z</dateTime></NextUpdate></SchemeInformation>\
         <TrustServiceProviderList><TrustServiceProvider><TSPInformation><TSPName>\
         <Name xml:lang=\"en\">Provider</Name></TSPName></TSPInformation>\
         <TSPServices>{services}</TSPServices></TrustServiceProvider></TrustServiceProviderList>\
         </TrustServiceStatusList>"
    )
}

fn read(services: &[String]) -> EtsiList {
    EtsiList::read(list(&services.concat()).as_bytes()).unwrap()
}

fn granted() -> String {
    status("granted", "2016-06-30T22:00:00Z")
}

fn extension(critical: bool, content: &str) -> String {
    format!(
        "<ServiceInformationExtensions><Extension Critical=\"{critical}\">{content}</Extension>\
         </ServiceInformationExtensions>"
    )
}

fn for_purpose(word: &str) -> String {
    let uri = format!("<URI xml:lang=\"en\">{PURPOSES}{word}</URI>");
    extension(
        true,
        &format!("<AdditionalServiceInformation>{uri}</AdditionalServiceInformation>"),
    )
}

#[test]
fn services_of_three_types_are_taken_with_their_names() {
    let services = [
        "CA/QC",
        "TSA/QTST",
        "Certstatus/OCSP/QC",
        "CA/PKC",
        "Unknown",
    ]
    .map(|kind| service(&information(kind, &granted(), ""), ""));
    let list = read(&services);
    assert_eq!(list.operator, "Operator");
    assert_eq!(list.next_update, Some(at("2026-12-31")));
    let kinds: Vec<_> = list.services.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [EntryKind::Ca, EntryKind::Tsa, EntryKind::Ocsp]);
    assert_eq!(list.passed_over, 2);
    let first = &list.services[0];
    assert_eq!(first.name, "Provider: Service");
    assert_eq!(first.certificates.len(), 1);
    assert_eq!(
        first.history,
        [(at("2016-06-30T22:00:00Z"), Standing::Granted)]
    );
}

#[test]
fn history_is_put_in_order_and_kept() {
    let was = |word, since: &str| {
        format!(
            "<ServiceHistoryInstance>{}</ServiceHistoryInstance>",
            information("CA/QC", &status(word, since), "")
        )
    };
    let now = information("CA/QC", &status("withdrawn", "2024-01-01T00:00:00Z"), "");
    let past =
        was("granted", "2016-07-01T00:00:00Z") + &was("undersupervision", "2010-01-01T00:00:00Z");
    let list = read(&[service(&now, &past)]);
    let expected = [
        (at("2010-01-01"), Standing::Granted),
        (at("2016-07-01"), Standing::Granted),
        (at("2024-01-01"), Standing::Withdrawn),
    ];
    assert_eq!(list.services[0].history, expected);
    // What it was before it became qualified was not granted for this.
    let other = past.replacen("CA/QC", "CA/PKC", 1);
    let list = read(&[service(&now, &other)]);
    assert_eq!(list.services[0].history[1].1, Standing::Withdrawn);
    // A status of no known name leaves the whole service out, now or then.
    for (now, past) in [
        (status("blessed", "2024-01-01T00:00:00Z"), String::new()),
        (granted(), was("blessed", "2010-01-01T00:00:00Z")),
        (granted(), was("granted", "2016-06-30T22:00:00Z")),
    ] {
        let list = read(&[service(&information("CA/QC", &now, ""), &past)]);
        assert_eq!((list.services.len(), list.passed_over), (0, 1));
    }
}

#[test]
fn extensions_decide_what_a_service_is_for() {
    for (extensions, taken) in [
        (for_purpose("ForeSignatures"), true),
        (for_purpose("ForeSeals"), true),
        (for_purpose("ForWebSiteAuthentication"), false),
        (for_purpose("RootCA-QC"), true),
        (extension(true, "<Qualifications/>"), true),
        (extension(true, "<TakenOverBy/>"), false),
        (extension(false, "<TakenOverBy/>"), true),
        (extension(true, ""), false),
    ] {
        let list = read(&[service(&information("CA/QC", &granted(), &extensions), "")]);
        assert_eq!(list.services.len(), usize::from(taken), "{extensions}");
    }
}

#[test]
fn what_is_no_list_is_refused_by_what_is_wrong() {
    let flaw = |text: &str| EtsiList::read(text.as_bytes()).err().unwrap();
    assert_eq!(flaw("<html><body>404</body></html>"), Flaw::NotAList);
    assert_eq!(flaw("{}"), Flaw::NotXml);
    let good = list("");
    assert_eq!(flaw(&good.replace(NAMESPACE, "urn:other")), Flaw::NotAList);
    let bomb = good.replace("?>", "?><!DOCTYPE x [<!ENTITY a \"b\">]>");
    assert_eq!(flaw(&bomb), Flaw::NotXml);
    let undated = good.replace("2026-12-31T00:00:00.000Z", "soon");
    assert_eq!(flaw(&undated), Flaw::Element("NextUpdate"));
    let closed = good.replace("<dateTime>2026-12-31T00:00:00.000Z</dateTime>", "");
    assert_eq!(EtsiList::read(closed.as_bytes()).unwrap().next_update, None);
}
