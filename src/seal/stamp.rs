//! The time stamp inside a seal: the last, optional phase of making one (GM/T 0031-2025).

use super::Seal;
use crate::crypto::Sm2Id;
use crate::error::{Error, ErrorKind, Result};
use crate::pki::cms::CertificateBinding;
use crate::pki::{Certificate, TimeStampCheck, TimeStampToken};
use crate::ses::Layout;

impl Seal {
    /// The bytes a time stamp of this seal is over: its maker's signature value, for
    /// [`TimeStampRequest::new`](crate::pki::TimeStampRequest::new).
    #[must_use]
    pub fn to_be_stamped(&self) -> &[u8] {
        self.ses().signature_value()
    }

    /// The same seal with a time stamp token, DER, over [`Seal::to_be_stamped`].
    ///
    /// The token must verify in itself: made over exactly these bytes, signed by a certificate inside
    /// or `given` beside it, which is for time stamping alone, and not earlier than the seal's
    /// creation. Whether its authority is *trusted* is for verification to say.
    ///
    /// # Errors
    /// `invalid_argument` for a layout before 2025, a seal stamped already, or a token of a time
    /// before the seal's creation; `signature_mismatch` for a token over other bytes or whose
    /// signature does not verify; `missing` when it lacks its authority's certificate;
    /// `key_mismatch` for a certificate of another purpose; `malformed`, `unsupported`.
    pub fn with_time_stamp(&self, token: &[u8], given: &[Certificate]) -> Result<Seal> {
        if self.layout() != Layout::Gmt0031_2025 {
            return Err(
                Error::argument("only the layout of 2025 has a time stamp in the seal")
                    .with("field", "timeStamp"),
            );
        }
        let check =
            TimeStampToken::parse(token)?.check(self.to_be_stamped(), given, &Sm2Id::default())?;
        self.accept(check)?;
        Seal::new(self.ses().with_time_stamp(token)?)
    }

    fn accept(&self, check: TimeStampCheck) -> Result<()> {
        check.imprint?;
        check.digest?;
        check.value?;
        check.purpose?;
        if check.binding? == CertificateBinding::Differs {
            return Err(Error::new(
                ErrorKind::KeyMismatch,
                "the time stamp names another certificate than its signer's",
            ));
        }
        let created = self.ses().info().create_date.time;
        if created.is_none_or(|created| check.gen_time < created) {
            return Err(
                Error::argument("the time stamp is earlier than the seal's creation")
                    .with("field", "timeStamp"),
            );
        }
        Ok(())
    }
}
