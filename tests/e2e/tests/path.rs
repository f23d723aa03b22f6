//! The path of a complaint through its council's procedure, by the people who walk it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Answer, COUNCILS, Filed, World, complaint};
use serde_json::{Value, json};

/// Two points, one upheld: an answer as an officer gives it.
fn answer() -> Value {
    json!({
        "outcome": "upheld",
        "findings": [
            {"point": 1, "outcome": "upheld", "reason": "The crew's log shows three missed Mondays.", "references": "Waste policy 4"},
            {"point": 2, "outcome": "not-upheld", "reason": "We listened to the call, and it was polite."},
        ],
        "remedies": [
            {"kind": "apology", "what": "We apologise for three missed collections."},
            {"kind": "action", "what": "A supervisor checks the round for a month.", "by": "2026-05-29"},
            {"kind": "payment", "what": "For the tip charges you paid.", "amount": "12.50"},
        ],
        "text": "I am sorry that we missed your bin.",
    })
}

/// From acceptance to the first answer, by an officer and a manager.
async fn answered(world: &World, council: &str) -> Filed {
    let filed = world.file(council, complaint()).await;
    let officer = world.staff(council, "officer", "Olu Balogun").await;
    let manager = world.staff(council, "manager", "Maya Patel").await;
    let points = json!({"points": [{"text": "Missed bins"}, {"text": "Rude on the phone"}], "definition": "You say three collections were missed."});
    let case = officer.post(&filed.command("accept"), points).await.is(200);
    assert_eq!(case.json["status"], "open");
    assert_eq!(case.json["points"][1]["text"], "Rude on the phone");
    let owner = json!({"owner": {"id": "maya", "name": "Maya Patel", "role": "manager"}});
    let case = officer.post(&filed.command("assign"), owner).await.is(200);
    assert_eq!(case.json["owner"]["name"], "Maya Patel");
    officer.post(&filed.command("acknowledge"), json!({"wanted": "Weekly collections"})).await.is(200);
    manager
        .post(&filed.command("extend"), json!({"reason": "We wait for the contractor.", "by": "5 working days"}))
        .await
        .is(200);
    officer.post(&filed.command("update"), json!({"text": "The contractor has answered."})).await.is(200);
    let case = manager.post(&filed.command("respond"), answer()).await.is(200);
    assert_eq!(case.json["status"], "answered");
    filed
}

/// The last answer: signed off by somebody else where the policy says so.
async fn finally(world: &World, filed: &Filed, answer: Value) -> Answer {
    let investigator = world.staff(&filed.council, "investigator", "Iris Chan").await;
    if filed.council != "lichfield-traded-services" {
        return investigator.post(&filed.command("respond"), answer).await.is(200);
    }
    let refused = investigator.post(&filed.command("respond"), answer.clone()).await.is(409);
    assert!(refused.text.contains("Chief Executive"), "{}", refused.text);
    let proposed = investigator.post(&filed.command("propose-response"), answer.clone()).await.is(200);
    assert_eq!(proposed.json["status"], "open");
    let signatory = world.staff(&filed.council, "signatory", "Sir Humphrey Dale").await;
    signatory.post(&filed.command("sign-off"), json!({"approve": false})).await.is(422);
    signatory
        .post(&filed.command("sign-off"), json!({"approve": false, "comment": "Say more on point 2."}))
        .await
        .is(200);
    signatory.post(&filed.command("sign-off"), json!({"approve": true})).await.is(409);
    investigator.post(&filed.command("propose-response"), answer).await.is(200);
    let same = world.staff(&filed.council, "signatory", "Iris Chan").await;
    same.post(&filed.command("sign-off"), json!({"approve": true})).await.is(409);
    signatory.post(&filed.command("sign-off"), json!({"approve": true})).await.is(200)
}

