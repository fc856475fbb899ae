//! Status lists of the made-up province.

use yinxin::Time;
use yinxin::crypto::SoftwareKey;
use yinxin::trust::status::StatusListDraft;

/// Where the lists are said to be.
pub(crate) const STATUS_URI: &str = "https://status.example.invalid/1";

/// A list as a JWT: `statuses` of `width` bits each, usable for `ttl` seconds.
pub(crate) fn status_jwt(
    key: &SoftwareKey,
    width: u8,
    statuses: &[u8],
    issued: Time,
    ttl: u32,
) -> Vec<u8> {
    let draft = StatusListDraft {
        uri: STATUS_URI.to_owned(),
        issued,
        ttl,
        bits: width,
        statuses: statuses.to_vec(),
    };
    draft.sign(key).unwrap()
}
