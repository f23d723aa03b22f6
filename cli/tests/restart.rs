//! Pulled plugs: whatever was acknowledged is there again, and its letters go out.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use redress_e2e::{Client, complaint};

/// A running service, ended without warning when it is dropped.
struct Service {
    child: Child,
    address: String,
}

impl Service {
    fn start(data: &Path) -> Service {
        let mut child = Command::new(env!("CARGO_BIN_EXE_redress"))
            .args(["serve", "--port", "0", "--no-demo", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let address = first.strip_prefix("listening on ").unwrap_or_else(|| panic!("{first}")).to_owned();
        Service { child, address }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // SIGKILL: no farewell, no flush.
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[tokio::test]
async fn after_a_kill_every_acknowledged_reference_is_there_and_its_letters_are_sent() {
    let folder = tempfile::tempdir().unwrap();
    let mut references = Vec::new();
    for round in 0..3 {
        let service = Service::start(folder.path());
        let client = Client::new(&service.address);
        for n in 0..5 {
            let mut feedback = complaint();
            feedback["about"] = format!("Round {round}, complaint {n}.").into();
            let answer = client.post("/api/south-staffordshire/feedback", feedback).await.is(201);
            references.push((
                answer.json["reference"].as_str().unwrap().to_owned(),
                answer.json["key"].as_str().unwrap().to_owned(),
            ));
        }
        // Killed at once, with letters on their way.
        drop(service);
    }
    let service = Service::start(folder.path());
    let client = Client::new(&service.address);
    for (reference, key) in &references {
        let tracked =
            client.with("x-case-key", key).get(&format!("/api/south-staffordshire/track/{reference}")).await.is(200);
        assert!(tracked.json["about"].as_str().unwrap().starts_with("Round"));
    }
    let mut unsent = references.len();
    for _ in 0..100 {
        let mails = client.get("/dev/mailbox").await.is(200).json;
        let sent = |reference: &str| {
            mails.as_array().unwrap().iter().any(|mail| mail["reference"] == reference && mail["kind"] == "receipt")
        };
        unsent = references.iter().filter(|(reference, _)| !sent(reference)).count();
        if unsent == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop(service);
    let verified =
        Command::new(env!("CARGO_BIN_EXE_redress")).arg("verify").arg("--data").arg(folder.path()).output().unwrap();
    let text = String::from_utf8(verified.stdout).unwrap();
    assert!(verified.status.success() && text.contains("15 cases") && text.contains("0 wrong"), "{text}");
    assert_eq!(unsent, 0, "every receipt is sent");
}

#[tokio::test]
async fn a_history_that_was_tampered_with_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path());
    let client = Client::new(&service.address);
    let answer = client.post("/api/westminster/feedback", complaint()).await.is(201);
    let reference = answer.json["reference"].as_str().unwrap().to_owned();
    drop(service);
    let verify = || {
        let output = Command::new(env!("CARGO_BIN_EXE_redress"))
            .args(["verify", "--data"])
            .arg(folder.path())
            .arg(&reference)
            .output()
            .unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    assert!(verify().0, "{}", verify().1);
    let database = rusqlite::Connection::open(folder.path().join("redress.sqlite")).unwrap();
    let tables: Vec<String> = database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let ledger = tables.iter().find(|name| name.contains("ledger")).unwrap_or_else(|| panic!("{tables:?}"));
    let changed = database.execute(&format!("UPDATE \"{ledger}\" SET item_json = replace(item_json, '\\\"channel\\\":\\\"web\\\"', '\\\"channel\\\":\\\"mp\\\"')"), []);
    assert!(changed.unwrap() > 0);
    let (held, said) = verify();
    assert!(!held && said.contains("is not what was written"), "{said}");
}
