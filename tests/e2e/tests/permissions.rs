//! Least privilege, tried: a function's own key at the real wire, and what is left when a permission is taken away.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use std::collections::HashMap;

use aws_sdk_dynamodb::Client as Dynamo;
use aws_sdk_dynamodb::config::BehaviorVersion;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{AttributeValue, Delete, DeleteRequest, Put, TransactWriteItem, Update, WriteRequest};
use redress_e2e::{Filed, World, complaint};
use redress_local::permissions::caller::{laptop, signer};
use redress_local::template::Template;
use redress_platform::{Account, account};

const COUNCIL: &str = "westminster";
const DENIED: &str = "AccessDeniedException";

/// The database as somebody with this account reaches it.
fn database(world: &World, account: Account) -> Dynamo {
    let config = account.at(world.laptop.database().endpoint());
    let config = aws_sdk_dynamodb::config::Builder::from(&config).behavior_version(BehaviorVersion::latest());
    Dynamo::from_conf(config.build())
}

fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn item(pk: &str, sk: &str) -> HashMap<String, AttributeValue> {
    HashMap::from([("pk".to_owned(), s(pk)), ("sk".to_owned(), s(sk))])
}

/// The code of an answer: empty when it was a success.
fn code<T, E: ProvideErrorMetadata, R>(answer: Result<T, SdkError<E, R>>) -> String {
    let error = answer.err();
    let said = error.as_ref().map(|error| error.as_service_error().and_then(ProvideErrorMetadata::code).unwrap_or("?"));
    said.unwrap_or_default().to_owned()
}

/// Every way to write an item of a table, with what came of each.
async fn write(db: &Dynamo, table: &str, pk: &str, sk: &str) -> Vec<(&'static str, String)> {
    let put = || Put::builder().table_name(table).set_item(Some(item(pk, sk))).build().unwrap();
    let delete = || Delete::builder().table_name(table).set_key(Some(item(pk, sk))).build().unwrap();
    let update = || {
        let update = Update::builder().table_name(table).set_key(Some(item(pk, sk)));
        let update = update.update_expression("SET #it = :it").expression_attribute_names("#it", "version");
        update.expression_attribute_values(":it", s("9")).build().unwrap()
    };
    let within = |one: TransactWriteItem| db.transact_write_items().transact_items(one).send();
    let batch = |one: WriteRequest| db.batch_write_item().request_items(table, vec![one]).send();
    let action = TransactWriteItem::builder;
    let del = DeleteRequest::builder().set_key(Some(item(pk, sk))).build().unwrap();
    let one = db.update_item().table_name(table).set_key(Some(item(pk, sk))).update_expression("SET #it = :it");
    let one = one.expression_attribute_names("#it", "version").expression_attribute_values(":it", s("9"));
    vec![
        ("PutItem", code(db.put_item().table_name(table).set_item(Some(item(pk, sk))).send().await)),
        ("UpdateItem", code(one.send().await)),
        ("DeleteItem", code(db.delete_item().table_name(table).set_key(Some(item(pk, sk))).send().await)),
        ("BatchWriteItem", code(batch(WriteRequest::builder().delete_request(del).build()).await)),
        ("Put in a transaction", code(within(action().put(put()).build()).await)),
        ("Update in a transaction", code(within(action().update(update()).build()).await)),
        ("Delete in a transaction", code(within(action().delete(delete()).build()).await)),
    ]
}

async fn partiql(db: &Dynamo, statement: &str) -> String {
    code(db.execute_statement().statement(statement).send().await)
}

/// What the tables hold of a case.
async fn stored(world: &World, filed: &Filed) -> Vec<HashMap<String, AttributeValue>> {
    let db = database(world, laptop());
    let pk = format!("C#{}#{}", filed.council, filed.reference);
    let mut all = Vec::new();
    for table in ["cases", "ledger"] {
        let query = db.query().table_name(table).key_condition_expression("pk = :pk");
        all.extend(query.expression_attribute_values(":pk", s(&pk)).send().await.unwrap().items.unwrap_or_default());
    }
    assert!(all.len() >= 4, "{all:?}");
    all
}

