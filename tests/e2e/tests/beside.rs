//! What stands beside the stages: requests that stay open, points outside, another organisation, the Ombudsman.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{COUNCILS, Client, Filed, World, complaint};
use serde_json::{Value, json};

async fn text(world: &World, filed: &Filed, kind: &str) -> String {
    let mails = world.mails(filed).await;
    let found = mails.iter().rev().find(|mail| mail["kind"] == kind);
    found.unwrap_or_else(|| panic!("no {kind}: {mails:?}"))["text"].as_str().unwrap().to_owned()
}

async fn at_stage_2(world: &World, council: &str) -> (Filed, Client) {
    let filed = world.file(council, complaint()).await;
    let manager = world.staff(council, "complaints-manager", "Chris Adeyemi").await;
    manager.post(&filed.command("accept"), json!({})).await.is(200);
    let said = json!({"outcome": "not-upheld", "text": "The bins were collected."});
    manager.post(&filed.command("respond"), said).await.is(200);
    manager.post(&filed.command("request-review"), json!({})).await.is(200);
    (filed, manager)
}

#[tokio::test]
async fn a_request_for_a_service_stays_open_beside_the_complaint_about_it() {
    let world = World::at("2026-03-20T10:00").await;
    for council in COUNCILS {
        let mut request = complaint();
        request["kind"] = json!("service-request");
        let request = world.file(council, request).await;
        let officer = world.staff(council, "officer", "Olu Balogun").await;
        let told = text(&world, &request, "service-request").await;
        assert!(told.contains("complain"), "{council}: {told}");
        let case = officer.get(&request.path()).await.is(200);
        assert_eq!(
            (&case.json["status"], case.deadline("stage-1.respond")),
            (&json!("new"), &Value::Null),
            "{council}"
        );
        let due = case.deadline("service-request.done")["due_on"].clone();
        assert!(due.is_string(), "{council}");
        let raised = json!({"trigger": "It was missed a second time.", "about": "Missed again."});
        let case = officer.post(&request.command("raise-complaint"), raised).await.is(200);
        let link = &case.json["links"][0];
        assert_eq!((&link["why"], &case.json["status"]), (&json!("complaint"), &json!("new")), "{council}");
        let other = format!("/api/{council}/cases/{}", link["reference"].as_str().unwrap());
        let complaint = officer.get(&other).await.is(200);
        assert_eq!(complaint.json["links"][0]["reference"], json!(request.reference), "{council}");
        assert_eq!((&complaint.json["kind"], &complaint.json["about"]), (&json!("complaint"), &json!("Missed again.")));
        assert!(complaint.deadline("stage-1.respond")["due_on"].is_string(), "{council}");
        let done = json!({"what_was_done": "The bin was emptied.", "complaint_offered": "Yes; she has complained."});
        let case = officer.post(&request.command("resolve"), done).await.is(200);
        assert_eq!(
            (&case.json["closed_as"], &case.deadline("service-request.done")["state"]),
            (&json!("answered"), &json!("met"))
        );
        let still = officer.get(&other).await.is(200);
        assert_eq!(still.json["status"], "new", "{council}: what is done for the request answers no complaint");
    }
}

#[tokio::test]
async fn something_to_be_done_does_not_wait_for_the_complaint_and_a_repeat_of_the_request_raises_nothing_twice() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    let officer = world.staff("westminster", "officer", "Olu Balogun").await.with("idempotency-key", "once");
    let body = json!({"about": "Empty the bin today."});
    let case = officer.post(&filed.command("raise-service-request"), body.clone()).await.is(200);
    let again = officer.post(&filed.command("raise-service-request"), body).await.is(200);
    assert_eq!((case.json["links"].as_array().unwrap().len(), &case.json["links"]), (1, &again.json["links"]));
    let reference = case.json["links"][0]["reference"].as_str().unwrap().to_owned();
    let other = Filed { reference, ..filed.clone() };
    assert_eq!(officer.get(&other.path()).await.is(200).json["kind"], "service-request");
    assert!(text(&world, &other, "service-request").await.contains("Empty the bin today."));
}

#[tokio::test]
async fn a_point_outside_the_policy_leaves_the_rest_in_and_the_answer_says_so() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    let manager = world.staff("westminster", "complaints-manager", "Chris Adeyemi").await;
    let outside = json!({"reason": "appeal-right", "evidence": "The ticket has an appeal."});
    let all = json!({"points": [{"text": "The ticket.", "excluded": outside}]});
    manager.post(&filed.command("accept"), all).await.is(422);
    let points = json!({"points": [{"text": "The bin.", "responsible": "The crew is a contractor's."}, {"text": "The ticket.", "excluded": outside}]});
    manager.post(&filed.command("accept"), points).await.is(200);
    manager.post(&filed.command("acknowledge"), json!({})).await.is(200);
    let told = text(&world, &filed, "acknowledgement").await;
    assert!(told.contains("The ticket has an appeal.") && told.contains("contractor"), "{told}");
    let two = json!({"outcome": "not-upheld", "findings": [
        {"point": 1, "outcome": "not-upheld", "reason": "It was collected."}, {"point": 2, "outcome": "not-upheld", "reason": "x"}]});
    manager.post(&filed.command("respond"), two).await.is(422);
    let one = json!({"outcome": "not-upheld", "findings": [{"point": 1, "outcome": "not-upheld", "reason": "It was collected."}]});
    manager.post(&filed.command("respond"), one).await.is(200);
    let told = text(&world, &filed, "response").await;
    assert!(told.contains("The ticket has an appeal.") && told.contains("It was collected."), "{told}");
}

