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
    /// An outbox item is not to be touched before this.
    pub not_before: Option<DateTime<Utc>>,
}

/// The records of a batch that are about cases.
pub fn records(event: &Value) -> Vec<Record> {
    let batch = event.get("Records").and_then(Value::as_array);
    batch.into_iter().flatten().filter_map(record).collect()
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
        self.sequences.push(record.sequence.clone());
    }

    /// The answer that has only those tried again.
    pub fn answer(self) -> Value {
        let items: Vec<Value> =
            self.sequences.into_iter().map(|sequence| json!({"itemIdentifier": sequence})).collect();
        json!({"batchItemFailures": items})
    }
}
