//! What becomes of licenses and seals.

use yinxin::trust::status::{SealRevocations, StatusList, StatusReferences};
use yinxin::verify::Verifier;

use super::{Effect, Piece, Question, given};
use crate::pki::{Party, STATUS_URI, builder, key, status_jwt, time, world};

const LICENSE: &str =
    "1.2.156.3005.2.11100000MB0143028R001.11349900MB0EXAMP5Y.20260115000001.001.2";
pub(super) const SEAL: &str = "34990000000001";

pub(super) fn statuses() -> Vec<Piece> {
    use Effect::{Accuses, BesideThePoint, Helps};
    use Question::{LicenseInForce, SealInForce};
    let list = |name, question, effect, by: &Party, [license, seal]: [u8; 2], issued| {
        let statuses = [0, 0, 0, 0, 0, license, seal, 0, 0];
        let token = status_jwt(&by.key, 8, &statuses, time(issued), 86_400);
        let list = StatusList::from_bytes(&token).unwrap();
        given(name, question, effect, move |verifier| {
            verifier.with_status_list(list.clone())
        })
    };
    let revocations = |name, effect, json: &str, as_of| {
        let list = SealRevocations::from_json(json.as_bytes(), Some(time(as_of))).unwrap();
        given(name, SealInForce, effect, move |verifier| {
            verifier.with_seal_revocations(list.clone())
        })
    };
    let references = |json: String| {
        let references = StatusReferences::from_json(json.as_bytes()).unwrap();
        move |verifier: Verifier| verifier.with_status_references(references.clone())
    };
    let place = |kind: &str, id: &str, index| {
        let other = if kind == "licenses" {
            "seals"
        } else {
            "licenses"
        };
        format!(
            r#"{{"schema":"yinxin.status-references/1","{kind}":{{"{id}":{{"uri":"{STATUS_URI}","idx":{index}}}}},"{other}":{{}}}}"#
        )
    };
    let revoked = format!(
        r#"{{"revocationList":[{{"sealCode":"{SEAL}","invalidType":0,"invalidEffectTime":"2026-11-19 00:00:00"}}]}}"#
    );
    let by = publisher();
    vec![
        given(
            "place of the license",
            LicenseInForce,
            Helps,
            references(place("licenses", LICENSE, 5)),
        ),
        given(
            "place of the seal",
            SealInForce,
            Helps,
            references(place("seals", SEAL, 6)),
        ),
        list(
            "statuses of today",
            LicenseInForce,
            Helps,
            &by,
            [0, 0],
            "2026-11-22",
        ),
        list(
            "statuses of the day of sealing",
            SealInForce,
            Helps,
            &by,
            [0, 0],
            "2026-11-20",
        ),
        list(
            "statuses of last month",
            LicenseInForce,
            BesideThePoint,
            &by,
            [0, 0],
            "2026-10-22",
        ),
        list(
            "stranger's statuses",
            LicenseInForce,
            BesideThePoint,
            &world().stranger,
            [0, 0],
            "2026-11-22T01:00:00Z",
        ),
        list(
            "license revoked",
            LicenseInForce,
            Accuses,
            &by,
            [1, 0],
            "2026-11-22T02:00:00Z",
        ),
        list(
            "license suspended, this morning",
            LicenseInForce,
            Accuses,
            &by,
            [2, 0],
            "2026-11-21T20:00:00Z",
        ),
        list(
            "seal revoked today",
            SealInForce,
            Accuses,
            &by,
            [0, 1],
            "2026-11-22T03:00:00Z",
        ),
        list(
            "seal revoked when it was used",
            SealInForce,
            Accuses,
            &by,
            [0, 1],
            "2026-11-20T01:00:00Z",
        ),
        revocations(
            "no seal revoked",
            BesideThePoint,
            r#"{"revocationList":[]}"#,
            "2026-11-22",
        ),
        revocations("seal revoked", Accuses, &revoked, "2026-11-21"),
    ]
}

pub(super) fn publisher() -> Party {
    let key = key(60);
    let certificate = builder("某某省状态发布中心", &key, 60, ("2025-01-01", "2035-01-01"))
        .self_sign(&key)
        .unwrap();
    Party { certificate, key }
}
