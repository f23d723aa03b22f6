#![doc = include_str!("../README.md")]

use serde_json::Value;

use redress_office::{Office, OfficeError};
use redress_store::stream::records;

/// The function, with what it needs.
#[derive(Clone, Debug)]
pub struct Acknowledgement {
    office: Office,
}

impl Acknowledgement {
    /// Opens it at an office.
    pub fn open(office: Office) -> Acknowledgement {
        Acknowledgement { office }
    }

    /// Opens it from the environment.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn from_environment() -> Result<Acknowledgement, String> {
        Office::from_environment().map(Acknowledgement::open)
    }

    /// A batch of the ledger's stream: the first entries of cases.
    ///
    /// # Errors
    /// When the event is none of the stream. Never for one record: what failed is named, so that only that is tried
    /// again.
    pub async fn handle(&self, event: Value) -> Result<Value, lambda_runtime::Error> {
        let (records, mut failures) = records(&event)?;
        for record in records {
            match self.office.answer_first(&record.key).await {
                Ok(answered) => tracing::info!(case = %record.key, answered, "first answer"),
                // Nothing to answer, and trying again would not help.
                Err(OfficeError::NoCase) => tracing::warn!(case = %record.key, "no such case"),
                Err(error) => {
                    tracing::error!(case = %record.key, %error, "first answer failed");
                    failures.add(&record);
                }
            }
        }
        Ok(failures.answer())
    }
}