#[tokio::test]
async fn casework_cannot_change_a_case_or_anything_of_it_by_any_operation() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    let before = stored(&world, &filed).await;
    let db = database(&world, signer("casework"));
    let pk = format!("C#{COUNCIL}#{}", filed.reference);
    for (table, sk) in
        [("cases", "CASE"), ("cases", "CONTACT"), ("cases", "TEXT#1"), ("ledger", "000001"), ("ledger", "000099")]
    {
        for (what, came) in write(&db, table, &pk, sk).await {
            assert_eq!(came, DENIED, "{what} {table} {sk}");
        }
    }
    for pk in [
        format!("I#{COUNCIL}#x"),
        format!("W#{COUNCIL}#x"),
        format!("E#{COUNCIL}#2026-03"),
        format!("K#{COUNCIL}"),
        "D#x".to_owned(),
    ] {
        for (what, came) in write(&db, "cases", &pk, "x").await {
            assert_eq!(came, DENIED, "{what} {pk}");
        }
    }
    for statement in ["SELECT * FROM \"cases\" WHERE pk = 'x'", "DELETE FROM \"cases\" WHERE pk = 'x' AND sk = 'x'"] {
        assert_eq!(partiql(&db, statement).await, DENIED, "{statement}");
    }
    assert_eq!(code(db.scan().table_name("cases").send().await), DENIED);
    assert_eq!(code(db.delete_table().table_name("ledger").send().await), DENIED);
    assert_eq!(stored(&world, &filed).await, before, "nothing was changed on the way");

    // One part of a transaction that is not allowed stops the whole of it.
    let row = Put::builder().table_name("cases").set_item(Some(item(&format!("A#{COUNCIL}#2026-03-20"), "x"))).build();
    let case = Delete::builder().table_name("cases").set_key(Some(item(&pk, "CASE"))).build();
    let both = [TransactWriteItem::builder().put(row.unwrap()), TransactWriteItem::builder().delete(case.unwrap())];
    let both = both.into_iter().map(|one| one.build()).collect();
    assert_eq!(code(db.transact_write_items().set_transact_items(Some(both)).send().await), DENIED);
    let trail = db.get_item().table_name("cases").set_key(Some(item(&format!("A#{COUNCIL}#2026-03-20"), "x")));
    assert!(
        database(&world, laptop())
            .get_item()
            .table_name("cases")
            .set_key(trail.get_key().clone())
            .send()
            .await
            .unwrap()
            .item
            .is_none()
    );
}

#[tokio::test]
async fn history_is_added_to_inside_a_transaction_and_changed_by_nobody() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    let before = stored(&world, &filed).await;
    let pk = format!("C#{COUNCIL}#{}", filed.reference);
    for function in ["intake", "acknowledgement", "transitions", "deadlines", "notices"] {
        let db = database(&world, signer(function));
        for (what, came) in write(&db, "ledger", &pk, "900001").await {
            let expected = if what == "Put in a transaction" { "" } else { DENIED };
            assert_eq!(came, expected, "{function} {what}");
        }
        let after = stored(&world, &filed).await;
        assert!(before.iter().all(|one| after.contains(one)), "{function} changed what was there");
        assert_eq!(after.len(), before.len() + 1, "{function}");
    }
    // Not even the laptop's own key, which may do all else, nor by another operation.
    let db = database(&world, laptop());
    for (what, came) in write(&db, "ledger", &pk, "000001").await {
        let puts = what == "PutItem" || what == "Put in a transaction";
        assert_eq!(came == DENIED, !puts, "{what}: {came}");
    }
    for statement in [
        format!("INSERT INTO \"ledger\" VALUE {{'pk': '{pk}', 'sk': '000009'}}"),
        format!("UPDATE \"ledger\" SET body = 'x' WHERE pk = '{pk}' AND sk = '000001'"),
        format!("DELETE FROM \"ledger\" WHERE pk = '{pk}' AND sk = '000001'"),
    ] {
        assert_eq!(partiql(&db, &statement).await, DENIED, "{statement}");
    }
}

