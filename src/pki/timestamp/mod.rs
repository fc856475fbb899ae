//! Time stamps (RFC 3161, GM/T 0033, GB/T 20520): asking for one, reading the answer, and checking
//! a token as far as one signature goes. The path of the authority's certificate is judged in
//! `trust`; whoever carries question and answer to the authority is not this library.

mod request;
mod response;
mod token;

pub use request::TimeStampRequest;
pub use response::TimeStampFailure;
pub use token::{TimeStampCheck, TimeStampToken, TstInfo};
