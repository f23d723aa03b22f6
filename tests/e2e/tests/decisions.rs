//! Decisions that are no answer: outside the policy, put right at once, late, declined, not deliverable.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{COUNCILS, Filed, World, complaint};
use serde_json::{Value, json};

async fn letter(world: &World, filed: &Filed, kind: &str) -> String {
    let mails = world.mails(filed).await;
    let found = mails.iter().rev().find(|mail| mail["kind"] == kind);
    found.unwrap_or_else(|| panic!("no {kind}: {mails:?}"))["text"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn not_accepting_needs_the_complaints_manager_and_tells_the_way_on_and_the_ombudsman() {
    let world = World::at("2026-03-20T10:00").await;
    for council in COUNCILS {
        let filed = world.file(council, complaint()).await;
        let officer = world.staff(council, "officer", "Olu Balogun").await;
        let mut said = json!({"reason": "other", "evidence": "The lane belongs to the county.", "route": {"body": "the county council", "limit": "1 May 2026"}});
        officer
            .post(&filed.command("not-accepted"), json!({"reason": "moon", "evidence": "x", "approved_by": "chris"}))
            .await
            .is(422);
        officer.post(&filed.command("not-accepted"), said.clone()).await.is(409);
        said["approved_by"] = json!("chris");
        let case = officer.post(&filed.command("not-accepted"), said).await.is(200);
        assert_eq!(case.json["closed_as"], "not-accepted", "{council}");
        let text = letter(&world, &filed, "not-accepted").await;
        for part in ["The lane belongs to the county.", "1 May 2026", "Ombudsman"] {
            assert!(text.contains(part), "{council}: {text}");
        }
    }
}

#[tokio::test]
async fn what_is_put_right_at_once_is_no_complaint_and_could_still_be_one() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("lichfield-traded-services", complaint()).await;
    let officer = world.staff(&filed.council, "officer", "Olu Balogun").await;
    officer.post(&filed.command("resolve"), json!({"what_was_done": "Cleaned."})).await.is(422);
    let said = json!({"what_was_done": "The toilets were cleaned while you waited.", "complaint_offered": "Yes; she was content."});
    let case = officer.post(&filed.command("resolve"), said).await.is(200);
    assert_eq!(case.json["closed_as"], "resolved-at-first-contact");
    assert!(letter(&world, &filed, "resolved").await.contains("You can still complain"));
}

#[tokio::test]
async fn an_old_complaint_is_decided_by_two_questions() {
    let world = World::at("2026-03-20T10:00").await;
    let mut old = complaint();
    old["happened_on"] = json!("2024-11-01");
    let filed = world.file("south-staffordshire", old.clone()).await;
    let manager = world.staff(&filed.council, "complaints-manager", "Chris Adeyemi").await;
    let answer = manager
        .post(&filed.command("discretion"), json!({"decision": "accept", "reason": "She was in hospital."}))
        .await
        .is(422);
    assert_eq!(answer.bad_fields(), ["good_reason"]);
    let said = json!({"decision": "accept", "reason": "She was in hospital.", "good_reason": true, "fair_to_investigate": true});
    let case = manager.post(&filed.command("discretion"), said.clone()).await.is(200);
    assert_eq!(case.json["status"], "new");
    manager.post(&filed.command("discretion"), said).await.is(409);
    let other = world.file("south-staffordshire", old).await;
    let said = json!({"decision": "decline", "reason": "All records are gone.", "good_reason": false, "fair_to_investigate": false});
    let case = manager.post(&other.command("discretion"), said).await.is(200);
    assert_eq!(case.json["closed_as"], "not-accepted");
    assert!(letter(&world, &other, "not-accepted").await.contains("All records are gone."));
}

#[tokio::test]
async fn declining_a_review_is_a_decision_with_a_ground_reasons_and_the_ombudsman() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    let manager = world.staff("westminster", "complaints-manager", "Chris Adeyemi").await;
    manager.post(&filed.command("accept"), json!({})).await.is(200);
    manager
        .post(&filed.command("respond"), json!({"outcome": "not-upheld", "text": "The bins were collected."}))
        .await
        .is(200);
    manager.post(&filed.command("request-review"), json!({})).await.is(200);
    let wrong = manager.post(&filed.command("decline-review"), json!({"ground": "busy", "reasons": "x"})).await.is(422);
    assert!(wrong.text.contains("thoroughly-investigated"));
    let said = json!({"ground": "thoroughly-investigated", "reasons": "We have read every log twice."});
    let case = manager.post(&filed.command("decline-review"), said).await.is(200);
    assert_eq!(case.json["responses"][1]["outcome"], "not-investigated");
    let text = letter(&world, &filed, "final").await;
    assert!(text.contains("We have read every log twice.") && text.contains("PO Box 4771"), "{text}");
}

#[tokio::test]
async fn an_upheld_answer_apologises_where_the_policy_says_so() {
    let world = World::at("2026-03-20T10:00").await;
    for (council, owed) in [
        ("lichfield-traded-services", true),
        ("south-staffordshire", true),
        ("north-west-leicestershire", true),
        ("westminster", false),
    ] {
        let filed = world.file(council, complaint()).await;
        let manager = world.staff(council, "manager", "Maya Patel").await;
        manager.post(&filed.command("accept"), json!({})).await.is(200);
        let bare = json!({"outcome": "upheld", "text": "We missed your bin."});
        let answer = manager.post(&filed.command("respond"), bare).await.is(if owed { 422 } else { 200 });
        assert!(!owed || answer.bad_fields() == ["remedies"], "{council}");
    }
}

