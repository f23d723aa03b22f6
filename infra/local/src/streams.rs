//! Table streams fed to the functions that subscribe to them, as Lambda's
//! event source mappings do it.
//!
//! A subscription's place in its stream is kept after each delivery, so that
//! a killed program misses nothing: at worst it delivers a batch again.

mod batch;
mod checkpoint;

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use tokio::sync::Mutex;

use crate::dynamo::{DynamoError, Embedded, Stream};
use crate::pattern::Pattern;
use crate::template::{Subscription, Template};
use batch::Outcome;
use checkpoint::Checkpoint;

/// The most records read for one subscription in one step.
const READ_MAX: usize = 200;
/// Delivered records are taken away once this many have been read.
const TRIM_AFTER: usize = 500;

/// What a function answered, or why it could not.
pub type Delivery = Pin<Box<dyn Future<Output = Result<Value, String>> + Send>>;

/// Hands an event to a function, named as its binary is.
pub type Deliver<'a> = dyn Fn(String, Value) -> Delivery + Send + Sync + 'a;

/// Every stream subscription of the template.
pub struct Streams {
    embedded: Arc<Embedded>,
    subscriptions: Vec<Subscribed>,
    state: Mutex<State>,
    left: AtomicUsize,
}

struct Subscribed {
    /// Names the subscription in the checkpoint: `notices.Outbox`.
    key: String,
    function: String,
    stream: Stream,
    batch_size: usize,
    filters: Vec<Pattern>,
}

struct State {
    checkpoint: Checkpoint,
    read_since_trim: usize,
}

impl Streams {
    /// The subscriptions of every function, going on from where the checkpoint
    /// file says each was; from the beginning where it says nothing.
    pub fn new(
        embedded: Arc<Embedded>,
        template: &Template,
        checkpoint: Option<PathBuf>,
    ) -> Result<Streams, DynamoError> {
        let mut subscriptions = Vec::new();
        for function in &template.functions {
            for each in &function.streams {
                subscriptions.push(subscribed(&embedded, template, &function.name, each)?);
            }
        }
        let state = State { checkpoint: Checkpoint::read(checkpoint), read_since_trim: 0 };
        Ok(Streams { embedded, subscriptions, state: Mutex::new(state), left: AtomicUsize::new(0) })
    }

    /// Reads the next records of every subscription and delivers those that
    /// pass its filters. Returns how many records were read: none when all
    /// streams are quiet.
    pub async fn step(&self, deliver: &Deliver<'_>) -> usize {
        // Held for the whole step: two steps at once would deliver everything twice.
        let mut state = self.state.lock().await;
        let mut read = 0;
        for subscription in &self.subscriptions {
            match self.advance(subscription, &mut state.checkpoint, deliver).await {
                Ok(records) => read += records,
                Err(error) => {
                    tracing::error!(subscription = subscription.key, %error, "stream not read");
                }
            }
        }
        state.read_since_trim += read;
        if state.read_since_trim >= TRIM_AFTER {
            state.read_since_trim = 0;
            self.trim(&state.checkpoint);
        }
        read
    }

    /// How many records failed twice since the start and were left to the sweep.
    pub fn left_to_the_sweep(&self) -> usize {
        self.left.load(Ordering::Relaxed)
    }

    async fn advance(
        &self,
        subscription: &Subscribed,
        checkpoint: &mut Checkpoint,
        deliver: &Deliver<'_>,
    ) -> Result<usize, DynamoError> {
        let after = checkpoint.position(&subscription.key);
        let records = self.embedded.records(&subscription.stream, after, READ_MAX)?;
        let passing: Vec<Value> = records
            .iter()
            .filter(|record| subscription.passes(record))
            .map(|record| with_source(record.clone(), &subscription.stream.arn))
            .collect();
        for records in passing.chunks(subscription.batch_size.max(1)) {
            let outcome = batch::deliver(&subscription.function, records, deliver).await;
            self.note(subscription, &outcome);
            if let Some(last) = records.last().map(batch::sequence) {
                checkpoint.keep(&subscription.key, last);
            }
        }
        // Past the records that the filters dropped, too.
        if let Some(last) = records.last().map(batch::sequence) {
            checkpoint.keep(&subscription.key, last);
        }
        Ok(records.len())
    }

    fn note(&self, subscription: &Subscribed, outcome: &Outcome) {
        if outcome.left.is_empty() {
            return;
        }
        self.left.fetch_add(outcome.left.len(), Ordering::Relaxed);
        tracing::warn!(
            subscription = subscription.key,
            records = ?outcome.left,
            why = outcome.why.as_deref().unwrap_or("reported as failed"),
            "failed twice: left to the sweep"
        );
    }

    /// Takes away what every subscriber of a stream has passed.
    fn trim(&self, checkpoint: &Checkpoint) {
        let mut tables: Vec<&str> = self.subscriptions.iter().map(|each| each.stream.table.as_str()).collect();
        tables.sort_unstable();
        tables.dedup();
        for table in tables {
            let of_table = || self.subscriptions.iter().filter(|each| each.stream.table == table);
            let positions: Option<Vec<&str>> = of_table().map(|each| checkpoint.position(&each.key)).collect();
            // Sequence numbers are of one width, so the least as text is the least.
            let slowest = positions.and_then(|all| all.into_iter().min());
            let (Some(stream), Some(slowest)) = (of_table().next(), slowest) else {
                continue;
            };
            if let Err(error) = self.embedded.trim(&stream.stream, slowest) {
                tracing::debug!(table, %error, "stream not trimmed this time");
            }
        }
    }
}

/// Delivers one batch as an event source mapping does, for a stream that is not the laptop's own: twice where it
/// fails. The places in the stream of what failed both times.
pub async fn deliver_batch(function: &str, records: &[Value], deliver: &Deliver<'_>) -> Vec<String> {
    batch::deliver(function, records, deliver).await.left
}

impl Subscribed {
    fn passes(&self, record: &Value) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|filter| filter.matches(record))
    }
}

fn subscribed(
    embedded: &Embedded,
    template: &Template,
    function: &str,
    subscription: &Subscription,
) -> Result<Subscribed, DynamoError> {
    let table = template.table(&subscription.table).ok_or_else(|| DynamoError::OtherVersion {
        table: subscription.table.clone(),
        what: "place in the template".to_owned(),
    })?;
    Ok(Subscribed {
        key: format!("{function}.{}", subscription.name),
        function: function.to_owned(),
        stream: embedded.stream(table)?,
        batch_size: subscription.batch_size,
        filters: subscription.filters.clone(),
    })
}

/// Lambda names the stream in each record; DynamoDB does not.
fn with_source(mut record: Value, arn: &str) -> Value {
    if let Some(fields) = record.as_object_mut() {
        fields.insert("eventSourceARN".to_owned(), arn.into());
    }
    record
}

#[cfg(test)]
mod tests;
