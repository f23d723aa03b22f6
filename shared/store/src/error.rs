//! What can go wrong between us and the tables, by what is to be done about it.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;

use crate::attribute::{Item, text};

/// A store that did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else was first: load again and decide again.
    #[error("the case has moved on")]
    MovedOn,
    /// The same request was taken before: answer as it was answered.
    #[error("the same request was taken before")]
    Repeated,
    /// An item that cannot be what was written.
    #[error("the item {0} is not what was written: {1}")]
    Corrupt(String, String),
    /// The database did not answer, or said no.
    #[error("the database: {0}")]
    Other(String),
}

/// What became of an attempt to commit.
pub(crate) enum Cancelled {
    /// For good, or until somebody decides again.
    Final(StoreError),
    /// In a moment, with the same token.
    Again(String),
}

impl StoreError {
    pub(crate) fn corrupt(item: &Item, why: &str) -> StoreError {
        let place = format!("{} / {}", text(item, "pk").unwrap_or("?"), text(item, "sk").unwrap_or("?"));
        StoreError::Corrupt(place, why.to_owned())
    }

    /// From any operation but a transaction.
    pub(crate) fn of<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> StoreError {
        let said = error
            .as_service_error()
            .map(|error| format!("{}: {}", error.code().unwrap_or("error"), error.message().unwrap_or("no message")));
        StoreError::Other(said.unwrap_or_else(|| kind_of(error).to_owned()))
    }
}

/// Whether a conditional write found that its condition does not hold.
pub(crate) fn condition_failed<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    error.as_service_error().and_then(ProvideErrorMetadata::code) == Some("ConditionalCheckFailedException")
}

/// Sorts a cancelled transaction by its reasons. `idempotency` is the place of that record, if there is one.
pub(crate) fn sort<R>(error: &SdkError<TransactWriteItemsError, R>, idempotency: Option<usize>) -> Cancelled {
    let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error.as_service_error() else {
        let code = error.as_service_error().and_then(ProvideErrorMetadata::code).unwrap_or_default();
        let busy = matches!(
            code,
            "TransactionInProgressException" | "ThrottlingException" | "ProvisionedThroughputExceededException"
        );
        return if busy { Cancelled::Again(code.to_owned()) } else { Cancelled::Final(StoreError::of(error)) };
    };
    let codes: Vec<&str> =
        cancelled.cancellation_reasons().iter().map(|reason| reason.code().unwrap_or("None")).collect();
    let failed = |at: usize| codes.get(at) == Some(&"ConditionalCheckFailed");
    if idempotency.is_some_and(failed) {
        return Cancelled::Final(StoreError::Repeated);
    }
    if codes.contains(&"ConditionalCheckFailed") {
        return Cancelled::Final(StoreError::MovedOn);
    }
    match codes.iter().find(|code| **code != "None") {
        Some(code @ (&"TransactionConflict" | &"ThrottlingError" | &"ProvisionedThroughputExceeded")) => {
            Cancelled::Again((*code).to_owned())
        }
        code => Cancelled::Final(StoreError::Other(format!("transaction cancelled: {}", code.unwrap_or(&"no reason")))),
    }
}

/// Whether an action of a cancelled transaction, by its place, found that its condition does not hold.
pub(crate) fn failed_at<R>(error: &SdkError<TransactWriteItemsError, R>, place: usize) -> bool {
    let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error.as_service_error() else {
        return false;
    };
    let reason = cancelled.cancellation_reasons().get(place);
    reason.and_then(|reason| reason.code()) == Some("ConditionalCheckFailed")
}

/// A failure before any answer, in a word; never its details, which may hold a body.
fn kind_of<E, R>(error: &SdkError<E, R>) -> &'static str {
    match error {
        SdkError::ConstructionFailure(_) => "the request could not be built",
        SdkError::TimeoutError(_) => "no answer in time",
        SdkError::DispatchFailure(_) => "no connection",
        SdkError::ResponseError(_) => "an answer that cannot be read",
        _ => "an error without a name",
    }
}
