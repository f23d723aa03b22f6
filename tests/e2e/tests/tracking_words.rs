//! What the page of a case says is what has happened: letters on paper and by telephone, words added, a change of mind.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Filed, World, complaint};
use serde_json::{Value, json};

const MORNING: &str = "2026-03-20T10:00";

fn by_phone() -> Value {
    json!({"kind": "complaint", "about": "The bin was not collected.", "name": "Ann Lee", "phone": "01530 454545",
        "reply_by": "phone"})
}

fn by_post() -> Value {
    json!({"kind": "complaint", "about": "The bin was not collected.", "name": "Ann Lee", "reply_by": "post",
        "address": {"lines": ["1 High Street"], "postcode": "LE67 3FJ"}})
}

fn at(filed: &Filed) -> String {
    format!("/{}/track/{}", filed.council, filed.reference)
}

async fn page(world: &World, filed: &Filed) -> String {
    world.nobody.get(&format!("{}?key={}", at(filed), filed.key)).await.is(200).text
}

async fn step(world: &World, filed: &Filed, name: &str, field: (&str, &str)) -> String {
    let sent = world.nobody.form(&format!("{}/{name}", at(filed)), &[("_key", &filed.key), field]).await.is(303);
    sent.location().to_owned()
}

async fn tasks(world: &World, filed: &Filed) -> Vec<String> {
    let case = world.case(filed).await.json;
    let tasks = case["tasks"].as_array().cloned().unwrap_or_default();
    tasks.iter().map(|task| task["what"].as_str().unwrap_or_default().to_owned()).collect()
}

fn has(tasks: &[String], words: &str) -> bool {
    tasks.iter().any(|task| task.contains(words))
}

async fn officer(world: &World, filed: &Filed) -> redress_e2e::Client {
    world.staff(&filed.council, "officer", "Olu Balogun").await
}

