//! What machines send is set aside and never dropped; what speaks of danger is told at once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{COUNCILS, Filed, Resident, World, complaint};
use serde_json::json;

/// Somebody at the last page, with what it carries.
async fn at_the_check(world: &World, council: &str) -> (Resident, String) {
    let resident = Resident::new(&world.nobody);
    let page = |step: &str| format!("/{council}/feedback/{step}");
    resident.form(&page("start"), &[]).await.is(303);
    resident.form(&page("kind"), &[("kind", "complaint")]).await.is(303);
    resident.form(&page("whose"), &[("whose", "me")]).await.is(303);
    resident.form(&page("what"), &[("about", "Buy cheap tablets.")]).await.is(303);
    resident.form(&page("contact"), &[("name", "Bo T"), ("email", "victim@example.com")]).await.is(303);
    let shown = resident.get(&page("check")).await.is(200).hidden("_shown");
    (resident, shown)
}

/// Sends it, and finds the case.
async fn sent(resident: &Resident, council: &str, fields: &[(&str, &str)]) -> Filed {
    resident.form(&format!("/{council}/feedback/check"), fields).await.is(303);
    let followed = resident.get(&format!("/{council}/feedback/sent")).await.is(303);
    let (_, rest) = followed.location().split_once("/track/").unwrap();
    let (reference, key) = rest.split_once("?key=").unwrap();
    let key = key.trim_end_matches("&new=1").to_owned();
    Filed { council: council.to_owned(), reference: reference.to_owned(), key, receipt: json!({}) }
}

async fn is_suspect(world: &World, filed: &Filed) -> bool {
    world.laptop.quiet().await;
    world.case(filed).await.json["flags"].as_array().unwrap().contains(&json!("suspected-spam"))
}

/// Mails to the address that was given.
async fn to_the_person(world: &World, filed: &Filed) -> usize {
    world.mails(filed).await.iter().filter(|mail| mail["to"] == "victim@example.com").count()
}

#[tokio::test]
async fn who_fills_in_the_trap_is_set_aside_until_somebody_has_looked() {
    let world = World::at("2026-03-20T10:00").await;
    for council in COUNCILS {
        let (resident, shown) = at_the_check(&world, council).await;
        let filed = sent(&resident, council, &[("_shown", &shown), ("_website", "https://spam.example")]).await;
        assert!(is_suspect(&world, &filed).await, "{council}");
        world.pass("1 working day").await;
        assert_eq!(to_the_person(&world, &filed).await, 0, "{council}: {:?}", world.mail_kinds(&filed).await);
        let officer = world.staff(council, "officer", "Olu Balogun").await;
        let listed = officer.get(&format!("/api/{council}/cases")).await.is(200);
        assert!(listed.text.contains(&filed.reference), "staff see it: {}", listed.text);
        let manager = world.staff(council, "complaints-manager", "Chris Adeyemi").await;
        manager.post(&filed.command("accept"), json!({})).await.is(200);
        manager.post(&filed.command("acknowledge"), json!({})).await.is(200);
        assert_eq!(to_the_person(&world, &filed).await, 1, "{council}: once accepted, the person hears from us");
    }
}

#[tokio::test]
async fn nobody_reads_their_answers_in_a_second() {
    let world = World::at("2026-03-20T10:00").await;
    let council = COUNCILS[3];
    let (quick, shown) = at_the_check(&world, council).await;
    world.until("2026-03-20T10:00:01").await;
    let filed = sent(&quick, council, &[("_shown", &shown)]).await;
    assert!(is_suspect(&world, &filed).await);
    let (person, shown) = at_the_check(&world, council).await;
    world.until("2026-03-20T10:01:00").await;
    let filed = sent(&person, council, &[("_shown", &shown)]).await;
    assert!(!is_suspect(&world, &filed).await);
    assert!(to_the_person(&world, &filed).await > 0);
    let (blind, _) = at_the_check(&world, council).await;
    let filed = sent(&blind, council, &[("_shown", "1774000000000.made-up")]).await;
    assert!(is_suspect(&world, &filed).await, "a time that nobody signed");
}

#[tokio::test]
async fn one_address_that_sends_and_sends_is_set_aside_and_the_next_hour_is_another() {
    let world = World::at("2026-03-20T10:00").await;
    let council = COUNCILS[2];
    let far = world.nobody.with("x-forwarded-for", "10.0.0.1, 203.0.113.9");
    let path = format!("/api/{council}/feedback");
    let mut flagged = Vec::new();
    for n in 0..12 {
        let mut feedback = complaint();
        feedback["about"] = json!(format!("Number {n}"));
        let reference = far.post(&path, feedback).await.is(201).json["reference"].as_str().unwrap().to_owned();
        let filed = Filed { council: council.to_owned(), reference, key: String::new(), receipt: json!({}) };
        flagged.push(is_suspect(&world, &filed).await);
    }
    assert_eq!(flagged.iter().filter(|suspect| **suspect).count(), 2, "{flagged:?}");
    let near = world.nobody.with("x-forwarded-for", "203.0.113.9, 198.51.100.4");
    let told = near.post(&path, complaint()).await.is(201).json["reference"].as_str().unwrap().to_owned();
    let other = Filed { council: council.to_owned(), reference: told, key: String::new(), receipt: json!({}) };
    assert!(!is_suspect(&world, &other).await, "another address");
    world.pass("PT1H").await;
    let told = far.post(&path, complaint()).await.is(201).json["reference"].as_str().unwrap().to_owned();
    let later = Filed { council: council.to_owned(), reference: told, key: String::new(), receipt: json!({}) };
    assert!(!is_suspect(&world, &later).await, "another hour");
}

#[tokio::test]
async fn words_of_danger_are_told_at_once_by_every_door_at_every_council() {
    let world = World::at("2026-03-21T02:00").await;
    for council in COUNCILS {
        let mut feedback = complaint();
        feedback["about"] = json!("There is a GAS\nleak in the hall.");
        let filed = world.file(council, feedback).await;
        let case = world.case(&filed).await;
        assert!(case.json["flags"].as_array().unwrap().contains(&json!("vulnerable")), "{council}");
        let mails = world.mails(&filed).await;
        let risk = mails.iter().find(|mail| mail["subject"].as_str().unwrap_or_default().contains("danger"));
        assert!(risk.is_some(), "{council}: {mails:?}");
        assert!(!mails.iter().any(|mail| mail["subject"].as_str().unwrap_or_default().contains("leak")));
    }
    let calm = world.file(COUNCILS[0], complaint()).await;
    assert!(!world.case(&calm).await.json["flags"].as_array().unwrap().contains(&json!("vulnerable")));
}

#[tokio::test]
async fn whoever_writes_of_danger_is_told_whom_to_call_before_they_send_it() {
    let world = World::at("2026-03-20T10:00").await;
    let council = COUNCILS[1];
    let (resident, _) = at_the_check(&world, council).await;
    let check = format!("/{council}/feedback/check");
    assert!(!resident.get(&check).await.text.contains("call 999"));
    resident
        .form(&format!("/{council}/feedback/what"), &[("about", "My neighbour, he hits the children.")])
        .await
        .is(303);
    assert!(resident.get(&check).await.text.contains("call 999"));
}
