//! The same request twice is one request, and two officers at once are two.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{World, complaint};
use serde_json::json;

#[tokio::test]
async fn the_same_complaint_under_the_same_key_is_one_case() {
    let world = World::at("2026-03-20T10:00").await;
    let client = world.nobody.with("idempotency-key", "a-key-of-the-page");
    let first = client.post("/api/westminster/feedback", complaint()).await.is(201);
    let again = client.post("/api/westminster/feedback", complaint()).await.is(201);
    assert_eq!(first.json, again.json);
    let mut other = complaint();
    other["about"] = json!("Something else.");
    let refused = client.post("/api/westminster/feedback", other.clone()).await.is(422);
    assert_eq!(refused.bad_fields(), ["Idempotency-Key"]);
    // Another council, and the same key on a later day, are other requests.
    client.post("/api/south-staffordshire/feedback", other.clone()).await.is(201);
    world.pass("P2D").await;
    client.post("/api/westminster/feedback", other).await.is(201);
}

#[tokio::test]
async fn twenty_clicks_at_once_are_one_case() {
    let world = World::at("2026-03-20T10:00").await;
    let client = world.nobody.with("idempotency-key", "clicked");
    let clicks: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.post("/api/westminster/feedback", complaint()).await.is(201).json })
        })
        .collect();
    let mut references = Vec::new();
    for click in clicks {
        references.push(click.await.unwrap()["reference"].as_str().unwrap().to_owned());
    }
    references.dedup();
    assert_eq!(references.len(), 1, "{references:?}");
    world.laptop.quiet().await;
    let mails = world.nobody.get("/dev/mailbox").await.json;
    assert_eq!(mails.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn twenty_notes_at_once_are_all_kept_in_one_chain() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("south-staffordshire", complaint()).await;
    let officer = world.staff("south-staffordshire", "officer", "Olu Balogun").await;
    let notes: Vec<_> = (0..20)
        .map(|n| {
            let (officer, path) = (officer.clone(), filed.command("note"));
            tokio::spawn(async move {
                // Busy is an honest answer, and trying again is the remedy.
                while officer.post(&path, json!({"text": format!("note {n}")})).await.status == 503 {}
            })
        })
        .collect();
    for note in notes {
        note.await.unwrap();
    }
    let case = officer.get(&filed.path()).await.is(200);
    let noted = case.json["history"].as_array().unwrap().iter().filter(|line| line["what"] == "noted").count();
    assert_eq!(noted, 20);
}

#[tokio::test]
async fn a_command_repeated_under_its_key_happens_once() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    let officer = world.staff("westminster", "officer", "Olu Balogun").await.with("idempotency-key", "once");
    let first = officer.post(&filed.command("note"), json!({"text": "Called back."})).await.is(200);
    let again = officer.post(&filed.command("note"), json!({"text": "Called back."})).await.is(200);
    assert_eq!(first.json["version"], again.json["version"]);
}
