//! Batches of streams, with a record in them that cannot be done.

use serde_json::{Value, json};

use crate::cloud::Cloud;
use crate::event::{entry, ledger, outbox, sequence};
use crate::{ACKNOWLEDGEMENT, letter};

/// A case that is none.
const BROKEN: &str = "WCC-BR0K-3N00";

fn failures(answer: &Value) -> Vec<&str> {
    let items = answer["batchItemFailures"].as_array().into_iter().flatten();
    items.map(|item| item["itemIdentifier"].as_str().unwrap()).collect()
}

/// Stores a case whose body is not one.
async fn broken(cloud: &Cloud) {
    let item = json!({"pk": {"S": format!("C#westminster#{BROKEN}")}, "sk": {"S": "CASE"}, "body": {"S": "{"}});
    cloud.engine.put(&cloud.cases, &item).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_batch_of_new_feedback_the_record_that_fails_comes_back_and_the_rest_is_acknowledged() {
    let cloud = Cloud::start().await;
    broken(&cloud).await;
    let (one, other) = (cloud.filed().await, cloud.filed().await);
    let of = |receipt: &Value| receipt["reference"].as_str().unwrap().to_owned();
    let batch = ledger(&[(&of(&one), "{}"), (BROKEN, "{}"), (&of(&other), "{}")]);
    let answer = cloud.invoke("acknowledgement", batch.clone()).await;
    assert_eq!(failures(&answer), [sequence(&batch, 1)], "{answer}");
    for receipt in [&one, &other] {
        let case = cloud.case(&of(receipt)).await;
        assert!(letter(&case, "acknowledgement").is_object(), "{}", case["letters"]);
    }
    // The same batch again acknowledges nothing twice.
    cloud.invoke("acknowledgement", batch).await;
    let case = cloud.case(&of(&one)).await;
    assert_eq!(case["letters"].as_array().unwrap().len(), 1, "{}", case["letters"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_batch_of_the_outbox_the_item_that_fails_comes_back_and_the_rest_is_sent_once() {
    let cloud = Cloud::start().await;
    let receipt = cloud.filed().await;
    let reference = receipt["reference"].as_str().unwrap();
    cloud.invoke("acknowledgement", ledger(&[(reference, "{}")])).await;
    // An item whose letter is not there.
    let (pk, early) = (format!("C#westminster#{reference}"), "2026-01-01T00:00:00.000Z");
    let lost = json!({
        "pk": {"S": pk}, "sk": {"S": "OUT#000009-1"}, "state": {"S": "pending"}, "attempt": {"N": "0"},
        "letter": {"N": "99"}, "not_before": {"S": early}, "due_at": {"S": early},
    });
    cloud.engine.put(&cloud.cases, &lost).await;
    let batch = outbox(&[(reference, "000009-1"), (reference, ACKNOWLEDGEMENT)]);
    let answer = cloud.invoke("notices", batch.clone()).await;
    assert_eq!(failures(&answer), [sequence(&batch, 0)], "{answer}");
    assert_eq!(cloud.mails(reference).await.len(), 1);
    // Delivered again, as streams may: it is not sent again.
    cloud.invoke("notices", outbox(&[(reference, ACKNOWLEDGEMENT)])).await;
    assert_eq!(cloud.mails(reference).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_batch_of_the_history_the_entry_that_cannot_be_read_comes_back_and_the_bus_hears_the_rest() {
    let cloud = Cloud::start().await;
    let receipt = cloud.filed().await;
    let reference = receipt["reference"].as_str().unwrap();
    let told = cloud.engine.told().await;
    let batch = ledger(&[(reference, "not an entry"), (reference, &entry())]);
    let answer = cloud.invoke("notices", batch.clone()).await;
    assert_eq!(failures(&answer), [sequence(&batch, 0)], "{answer}");
    assert_eq!(cloud.engine.told().await, told + 1);
}
