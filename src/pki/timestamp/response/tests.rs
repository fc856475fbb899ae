use super::*;
use crate::asn1::{self, Oid, named};
use crate::crypto::{DigestAlgorithm, SignatureAlgorithm};
use crate::pki::cms::{Flavor, SignedDataBuilder, SignedShape};
use crate::pki::testing::{Party, root, time, time_stamper};
use proptest::prelude::*;

const MESSAGE: &[u8] = b"a signature value";

/// What an authority answers; by default what [`question`] asks.
struct Answer {
    message: &'static [u8],
    policy: &'static str,
    nonce: Option<u64>,
    status: u64,
    failures: Option<Vec<u8>>,
    has_token: bool,
    binds: bool,
    purposes: Vec<Oid>,
}

impl Default for Answer {
    fn default() -> Self {
        Self {
            message: MESSAGE,
            policy: "1.2.3.4",
            nonce: Some(0x8001),
            status: 0,
            failures: None,
            has_token: true,
            binds: true,
            purposes: vec![named::PURPOSE_TIME_STAMPING],
        }
    }
}

impl Answer {
    fn to_der(&self) -> Vec<u8> {
        let mut status = vec![asn1::integer(self.status)];
        status.extend(self.failures.clone());
        let mut fields = vec![asn1::sequence(&status)];
        if self.has_token {
            fields.push(self.token());
        }
        asn1::sequence(&fields)
    }

    fn token(&self) -> Vec<u8> {
        let authority: Party = time_stamper(&self.purposes, true, &root("根", 1));
        let digest = DigestAlgorithm::Sm3.digest(self.message);
        let mut info = vec![
            asn1::integer(1),
            asn1::oid(Oid::parse(self.policy).unwrap()),
            asn1::sequence(&[
                asn1::sequence(&[asn1::oid(named::SM3)]),
                asn1::octets(digest.as_bytes()),
            ]),
            asn1::integer(9),
            asn1::generalized_time(time("2026-11-22T08:00:00Z")),
        ];
        info.extend(self.nonce.map(asn1::integer));
        let builder = SignedDataBuilder::new(
            Flavor::Gm,
            SignedShape::Attached,
            authority.certificate.clone(),
            SignatureAlgorithm::Sm2Sm3,
        )
        .content_type(named::TST_INFO);
        let builder = if self.binds {
            builder.bind_certificate()
        } else {
            builder
        };
        builder
            .sign(&[&asn1::sequence(&info)], &authority.key)
            .unwrap()
    }
}

fn question() -> TimeStampRequest {
    TimeStampRequest::new(DigestAlgorithm::Sm3, MESSAGE)
        .policy(Oid::parse("1.2.3.4").unwrap())
        .nonce(&[0, 0x80, 1])
        .unwrap()
}

fn refusal(answer: &Answer) -> Error {
    question()
        .check_response(&answer.to_der(), &[])
        .unwrap_err()
}

fn part(error: &Error) -> Option<&str> {
    error
        .context()
        .find(|(key, _)| *key == "part")
        .map(|(_, value)| value)
}

#[test]
fn a_fitting_answer_gives_its_token() {
    let answer = Answer::default();
    let token = question().check_response(&answer.to_der(), &[]).unwrap();
    assert_eq!(token.raw(), answer.token());
    let with_changes = Answer {
        status: 1,
        ..Answer::default()
    };
    question()
        .check_response(&with_changes.to_der(), &[])
        .unwrap();
}

#[test]
fn an_answer_to_another_question_is_refused_by_its_part() {
    let cases = [
        (
            Answer {
                message: b"another value",
                ..Answer::default()
            },
            "imprint",
        ),
        (
            Answer {
                policy: "1.2.3.5",
                ..Answer::default()
            },
            "policy",
        ),
        (
            Answer {
                nonce: Some(0x8002),
                ..Answer::default()
            },
            "nonce",
        ),
        (
            Answer {
                nonce: None,
                ..Answer::default()
            },
            "nonce",
        ),
    ];
    for (answer, expected) in cases {
        let error = refusal(&answer);
        assert_eq!(error.kind(), ErrorKind::TimeStampMismatch);
        assert_eq!(part(&error), Some(expected));
    }
    let unasked = TimeStampRequest::new(DigestAlgorithm::Sm3, MESSAGE);
    let error = unasked
        .check_response(&Answer::default().to_der(), &[])
        .unwrap_err();
    assert_eq!(part(&error), Some("nonce"));
}

#[test]
fn a_refusal_says_status_and_failure() {
    // unacceptedPolicy is bit 15.
    let bits = asn1::tlv(Tag::BIT_STRING, &[0, 0, 1]);
    let answer = Answer {
        status: 2,
        failures: Some(bits.clone()),
        has_token: false,
        ..Answer::default()
    };
    let error = refusal(&answer);
    assert_eq!(error.kind(), ErrorKind::TimeStampRefused);
    let context: Vec<_> = error.context().collect();
    assert_eq!(
        context,
        [("status", "rejection"), ("failure", "unacceptedPolicy")]
    );

    let both = Answer {
        status: 2,
        ..Answer::default()
    };
    let neither = Answer {
        has_token: false,
        ..Answer::default()
    };
    let granted_with_failure = Answer {
        failures: Some(bits),
        ..Answer::default()
    };
    let unknown_status = Answer {
        status: 6,
        has_token: false,
        ..Answer::default()
    };
    let unknown_failure = Answer {
        status: 2,
        failures: Some(asn1::tlv(Tag::BIT_STRING, &[0, 0x40])),
        has_token: false,
        ..Answer::default()
    };
    for answer in [
        both,
        neither,
        granted_with_failure,
        unknown_status,
        unknown_failure,
    ] {
        assert_eq!(refusal(&answer).kind(), ErrorKind::Malformed);
    }
}

#[test]
fn a_token_must_name_its_certificate_and_that_must_be_for_time_stamping() {
    let unbound = Answer {
        binds: false,
        ..Answer::default()
    };
    let for_mail = Answer {
        purposes: vec![named::PURPOSE_MAIL],
        ..Answer::default()
    };
    for answer in [unbound, for_mail] {
        assert_eq!(refusal(&answer).kind(), ErrorKind::KeyMismatch);
    }
}

#[test]
fn a_changed_byte_of_the_token_is_noticed() {
    let der = Answer::default().to_der();
    // The last bytes are the signature value.
    let mut changed = der.clone();
    *changed.last_mut().unwrap() ^= 1;
    assert_eq!(
        question().check_response(&changed, &[]).unwrap_err().kind(),
        ErrorKind::SignatureMismatch
    );
    let mut longer = der;
    longer.push(0);
    assert_eq!(
        question().check_response(&longer, &[]).unwrap_err().kind(),
        ErrorKind::Malformed
    );
}

#[test]
fn a_question_is_read_back_as_it_was_written() {
    let plain = TimeStampRequest::new(DigestAlgorithm::Sha256, MESSAGE);
    for request in [question(), plain.clone(), plain.without_certificate()] {
        let again = TimeStampRequest::from_der(&request.to_der()).unwrap();
        assert_eq!(again, request);
    }
    assert_eq!(question().nonce.as_deref(), Some(&[0, 0x80, 1][..]));
    for nonce in [&[][..], &[1; 33]] {
        assert!(question().nonce(nonce).is_err());
    }
}

proptest! {
    #[test]
    fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        let _ = question().check_response(&bytes, &[]);
        let _ = TimeStampRequest::from_der(&bytes);
    }
}
