//! What a week brings: people change, letters come back, work moves, somebody else is asked.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Client, Filed, World, complaint};
use serde_json::{Value, json};

async fn accepted(world: &World, council: &str) -> (Filed, Client) {
    let filed = world.file(council, complaint()).await;
    let manager = world.staff(council, "complaints-manager", "Chris Adeyemi").await;
    manager.post(&filed.command("accept"), json!({})).await.is(200);
    (filed, manager)
}

/// A token lasts a day: on another day, another.
async fn again(world: &World, filed: &Filed) -> Client {
    world.staff(&filed.council, "complaints-manager", "Chris Adeyemi").await
}

async fn letter(world: &World, filed: &Filed, kind: &str) -> Value {
    let mails = world.mails(filed).await;
    let found = mails.iter().rev().find(|mail| mail["kind"] == kind);
    found.unwrap_or_else(|| panic!("no {kind}: {mails:?}")).clone()
}

fn tasks(case: &Value) -> String {
    let tasks = case["tasks"].as_array().unwrap();
    tasks.iter().map(|task| task["what"].as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn work_that_moves_restarts_no_clock_and_whoever_covers_gives_it_back() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = accepted(&world, "south-staffordshire").await;
    let due = world.case(&filed).await.deadline("stage-1.respond")["due_on"].clone();
    let owner = json!({"owner": {"id": "own", "name": "Olu Balogun", "role": "officer"}});
    manager.post(&filed.command("assign"), owner).await.is(200);
    let deputy = json!({"owner": {"id": "dep", "name": "Dee Marsh", "role": "officer"}, "until": "2026-03-25"});
    let case = manager.post(&filed.command("cover"), deputy).await.is(200);
    assert_eq!((&case.json["owner"]["id"], &case.json["cover"]["owner"]["id"]), (&json!("own"), &json!("dep")));
    world.until("2026-03-26T09:00").await;
    let manager = again(&world, &filed).await;
    assert_eq!(world.case(&filed).await.json["cover"], Value::Null);
    manager.post(&filed.command("transfer"), json!({})).await.is(422);
    let moved = json!({"service": "planning", "with": ["Bins and recycling"]});
    let case = manager.post(&filed.command("transfer"), moved).await.is(200);
    assert_eq!((&case.json["team"], &case.json["with"]), (&json!("planning"), &json!(["Bins and recycling"])));
    assert_eq!(case.deadline("stage-1.respond")["due_on"], due);
}

#[tokio::test]
async fn a_letter_that_came_back_goes_again_word_for_word_and_only_then_is_it_an_acknowledgement() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = accepted(&world, "south-staffordshire").await;
    let case = manager.post(&filed.command("acknowledge"), json!({})).await.is(200);
    let n = case.json["letters"].as_array().unwrap().len();
    let first = case.json["letters"][n - 1]["text"].clone();
    manager.post(&filed.command("letter-returned"), json!({"letter": 99})).await.is(422);
    let back = json!({"letter": n, "wrong_person": true, "reason": "A neighbour opened it."});
    let case = manager.post(&filed.command("letter-returned"), back).await.is(200);
    assert_eq!(case.deadline("stage-1.acknowledge")["met_on"], Value::Null);
    assert!(case.json["flags"].as_array().unwrap().contains(&json!("breach")));
    manager.post(&filed.command("reissue"), json!({"letter": n, "channel": "post"})).await.is(422);
    let moved = json!({"address": {"lines": ["1 New Street", "Codsall"], "postcode": "WV8 1PX"}, "reply_by": "post"});
    manager.post(&filed.command("change-contact"), moved).await.is(200);
    world.pass("1 working days").await;
    let manager = again(&world, &filed).await;
    let case = manager.post(&filed.command("reissue"), json!({"letter": n})).await.is(200);
    let again = &case.json["letters"][n];
    assert_eq!((&again["channel"], &again["text"]), (&json!("post"), &first));
    assert!(again["to"].as_str().unwrap().contains("1 New Street"));
    assert_eq!(case.deadline("stage-1.acknowledge")["met_on"], "2026-03-23");
    manager.post(&filed.command("reissue"), json!({"letter": n})).await.is(422);
}

#[tokio::test]
async fn a_representative_is_written_to_and_their_right_has_to_be_shown() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = accepted(&world, "westminster").await;
    let son = json!({"name": "Ade Okafor", "email": "ade@example.com", "relationship": "son", "authority": "consent"});
    let case = manager.post(&filed.command("set-representative"), son.clone()).await.is(200);
    assert_eq!(case.json["contact"]["on_behalf_of"]["name"], "Nadia Okafor");
    assert!(tasks(&case.json).to_lowercase().contains("consent"), "{}", tasks(&case.json));
    manager.post(&filed.command("update"), json!({"text": "We have read the log."})).await.is(200);
    assert_eq!(letter(&world, &filed, "update").await["to"], "ade@example.com");
    let shown = json!({"authority": "consent", "evidence": "Signed form of 19 March."});
    let case = manager.post(&filed.command("set-representative"), shown).await.is(200);
    assert!(!tasks(&case.json).to_lowercase().contains("consent"), "{}", tasks(&case.json));
    let ends = json!({"ends": true, "email": "nadia@example.com"});
    let case = manager.post(&filed.command("set-representative"), ends).await.is(200);
    assert_eq!((&case.json["contact"]["name"], &case.json["representative"]), (&json!("Nadia Okafor"), &Value::Null));
    manager.post(&filed.command("set-representative"), json!({"authority": "cousin"})).await.is(422);
}

