//! Signatures that others put into their files, by every table and every back-end.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout
)]

mod common;

use common::{Bytes, hex, plus, with_each_backend};
use sm2::dsa::Signature;
use sm2::dsa::signature::hazmat::PrehashVerifier;
use yinxin_sm2::{InvalidSignature, Item, VerifyingKey, verify_batch};

/// Uses by which a key has come to its largest table.
const MANY: usize = 1100;

struct Row {
    file: &'static str,
    point: [u8; 65],
    e: Bytes,
    r: Bytes,
    s: Bytes,
}

fn rows() -> Vec<Row> {
    let table = include_str!("data/others.tsv");
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| {
            let cells: Vec<&'static str> = line.split('\t').collect();
            Row {
                file: cells[0],
                point: hex(&["04", cells[1], cells[2]].concat()),
                e: hex(cells[3]),
                r: hex(cells[4]),
                s: hex(cells[5]),
            }
        })
        .collect()
}

#[test]
fn what_others_signed_verifies_and_nothing_beside_it() {
    let rows = rows();
    assert_eq!(rows.len(), 37);
    with_each_backend(|_| {
        for row in &rows {
            let key = VerifyingKey::from_point(&row.point).unwrap();
            for _ in 0..MANY {
                let verdict = key.verify_prehash(&row.e, &row.r, &row.s);
                assert_eq!(verdict, Ok(()), "{}", row.file);
            }
            for [e, r, s] in [
                [plus(row.e, 1), row.r, row.s],
                [row.e, plus(row.r, 1), row.s],
                [row.e, row.r, plus(row.s, 1)],
            ] {
                let verdict = key.verify_prehash(&e, &r, &s);
                assert_eq!(verdict, Err(InvalidSignature), "{}", row.file);
            }
        }
    });
}

#[test]
fn so_they_do_together_whatever_their_keys_have_come_to() {
    let rows = rows();
    with_each_backend(|backend| {
        for uses in [0, 3, 90, MANY] {
            let keys: Vec<VerifyingKey> = rows
                .iter()
                .map(|row| {
                    let key = VerifyingKey::from_point(&row.point).unwrap();
                    (0..uses).for_each(|_| {
                        let _ = key.verify_prehash(&row.e, &row.r, &row.s);
                    });
                    key
                })
                .collect();
            // Every third one with the digest of the row before.
            let items: Vec<Item<'_>> = rows
                .iter()
                .zip(&keys)
                .enumerate()
                .map(|(number, (row, key))| Item {
                    key,
                    e: rows[number - usize::from(number % 3 == 2)].e,
                    r: row.r,
                    s: row.s,
                })
                .collect();
            for (number, verdict) in verify_batch(&items).into_iter().enumerate() {
                let file = rows[number].file;
                assert_eq!(
                    verdict.is_ok(),
                    number % 3 != 2,
                    "{backend:?} {uses} {file}"
                );
            }
        }
    });
}

#[test]
fn the_oracle_says_the_same() {
    for row in rows() {
        let key = sm2::PublicKey::from_sec1_bytes(&row.point).unwrap();
        let key = sm2::dsa::VerifyingKey::new("", key).unwrap();
        let signature = Signature::from_slice(&[row.r, row.s].concat()).unwrap();
        assert!(
            key.verify_prehash(&row.e, &signature).is_ok(),
            "{}",
            row.file
        );
    }
}
