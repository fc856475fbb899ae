//! Digests that SM2 signatures sign, computed before they are asked for: side by side with others
//! they cost a fraction of their own time.

use std::borrow::Cow;

use super::{Digest, DigestAlgorithm, PublicKey, Sm2Id};

/// What an SM2 signature is over: a message, the signer's key and the ID.
pub(crate) struct Sm2Message<'m> {
    pub(crate) key: PublicKey,
    pub(crate) id: Sm2Id,
    pub(crate) bytes: Cow<'m, [u8]>,
}

/// The digests e = SM3(Z ‖ M) of messages that were given ahead.
#[derive(Default)]
pub(crate) struct Sm2Digests<'m>(Vec<(Sm2Message<'m>, [u8; 32])>);

impl<'m> Sm2Digests<'m> {
    /// Computes them together with the digests of `contents`, which it returns in their order.
    pub(crate) fn compute(
        contents: &[&[u8]],
        algorithm: DigestAlgorithm,
        messages: Vec<Sm2Message<'m>>,
    ) -> (Vec<Digest>, Self) {
        let with_z = messages
            .into_iter()
            .filter_map(|message| Some((message.key.sm2_identity(&message.id)?, message)));
        let with_z: Vec<([u8; 32], Sm2Message<'m>)> = with_z.collect();
        let parts: Vec<[&[u8]; 2]> = with_z.iter().map(|(z, m)| [&z[..], &m.bytes]).collect();
        let mut joined: Vec<&[&[u8]]> = parts.iter().map(<[_; 2]>::as_slice).collect();
        let side_by_side = algorithm == DigestAlgorithm::Sm3;
        if side_by_side {
            joined.extend(contents.iter().map(std::slice::from_ref));
        }
        let mut digests = yinxin_sm2::digest_many_joined(&joined).into_iter();
        let known = digests.by_ref().take(with_z.len()).collect::<Vec<_>>();
        let known = with_z.into_iter().map(|(_, message)| message).zip(known);
        let of_contents = if side_by_side {
            digests.map(Digest::of_sm3).collect()
        } else {
            algorithm.digest_many(contents)
        };
        (of_contents, Self(known.collect()))
    }

    /// The digest of this very message under this key and ID, if it was given.
    pub(super) fn find(&self, key: &PublicKey, id: &Sm2Id, message: &[u8]) -> Option<&[u8; 32]> {
        let is_it = |known: &Sm2Message<'_>| {
            known.key.spki() == key.spki() && known.id == *id && *known.bytes == *message
        };
        let found = self.0.iter().find(|(known, _)| is_it(known));
        found.map(|(_, digest)| digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::{Signer, SoftwareKey};

    fn key(scalar: u8) -> PublicKey {
        let key = SoftwareKey::from_sm2_scalar(&[scalar; 32]).unwrap();
        key.public_key().clone()
    }

    fn message(scalar: u8, bytes: &[u8]) -> Sm2Message<'_> {
        Sm2Message {
            key: key(scalar),
            id: Sm2Id::default(),
            bytes: Cow::Borrowed(bytes),
        }
    }

    #[test]
    fn are_those_of_each_by_itself() {
        let long = [7; 1000];
        let contents: [&[u8]; 3] = [b"one", &long, b""];
        for algorithm in [DigestAlgorithm::Sm3, DigestAlgorithm::Sha256] {
            let messages = vec![message(1, b"signed"), message(2, &long)];
            let (digests, known) = Sm2Digests::compute(&contents, algorithm, messages);
            let alone = contents.map(|content| algorithm.digest(content));
            assert_eq!(digests, alone);
            for (scalar, bytes) in [(1, b"signed".as_slice()), (2, &long)] {
                let id = Sm2Id::default();
                let alone = key(scalar).sm2_digest(&id, bytes).unwrap();
                let found = known.find(&key(scalar), &id, bytes).unwrap();
                assert_eq!(found.as_slice(), alone.as_bytes());
            }
        }
    }

    #[test]
    fn another_key_message_or_id_is_not_known() {
        let (_, known) = Sm2Digests::compute(&[], DigestAlgorithm::Sm3, vec![message(1, b"m")]);
        let (id, other) = (Sm2Id::default(), Sm2Id::new(b"other").unwrap());
        assert!(known.find(&key(1), &id, b"m").is_some());
        assert_eq!(known.find(&key(2), &id, b"m"), None);
        assert_eq!(known.find(&key(1), &other, b"m"), None);
        assert_eq!(known.find(&key(1), &id, b"n"), None);
    }
}