/// The references of the queue, as staff see it.
async fn queue(world: &World, council: &str) -> Vec<String> {
    let manager = world.staff(council, "complaints-manager", "Maya Patel").await;
    let listed = manager.get(&format!("/api/{council}/cases")).await.is(200).json;
    let lines = listed["cases"].as_array().cloned().unwrap_or_default();
    lines.iter().map(|line| line["reference"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_letter_on_paper_is_about_to_be_posted_until_somebody_posts_it() {
    let world = World::at(MORNING).await;
    let filed = world.file("north-west-leicestershire", by_post()).await;
    let before = page(&world, &filed).await;
    assert!(before.contains("We are about to post it to you.") && !before.contains("Posted to you"), "{before}");
    assert!(before.contains("It is written, and we are about to post it."), "{before}");
    assert!(!before.contains("Done on 20 March 2026"), "{before}");
    assert!(before.contains("If we are late, we tell you how it stands"), "{before}");
    assert!(before.contains("Every 10 working days after that, until you have our answer."), "{before}");
    world.until("2026-03-23T10:00").await;
    let officer = officer(&world, &filed).await;
    officer.post(&filed.command("printed"), json!({"letter": 1})).await.is(200);
    let after = page(&world, &filed).await;
    assert!(after.contains("Posted to you on 23 March 2026."), "{after}");
    assert!(!after.contains("about to post it"), "{after}");
}

#[tokio::test]
async fn what_was_posted_after_its_date_is_late_on_the_page() {
    let world = World::at(MORNING).await;
    let filed = world.file("north-west-leicestershire", by_post()).await;
    world.until("2026-05-12T10:00").await;
    let officer = officer(&world, &filed).await;
    assert!(page(&world, &filed).await.contains("<strong>Late.</strong> It is written"));
    officer.post(&filed.command("printed"), json!({"letter": 1})).await.is(200);
    assert!(page(&world, &filed).await.contains("<strong>Late.</strong> Posted to you on 12 May 2026."));
}

#[tokio::test]
async fn a_letter_by_telephone_is_told_once_somebody_has_rung_even_after_a_withdrawal() {
    let world = World::at(MORNING).await;
    let filed = world.file("together-for-children", by_phone()).await;
    let before = page(&world, &filed).await;
    assert!(before.contains("We are about to phone you and tell you what it says."), "{before}");
    let done = step(&world, &filed, "withdraw", ("reason", "")).await;
    let withdrawn = world.nobody.get(&done).await.is(200).text;
    assert!(withdrawn.contains("We phone you to confirm it."), "{withdrawn}");
    assert!(has(&tasks(&world, &filed).await, "Telephone the person and tell them what letters"));
    assert!(queue(&world, &filed.council).await.contains(&filed.reference), "it is still in the queue");
    world.until("2026-03-23T10:00").await;
    let officer = officer(&world, &filed).await;
    let talk = json!({"channel": "phone", "text": "I read the letters out."});
    officer.post(&filed.command("record-contact"), talk).await.is(200);
    let after = page(&world, &filed).await;
    assert!(after.contains("We told you by phone on 23 March 2026 what it says."), "{after}");
    assert!(!after.contains("We are about to phone you"), "{after}");
    assert!(!has(&tasks(&world, &filed).await, "Telephone"));
    assert!(!queue(&world, &filed.council).await.contains(&filed.reference), "and now it is not");
}

#[tokio::test]
async fn what_is_added_stays_in_sight_and_is_work_until_somebody_has_dealt_with_it() {
    let world = World::at(MORNING).await;
    let filed = world.file("together-for-children", complaint()).await;
    step(&world, &filed, "message", ("text", "The ceiling came down <last> night.")).await;
    let found = page(&world, &filed).await;
    assert!(found.contains("What you added on 20 March 2026"), "{found}");
    assert!(found.contains("The ceiling came down &lt;last&gt; night."), "{found}");
    assert!(has(&tasks(&world, &filed).await, "Read what the person wrote on 20 March 2026"));
    let officer = officer(&world, &filed).await;
    officer.post(&filed.command("note"), json!({"text": "I rang the repairs team."})).await.is(200);
    assert!(!has(&tasks(&world, &filed).await, "Read what the person wrote"));
    let saved = world.nobody.get(&format!("{}/save?key={}", at(&filed), filed.key)).await.is(200).text;
    for said in ["Collect it every Monday.", "The ceiling came down <last> night.", "By email", "==== "] {
        assert!(saved.contains(said), "{said}: {saved}");
    }
}

#[tokio::test]
async fn words_of_danger_that_are_added_raise_a_risk_at_once_and_once() {
    let world = World::at(MORNING).await;
    let filed = world.file("westminster", complaint()).await;
    for _ in 0..2 {
        step(&world, &filed, "message", ("text", "There is a smell of gas now.")).await;
    }
    let case = world.case(&filed).await.json;
    assert!(case["flags"].to_string().contains("vulnerable"), "{case}");
    let risks = case["history"].as_array().unwrap().iter().filter(|line| line["what"] == "risk-raised").count();
    assert_eq!(risks, 1);
}

#[tokio::test]
async fn whoever_took_it_back_begins_again_with_one_button_and_what_was_closed_stays_closed() {
    let world = World::at(MORNING).await;
    let filed = world.file("north-west-leicestershire", complaint()).await;
    let early = world.nobody.form(&format!("{}/complain-again", at(&filed)), &[("_key", &filed.key)]).await;
    early.is(409);
    let done = step(&world, &filed, "withdraw", ("reason", "It was collected.")).await;
    world.until("2026-03-23T10:00").await;
    let withdrawn = world.nobody.get(&done).await.is(200).text;
    assert!(withdrawn.contains("I have changed my mind") && withdrawn.contains("/complain-again?key="), "{withdrawn}");
    let form = world.nobody.get(&format!("{}/complain-again?key={}", at(&filed), filed.key)).await.is(200).text;
    assert!(form.contains("You do not have to write it again"), "{form}");
    let fields = [("_key", filed.key.as_str()), ("text", "It was left out again.")];
    let first = world.nobody.form(&format!("{}/complain-again", at(&filed)), &fields).await.is(303);
    let second = world.nobody.form(&format!("{}/complain-again", at(&filed)), &fields).await.is(303);
    assert_eq!(first.location(), second.location(), "a second click is the same");
    world.laptop.quiet().await;
    let new = world.nobody.get(first.location()).await.is(200).text;
    for said in ["We have received it", "three Mondays", "It was left out again.", "8 April 2026"] {
        assert!(new.contains(said), "{said}: {new}");
    }
    let old = page(&world, &filed).await;
    assert!(old.contains("You have changed your mind, and we have it as a new one"), "{old}");
    assert!(!old.contains("I have changed my mind</a>"), "{old}");
    let case = world.case(&filed).await.json;
    assert_eq!((case["status"].as_str(), case["closed_as"].as_str()), (Some("closed"), Some("withdrawn")));
    let reference = first.location().split(['/', '?']).nth(3).unwrap().to_owned();
    let begun = Filed { reference, ..filed.clone() };
    let begun = world.case(&begun).await.json;
    assert_eq!((begun["status"].as_str(), begun["channel"].as_str()), (Some("new"), Some("web")));
    assert!(begun["links"].to_string().contains(&filed.reference), "{begun}");
    assert_eq!(begun["contact"]["email"], "nadia@example.com");
}

#[tokio::test]
async fn what_is_written_to_a_closed_case_makes_work_and_the_person_is_told_what_follows() {
    let world = World::at(MORNING).await;
    let filed = world.file("north-west-leicestershire", complaint()).await;
    step(&world, &filed, "withdraw", ("reason", "")).await;
    assert!(!queue(&world, &filed.council).await.contains(&filed.reference));
    let done = step(&world, &filed, "message", ("text", "I want it after all.")).await;
    let told = world.nobody.get(&done).await.is(200).text;
    assert!(told.contains("This stays closed, but somebody reads it"), "{told}");
    assert!(has(&tasks(&world, &filed).await, "after the case was closed: read it"));
    assert!(queue(&world, &filed.council).await.contains(&filed.reference), "staff see it");
}

#[tokio::test]
async fn a_key_is_taken_as_people_type_it_and_what_is_wrong_is_said_beside_it() {
    let world = World::at(MORNING).await;
    let filed = world.file("westminster", complaint()).await;
    let groups = |text: &str| {
        let symbols: Vec<char> = text.chars().collect();
        symbols.chunks(4).map(String::from_iter).collect::<Vec<String>>().join(" ")
    };
    let new = world.nobody.get(&format!("{}?key={}&new=1", at(&filed), filed.key)).await.is(200).text;
    assert!(new.contains(&groups(&filed.key)), "{new}");
    let link = format!("https://redress.example{}?key={}", at(&filed), filed.key);
    let mistaken = groups(&filed.key.to_uppercase()).replace('0', "O").replace('1', "l");
    let typed = [
        (filed.reference.as_str(), groups(&filed.key)),
        (&filed.reference, mistaken),
        (&filed.reference, groups(&filed.key).replace(' ', "-")),
        (&filed.reference, link.clone()),
        ("", link.clone()),
        (&link, String::new()),
    ];
    for (reference, key) in typed {
        let found = world.nobody.form("/westminster/track", &[("reference", reference), ("key", &key)]).await.is(303);
        assert_eq!(found.location(), format!("{}?key={}", at(&filed), filed.key), "{reference} {key}");
    }
    for (key, said) in [
        (&filed.key[1..], "It has 32 letters and numbers, and you entered 31"),
        (&"0".repeat(32), "do not belong together. Check the key"),
    ] {
        let fields = [("reference", filed.reference.as_str()), ("key", key)];
        let page = world.nobody.form("/westminster/track", &fields).await.is(422).text;
        assert!(page.contains(said) && page.contains("href=\"#key\""), "{said}: {page}");
        assert!(!page.contains("href=\"#reference\""), "{page}");
    }
    let letter = world.mails(&filed).await[0]["text"].as_str().unwrap().to_owned();
    assert!(letter.contains(&format!("- Key: {}", groups(&filed.key))), "{letter}");
    assert!(letter.contains("/westminster/track and enter these:"), "{letter}");
}

#[tokio::test]
async fn the_decision_and_the_talk_that_was_left_out_are_said_at_once() {
    let world = World::at(MORNING).await;
    let filed = world.file("together-for-children", complaint()).await;
    let before = page(&world, &filed).await;
    assert!(before.contains("We have not talked with you yet."), "{before}");
    assert!(before.contains("We aim for 7 April 2026."), "{before}");
    let manager = world.staff(&filed.council, "complaints-manager", "Maya Patel").await;
    let accepted = json!({"wanted": "Weekly collection."});
    manager.post(&filed.command("accept"), accepted).await.is(200);
    let answer = json!({"outcome": "not-upheld", "text": "The bins were collected."});
    manager.post(&filed.command("respond"), answer).await.is(200);
    let after = page(&world, &filed).await;
    let promises = after.find("What we promised you").unwrap();
    assert!(after.find("Our decision").is_some_and(|at| at < promises), "{after}");
    for said in [
        "href=\"#letter-",
        "We did not talk with you first, and we are sorry.",
        "Collect it every Monday.",
        "What you want, as we understand it",
        "Weekly collection.",
        "<br><a class=\"govuk-link\" href=\"#letter-",
    ] {
        assert!(after.contains(said), "{said}: {after}");
    }
    assert!(after.contains("<h3 class=\"govuk-heading-s\">Our decision</h3>") && !after.contains("-----"), "{after}");
    let letters = world.mails(&filed).await;
    let answer = letters.iter().find(|mail| mail["kind"] == "response").unwrap();
    assert!(answer["text"].as_str().unwrap().contains("We did not talk with you first"), "{answer}");
}

#[tokio::test]
async fn a_review_stands_first_with_its_own_dates_and_reasons_and_taking_it_back_leaves_the_answer() {
    let world = World::at(MORNING).await;
    let filed = world.file("north-west-leicestershire", complaint()).await;
    let manager = world.staff(&filed.council, "complaints-manager", "Maya Patel").await;
    manager.post(&filed.command("accept"), json!({})).await.is(200);
    let answer = json!({"outcome": "not-upheld", "text": "The bins were collected."});
    manager.post(&filed.command("respond"), answer).await.is(200);
    let answered = page(&world, &filed).await;
    assert!(answered.contains("an officer then decides whether we go on with it"), "{answered}");
    let form = world.nobody.get(&format!("{}/request-review?key={}", at(&filed), filed.key)).await.is(200).text;
    assert_eq!(form.matches("You do not have to give a reason").count(), 1, "{form}");
    assert!(!form.contains(" checked"), "nothing is chosen for them: {form}");
    world.until("2026-03-24T10:00").await;
    let done = step(&world, &filed, "request-review", ("reasons", "Nobody left a voicemail.")).await;
    let page = world.nobody.get(&done).await.is(200).text;
    let banner = &page[..page.find("You asked for a review</dt>").unwrap()];
    assert!(banner.contains("We have your request for a review.") && banner.contains("April 2026"), "{banner}");
    assert!(page.contains("Why you asked for a review on 24 March 2026") && page.contains("Nobody left a voicemail."));
    let (now, before) =
        (page.find("We answer your request for a review").unwrap(), page.find("Before the review").unwrap());
    assert!(now < before, "{page}");
    let withdraw = world.nobody.get(&format!("{}/withdraw?key={}", at(&filed), filed.key)).await.is(200).text;
    assert!(withdraw.contains("The answer we gave you before the review stays as it is."), "{withdraw}");
}