#[tokio::test]
async fn a_remedy_that_cannot_be_delivered_is_told_with_the_ombudsman() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    let manager = world.staff("westminster", "manager", "Maya Patel").await;
    manager.post(&filed.command("accept"), json!({})).await.is(200);
    let said = json!({"outcome": "upheld", "text": "Yes.", "remedies": [{"kind": "action", "what": "Replant the hedge.", "by": "2026-05-01"}]});
    manager.post(&filed.command("respond"), said).await.is(200);
    let said = json!({"action": 1, "reason": "The ground is not ours.", "alternative": "We plant on our side."});
    let case = manager.post(&filed.command("cannot-deliver"), said).await.is(200);
    assert_eq!(case.deadline("action.1"), &Value::Null);
    let text = letter(&world, &filed, "cannot-deliver").await;
    assert!(text.contains("Replant the hedge.") && text.contains("Ombudsman"), "{text}");
}

#[tokio::test]
async fn evidence_of_a_later_arrival_moves_the_window_where_it_runs_from_receipt() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("lichfield-traded-services", complaint()).await;
    let manager = world.staff(&filed.council, "manager", "Maya Patel").await;
    manager.post(&filed.command("accept"), json!({})).await.is(200);
    let case = manager.post(&filed.command("respond"), json!({"outcome": "not-upheld", "text": "No."})).await.is(200);
    assert_eq!(case.deadline("stage-2.request")["due_on"], "2026-04-21");
    let n = case.json["letters"].as_array().unwrap().len();
    world.until("2026-03-30T10:00").await;
    let manager = world.staff(&filed.council, "manager", "Maya Patel").await;
    let case = manager.post(&filed.command("received-on"), json!({"letter": n, "on": "2026-03-25"})).await.is(200);
    assert_eq!(case.deadline("stage-2.request")["due_on"], "2026-04-24");
}

#[tokio::test]
async fn a_received_date_that_was_wrong_moves_what_is_due_and_leaves_what_was_promised() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("south-staffordshire", complaint()).await;
    let officer = world.staff(&filed.council, "officer", "Olu Balogun").await;
    let said =
        json!({"field": "received_at", "value": "2026-03-18T09:00:00Z", "reason": "The date stamp says the 18th."});
    let case = officer.post(&filed.command("correct"), said).await.is(200);
    let answer = case.deadline("stage-1.respond");
    assert_eq!((answer["due_on"].as_str(), answer["promised_on"].as_str()), (Some("2026-04-01"), Some("2026-04-07")));
    let said =
        json!({"letter": 1, "text": "The reference of the policy is section 5.", "reason": "We wrote section 6."});
    let again = officer.post(&filed.command("correct"), said).await.is(200);
    assert_eq!(again.deadline("stage-1.respond"), answer);
    assert!(letter(&world, &filed, "correction").await.contains("section 5"));
}

#[tokio::test]
async fn a_risk_is_told_at_once_even_at_night() {
    let world = World::at("2026-03-21T02:30").await;
    let filed = world.file("westminster", complaint()).await;
    let officer = world.staff("westminster", "officer", "Olu Balogun").await;
    officer
        .post(&filed.command("raise-risk"), json!({"text": "She says that her ex-partner has the key."}))
        .await
        .is(200);
    let kinds = world.mail_kinds(&filed).await;
    assert_eq!(kinds.iter().filter(|kind| *kind == "staff-risk").count(), 2, "{kinds:?}");
    let mails = world.mails(&filed).await;
    assert!(!mails.iter().any(|mail| mail["kind"] == "staff-risk" && mail["text"].as_str().unwrap().contains("key")));
}

#[tokio::test]
async fn people_move_and_are_written_to_where_they_are() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("south-staffordshire", complaint()).await;
    let officer = world.staff(&filed.council, "officer", "Olu Balogun").await;
    officer.post(&filed.command("change-contact"), json!({"reply_by": "post"})).await.is(422);
    let said = json!({"address": {"lines": ["1 New Lane"], "postcode": "ZZ99 1AA"}, "reply_by": "post"});
    let case = officer.post(&filed.command("change-contact"), said).await.is(200);
    assert_eq!(
        (case.json["contact"]["email"].as_str(), case.json["reply_by"].as_str()),
        (Some("nadia@example.com"), Some("post"))
    );
    let case = officer.post(&filed.command("acknowledge"), json!({})).await.is(200);
    let sent = &case.json["letters"][1];
    assert_eq!(
        (sent["channel"].as_str(), sent["to"].as_str()),
        (Some("post"), Some("Nadia Okafor\n1 New Lane\nZZ99 1AA"))
    );
    assert!(case.text.contains("Print and post letter 2"));
    let case = officer.post(&filed.command("printed"), json!({"letter": 2})).await.is(200);
    assert!(case.json["letters"][1]["printed_at"].is_string() && !case.text.contains("Print and post letter 2"));
    officer.post(&filed.command("adjustments"), json!({"text": "Large print, please."})).await.is(200);
    officer
        .post(&filed.command("record-contact"), json!({"channel": "phone", "text": "Rang her; all well."}))
        .await
        .is(200);
    officer.post(&filed.command("link"), json!({"reference": filed.reference, "why": "related"})).await.is(422);
    let other = world.file("south-staffordshire", complaint()).await;
    let case =
        officer.post(&filed.command("link"), json!({"reference": other.reference, "why": "duplicate"})).await.is(200);
    assert_eq!(case.json["links"][0]["why"], "duplicate");
    assert_eq!(world.case(&other).await.json["status"], "new", "linking closes nothing");
}
