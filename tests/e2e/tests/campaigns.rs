//! The same complaint from many people: one case to see them all by, and each person's own case, clocks and answer.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{COUNCILS, Client, Filed, World, complaint};
use serde_json::{Value, json};

const COUNCIL: &str = "westminster";

async fn many(world: &World, n: usize) -> (Vec<Filed>, Client) {
    let mut filed = Vec::new();
    for _ in 0..n {
        filed.push(world.file(COUNCIL, complaint()).await);
    }
    (filed, world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await)
}

fn cases(filed: &[Filed]) -> Value {
    filed.iter().map(|filed| json!({"reference": filed.reference})).collect()
}

fn links(case: &Value, why: &str) -> Vec<String> {
    let links = case["links"].as_array().unwrap().iter().filter(|link| link["why"] == why);
    links.map(|link| link["reference"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn cases_are_linked_to_the_first_of_their_campaign_and_each_keeps_its_clocks() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = many(&world, 4).await;
    let path = format!("/api/{COUNCIL}/campaign");
    let first = &filed[0].reference;
    let before = manager.get(&filed[1].path()).await.is(200);
    let mut all = cases(&filed);
    all.as_array_mut().unwrap().push(json!({"reference": world.file(COUNCILS[0], complaint()).await.reference}));
    let done = manager.post(&path, json!({"first": first, "cases": all})).await.is(200);
    let status: Vec<&str> =
        done.json["results"].as_array().unwrap().iter().map(|one| one["status"].as_str().unwrap()).collect();
    assert_eq!(status, ["unchanged", "done", "done", "done", "not-found"]);
    let parent = manager.get(&filed[0].path()).await.is(200);
    let mut theirs: Vec<String> = filed[1..].iter().map(|filed| filed.reference.clone()).collect();
    theirs.sort();
    assert_eq!(links(&parent.json, "campaign-case"), theirs, "the first knows them all, by one line of its history");
    assert_eq!(parent.json["history"].as_array().unwrap().iter().filter(|line| line["what"] == "gathered").count(), 1);
    let child = manager.get(&filed[1].path()).await.is(200);
    assert_eq!(links(&child.json, "campaign"), std::slice::from_ref(first));
    assert_eq!(child.json["deadlines"], before.json["deadlines"], "no clock moved");
    // Again, it is so already, and whatever was interrupted would be mended.
    let again = manager.post(&path, json!({"first": first, "cases": cases(&filed)})).await.is(200);
    assert!(again.json["results"].as_array().unwrap().iter().all(|one| one["status"] == "unchanged"));
    assert_eq!(manager.get(&filed[0].path()).await.is(200).json["version"], parent.json["version"]);
    // One of them is the first of nothing, and the first is part of nothing.
    let into = manager.post(&path, json!({"first": filed[1].reference, "cases": cases(&filed[..1])})).await.is(422);
    assert!(into.json["errors"][0]["message"].as_str().unwrap().contains(first.as_str()), "{}", into.text);
    let other = world.file(COUNCIL, complaint()).await;
    let out = manager.post(&path, json!({"first": other.reference, "cases": cases(&filed[..2])})).await.is(200);
    assert!(out.json["results"].as_array().unwrap().iter().all(|one| one["status"] == "refused"), "{}", out.text);
    // By hand a campaign has two ends or none.
    manager.post(&filed[2].command("link"), json!({"reference": other.reference, "why": "campaign"})).await.is(422);
}

#[tokio::test]
async fn what_is_wrong_with_a_campaign_is_said_at_once_and_nothing_is_linked() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = many(&world, 1).await;
    let path = format!("/api/{COUNCIL}/campaign");
    let wrong = manager.post(&path, json!({"cases": [], "first": "nothing"})).await.is(422);
    let fields: Vec<&str> =
        wrong.json["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["cases", "first"]);
    let (page, analyst) = (format!("/staff/{COUNCIL}/campaign"), world.staff(COUNCIL, "analyst", "Ana List").await);
    analyst.post(&path, json!({"first": filed[0].reference, "cases": cases(&filed)})).await.is(403);
    let again = manager.form(&page, &[("cases.0.reference", &filed[0].reference), ("first", "WCC")]).await.is(422);
    assert!(again.text.contains("<title>Error: ") && again.text.contains(&filed[0].reference), "{}", again.text);
}

#[tokio::test]
async fn the_desk_links_what_is_ticked_after_a_look_and_the_first_case_shows_how_each_stands() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = many(&world, 3).await;
    let desk = manager.get(&format!("/staff/{COUNCIL}?owner=all")).await.is(200);
    assert!(desk.text.contains("link the ticked cases to one"), "{}", desk.text);
    let path = format!("/staff/{COUNCIL}/campaign");
    let first = filed[0].reference.as_str();
    let fields = [
        ("cases.0.reference", filed[1].reference.as_str()),
        ("cases.1.reference", filed[2].reference.as_str()),
        ("owner", "me"),
        ("first", first),
    ];
    let look = manager.form(&path, &fields).await.is(200);
    assert!(look.text.contains("2 cases will be linked") && look.text.contains("Link these 2 cases"), "{}", look.text);
    let untouched = manager.get(&filed[0].path()).await.is(200);
    assert_eq!(untouched.json["links"], json!([]), "a look changes nothing");
    let key = look.hidden("_key");
    let mut sure = fields.to_vec();
    sure.extend([("_confirmed", "yes"), ("_key", key.as_str())]);
    let done = manager.form(&path, &sure).await.is(200);
    assert!(done.text.contains("2 cases were linked."), "{}", done.text);
    let page = manager.get(&format!("/staff/{COUNCIL}/cases/{first}")).await.is(200);
    assert!(page.text.contains("2 other cases are about the same: 2 new"), "{}", page.text);
    assert!(page.text.contains(&filed[2].reference), "{}", page.text);
    let marked = manager.get(&format!("/api/{COUNCIL}/cases?flag=campaign")).await.is(200);
    assert_eq!(marked.json["cases"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn each_person_is_answered_by_themselves_beginning_with_the_answer_to_the_first() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = many(&world, 2).await;
    for one in &filed {
        manager.post(&one.command("accept"), json!({"points": [{"text": "Missed bins."}]})).await.is(200);
    }
    let both = json!({"first": filed[0].reference, "cases": cases(&filed[1..])});
    manager.post(&format!("/api/{COUNCIL}/campaign"), both).await.is(200);
    let answer = json!({"outcome": "not-upheld", "text": "Thank you all.",
        "findings": [{"point": 1, "outcome": "not-upheld", "reason": "The crew came on each of the days."}]});
    manager.post(&filed[0].command("respond"), answer).await.is(200);
    let path = format!("/staff/{COUNCIL}/cases/{}/respond", filed[1].reference);
    let page = manager.get(&path).await.is(200);
    for said in ["The form begins with the answer to", "The crew came on each of the days.", "Thank you all."] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert_eq!(manager.get(&filed[1].path()).await.is(200).json["status"], "open", "nothing went by itself");
    let (key, version) = (page.hidden("_key"), page.hidden("_version"));
    let back = page.hidden("_back").replace("&#x2f;", "/");
    let fields = [
        ("_key", key.as_str()),
        ("_version", version.as_str()),
        ("_back", back.as_str()),
        ("findings.0.point", "1"),
        ("findings.0.outcome", "not-upheld"),
        ("findings.0.reason", "The crew came on each of the days, also to Mill Lane."),
        ("outcome", "not-upheld"),
    ];
    let sent = manager.form(&path, &fields).await.is(303);
    assert!(sent.location().ends_with(&format!("{}?done=respond", filed[0].reference)), "{}", sent.location());
    let letters: Vec<Value> =
        world.mails(&filed[1]).await.into_iter().filter(|mail| mail["kind"] == "response").collect();
    assert_eq!(letters.len(), 1);
    assert!(letters[0]["text"].as_str().unwrap().contains("also to Mill Lane"), "{letters:?}");
}
