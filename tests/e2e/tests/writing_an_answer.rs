//! Writing an answer: kept while it is written, shared by those who may answer, signed off in full, gone once sent.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Answer, Client, Filed, World, complaint};
use serde_json::json;

const COUNCIL: &str = "westminster";

fn at(filed: &Filed, command: &str) -> String {
    format!("/staff/{}/cases/{}/{command}", filed.council, filed.reference)
}

async fn send(by: &Client, page: &Answer, path: &str, fields: &[(&str, &str)]) -> Answer {
    let hidden = ["_key", "_version", "_draft"].map(|name| page.hidden(name));
    let mut fields = fields.to_vec();
    fields.extend([("_key", hidden[0].as_str()), ("_version", hidden[1].as_str()), ("_draft", hidden[2].as_str())]);
    by.form(path, &fields).await
}

fn answer(reason: &str) -> Vec<(&str, &str)> {
    vec![
        ("findings.0.point", "1"),
        ("findings.0.outcome", "not-upheld"),
        ("findings.0.reason", reason),
        ("outcome", "not-upheld"),
    ]
}

async fn accepted(world: &World, council: &str) -> Filed {
    let filed = world.file(council, complaint()).await;
    let manager = world.staff(council, "complaints-manager", "Chris Adeyemi").await;
    manager.post(&filed.command("accept"), json!({"points": [{"text": "Missed bins."}]})).await.is(200);
    filed
}

#[tokio::test]
async fn a_draft_is_kept_with_the_case_and_offered_to_whoever_may_answer() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = accepted(&world, COUNCIL).await;
    let maya = world.staff(COUNCIL, "manager", "Maya Patel").await;
    let path = at(&filed, "respond");
    let page = maya.get(&path).await.is(200);
    let before = world.case(&filed).await.json;
    let mut typed = answer("The crew was there.");
    typed.extend([("remedies.0.kind", "explanation"), ("_save", "true")]);
    let kept = send(&maya, &page, &path, &typed).await.is(200);
    assert!(kept.text.contains("The draft is kept. Nothing was sent."), "{}", kept.text);
    assert_eq!(world.case(&filed).await.json, before, "nothing of it is in the case or its history");
    let chris = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let page = chris.get(&path).await.is(200);
    for part in ["The draft of Maya Patel", ">The crew was there.</textarea>", "value=\"explanation\" selected"] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    let refused = officer.get(&path).await.is(403);
    assert!(!refused.text.contains("The crew was there."), "{}", refused.text);
    send(&officer, &page, &path, &typed).await.is(403);
    // It goes out, and nothing of the draft stays.
    send(&chris, &page, &path, &answer("The crew was there.")).await.is(303);
    chris.post(&filed.command("request-review"), json!({})).await.is(200);
    let page = chris.get(&path).await;
    assert!(!page.text.contains("The crew was there.</textarea>"), "{}", page.text);
}

#[tokio::test]
async fn two_drafts_do_not_overwrite_each_other_silently() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = accepted(&world, COUNCIL).await;
    let (maya, chris) = (
        world.staff(COUNCIL, "manager", "Maya Patel").await,
        world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await,
    );
    let path = at(&filed, "respond");
    let (hers, his) = (maya.get(&path).await.is(200), chris.get(&path).await.is(200));
    let save = |reason: &'static str| [answer(reason), vec![("_save", "true")]].concat();
    send(&maya, &hers, &path, &save("Maya’s reason")).await.is(200);
    // The same click again is the same draft.
    send(&maya, &hers, &path, &save("Maya’s reason")).await.is(200);
    let met = send(&chris, &his, &path, &save("Chris’s reason")).await.is(409);
    for part in ["Maya Patel kept another draft", ">Chris’s reason</textarea>", "Maya’s reason"] {
        assert!(met.text.contains(part), "{part}: {}", met.text);
    }
    assert!(maya.get(&path).await.text.contains(">Maya’s reason</textarea>"));
    send(&chris, &met, &path, &save("Chris’s reason")).await.is(200);
    let page = maya.get(&path).await.is(200);
    assert!(page.text.contains(">Chris’s reason</textarea>"));
    let gone = send(&maya, &page, &path, &[("_discard", "true")]).await.is(303);
    assert!(maya.get(gone.location()).await.is(200).text.contains("The draft is discarded."));
    assert!(!maya.get(&path).await.text.contains("Chris’s reason"));
    let long = "x".repeat(49_000);
    let mut huge = save("y");
    let names: Vec<String> = (0..8).map(|n| format!("remedies.{n}.what")).collect();
    huge.extend(names.iter().map(|name| (name.as_str(), long.as_str())));
    let page = maya.get(&path).await.is(200);
    let refused = send(&maya, &page, &path, &huge).await.is(422);
    assert!(refused.text.contains("A draft may have"), "{}", &refused.text[..2000]);
}

#[tokio::test]
async fn an_answer_that_is_proposed_is_read_in_full_and_sent_back_to_its_writer_before_it_is_signed() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = accepted(&world, "lichfield-traded-services").await;
    let maya = world.staff(&filed.council, "manager", "Maya Patel").await;
    maya.post(&filed.command("respond"), json!({"outcome": "not-upheld", "text": "It was collected."})).await.is(200);
    maya.post(&filed.command("request-review"), json!({})).await.is(200);
    let iris = world.staff(&filed.council, "investigator", "Iris Chan").await;
    let path = at(&filed, "propose-response");
    let page = iris.get(&path).await.is(200);
    let looked = send(&iris, &page, &path, &[answer("We looked again."), vec![("_preview", "true")]].concat()).await;
    let looked = looked.is(200);
    assert!(looked.text.matches("We looked again.").count() >= 2, "in the form and in the letter: {}", looked.text);
    send(&iris, &looked, &path, &answer("We looked again.")).await.is(303);
    let chief = world.staff(&filed.council, "signatory", "Sam Price").await;
    let sign = at(&filed, "sign-off");
    let page = chief.get(&sign).await.is(200);
    for part in ["The letter that waits", "We looked again.", "Ombudsman", "Send it back"] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    let (key, version) = (page.hidden("_key"), page.hidden("_version"));
    let back = [("approve", "false"), ("comment", "Say more."), ("_key", key.as_str()), ("_version", version.as_str())];
    chief.form(&sign, &back).await.is(303);
    // Its writer goes on from what they had written.
    let page = iris.get(&path).await.is(200);
    assert!(page.text.contains(">We looked again.</textarea>"), "{}", page.text);
    send(&iris, &page, &path, &answer("We looked again, and listened to the call.")).await.is(303);
    let page = chief.get(&sign).await.is(200);
    let (key, version) = (page.hidden("_key"), page.hidden("_version"));
    chief.form(&sign, &[("approve", "true"), ("_key", key.as_str()), ("_version", version.as_str())]).await.is(303);
    assert!(world.mail_kinds(&filed).await.contains(&"final".to_owned()));
    assert!(!iris.get(&path).await.text.contains("listened to the call.</textarea>"));
}