#[tokio::test]
async fn a_point_can_leave_later_with_its_own_letter_and_a_new_one_can_join_until_the_answer() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("south-staffordshire", complaint()).await;
    let manager = world.staff("south-staffordshire", "complaints-manager", "Chris Adeyemi").await;
    manager.post(&filed.command("add-point"), json!({"text": "The noise."})).await.is(409);
    manager.post(&filed.command("accept"), json!({})).await.is(200);
    manager.post(&filed.command("add-point"), json!({"text": "The fine."})).await.is(200);
    let all = json!({"reason": "appeal-right", "evidence": "x", "points": [{"point": 1}, {"point": 2}]});
    manager.post(&filed.command("not-accepted"), all).await.is(422);
    let one =
        json!({"evidence": "It has an appeal.", "points": [{"point": 2, "excluded": {"reason": "appeal-right"}}]});
    let case = manager.post(&filed.command("not-accepted"), one).await.is(200);
    assert_eq!(
        (&case.json["status"], &case.json["points"][1]["excluded"]["reason"]),
        (&json!("open"), &json!("appeal-right"))
    );
    let told = text(&world, &filed, "part-not-accepted").await;
    assert!(told.contains("The fine.") && told.contains("It has an appeal.") && told.contains("Ombudsman"), "{told}");
}

#[tokio::test]
async fn a_landlords_point_and_another_have_an_ombudsman_each() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("north-west-leicestershire", complaint()).await;
    let manager = world.staff(&filed.council, "complaints-manager", "Chris Adeyemi").await;
    let points = json!({"points": [{"text": "The damp.", "tenant": true}, {"text": "The bin."}]});
    manager.post(&filed.command("accept"), points).await.is(200);
    let findings = json!([{"point": 1, "outcome": "not-upheld", "reason": "Dry."}, {"point": 2, "outcome": "not-upheld", "reason": "Empty."}]);
    manager.post(&filed.command("respond"), json!({"outcome": "not-upheld", "findings": findings})).await.is(200);
    let told = text(&world, &filed, "response").await;
    assert!(told.contains("PO Box 4771") && told.contains("PO Box 1484"), "{told}");
}

#[tokio::test]
async fn lichfields_second_stage_is_the_sponsoring_councils() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = at_stage_2(&world, "lichfield-traded-services").await;
    let case = manager.get(&filed.path()).await.is(200);
    assert_eq!(case.deadline("stage-2.hand-over")["due_on"], "2026-03-23");
    assert!(text(&world, &filed, "receipt").await.to_lowercase().contains("privacy"));
    let case = manager.post(&filed.command("hand-over"), json!({})).await.is(200);
    assert_eq!(case.deadline("stage-2.hand-over")["state"], "met");
    let answer = json!({"outcome": "not-upheld", "text": "We looked again."});
    manager.post(&filed.command("propose-response"), answer.clone()).await.is(403);
    let theirs = world.staff(&filed.council, "investigator", "Ines Rowe").await;
    let who = json!({"who": "Ms Hall, an independent adviser", "reason": "She knows leisure centres."});
    theirs.post(&filed.command("appoint-external"), who).await.is(200);
    assert!(text(&world, &filed, "external-support").await.contains("Ms Hall"));
    theirs.post(&filed.command("propose-response"), answer).await.is(200);
    let signs = world.staff(&filed.council, "signatory", "Sam Lee").await;
    signs.post(&filed.command("sign-off"), json!({"approve": true})).await.is(200);
    assert!(text(&world, &filed, "final").await.contains("Ombudsman"));
    let own = world.file(&filed.council, complaint()).await;
    theirs.post(&own.command("note"), json!({"text": "x"})).await.is(403);
}

#[tokio::test]
async fn an_answer_that_goes_in_writing_is_not_left_to_the_telephone() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, _) = at_stage_2(&world, "westminster").await;
    let second = world.staff("westminster", "investigator", "Ines Rowe").await;
    let by_phone = json!({"outcome": "not-upheld", "text": "No.", "channel": "phone"});
    let refused = second.post(&filed.command("respond"), by_phone).await.is(422);
    assert_eq!(refused.bad_fields(), ["channel"]);
}

