use std::time::Instant;

use serde_json::json;

use super::*;
use crate::template::embedded;

/// Puts an item as the wire would.
fn put(embedded: &Embedded, table: &str, n: usize) {
    let item = json!({
        "pk": {"S": format!("C#x#{}", n % 500)}, "sk": {"S": format!("{n:06}")},
        "due_pk": {"S": "D#1"}, "due_at": {"S": "2026-01-01"}, "body": {"S": "x".repeat(500)},
    });
    let request = serde_json::from_value(json!({"TableName": table, "Item": item})).unwrap();
    embedded.db().put_item(request).unwrap();
}

fn stream(embedded: &Embedded, table: &str) -> Stream {
    embedded.stream(crate::template::embedded().unwrap().table(table).unwrap()).unwrap()
}

fn sequence(record: &Value) -> &str {
    record["dynamodb"]["SequenceNumber"].as_str().unwrap()
}

#[tokio::test]
async fn a_database_in_memory_has_the_templates_tables_and_serves_them() {
    let embedded = Embedded::open(&Place::Memory, &embedded().unwrap()).unwrap();
    let cases = prepare::describe(embedded.db(), "cases").unwrap();
    assert_eq!(cases["GlobalSecondaryIndexes"].as_array().unwrap().len(), 9);
    let address = embedded.endpoint().strip_prefix("http://").unwrap();
    tokio::net::TcpStream::connect(address).await.unwrap();
    let ttl = json!({"TableName": "cases"});
    let ttl = embedded.db().describe_time_to_live(serde_json::from_value(ttl).unwrap()).unwrap();
    let ttl = serde_json::to_value(ttl).unwrap();
    assert_eq!(ttl["TimeToLiveDescription"]["AttributeName"], "expires_at");
}

#[tokio::test]
async fn a_database_in_a_folder_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().join("new"));
    let template = embedded().unwrap();
    put(&Embedded::open(&place, &template).unwrap(), "cases", 7);
    let again = Embedded::open(&place, &template).unwrap();
    let get = json!({"TableName": "cases", "Key": {"pk": {"S": "C#x#7"}, "sk": {"S": "000007"}}});
    let found = again.db().get_item(serde_json::from_value(get).unwrap()).unwrap();
    assert!(found.item.is_some());
    assert_eq!(again.records(&stream(&again, "CasesTable"), None, 10).unwrap().len(), 1);
}

#[tokio::test]
async fn a_folder_of_another_version_is_refused_with_what_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().to_owned());
    let mut template = embedded().unwrap();
    drop(Embedded::open(&place, &template).unwrap());
    let indexes = template.tables[0].create["GlobalSecondaryIndexes"].as_array_mut().unwrap();
    indexes[0]["IndexName"] = json!("later");
    let error = Embedded::open(&place, &template).err().unwrap().to_string();
    assert!(error.contains("`cases`") && error.contains("`later`"), "{error}");
}

#[tokio::test]
async fn records_come_in_order_after_a_sequence_number() {
    let embedded = Embedded::open(&Place::Memory, &embedded().unwrap()).unwrap();
    (0..5).for_each(|n| put(&embedded, "ledger", n));
    let stream = stream(&embedded, "LedgerTable");
    let first = embedded.records(&stream, None, 2).unwrap();
    let rest = embedded.records(&stream, Some(sequence(&first[1])), 10).unwrap();
    let all = [&first[..], &rest[..]].concat();
    let keys: Vec<&str> = all.iter().map(|each| each["dynamodb"]["Keys"]["sk"]["S"].as_str().unwrap()).collect();
    assert_eq!(keys, ["000000", "000001", "000002", "000003", "000004"]);
}

#[tokio::test]
async fn a_trim_takes_only_what_lies_before_and_only_of_that_table() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().to_owned());
    let embedded = Embedded::open(&place, &embedded().unwrap()).unwrap();
    (0..6).for_each(|n| put(&embedded, "ledger", n));
    put(&embedded, "cases", 0);
    let (ledger, cases) = (stream(&embedded, "LedgerTable"), stream(&embedded, "CasesTable"));
    let all = embedded.records(&ledger, None, 10).unwrap();
    assert_eq!(embedded.trim(&ledger, sequence(&all[4])).unwrap(), 4);
    let left = embedded.records(&ledger, None, 10).unwrap();
    assert_eq!(left, all[4..]);
    assert_eq!(embedded.records(&cases, None, 10).unwrap().len(), 1);
}

#[test]
fn in_memory_the_oldest_records_go_by_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let (_db, beside) = prepare::in_folder(folder.path(), &embedded().unwrap()).unwrap();
    beside.execute_batch(prepare::BOUND).unwrap();
    let rows = "INSERT INTO _stream_records (table_name, event_name, keys_json, sequence_number,
                    shard_id, created_at)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 101000)
                SELECT 'cases', 'INSERT', '{}', i, 's', 0 FROM n";
    beside.execute_batch(rows).unwrap();
    let ask = "SELECT COUNT(*), MIN(id) FROM _stream_records";
    let (count, first): (i64, i64) = beside.query_row(ask, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!((count, first), (100_000, 1_001));
}

#[tokio::test]
#[ignore = "a measurement: cargo test -p redress-local -- --ignored --nocapture slow"]
async fn twenty_thousand_writes_do_not_slow_down() {
    let folder = tempfile::tempdir().unwrap();
    for place in [Place::Memory, Place::Folder(folder.path().to_owned())] {
        let embedded = Embedded::open(&place, &embedded().unwrap()).unwrap();
        let mut rates = Vec::new();
        for part in 0..5 {
            let start = Instant::now();
            (0..4_000).for_each(|n| put(&embedded, "cases", part * 4_000 + n));
            rates.push(4_000.0 / start.elapsed().as_secs_f64());
        }
        println!("{place:?}: {rates:.0?} writes a second");
        assert!(rates[4] > rates[0] / 2.0, "{place:?} slows down: {rates:.0?}");
    }
}
