//! Histories that somebody changed who may write to the tables, and what of it is seen.

use redress_domain::case::seal;
use serde_json::{Value, json};

use crate::service::{Service, said};

/// A history, as whoever may write to the tables sees it.
struct Tables<'a>(&'a Service);

impl Tables<'_> {
    fn key(&self, sk: &str) -> Value {
        json!({"pk": {"S": format!("C#westminster#{}", self.0.reference)}, "sk": {"S": sk}})
    }

    fn read(&self, table: &str, sk: &str) -> Option<Value> {
        let get = json!({"TableName": table, "Key": self.key(sk)});
        let found = self.0.laptop.database().db().get_item(serde_json::from_value(get).unwrap()).unwrap();
        found.item.map(|item| serde_json::to_value(item).unwrap())
    }

    fn write(&self, table: &str, item: &Value) {
        let put = json!({"TableName": table, "Item": item});
        self.0.laptop.database().db().put_item(serde_json::from_value(put).unwrap()).unwrap();
    }

    fn remove(&self, table: &str, sk: &str) {
        let delete = json!({"TableName": table, "Key": self.key(sk)});
        self.0.laptop.database().db().delete_item(serde_json::from_value(delete).unwrap()).unwrap();
    }

    /// The sort keys of all entries.
    fn entries(&self) -> Vec<String> {
        (1..).map(|n| format!("{n:06}")).take_while(|sk| self.read("ledger", sk).is_some()).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_entry_is_seen() {
    let service = Service::start().await;
    let tables = Tables(&service);
    let mut item = tables.read("ledger", "000001").unwrap();
    item["body"]["S"] = json!(item["body"]["S"].as_str().unwrap().replace("resident", "system"));
    tables.write("ledger", &item);
    let verified = service.redress(&["verify", "--account", &service.reference]);
    assert!(!verified.status.success(), "{}", said(&verified));
    assert!(said(&verified).contains("1 wrong"), "{}", said(&verified));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_written_anew_from_its_first_entry_holds_by_itself_and_is_seen_by_what_was_anchored() {
    let service = Service::start().await;
    let tables = Tables(&service);
    let before = service.redress(&["verify", "--account"]);
    assert!(before.status.success(), "{}", said(&before));
    assert!(said(&before).contains("the last entry of every history among them"), "{}", said(&before));

    // Who sent it is made another, and every hash after it is made to fit.
    let (mut prev, mut last) = (String::new(), String::new());
    for sk in tables.entries() {
        let mut item = tables.read("ledger", &sk).unwrap();
        let body = item["body"]["S"].as_str().unwrap();
        let body = match last.is_empty() {
            true => body.replacen("resident", "system", 1),
            false => body.replace(&prev, &last),
        };
        prev = item["hash"]["S"].as_str().unwrap().to_owned();
        last = seal(&body);
        assert_ne!(prev, last, "the entry is another");
        (item["body"]["S"], item["hash"]["S"]) = (json!(body), json!(last));
        tables.write("ledger", &item);
    }
    let mut case = tables.read("cases", "CASE").unwrap();
    case["hash"]["S"] = json!(last);
    tables.write("cases", &case);

    let alone = service.command(&["verify", "--account"]).env_remove("REDRESS_HEADS").output().unwrap();
    assert!(alone.status.success() && said(&alone).contains(" 0 wrong"), "{}", said(&alone));
    assert!(said(&alone).contains("REDRESS_HEADS names no bucket"), "{}", said(&alone));
    let compared = service.redress(&["verify", "--account"]);
    assert!(!compared.status.success(), "{}", said(&compared));
    assert!(said(&compared).contains("entry 1 is not the one that was anchored"), "{}", said(&compared));

    // The folder of a laptop is compared as well.
    let folder = service.folder.path().display().to_string();
    let folder = service.redress(&["verify", "--data", &folder]);
    assert!(said(&folder).contains("entry 1 is not the one that was anchored"), "{}", said(&folder));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_was_made_to_vanish_is_seen() {
    let service = Service::start().await;
    let tables = Tables(&service);
    tables.entries().iter().rev().for_each(|sk| tables.remove("ledger", sk));
    tables.remove("cases", "CASE");
    let alone = service.command(&["verify", "--account"]).env_remove("REDRESS_HEADS").output().unwrap();
    assert!(said(&alone).contains("0 cases, 0 entries, 0 wrong"), "{}", said(&alone));
    let compared = service.redress(&["verify", "--account"]);
    assert!(!compared.status.success(), "{}", said(&compared));
    let gone = format!("{}: entry 1 is gone: it was anchored", service.reference);
    assert!(said(&compared).contains(&gone), "{}", said(&compared));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_anchored_can_be_anchored_and_what_is_none_of_ours_is_named() {
    let service = Service::start().await;
    let heads = service.folder.path().join("files").join(service.laptop.heads().1);
    std::fs::remove_dir_all(heads.join("heads")).unwrap();
    let open = service.redress(&["verify", "--account"]);
    assert!(open.status.success(), "{}", said(&open));
    assert!(said(&open).contains("0 heads anchored; of 1 histories the last entry is not"), "{}", said(&open));
    let anchored = service.redress(&["verify", "--account", "--anchor"]);
    assert!(said(&anchored).contains("1 anchored now"), "{}", said(&anchored));
    let after = service.redress(&["verify", "--account"]);
    assert!(said(&after).contains("1 heads anchored, the last entry of every history among them"), "{}", said(&after));

    let strange = heads.join("heads/2026-01-01");
    std::fs::create_dir_all(&strange).unwrap();
    std::fs::write(strange.join("0000"), "westminster WCC-0000-0000 1 00\n").unwrap();
    let named = service.redress(&["verify", "--account"]);
    assert!(!named.status.success(), "{}", said(&named));
    assert!(said(&named).contains("heads/2026-01-01/0000: among the heads"), "{}", said(&named));
}