#[tokio::test]
async fn a_complaint_walks_the_whole_procedure_at_every_council() {
    let world = World::at("2026-03-20T10:00").await;
    for council in COUNCILS {
        let filed = answered(&world, council).await;
        let resident = world.nobody.with("x-case-key", &filed.key);
        let tracked = resident.get(&filed.track()).await.is(200);
        assert!(tracked.json["allowed"].as_array().unwrap().contains(&json!("request-review")), "{council}");
        let tracked = resident
            .post(&format!("{}/request-review", filed.track()), json!({"reasons": "The second point."}))
            .await
            .is(200);
        assert_eq!(tracked.json["stage"], 2, "{council}");
        let mut final_answer = answer();
        final_answer["remedies"] = json!([{"kind": "apology", "what": "We apologise again."}]);
        let last = finally(&world, &filed, final_answer).await;
        assert_eq!(last.json["stage"], 2, "{council}");
        let mails = world.mails(&filed).await;
        let letter = mails.iter().find(|mail| mail["kind"] == "final").expect("a final letter");
        let text = letter["text"].as_str().unwrap();
        for said in
            ["Local Government and Social Care Ombudsman", "PO Box 4771", "The crew's log shows three missed Mondays."]
        {
            assert!(text.contains(said), "{council}: {text}");
        }
        let kinds: Vec<&str> = mails.iter().filter_map(|mail| mail["kind"].as_str()).collect();
        for kind in ["acknowledgement", "extension", "update", "response"] {
            assert!(kinds.contains(&kind), "{council}: {kinds:?}");
        }
        // The remedy outlives the answer: the case waits for it, and closes when it is done.
        assert_eq!(last.json["next_due"]["rule"], "action.2", "{council}");
        let manager = world.staff(council, "complaints-manager", "Chris Adeyemi").await;
        let done = json!({"action": 2, "evidence": "Supervisor's sheets, 20 March."});
        let case = manager.post(&filed.command("complete-action"), done).await.is(200);
        assert_eq!(
            (case.json["status"].as_str(), case.json["closed_as"].as_str()),
            (Some("closed"), Some("answered")),
            "{council}"
        );
        assert_eq!(case.json["next_due"]["rule"], "retention.destroy", "{council}");
    }
}

#[tokio::test]
async fn stage_two_is_somebody_elses() {
    let world = World::at("2026-03-20T10:00").await;
    for council in COUNCILS {
        let filed = answered(&world, council).await;
        let manager = world.staff(council, "complaints-manager", "Chris Adeyemi").await;
        let case = manager.post(&filed.command("request-review"), json!({})).await.is(200);
        assert_eq!(case.json["owner"], json!(null), "{council}: whoever had stage 1 does not keep it");
        let answerer = case.json["responses"][0]["by"].as_str().unwrap();
        let same = json!({"owner": {"id": answerer, "role": "investigator"}});
        let refused = manager.post(&filed.command("assign"), same).await.is(409);
        assert!(refused.json["detail"].as_str().unwrap().contains("somebody else must"), "{council}");
        let before = world.case(&filed).await.json["version"].clone();
        // The same person in another role is the same person.
        let same = world.staff(council, "investigator", "Maya Patel").await;
        same.post(&filed.command("respond"), answer()).await.is(409);
        assert_eq!(world.case(&filed).await.json["version"], before, "{council}: nothing happened");
        let other = json!({"owner": {"id": "iris", "name": "Iris Chan", "role": "investigator"}});
        manager.post(&filed.command("assign"), other).await.is(200);
    }
}

#[tokio::test]
async fn who_answers_is_the_policys_handler() {
    let world = World::at("2026-03-20T10:00").await;
    for (council, officer_may) in [("together-for-children", true), ("westminster", false)] {
        let filed = world.file(council, complaint()).await;
        let officer = world.staff(council, "officer", "Olu Balogun").await;
        officer.post(&filed.command("accept"), json!({})).await.is(200);
        let said = json!({"outcome": "not-upheld", "text": "The bins were collected."});
        let answered = officer.post(&filed.command("respond"), said).await;
        assert_eq!(answered.status == 200, officer_may, "{council}: {}", answered.text);
        assert!(officer_may || answered.status == 403, "{council}");
    }
}