#[tokio::test]
async fn money_goes_when_somebody_approved_it_and_the_person_hears_that_it_went() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    let manager = world.staff("westminster", "complaints-manager", "Chris Adeyemi").await;
    manager.post(&filed.command("accept"), json!({})).await.is(200);
    let said = json!({"outcome": "upheld", "text": "Yes.", "remedies": [
        {"kind": "apology", "what": "We apologise."},
        {"kind": "payment", "what": "Pay £100.", "amount": "100", "by": "2026-04-17"}]});
    manager.post(&filed.command("respond"), said).await.is(200);
    let bare =
        manager.post(&filed.command("complete-action"), json!({"action": 2, "evidence": "BACS 77"})).await.is(422);
    assert_eq!(bare.bad_fields(), ["approved_by", "paid_on"]);
    let paid = json!({"action": 2, "evidence": "BACS 77", "approved_by": "Head of Finance", "paid_on": "2026-03-20"});
    let case = manager.post(&filed.command("complete-action"), paid).await.is(200);
    assert_eq!(case.json["actions"][1]["approved_by"], "Head of Finance");
    let told = text(&world, &filed, "remedy-done").await;
    assert!(told.contains("Pay £100.") && !told.contains("BACS 77"), "{told}");
}

#[tokio::test]
async fn a_threat_of_court_closes_nothing_and_a_claim_does() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    let manager = world.staff("westminster", "complaints-manager", "Chris Adeyemi").await;
    let threat = manager
        .post(&filed.command("close"), json!({"closed_as": "legal-proceedings", "reason": "He will sue."}))
        .await;
    assert_eq!(threat.is(422).bad_fields(), ["claim_filed_on", "evidence"]);
    let claim = json!({"closed_as": "legal-proceedings", "claim_filed_on": "2026-03-18", "evidence": "Claim form K1."});
    let case = manager.post(&filed.command("close"), claim).await.is(200);
    assert_eq!(case.json["closed_as"], "legal-proceedings");
}

#[tokio::test]
async fn what_an_ombudsman_waits_for_is_a_date_and_their_remedies_outlive_the_case() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("south-staffordshire", complaint()).await;
    let manager = world.staff(&filed.council, "complaints-manager", "Chris Adeyemi").await;
    manager.post(&filed.command("withdraw"), json!({})).await.is(200);
    let asked = json!({"body": "lgsco", "their_reference": "26 001 234", "received_on": "2026-03-19", "reply_by": "2026-04-10"});
    let case = manager.post(&filed.command("ombudsman-enquiry"), asked).await.is(200);
    assert_eq!(case.deadline("ombudsman.reply")["due_on"], "2026-04-10");
    assert_eq!(case.json["ombudsman"]["enquiries"][0]["their_reference"], "26 001 234");
    world.until("2026-04-13T09:00").await;
    assert_eq!(world.case(&filed).await.deadline("ombudsman.reply")["state"], "missed");
    let manager = world.staff(&filed.council, "complaints-manager", "Chris Adeyemi").await;
    let case = manager.post(&filed.command("ombudsman-replied"), json!({"text": "The file."})).await.is(200);
    assert_eq!(case.deadline("ombudsman.reply")["met_on"], "2026-04-13");
    let decided = json!({"decision": "upheld", "remedies": [{"kind": "payment", "what": "Pay £200.", "amount": "200", "by": "2026-05-13"}]});
    let case = manager.post(&filed.command("ombudsman-decision"), decided).await.is(200);
    assert_eq!((&case.json["status"], &case.deadline("action.1")["due_on"]), (&json!("closed"), &json!("2026-05-13")));
    let done = json!({"on": "2026-04-13", "evidence": "Paid."});
    let case = manager.post(&filed.command("ombudsman-complied"), done).await.is(200);
    assert_eq!(case.deadline("action.1")["state"], "met");
    let officer = world.staff(&filed.council, "officer", "Olu Balogun").await;
    officer.post(&filed.command("ombudsman-enquiry"), json!({})).await.is(403);
}

#[tokio::test]
async fn every_open_case_comes_to_its_end_by_the_sweep_alone_whatever_stands_beside_it() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = at_stage_2(&world, "south-staffordshire").await;
    let adjustments = json!({"adjustments": "Large print.", "review_on": "2026-03-30"});
    manager.post(&filed.command("adjustments"), adjustments).await.is(200);
    world.until("2026-07-01T09:00").await;
    let case = world.case(&filed).await;
    let events: Vec<&str> =
        case.json["history"].as_array().unwrap().iter().filter_map(|line| line["what"].as_str()).collect();
    assert!(events.contains(&"warned") && events.contains(&"missed"), "{events:?}");
    let warned: Vec<&Value> =
        case.json["history"].as_array().unwrap().iter().filter(|line| line["what"] == "warned").collect();
    let rules: Vec<&str> = warned.iter().filter_map(|line| line["event"]["rule"].as_str()).collect();
    assert!(rules.contains(&"adjustments.review") && rules.contains(&"complaint.twelve-weeks"), "{rules:?}");
}
