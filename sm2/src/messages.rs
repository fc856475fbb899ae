//! Signatures over messages: e = SM3(Z ‖ M), where Z names the signer's identifier and key.

use crate::batch::{Item, verify_batch};
use crate::digest::digest_many_joined;
use crate::key::{InvalidSignature, VerifyingKey};
use crate::point::curve_bytes;

/// A signature over a message by someone with an identifier, for [`verify_messages`].
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// The key that is said to have signed.
    pub key: &'a VerifyingKey,
    /// The signer's identifier, at most 8191 bytes.
    pub id: &'a [u8],
    /// M.
    pub message: &'a [u8],
    /// The first number of the signature, most significant byte first.
    pub r: [u8; 32],
    /// The second.
    pub s: [u8; 32],
}

/// Verifies many signatures over messages (GB/T 32918.2-2016 7.1), each with its own verdict, in
/// their order. The messages are hashed side by side.
///
/// An identifier that is too long for Z makes its signature an invalid one.
#[must_use]
pub fn verify_messages(messages: &[Message<'_>]) -> Vec<Result<(), InvalidSignature>> {
    let identities: Vec<Option<[u8; 32]>> = messages
        .iter()
        .map(|message| message.key.identity_digest(message.id))
        .collect();
    let parts: Vec<[&[u8]; 2]> = messages
        .iter()
        .zip(&identities)
        .map(|(message, z)| [z.as_ref().map_or(&[][..], |z| z), message.message])
        .collect();
    let parts: Vec<&[&[u8]]> = parts.iter().map(|parts| &parts[..]).collect();
    let items: Vec<Item<'_>> = messages
        .iter()
        .zip(digest_many_joined(&parts))
        .map(|(message, e)| Item {
            key: message.key,
            e,
            r: message.r,
            s: message.s,
        })
        .collect();
    verify_batch(&items)
        .into_iter()
        .zip(identities)
        .map(|(verdict, z)| z.map_or(Err(InvalidSignature), |_| verdict))
        .collect()
}

/// Z = SM3(ENTL ‖ ID ‖ a ‖ b ‖ xG ‖ yG ‖ xA ‖ yA) (GB/T 32918.2-2016 5.5) of a point `04 ‖ xA ‖ yA`.
/// `None` for an identifier whose bits are more than ENTL's two bytes can count.
pub(crate) fn identity_digest(id: &[u8], point: &[u8; 65]) -> Option<[u8; 32]> {
    let bits = u16::try_from(id.len().checked_mul(8)?).ok()?.to_be_bytes();
    let [_, coordinates @ ..] = point;
    let parts: [&[u8]; 4] = [&bits, id, &curve_bytes(), coordinates];
    digest_many_joined(&[&parts]).first().copied()
}
