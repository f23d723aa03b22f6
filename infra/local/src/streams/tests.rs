use std::sync::Mutex as Plain;

use serde_json::json;

use super::*;
use crate::dynamo::Place;
use crate::template::embedded;

fn open(place: &Place) -> Arc<Embedded> {
    Arc::new(Embedded::open(place, &embedded().unwrap()).unwrap())
}

fn put(embedded: &Embedded, table: &str, sk: &str, extra: Value) {
    let mut item = json!({"pk": {"S": "C#a#REF"}, "sk": {"S": sk}});
    item.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    let request = serde_json::from_value(json!({"TableName": table, "Item": item})).unwrap();
    embedded.db().put_item(request).unwrap();
}

/// Steps until all is quiet; what was delivered, as `function sk sk`.
async fn drain(streams: &Streams) -> Vec<String> {
    let calls = Plain::new(Vec::new());
    let deliver = |function: String, event: Value| -> Delivery {
        let keys: Vec<String> = event["Records"]
            .as_array()
            .unwrap()
            .iter()
            .map(|each| each["dynamodb"]["Keys"]["sk"]["S"].as_str().unwrap().to_owned())
            .collect();
        calls.lock().unwrap().push(format!("{function} {}", keys.join(" ")));
        Box::pin(async { Ok(Value::Null) })
    };
    while streams.step(&deliver).await > 0 {}
    calls.into_inner().unwrap()
}

#[tokio::test]
async fn each_function_gets_what_its_filters_let_through() {
    let embedded = open(&Place::Memory);
    let streams = Streams::new(embedded.clone(), &crate::template::embedded().unwrap(), None).unwrap();
    put(&embedded, "ledger", "000001", json!({}));
    put(&embedded, "ledger", "000002", json!({}));
    put(&embedded, "cases", "CASE", json!({}));
    put(&embedded, "cases", "OUT#1", json!({"state": {"S": "pending"}}));
    put(&embedded, "cases", "OUT#1", json!({"state": {"S": "sent"}}));
    assert_eq!(drain(&streams).await, ["acknowledgement 000001", "notices 000001 000002", "notices OUT#1"]);
    assert_eq!(drain(&streams).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_record_has_the_shape_that_lambda_gives_it() {
    let embedded = open(&Place::Memory);
    let streams = Streams::new(embedded.clone(), &crate::template::embedded().unwrap(), None).unwrap();
    put(&embedded, "ledger", "000002", json!({"body": {"S": "x"}}));
    let seen = Arc::new(Plain::new(Value::Null));
    let deliver = |_: String, event: Value| -> Delivery {
        *seen.lock().unwrap() = event;
        Box::pin(async { Ok(Value::Null) })
    };
    streams.step(&deliver).await;
    let event = seen.lock().unwrap().clone();
    let record = &event["Records"][0];
    assert_eq!(record["eventName"], "INSERT");
    assert_eq!(record["eventSource"], "aws:dynamodb");
    assert_eq!(record["dynamodb"]["NewImage"]["body"], json!({"S": "x"}));
    assert_eq!(record["dynamodb"]["StreamViewType"], "NEW_IMAGE");
    let arn = record["eventSourceARN"].as_str().unwrap();
    assert!(arn.contains(":table/ledger/stream/"), "{arn}");
    for field in ["eventID", "eventVersion", "awsRegion"] {
        assert!(record[field].is_string(), "{field}");
    }
    for field in ["SizeBytes", "ApproximateCreationDateTime"] {
        assert!(record["dynamodb"][field].is_number(), "{field}");
    }
}

#[tokio::test]
async fn a_restart_goes_on_where_the_last_program_was() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().to_owned());
    let checkpoint = Some(folder.path().join("streams.json"));
    let template = embedded().unwrap();
    {
        let embedded = open(&place);
        let streams = Streams::new(embedded.clone(), &template, checkpoint.clone()).unwrap();
        put(&embedded, "ledger", "000002", json!({}));
        assert_eq!(drain(&streams).await, ["notices 000002"]);
        put(&embedded, "ledger", "000003", json!({}));
    }
    let streams = Streams::new(open(&place), &template, checkpoint).unwrap();
    assert_eq!(drain(&streams).await, ["notices 000003"]);
}

#[tokio::test]
async fn what_every_subscriber_has_passed_is_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let embedded = open(&Place::Folder(folder.path().to_owned()));
    let template = crate::template::embedded().unwrap();
    let streams = Streams::new(embedded.clone(), &template, None).unwrap();
    (2..402).for_each(|n| put(&embedded, "ledger", &format!("{n:06}"), json!({})));
    drain(&streams).await;
    let ledger = embedded.stream(template.table("LedgerTable").unwrap()).unwrap();
    let left = embedded.records(&ledger, None, 1_000).unwrap().len();
    assert!(left < 210, "{left} of 400 records are left");
    put(&embedded, "ledger", "000500", json!({}));
    assert_eq!(drain(&streams).await, ["notices 000500"]);
}

#[tokio::test]
async fn a_record_that_fails_twice_is_counted_and_passed() {
    let embedded = open(&Place::Memory);
    let template = crate::template::embedded().unwrap();
    let streams = Streams::new(embedded.clone(), &template, None).unwrap();
    put(&embedded, "ledger", "000002", json!({}));
    let deliver = |_: String, _: Value| -> Delivery { Box::pin(async { Err("no network".to_owned()) }) };
    while streams.step(&deliver).await > 0 {}
    assert_eq!(streams.left_to_the_sweep(), 1);
    assert_eq!(drain(&streams).await, Vec::<String>::new());
}