#[tokio::test]
async fn a_window_that_passes_closes_the_case_and_still_shuts_no_door() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("north-west-leicestershire", complaint()).await;
    let manager = world.staff("north-west-leicestershire", "manager", "Maya Patel").await;
    manager.post(&filed.command("accept"), json!({})).await.is(200);
    manager
        .post(&filed.command("respond"), json!({"outcome": "not-upheld", "text": "The bins were collected."}))
        .await
        .is(200);
    assert_eq!(world.case(&filed).await.deadline("stage-2.request")["due_on"], "2026-04-20");
    world.until("2026-04-20T23:00").await;
    assert_eq!(world.case(&filed).await.json["status"], "answered");
    world.until("2026-04-21T09:00").await;
    let case = world.case(&filed).await;
    assert_eq!(
        (case.json["status"].as_str(), case.deadline("stage-2.request")["state"].as_str()),
        (Some("closed"), Some("void"))
    );
    let resident = world.nobody.with("x-case-key", &filed.key);
    resident.post(&format!("{}/request-review", filed.track()), json!({})).await.is(200);
    let case = world.case(&filed).await;
    assert_eq!((case.json["stage"].as_i64(), case.json["status"].as_str()), (Some(2), Some("open")));
    assert!(case.json["flags"].as_array().unwrap().contains(&json!("late")));
}

#[tokio::test]
async fn no_answer_in_time_is_a_ground_where_the_policy_says_so() {
    let world = World::at("2026-03-20T10:00").await;
    for (council, expected) in [("together-for-children", 200), ("westminster", 409)] {
        let filed = world.file(council, complaint()).await;
        let resident = world.nobody.with("x-case-key", &filed.key);
        resident.post(&format!("{}/request-review", filed.track()), json!({})).await.is(409);
        world.pass("25 working days").await;
        resident.post(&format!("{}/request-review", filed.track()), json!({})).await.is(expected);
    }
}

#[tokio::test]
async fn a_bounced_acknowledgement_is_no_acknowledgement_and_makes_work() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    assert_eq!(world.case(&filed).await.deadline("stage-1.acknowledge")["state"], "met");
    let bounce = json!({"reference": filed.reference, "kind": "acknowledgement", "type": "bounce"});
    world.nobody.post("/dev/mailbox/events", bounce.clone()).await.is(204);
    world.nobody.post("/dev/mailbox/events", bounce).await.is(204);
    let case = world.case(&filed).await;
    assert_eq!(case.deadline("stage-1.acknowledge")["state"], "open");
    assert!(case.json["letters"][0]["bounced_at"].is_string());
    let tasks = case.json["tasks"].as_array().unwrap();
    assert!(tasks.iter().any(|task| task["what"].as_str().unwrap().contains("did not arrive")), "{tasks:?}");
    // A working day, in working hours: it waits for no morning.
    let bounced = world.mail_kinds(&filed).await.into_iter().filter(|kind| kind == "staff-bounced").count();
    assert_eq!(bounced, 1, "told once, however often the event comes");
}

#[tokio::test]
async fn a_resident_can_write_again_and_take_it_back() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("south-staffordshire", complaint()).await;
    let resident = world.nobody.with("x-case-key", &filed.key);
    resident.post(&format!("{}/message", filed.track()), json!({"text": "Missed again today."})).await.is(200);
    let tracked = resident.post(&format!("{}/withdraw", filed.track()), json!({})).await.is(200);
    assert_eq!(tracked.json["status"], "closed");
    let mails = world.mail_kinds(&filed).await;
    assert!(mails.contains(&"withdrawn".to_owned()), "{mails:?}");
}
