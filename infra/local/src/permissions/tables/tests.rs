use serde_json::json;

use super::*;
use crate::template::embedded;

fn asked(operation: &str, body: Value) -> Vec<String> {
    let asks = Tables::of(&embedded().unwrap()).asks(operation, &body).unwrap();
    let told = |ask: Ask| {
        let place = ask.resource.rsplit_once(":table/").map_or("", |(_, place)| place).to_owned();
        let keys = ask.context.get(LEADING_KEYS).map_or("-".to_owned(), |keys| keys.join(","));
        let within = ask.context.get(ENCLOSING_OPERATION).map_or(String::new(), |one| format!(" in {}", one.join(",")));
        format!("{} {place} {keys}{within}", ask.action.trim_start_matches("dynamodb:"))
    };
    asks.into_iter().map(told).collect()
}

fn key(pk: &str) -> Value {
    json!({"pk": {"S": pk}, "sk": {"S": "CASE"}})
}

#[test]
fn one_item_is_asked_for_by_its_partition_key() {
    let get = asked("GetItem", json!({"TableName": "cases", "Key": key("C#a#b")}));
    assert_eq!(get, ["GetItem local-cases C#a#b"]);
    let put = asked("PutItem", json!({"TableName": "ledger", "Item": key("C#a#b")}));
    assert_eq!(put, ["PutItem local-ledger C#a#b"]);
    let update = asked("UpdateItem", json!({"TableName": "cases", "Key": key("N#a#b")}));
    assert_eq!(update, ["UpdateItem local-cases N#a#b"]);
    let nameless = asked("DeleteItem", json!({"TableName": "cases", "Key": {}}));
    assert_eq!(nameless, ["DeleteItem local-cases -"]);
}

#[test]
fn a_query_is_asked_for_by_the_partition_key_of_what_it_reads() {
    let mut query = json!({
        "TableName": "cases", "KeyConditionExpression": "pk = :p AND sk < :s",
        "ExpressionAttributeValues": {":p": {"S": "A#a#2026"}, ":s": {"S": "x"}},
    });
    assert_eq!(asked("Query", query.clone()), ["Query local-cases A#a#2026"]);
    query["IndexName"] = json!("queue");
    query["KeyConditionExpression"] = json!("#q = :p");
    query["ExpressionAttributeNames"] = json!({"#q": "queue_pk"});
    assert_eq!(asked("Query", query.clone()), ["Query local-cases/index/queue A#a#2026"]);
    let tables = Tables::of(&embedded().unwrap());
    query["KeyConditionExpression"] = json!("pk = :p");
    assert!(tables.asks("Query", &query).is_err(), "the index is not keyed by it: what it reads cannot be told");
    query["IndexName"] = json!("other");
    assert!(tables.asks("Query", &query).is_err());
    let legacy = json!({"TableName": "cases", "KeyConditions": {"pk": {}}});
    assert!(tables.asks("Query", &legacy).is_err());
}

#[test]
fn a_scan_names_no_key() {
    assert_eq!(asked("Scan", json!({"TableName": "cases"})), ["Scan local-cases -"]);
    let index = asked("Scan", json!({"TableName": "cases", "IndexName": "due"}));
    assert_eq!(index, ["Scan local-cases/index/due -"]);
}

#[test]
fn a_batch_is_asked_for_once_a_table_with_all_its_keys() {
    let keys = json!({"RequestItems": {"cases": {"Keys": [key("C#1"), key("C#2")]}, "ledger": {"Keys": [key("C#3")]}}});
    assert_eq!(asked("BatchGetItem", keys), ["BatchGetItem local-cases C#1,C#2", "BatchGetItem local-ledger C#3"]);
    let writes = json!({"RequestItems": {"cases": [{"PutRequest": {"Item": key("A#1")}}, {"DeleteRequest": {"Key": key("C#2")}}]}});
    assert_eq!(asked("BatchWriteItem", writes), ["BatchWriteItem local-cases A#1,C#2"]);
}

#[test]
fn each_part_of_a_transaction_is_asked_for_as_itself_and_within_it() {
    let of = |table: &str, what: &str| json!({"TableName": table, what: key("C#a#b")});
    let write = asked(
        "TransactWriteItems",
        json!({"TransactItems": [
            {"Put": of("ledger", "Item")}, {"Update": of("cases", "Key")},
            {"Delete": of("cases", "Key")}, {"ConditionCheck": of("cases", "Key")},
        ]}),
    );
    assert_eq!(
        write,
        [
            "PutItem local-ledger C#a#b in TransactWriteItems",
            "UpdateItem local-cases C#a#b in TransactWriteItems",
            "DeleteItem local-cases C#a#b in TransactWriteItems",
            "ConditionCheckItem local-cases C#a#b in TransactWriteItems",
        ]
    );
    let get = asked("TransactGetItems", json!({"TransactItems": [{"Get": of("cases", "Key")}]}));
    assert_eq!(get, ["GetItem local-cases C#a#b in TransactGetItems"]);
    let unknown = json!({"TransactItems": [{"Other": {}}]});
    assert!(Tables::of(&embedded().unwrap()).asks("TransactWriteItems", &unknown).is_err());
}

#[test]
fn a_statement_of_partiql_is_asked_for_as_what_it_does() {
    for (statement, asks) in [
        (r#"INSERT INTO "ledger" VALUE {'pk': 'x'}"#, "PartiQLInsert local-ledger -"),
        (r#"update "ledger" SET body = 'x' WHERE pk = 'x'"#, "PartiQLUpdate local-ledger -"),
        (r#"DELETE FROM ledger WHERE pk = 'x'"#, "PartiQLDelete local-ledger -"),
        (r#"SELECT * FROM "cases"."due" WHERE due_pk = 'x'"#, "PartiQLSelect local-cases/index/due -"),
    ] {
        assert_eq!(asked("ExecuteStatement", json!({"Statement": statement})), [asks]);
        let many = json!({"Statements": [{"Statement": statement}], "TransactStatements": [{"Statement": statement}]});
        assert_eq!(asked("BatchExecuteStatement", many.clone()), [asks]);
        assert_eq!(asked("ExecuteTransaction", many), [asks]);
    }
}

#[test]
fn an_operation_for_administrators_is_asked_for_under_its_own_name() {
    assert_eq!(asked("DeleteTable", json!({"TableName": "ledger"})), ["DeleteTable local-ledger -"]);
    assert_eq!(asked("ListTables", json!({})), ["ListTables local- -"]);
}
