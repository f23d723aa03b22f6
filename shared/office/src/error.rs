//! Why nothing was done, by what the door has to say about it.

use redress_bucket::BucketError;
use redress_domain::refusal::Refusal;
use redress_letters::LetterError;
use redress_store::StoreError;

/// Nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// No such council here.
    #[error("there is no council “{0}” here")]
    NoCouncil(String),
    /// No such case at this council.
    #[error("there is no such case")]
    NoCase,
    /// A rule refuses; with the version of the case and what is allowed instead.
    #[error("{refusal}")]
    Refused {
        /// Which rule.
        refusal: Refusal,
        /// The version of the case.
        version: u32,
        /// What this person may do now.
        allowed: Vec<&'static str>,
    },
    /// The case is not the one that was seen.
    #[error("the case has moved on to version {version}")]
    Stale {
        /// Where it stands.
        version: u32,
    },
    /// The idempotency key was used for another body.
    #[error("this Idempotency-Key was used for another request")]
    OtherBody,
    /// Everybody else was first, too often.
    #[error("the case is busy")]
    Busy,
    /// The tables.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The case has no such file.
    #[error("there is no such file")]
    NoFile,
    /// The file store.
    #[error(transparent)]
    Files(#[from] BucketError),
    /// A letter that could not be written.
    #[error(transparent)]
    Letter(#[from] LetterError),
}
