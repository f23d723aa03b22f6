//! What is wrong is said, all of it, in the field's own words; and nothing changes.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use axum::http::Method;
use redress_e2e::{World, complaint};
use serde_json::json;

#[tokio::test]
async fn every_field_that_is_wrong_is_named_at_once() {
    let world = World::at("2026-03-20T10:00").await;
    let sent = json!({"kind": "complain", "happened_on": "31 June", "email": "nobody", "about": "", "nmae": "x", "service": "moon", "channel": "phone"});
    let answer = world.nobody.post("/api/westminster/feedback", sent).await.is(422);
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    let mut fields = answer.bad_fields();
    fields.sort_unstable();
    assert_eq!(fields, ["about", "channel", "email", "happened_on", "kind", "name", "nmae", "service"]);
    assert!(answer.text.contains("Did you mean"), "{}", answer.text);
}

#[tokio::test]
async fn what_cannot_be_read_is_400_and_what_is_not_taken_is_415() {
    let world = World::at("2026-03-20T10:00").await;
    let path = "/api/westminster/feedback";
    let send = |kind: &'static str, body: &'static str| world.nobody.send(Method::POST, path, kind, body.to_owned());
    assert!(send("application/json", "{\"kind\": ").await.is(400).json["detail"].as_str().unwrap().contains("line 1"));
    send("application/json", "[1, 2]").await.is(422);
    send("text/plain", "hello").await.is(415);
}

#[tokio::test]
async fn too_long_is_said_before_it_is_read() {
    let world = World::at("2026-03-20T10:00").await;
    let mut feedback = complaint();
    feedback["about"] = json!("x".repeat(50_001));
    let answer = world.nobody.post("/api/westminster/feedback", feedback.clone()).await.is(422);
    assert_eq!(answer.bad_fields(), ["about"]);
    feedback["about"] = json!("x".repeat(700_000));
    world.nobody.post("/api/westminster/feedback", feedback).await.is(413);
}

#[tokio::test]
async fn what_is_not_there_is_404() {
    let world = World::at("2026-03-20T10:00").await;
    world.nobody.post("/api/atlantis/feedback", complaint()).await.is(404);
    world.nobody.get("/atlantis").await.is(404);
    let officer = world.staff("westminster", "officer", "Olu Balogun").await;
    officer.get("/api/westminster/cases/WCC-0000-0000").await.is(404);
    officer.get("/api/westminster/cases/hello").await.is(404);
    let filed = world.file("westminster", complaint()).await;
    let answer = officer.post(&filed.command("explode"), json!({})).await.is(404);
    assert!(answer.text.contains("request-review"), "it says which commands there are");
}

#[tokio::test]
async fn what_is_not_allowed_now_says_what_is() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    let manager = world.staff("westminster", "manager", "Maya Patel").await;
    let answer = manager.post(&filed.command("respond"), json!({"outcome": "upheld", "text": "Yes."})).await.is(409);
    assert!(answer.json["allowed"].as_array().unwrap().contains(&json!("accept")));
    assert!(answer.json["version"].is_number() && answer.json["cites"].is_string());
}

#[tokio::test]
async fn a_stale_version_changes_nothing_and_says_the_present_one() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    let officer = world.staff("westminster", "officer", "Olu Balogun").await;
    let seen = officer.get(&filed.path()).await.is(200);
    let version = seen.headers["etag"].to_str().unwrap().to_owned();
    officer.post(&filed.command("note"), json!({"text": "A note in between."})).await.is(200);
    let late = officer.with("if-match", &version);
    let answer = late.post(&filed.command("accept"), json!({})).await.is(412);
    assert_eq!(answer.json["version"].as_i64().unwrap(), seen.json["version"].as_i64().unwrap() + 1);
    assert_eq!(officer.get(&filed.path()).await.json["status"], "new");
    officer
        .with("if-match", &format!("\"{}\"", answer.json["version"]))
        .post(&filed.command("accept"), json!({}))
        .await
        .is(200);
}

#[tokio::test]
async fn nobody_and_another_councils_people_get_nothing() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    world.nobody.get(&filed.path()).await.is(401);
    world.nobody.with("authorization", "Bearer x.y.z").get(&filed.path()).await.is(401);
    let other = world.staff("south-staffordshire", "complaints-manager", "Lee Wood").await;
    other.get(&filed.path()).await.is(403);
    other.post(&filed.command("accept"), json!({})).await.is(403);
    let auditor = world.staff("westminster", "auditor", "Audra Dean").await;
    auditor.get(&filed.path()).await.is(200);
    auditor.post("/api/westminster/feedback", complaint()).await.is(403);
    let analyst = world.staff("westminster", "analyst", "Ana List").await;
    analyst.get(&filed.path()).await.is(403);
    world.nobody.with("x-case-key", "wrong").get(&filed.track()).await.is(403);
    let resident = world.nobody.with("x-case-key", &filed.key);
    resident.post(&format!("{}/accept", filed.track()), json!({})).await.is(404);
    world.pass("P2D").await;
    analyst.get(&filed.path()).await.is(401);
}

#[tokio::test]
async fn a_response_without_a_finding_for_each_point_names_the_point() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    let manager = world.staff("westminster", "manager", "Maya Patel").await;
    manager.post(&filed.command("accept"), json!({"points": [{"text": "one"}, {"text": "two"}]})).await.is(200);
    let said = json!({"outcome": "upheld", "findings": [{"point": 1, "outcome": "upheld", "reason": "Yes."}, {"point": 9, "outcome": "maybe", "reason": ""}]});
    let answer = manager.post(&filed.command("respond"), said).await.is(422);
    assert_eq!(answer.bad_fields(), ["findings.1.outcome", "findings.1.reason"]);
    let said = json!({"outcome": "upheld", "findings": [{"point": 1, "outcome": "upheld", "reason": "Yes."}]});
    let answer = manager.post(&filed.command("respond"), said).await.is(422);
    assert!(answer.text.contains("point 2 has no finding"), "{}", answer.text);
}

#[tokio::test]
async fn putting_off_further_than_the_code_needs_a_reason_and_an_approver() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    let manager = world.staff("westminster", "manager", "Maya Patel").await;
    let far = json!({"reason": "It is complex.", "by": "15 working days"});
    let answer = manager.post(&filed.command("extend"), far).await.is(409);
    assert!(answer.json["detail"].as_str().unwrap().contains("good_reason"), "{}", answer.text);
    manager.post(&filed.command("extend"), json!({"reason": "x", "until": "2026-04-01"})).await.is(422);
    manager.post(&filed.command("extend"), json!({"reason": "x"})).await.is(422);
    let approved = json!({"reason": "It is complex.", "by": "15 working days", "good_reason": "An expert is away.", "approved_by": "chris"});
    let case = manager.post(&filed.command("extend"), approved).await.is(200);
    assert_eq!(case.deadline("stage-1.respond")["due_on"], "2026-04-28");
}

#[tokio::test]
async fn the_clock_goes_forward_only() {
    let world = World::at("2026-03-20T10:00").await;
    world.nobody.post("/dev/clock", json!({"now": "2026-03-19T10:00"})).await.is(422);
    world.nobody.post("/dev/clock", json!({"advance": "soon"})).await.is(422);
    world.nobody.post("/dev/clock", json!({})).await.is(422);
}
