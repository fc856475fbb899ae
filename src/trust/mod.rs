//! x
use crate::pki::Certificate;
/// r
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorRole {
    /// s
    Signer,
    /// m
    Maker,
    /// t
    Tsa,
}
/// a
#[derive(Clone, Debug, Default)]
pub struct Anchors(Vec<(AnchorRole, Certificate)>);
impl Anchors {
    /// a
    pub fn add(&mut self, role: AnchorRole, certificate: Certificate) {
        self.0.push((role, certificate));
    }
}
