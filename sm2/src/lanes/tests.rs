use super::*;
use crate::backend::testing::with_each;
use crate::budget::Budget;
use crate::limbs::testing::{below, big, from_big};
use crate::point::to_affine;
use num_bigint::BigUint;
use proptest::prelude::*;

static PLENTY: Budget = Budget::new(usize::MAX);

/// A claim that is true of the key d·G, or one that is off by one.
fn claim(d: &BigUint, s: &BigUint, t: &BigUint, wrong: bool) -> Option<Claim> {
    let n = big(&ORDER);
    let scalar = |number: &BigUint| Scalar::from_bytes_reduced(&limbs::to_bytes(&from_big(number)));
    let k = scalar(&((s + t * d) % n));
    if k.is_zero() {
        return None;
    }
    let point = to_affine(&[crate::fixed::multiply_generator(&k)?])?[0];
    let x = Scalar::from_bytes_reduced(&point.coordinates().0);
    let x = if wrong { x.add(&Scalar::ONE) } else { x };
    Some(Claim {
        s: scalar(s),
        t: scalar(t),
        x,
    })
}

fn point(d: &BigUint) -> Affine {
    let k = Scalar::from_bytes_reduced(&limbs::to_bytes(&from_big(d)));
    to_affine(&[crate::fixed::multiply_generator(&k).unwrap()]).unwrap()[0]
}

/// The verdicts for every kind of table; lanes of even number hold true claims.
fn check(d: &[BigUint; LANES], s: &[Limbs; LANES], t: &[Limbs; LANES], exact: bool) {
    with_each(|_| {
        let Some(ifma) = Ifma::get() else { return };
        let mut claims = Vec::new();
        for lane in 0..LANES {
            match claim(&d[lane], &big(&s[lane]), &big(&t[lane]), lane % 2 == 1) {
                Some(claim) => claims.push(claim),
                None => return,
            }
        }
        let claims: [&Claim; LANES] = std::array::from_fn(|lane| &claims[lane]);
        let points: [Affine; LANES] = std::array::from_fn(|lane| point(&d[lane]));
        let splits = points.map(|point| Split::new(&point).unwrap());
        let six = points.map(|point| Windows::new(&point, 6, &PLENTY).unwrap());
        let generator = Windows::new(&Affine::GENERATOR, 8, &PLENTY).unwrap();
        let tables = [
            Keys::Points(points.each_ref()),
            Keys::Splits(splits.each_ref()),
            Keys::Windows(six.each_ref()),
        ];
        for keys in tables {
            let verdicts = verify(ifma, &keys, &generator, claims).unwrap();
            for (lane, verdict) in verdicts.into_iter().enumerate() {
                let right = [Verdict::Valid, Verdict::Invalid][lane % 2];
                assert!(verdict == right || !exact && verdict == Verdict::Unsure);
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// No lane passes its work on where points do not happen to meet.
    #[test]
    fn random_claims_are_decided_in_their_lanes(seed in proptest::array::uniform8(any::<[u64; 8]>())) {
        let n = big(&ORDER);
        let number = |words: &[u64]| big(&[words[0], words[1], words[2], words[3]]) % &n;
        let d = seed.map(|words| number(&words[4..]) + 1_u8);
        let s = seed.map(|words| from_big(&number(&words[..4])));
        let t = seed.map(|words| from_big(&(number(&words[2..]) / 3_u8 + 1_u8)));
        check(&d, &s, &t, true);
    }

    /// Small keys and numbers at edges, where they do: never a wrong verdict.
    #[test]
    fn meeting_points_are_left_to_others(
        d in proptest::array::uniform8(1_u32..5),
        s in proptest::array::uniform8(below(ORDER)),
        t in proptest::array::uniform8(below(ORDER)),
    ) {
        prop_assume!(t.iter().all(|t| !limbs::is_zero(t)));
        check(&d.map(BigUint::from), &s, &t, false);
    }
}

/// The field in lanes beside big integers, by way of points: X = x·Z² for any x and Z.
#[test]
fn every_lane_is_read_and_written_alike() {
    let d: [BigUint; LANES] = std::array::from_fn(|lane| BigUint::from(lane + 1));
    let one = [1, 0, 0, 0];
    for small in 100..160 {
        check(&d, &[[small, 0, 0, 0]; LANES], &[one; LANES], false);
    }
}