#[tokio::test]
async fn only_the_sweep_destroys_and_nobody_takes_away_a_row_of_the_trail() {
    let world = World::at("2026-03-20T10:00").await;
    for (function, pk, may) in [
        ("intake", format!("C#{COUNCIL}#x"), false),
        ("transitions", format!("C#{COUNCIL}#x"), false),
        ("acknowledgement", format!("C#{COUNCIL}#x"), false),
        ("notices", format!("C#{COUNCIL}#x"), false),
        ("deadlines", format!("A#{COUNCIL}#2026-03-20"), false),
        ("deadlines", format!("E#{COUNCIL}#2026-03"), false),
        ("casework", format!("A#{COUNCIL}#2026-03-20"), false),
        ("transitions", "D#x".to_owned(), false),
        ("casework", format!("V#{COUNCIL}#person-x"), true),
        ("intake", "D#x".to_owned(), false),
    ] {
        let db = database(&world, signer(function));
        let came = code(db.delete_item().table_name("cases").set_key(Some(item(&pk, "x"))).send().await);
        assert_eq!(came, if may { "" } else { DENIED }, "{function} {pk}");
    }
}

#[tokio::test]
async fn a_key_that_is_nobodys_reads_nothing() {
    let world = World::at("2026-03-20T10:00").await;
    let nobody = aws_credential_types::Credentials::new("AKIASOMEBODYELSE", "local", None, None, "test");
    let db = database(&world, account(Some(nobody)));
    let asked = db.get_item().table_name("cases").set_key(Some(item("C#a#b", "CASE"))).send().await;
    assert_eq!(code(asked), "UnrecognizedClientException");
}

#[tokio::test]
async fn a_refusal_says_who_may_not_do_what_and_holds_no_key() {
    let world = World::at("2026-03-20T10:00").await;
    let db = database(&world, signer("casework"));
    let asked = db.put_item().table_name("cases").set_item(Some(item("C#westminster#secret", "CASE"))).send().await;
    let error = asked.unwrap_err().into_service_error();
    let words = error.message().unwrap();
    assert!(words.contains("casework is not authorized to perform: dynamodb:PutItem on resource: arn:aws:"), "{words}");
    assert!(!words.contains("secret"), "{words}");
}

/// The service of a template in which casework may not write an audit row.
async fn without_the_trail() -> World {
    let yaml = include_str!("../../../infra/aws/template.yaml");
    let (before, rest) = yaml.split_once("\n  Casework:\n").unwrap();
    let (own, after) = rest.split_once("\n  Deadlines:\n").unwrap();
    assert!(own.contains("\"A#*\""), "casework writes no audit row at all");
    let own = own.replace("\"A#*\"", "\"none\"");
    let template = Template::parse(&format!("{before}\n  Casework:\n{own}\n  Deadlines:\n{after}")).unwrap();
    World::of("2026-03-20T10:00", &template).await
}

#[tokio::test]
async fn without_its_audit_row_nothing_of_a_case_is_shown() {
    let world = without_the_trail().await;
    let filed = world.file(COUNCIL, complaint()).await;
    let (staff, api) = (format!("/staff/{COUNCIL}"), format!("/api/{COUNCIL}"));
    let case = format!("{staff}/cases/{}", filed.reference);
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let auditor = world.staff(COUNCIL, "auditor", "Ada Byrne").await;
    for (who, path) in [
        (&manager, filed.path()),
        (&manager, case.clone()),
        (&manager, format!("{case}/person")),
        (&manager, format!("{case}/note")),
        (&manager, format!("{api}/cases")),
        (&manager, format!("{staff}?owner=all")),
        (&manager, format!("{staff}/cases.csv?owner=all")),
        (&manager, format!("{staff}/print")),
        (&manager, format!("{api}/letters/print")),
        (&auditor, format!("{staff}/audit")),
        (&auditor, format!("{api}/audit")),
        (&auditor, format!("{staff}/audit.csv")),
    ] {
        let answer = who.get(&path).await;
        assert!(answer.status.is_server_error(), "{path}: {} {}", answer.status, answer.text);
        for secret in [filed.reference.as_str(), "Nadia", "Okafor", "nadia@example.com", "collected"] {
            // An address that somebody sent comes back in no answer either.
            assert!(!answer.text.contains(secret), "{path}: {}", answer.text);
        }
    }
    let found = manager.form(&format!("{staff}/search"), &[("q", "okafor")]).await;
    assert!(found.status.is_server_error() && !found.text.contains(&filed.reference), "{}", found.text);
    // Residents are not watched, and read their own case as ever.
    world.nobody.with("x-case-key", &filed.key).get(&filed.track()).await.is(200);
}
