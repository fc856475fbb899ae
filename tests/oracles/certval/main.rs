//! Judges certification paths with certval: RFC 5280 6.1 with the anchor held to what it says (RFC 5937),
//! without revocation.
//!
//! The argument is the time in seconds since 1970. A path on standard input is the number of its
//! certificates, leaf first and anchor last, and for each its length and its DER; numbers are four bytes,
//! most significant first. A line answers each path: `valid`, or what is wrong.

use std::io::{self, Read, Write};

use certval::{
    CertificationPath, CertificationPathResults, CertificationPathSettings, PDVCertificate,
    PDVTrustAnchorChoice, PkiEnvironment, TimeOfInterest, enforce_trust_anchor_constraints,
    validate_path_rfc5280,
};

fn main() -> io::Result<()> {
    let at = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let at = at.expect("the time in seconds since 1970");
    let mut environment = PkiEnvironment::new();
    environment.populate_5280_pki_environment();
    let mut settings = CertificationPathSettings::new();
    settings.set_time_of_interest(TimeOfInterest::from_unix_secs(at).expect("a time"));
    settings.set_enforce_trust_anchor_constraints(true);
    settings.set_extended_key_usage_path(true);
    // The anchor is the one that comes with the path.
    settings.set_require_ta_store(false);
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    while let Some(path) = read_path(&mut input)? {
        match judge(&environment, &settings, &path) {
            Ok(()) => writeln!(output, "valid")?,
            Err(reason) => writeln!(output, "{reason}")?,
        }
        output.flush()?;
    }
    Ok(())
}

fn judge(
    environment: &PkiEnvironment,
    settings: &CertificationPathSettings,
    path: &[Vec<u8>],
) -> Result<(), String> {
    let [leaf, between @ .., anchor] = path else {
        return Err("no path".to_owned());
    };
    let read = |der: &Vec<u8>| {
        PDVCertificate::try_from(der.as_slice()).map_err(|error| format!("unreadable: {error:?}"))
    };
    let anchor = PDVTrustAnchorChoice::try_from(anchor.as_slice())
        .map_err(|error| format!("unreadable: {error:?}"))?;
    // certval has them from the anchor downwards.
    let between: Result<_, _> = between.iter().rev().map(read).collect();
    let path = CertificationPath::new(anchor, between?, read(leaf)?);
    let mut results = CertificationPathResults::new();
    enforce_trust_anchor_constraints(settings, &path.trust_anchor)
        .and_then(|settings| validate_path_rfc5280(environment, &settings, &path, &mut results))
        .map_err(|error| format!("{error:?}").replace('\n', " "))
}

/// `None` where the input ends.
fn read_path(input: &mut impl Read) -> io::Result<Option<Vec<Vec<u8>>>> {
    let count = match read_number(input) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    };
    let mut path = Vec::new();
    for _ in 0..count {
        let mut der = Vec::new();
        let length = read_number(input)?;
        input.take(length.into()).read_to_end(&mut der)?;
        path.push(der);
    }
    Ok(Some(path))
}

fn read_number(input: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    input.read_exact(&mut bytes)?;
    Ok(u32::from_be_bytes(bytes))
}
