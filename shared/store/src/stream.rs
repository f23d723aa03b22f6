//! Records of the tables' streams, as a function gets them.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::outbox::MORNING;
use crate::{CaseKey, OutId};

/// A record about a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its place in the stream.
    pub sequence: String,
    /// Which case.
    pub key: CaseKey,
    /// The sort key of the item.
    pub sk: String,
    /// The outbox item, if it is one.
    pub out: Option<OutId>,
    /// The body of the item, if the stream shows it.
    pub body: Option<String>,
    /// It goes with the digest of a morning.
    pub gathered: bool,
    /// What was there before was changed or removed.
    pub changed: bool,
    /// An outbox item is not to be touched before this.
    pub not_before: Option<DateTime<Utc>>,
}

/// An event that is no batch of a stream, or one with a record that has no place in any.
#[derive(Debug, thiserror::Error)]
#[error("this is no batch of a stream")]
pub struct NoBatch;

/// The records of a batch. One that is about no case has failed already: what the template lets through is of cases,
/// so it is for somebody to look at.
///
/// # Errors
/// When it is no batch, or a record could not even be named as failed.
pub fn records(event: &Value) -> Result<(Vec<Record>, Failures), NoBatch> {
    let batch = event.get("Records").and_then(Value::as_array).ok_or(NoBatch)?;
    let mut failures = Failures::default();
    let mut found = Vec::with_capacity(batch.len());
    for value in batch {
        match record(value) {
            Some(record) => found.push(record),
            None => {
                let sequence = value.pointer("/dynamodb/SequenceNumber").and_then(Value::as_str).ok_or(NoBatch)?;
                tracing::error!(sequence, "a record of a stream that is about no case");
                failures.sequences.push(sequence.to_owned());
            }
        }
    }
    Ok((found, failures))
}

/// Whether an event is a batch of a stream at all.
pub fn is_batch(event: &Value) -> bool {
    event.get("Records").is_some()
}

fn record(value: &Value) -> Option<Record> {
    let change = value.get("dynamodb")?;
    let text = |image: &str, name: &str| change.get(image)?.get(name)?.get("S")?.as_str().map(str::to_owned);
    let sk = text("Keys", "sk")?;
    Some(Record {
        sequence: change.get("SequenceNumber")?.as_str()?.to_owned(),
        key: CaseKey::from_pk(&text("Keys", "pk")?)?,
        out: sk.strip_prefix("OUT#").and_then(|id| id.parse().ok()),
        sk,
        body: text("NewImage", "body"),
        gathered: text("NewImage", MORNING).is_some(),
        changed: value.get("eventName").and_then(Value::as_str).is_some_and(|name| name != "INSERT"),
        not_before: text("NewImage", "not_before").and_then(|at| at.parse().ok()),
    })
}

/// The records of a batch that failed.
#[derive(Debug, Default)]
pub struct Failures {
    sequences: Vec<String>,
}

impl Failures {
    /// This one failed.
    pub fn add(&mut self, record: &Record) {
        if !self.sequences.contains(&record.sequence) {
            self.sequences.push(record.sequence.clone());
        }
    }

    /// The answer that has only those tried again.
    pub fn answer(self) -> Value {
        let items: Vec<Value> =
            self.sequences.into_iter().map(|sequence| json!({"itemIdentifier": sequence})).collect();
        json!({"batchItemFailures": items})
    }
}
