//! Who may read a case: those who need to know, never those it is about, and another organisation its own cases only.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Client, Filed, World, complaint};
use serde_json::{Value, json};

const WORDS: &str = "The bin was not collected";

async fn kept_from(reader: &Client, filed: &Filed, says: &str) {
    let api = reader.get(&filed.path()).await.is(403);
    assert!(api.json["detail"].as_str().unwrap().contains(says), "{}", api.text);
    let page = reader.get(&format!("/staff/{}/cases/{}", filed.council, filed.reference)).await.is(403);
    assert!(page.text.contains(says), "{}", page.text);
    for answer in [api, page] {
        assert!(!answer.text.contains(WORDS) && !answer.text.contains("Nadia"), "{}", answer.text);
    }
}

async fn listed(reader: &Client, council: &str) -> (Vec<String>, Value) {
    let list = reader.get(&format!("/api/{council}/cases")).await.is(200).json;
    let cases = list["cases"].as_array().unwrap().iter();
    (cases.map(|case| case["reference"].as_str().unwrap().to_owned()).collect(), list["hidden"].clone())
}

/// The id somebody's token has, as the history of a case has it.
async fn subject(world: &World, filed: &Filed, manager: &Client, reader: &Client) -> String {
    let own = world.file(&filed.council, complaint()).await;
    reader.post(&own.command("note"), json!({"text": "Mine."})).await.is(200);
    let about = json!({"owner": {"id": "somebody-else", "role": "officer"}});
    manager.post(&own.command("assign"), about).await.is(200);
    let page = reader.get(&format!("/staff/{}/cases/{}", own.council, own.reference)).await.is(200);
    let at = page.text.find("name=\"owner.id\" value=\"").expect("a button to take it");
    page.text[at..].split('"').nth(3).unwrap().to_owned()
}

#[tokio::test]
async fn whoever_a_case_is_about_sees_none_of_it_and_the_list_says_that_one_is_missing() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    let manager = world.staff("westminster", "complaints-manager", "Chris Adeyemi").await;
    let officer = world.staff("westminster", "officer", "Olu Balogun").await;
    let id = subject(&world, &filed, &manager, &officer).await;
    officer.get(&filed.path()).await.is(200);
    let about = json!({"people": [{"id": id, "name": "Olu Balogun"}]});
    let case = manager.post(&filed.command("about-staff"), about).await.is(200);
    assert_eq!((&case.json["restricted"], &case.json["about_staff"][0]["name"]), (&json!(true), &json!("Olu Balogun")));
    kept_from(&officer, &filed, "This case is not one you can read.").await;
    officer.post(&filed.command("note"), json!({"text": "x"})).await.is(403);
    let (cases, hidden) = listed(&officer, "westminster").await;
    assert!(!cases.contains(&filed.reference) && hidden == json!(1), "{cases:?}");
    let page = officer.get("/staff/westminster").await.is(200);
    assert!(page.text.contains("1 case is not shown to you") && !page.text.contains(&filed.reference));
    let (cases, hidden) = listed(&manager, "westminster").await;
    assert!(cases.contains(&filed.reference) && hidden == json!(0), "{cases:?}");
    let seen = manager.get("/api/westminster/cases").await.is(200);
    assert!(!seen.text.contains(&id), "who it is about is no part of a list: {}", seen.text);
    assert!(seen.json["cases"].as_array().unwrap().iter().any(|case| case["restricted"] == true));
}

#[tokio::test]
async fn a_case_for_a_few_is_read_by_them_the_complaints_manager_and_the_auditor() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("south-staffordshire", complaint()).await;
    let chris = world.staff(&filed.council, "complaints-manager", "Chris Adeyemi").await;
    let only = json!({"roles": ["manager"], "reason": "A safeguarding matter."});
    let case = chris.post(&filed.command("restrict-reading"), only).await.is(200);
    assert_eq!((&case.json["restricted"], &case.json["readers"]["roles"]), (&json!(true), &json!(["manager"])));
    for role in ["manager", "auditor"] {
        world.staff(&filed.council, role, "Maya Patel").await.get(&filed.path()).await.is(200);
    }
    let officer = world.staff(&filed.council, "officer", "Olu Balogun").await;
    kept_from(&officer, &filed, "Only some people may read this case.").await;
    assert_eq!(listed(&officer, &filed.council).await, (Vec::new(), json!(1)));
    let track = world.nobody.with("x-case-key", &filed.key).get(&filed.track()).await.is(200);
    assert!(track.text.contains(WORDS), "the person is not concerned");
    chris.post(&filed.command("restrict-reading"), json!({"lift": true, "reason": "It is over."})).await.is(200);
    officer.get(&filed.path()).await.is(200);
    assert_eq!(listed(&officer, &filed.council).await.1, json!(0));
}

#[tokio::test]
async fn another_organisation_sees_the_cases_that_are_with_it_and_no_other() {
    let world = World::at("2026-03-20T10:00").await;
    let council = "lichfield-traded-services";
    let (theirs, ours) = (world.file(council, complaint()).await, world.file(council, complaint()).await);
    let manager = world.staff(council, "complaints-manager", "Chris Adeyemi").await;
    let reviewer = world.staff(council, "investigator", "Ines Rowe").await;
    assert_eq!(listed(&reviewer, council).await, (Vec::new(), json!(2)));
    manager.post(&theirs.command("accept"), json!({})).await.is(200);
    manager.post(&theirs.command("respond"), json!({"outcome": "not-upheld", "text": "No."})).await.is(200);
    let case = manager.post(&theirs.command("request-review"), json!({})).await.is(200);
    assert_eq!(case.json["stages"][1]["organisation"], "Lichfield District Council");
    assert_eq!(listed(&reviewer, council).await, (vec![theirs.reference.clone()], json!(1)));
    reviewer.get(&theirs.path()).await.is(200);
    kept_from(&reviewer, &ours, "This case is not with your organisation.").await;
}