#[tokio::test]
async fn whoever_it_is_about_can_do_nothing_with_it() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = accepted(&world, "westminster").await;
    let maya = world.staff("westminster", "manager", "Maya Patel").await;
    let case = maya.post(&filed.command("note"), json!({"text": "Mine."})).await.is(200);
    let id = case.json["history"][0]["by"].clone();
    assert_eq!(id, "Maya Patel");
    let me = json!({"owner": {"id": "x", "role": "manager"}});
    manager.post(&filed.command("assign"), me).await.is(200);
    let case = manager.post(&filed.command("about-staff"), json!({"people": [{"id": "x"}]})).await.is(200);
    assert_eq!(case.json["owner"], Value::Null);
    let again = json!({"owner": {"id": "x", "role": "manager"}});
    manager.post(&filed.command("assign"), again).await.is(409);
}

#[tokio::test]
async fn somebody_else_is_asked_by_a_day_of_their_own_and_the_person_is_told() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = accepted(&world, "north-west-leicestershire").await;
    let due = world.case(&filed).await.deadline("stage-1.respond")["due_on"].clone();
    manager.post(&filed.command("ask"), json!({"whom": "Bins Ltd"})).await.is(422);
    let ask =
        json!({"whom": "Bins Ltd", "question": "Was the crew there?", "by": "2026-03-25", "shares_details": true});
    let case = manager.post(&filed.command("ask"), ask).await.is(200);
    assert_eq!(case.deadline("ask.1")["due_on"], "2026-03-25");
    assert_eq!(case.deadline("stage-1.respond")["due_on"], due);
    let told = letter(&world, &filed, "details-shared").await;
    assert!(told["text"].as_str().unwrap().contains("Bins Ltd"), "{told}");
    world.until("2026-03-26T09:00").await;
    let manager = again(&world, &filed).await;
    assert_eq!(world.case(&filed).await.deadline("ask.1")["state"], "missed");
    let case = manager.post(&filed.command("ask-answered"), json!({"ask": 1, "text": "It was not."})).await.is(200);
    assert_eq!(case.deadline("ask.1")["met_on"], "2026-03-26");
    manager.post(&filed.command("ask-answered"), json!({"ask": 1})).await.is(409);
}

#[tokio::test]
async fn asking_the_person_stops_no_clock() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = accepted(&world, "westminster").await;
    let before = world.case(&filed).await.deadline("stage-1.respond")["due_on"].clone();
    let case = manager.post(&filed.command("clarify"), json!({"question": "Which Monday was it?"})).await.is(200);
    assert_eq!(case.deadline("stage-1.respond")["due_on"], before);
    let told = letter(&world, &filed, "clarification").await;
    assert!(told["text"].as_str().unwrap().contains("Which Monday was it?"), "{told}");
}

#[tokio::test]
async fn another_bodys_matter_is_sent_there_with_consent_or_not_at_all() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("south-staffordshire", complaint()).await;
    let officer = world.staff(&filed.council, "officer", "Olu Balogun").await;
    let refused = officer.post(&filed.command("pass-on"), json!({"to": "the county council"})).await.is(422);
    assert_eq!(refused.bad_fields(), ["consent"]);
    let said = json!({"to": "the county council", "consent": "Yes, on the phone."});
    let case = officer.post(&filed.command("pass-on"), said).await.is(200);
    assert_eq!(case.json["closed_as"], "passed-on");
    let told = letter(&world, &filed, "forwarded").await;
    assert!(told["text"].as_str().unwrap().contains("he county council"), "{told}");
}

#[tokio::test]
async fn contact_is_limited_by_the_people_the_policy_names_and_a_new_complaint_is_taken_all_the_same() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = accepted(&world, "north-west-leicestershire").await;
    let mut limit = json!({"what": "One call a week, on Thursdays.", "why": "Forty calls a day.", "decided_by": ["Service Manager"]});
    let alone = manager.post(&filed.command("restrict"), limit.clone()).await.is(422);
    assert_eq!(alone.bad_fields(), ["decided_by"]);
    limit["decided_by"] = json!(["Service Manager", "Head of Service", "Legal"]);
    limit["until"] = json!("2026-06-30");
    let case = manager.post(&filed.command("restrict"), limit).await.is(200);
    assert_eq!(case.deadline("restriction.1")["due_on"], "2026-06-30");
    let told = letter(&world, &filed, "restriction").await;
    for part in ["One call a week", "Forty calls", "30 June 2026", "Ombudsman"] {
        assert!(told["text"].as_str().unwrap().contains(part), "{part}: {told}");
    }
    world.file("north-west-leicestershire", complaint()).await;
    let end = json!({"decision": "end", "reason": "It has worked."});
    let case = manager.post(&filed.command("review-restriction"), end).await.is(200);
    assert!(!case.json["flags"].as_array().unwrap().contains(&json!("restriction")));
    letter(&world, &filed, "restriction-review").await;
}

#[tokio::test]
async fn what_a_case_is_about_and_what_it_taught_is_written_down() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = accepted(&world, "south-staffordshire").await;
    let unknown =
        manager.post(&filed.command("classify"), json!({"category": "moon", "affects": "dogs"})).await.is(422);
    assert_eq!(unknown.bad_fields(), ["affects"]);
    let case = manager.post(&filed.command("classify"), json!({"affects": "group", "equality": true})).await.is(200);
    assert!(case.json["flags"].as_array().unwrap().contains(&json!("equality")));
    let lesson = json!({"lesson": "Crews have no map of new streets.", "change": "Print the map.", "by": "2026-05-01"});
    let case = manager.post(&filed.command("learn"), lesson).await.is(200);
    assert_eq!(case.deadline("action.1")["due_on"], "2026-05-01");
}
