//! What alarms watch: numbers in the log, and nothing of a person among them.

use redress_platform::metrics::{DIMENSION, Metric, NAMESPACE};
use serde_json::{Value, json};

use crate::cloud::Cloud;
use crate::event::{ledger, scheduled};

/// The numbers that a function told, by name; CloudWatch takes them only in this form.
fn told(cloud: &Cloud, function: &str) -> Vec<Value> {
    let lines: Vec<Value> = cloud.said(function).into_iter().filter(|line| line.get("_aws").is_some()).collect();
    for line in &lines {
        let directive = &line["_aws"]["CloudWatchMetrics"][0];
        assert!(line["_aws"]["Timestamp"].is_u64(), "{line}");
        assert_eq!((&directive["Namespace"], &directive["Dimensions"]), (&json!(NAMESPACE), &json!([[DIMENSION]])));
        let named = directive["Metrics"].as_array().unwrap().iter().map(|metric| metric["Name"].as_str().unwrap());
        let mut fields: Vec<&str> = named.inspect(|name| assert!(line[*name].is_i64(), "{line}")).collect();
        fields.extend(["_aws", DIMENSION]);
        // Nothing else is in it: no reference, no council, no word.
        assert!(line.as_object().unwrap().keys().all(|field| fields.contains(&field.as_str())), "{line}");
    }
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sweep_tells_how_things_stand() {
    let cloud = Cloud::start().await;
    cloud.filed().await;
    cloud.everything_happens().await;
    cloud.invoke("deadlines", scheduled()).await;
    let told = told(&cloud, "deadlines");
    assert_eq!(told.len(), 1, "{told:?}");
    for metric in [Metric::SweepLagSeconds, Metric::OldestUnsettledLetterSeconds, Metric::SweepFailures] {
        assert_eq!(told[0][metric.name()], 0, "{}", told[0]);
    }
    assert!(told[0][Metric::CalendarHorizonDays.name()].as_i64().unwrap() > 0, "{}", told[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_changes_history_is_told_of_and_the_bus_hears_nothing() {
    let cloud = Cloud::start().await;
    let receipt = cloud.filed().await;
    cloud.everything_happens().await;
    let heard = cloud.engine.told().await;
    let reference = receipt["reference"].as_str().unwrap();
    let mut changed = ledger(&[(reference, "{}"), (reference, "{}")]);
    changed["Records"][0]["eventName"] = json!("MODIFY");
    changed["Records"][1]["eventName"] = json!("REMOVE");
    changed["Records"][1]["dynamodb"].as_object_mut().unwrap().remove("NewImage");
    let answer = cloud.invoke("notices", changed).await;
    assert_eq!(answer, json!({"batchItemFailures": []}), "no retry undoes it");
    let told = told(&cloud, "notices");
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0][Metric::HistoryChanged.name()], 2);
    assert_eq!(cloud.engine.told().await, heard);
}
