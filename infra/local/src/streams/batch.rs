//! One batch of records delivered, tried again where it failed, and let go.

use serde_json::{Value, json};

use super::Deliver;

/// A record is tried twice and then left to the sweep.
const TRIES_MAX: u32 = 2;

/// What came of a batch.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Outcome {
    /// Sequence numbers of the records that failed twice.
    pub(super) left: Vec<String>,
    /// The last error, where the function failed as a whole.
    pub(super) why: Option<String>,
}

/// Delivers records in order. A record the function reports as failed is tried
/// once more, with what follows it; when the function fails as a whole, each
/// of the rest goes alone, so that one bad record does not hold up the others.
pub(super) async fn deliver(function: &str, records: &[Value], deliver: &Deliver<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let mut rest = records;
    let mut tries = 0;
    let mut alone = false;
    while !rest.is_empty() {
        let sent = if alone { &rest[..1] } else { rest };
        let event = json!({ "Records": sent });
        let failed = match deliver(function.to_owned(), event).await {
            Ok(answer) => first_failed(&answer, sent),
            Err(why) => {
                outcome.why = Some(why);
                if sent.len() > 1 {
                    alone = true;
                    continue;
                }
                Some(0)
            }
        };
        match failed {
            None => {
                rest = &rest[sent.len()..];
                tries = 0;
            }
            Some(0) => tries += 1,
            Some(done) => {
                rest = &rest[done..];
                tries = 1;
            }
        }
        if tries >= TRIES_MAX {
            outcome.left.push(sequence(&rest[0]).to_owned());
            rest = &rest[1..];
            tries = 0;
        }
    }
    outcome
}

/// A record's sequence number.
pub(super) fn sequence(record: &Value) -> &str {
    record.pointer("/dynamodb/SequenceNumber").and_then(Value::as_str).unwrap_or_default()
}

/// The place of the first record reported as failed. A report that names no
/// record of the batch means all of it, as it does to Lambda.
fn first_failed(answer: &Value, sent: &[Value]) -> Option<usize> {
    let failures = answer.get("batchItemFailures").and_then(Value::as_array)?;
    let place = |failure: &Value| {
        let named = failure.get("itemIdentifier").and_then(Value::as_str)?;
        sent.iter().position(|record| sequence(record) == named)
    };
    failures.iter().map(|failure| place(failure).unwrap_or(0)).min()
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::streams::Delivery;

    fn records(count: usize) -> Vec<Value> {
        (1..=count).map(|n| json!({"dynamodb": {"SequenceNumber": n.to_string()}})).collect()
    }

    /// Delivers `count` records to a function that answers `answer(what it got)`.
    async fn run(
        count: usize,
        answer: impl Fn(&[String]) -> Result<Value, String> + Send + Sync,
    ) -> (Outcome, Vec<String>) {
        let calls = Arc::new(Mutex::new(Vec::new()));
        let outcome = deliver("f", &records(count), &|_, event: Value| -> Delivery {
            let got: Vec<String> =
                event["Records"].as_array().unwrap().iter().map(|record| sequence(record).to_owned()).collect();
            calls.lock().unwrap().push(got.join(" "));
            let answer = answer(&got);
            Box::pin(async move { answer })
        })
        .await;
        let calls = calls.lock().unwrap().clone();
        (outcome, calls)
    }

    fn failed(sequence: &str) -> Value {
        json!({"batchItemFailures": [{"itemIdentifier": sequence}]})
    }

    #[tokio::test]
    async fn a_batch_without_failures_is_delivered_once() {
        let (outcome, calls) = run(3, |_| Ok(json!({"batchItemFailures": []}))).await;
        assert_eq!(outcome, Outcome::default());
        assert_eq!(calls, ["1 2 3"]);
    }

    #[tokio::test]
    async fn a_record_that_fails_once_is_tried_again_with_what_follows_it() {
        let (outcome, calls) = run(3, |got| Ok(if got.len() == 3 { failed("2") } else { json!(null) })).await;
        assert!(outcome.left.is_empty());
        assert_eq!(calls, ["1 2 3", "2 3"]);
    }

    #[tokio::test]
    async fn a_record_that_fails_twice_is_left_and_the_rest_go_on() {
        let bad = |got: &[String]| got.contains(&"2".to_owned());
        let (outcome, calls) = run(3, |got| Ok(if bad(got) { failed("2") } else { json!({}) })).await;
        assert_eq!(outcome.left, ["2"]);
        assert_eq!(calls, ["1 2 3", "2 3", "3"]);
    }

    #[tokio::test]
    async fn a_function_that_fails_as_a_whole_gets_each_record_alone() {
        let bad = |got: &[String]| got.contains(&"2".to_owned());
        let (outcome, calls) = run(3, |got| if bad(got) { Err("panicked".to_owned()) } else { Ok(json!(null)) }).await;
        assert_eq!(outcome.left, ["2"]);
        assert_eq!(outcome.why.as_deref(), Some("panicked"));
        assert_eq!(calls, ["1 2 3", "1", "2", "2", "3"]);
    }

    #[tokio::test]
    async fn a_report_that_names_no_record_of_the_batch_means_all_of_it() {
        let (outcome, calls) = run(1, |_| Ok(failed("77"))).await;
        assert_eq!(outcome.left, ["1"]);
        assert_eq!(calls, ["1", "1"]);
    }
}
