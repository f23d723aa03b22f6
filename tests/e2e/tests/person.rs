//! The page of a person, and what came before a case: everything the reader may know, and nothing of it in an address.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Filed, World};
use serde_json::{Value, json};

const COUNCIL: &str = "south-staffordshire";

fn by(email: &str, phone: Option<&str>, about: &str) -> Value {
    json!({
        "kind": "complaint", "about": about, "name": "Siân O’Neill", "email": email, "phone": phone,
        "address": {"lines": ["12 Mill Lane"], "postcode": "WV8 1PX"},
    })
}

/// Five cases: three of one person, one of the same name at the same home, one of a neighbour in the same house.
async fn street(world: &World) -> [Filed; 5] {
    let phone = Some("01902 696123");
    let mut neighbour = by("rhys@example.com", None, "A neighbour’s matter.");
    neighbour["name"] = json!("Rhys Baker");
    let later = async |feedback: Value| {
        let filed = world.file(COUNCIL, feedback).await;
        world.pass("PT1M").await;
        filed
    };
    let first = later(by("sian@example.com", phone, "The first matter.")).await;
    let second = later(by("sian@example.com", None, "The second matter.")).await;
    let perhaps = later(by("other@example.com", None, "Perhaps another matter.")).await;
    let neighbour = later(neighbour).await;
    let third = later(by("new@example.com", Some("+44 1902 696 123"), "The third matter.")).await;
    [first, second, perhaps, neighbour, third]
}

fn page_of(filed: &Filed) -> String {
    format!("/staff/{COUNCIL}/cases/{}/person", filed.reference)
}

#[tokio::test]
async fn everything_about_a_person_stands_on_one_page() {
    let world = World::at("2026-03-20T10:00").await;
    let [first, second, perhaps, neighbour, third] = street(&world).await;
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let said = json!({"channel": "phone", "text": "She asked for large print."});
    manager.post(&first.command("record-contact"), said).await.is(200);
    let adjusted = json!({"adjustments": "Large print.", "review_on": "2027-03-20"});
    manager.post(&first.command("adjustments"), adjusted).await.is(200);
    let message = json!({"text": "Any news of this?"});
    let resident = world.nobody.with("x-case-key", &second.key);
    resident.post(&format!("{}/message", second.track()), message).await.good();
    let limit = json!({
        "what": "One letter a week.", "why": "Forty a day.", "until": "2026-09-20", "review_on": "2026-06-20",
        "decided_by": ["The chief executive"],
    });
    manager.post(&second.command("restrict"), limit).await.is(200);
    manager.post(&second.command("withdraw"), json!({"reason": "It stopped."})).await.is(200);
    world.laptop.quiet().await;
    let page = manager.get(&page_of(&first)).await.is(200).text;
    for expected in [
        "Siân O’Neill",
        "She asked for large print.",
        "Chris Adeyemi, phone",
        "Any news of this?",
        "Large print.",
        "they wrote on their own page",
        "One letter a week.",
        "To be looked at again by",
        "Closed: withdrawn",
        "sian@example.com",
        "new@example.com",
        "Perhaps the same person",
        "None that we know of",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    for known in [&first, &second, &third, &perhaps] {
        assert!(page.contains(&format!("/cases/{}\"", known.reference)), "{}", known.reference);
    }
    assert!(!page.contains(&neighbour.reference) && !page.contains("Rhys"), "a neighbour is somebody else");
    assert!(!page.contains("other@example.com"), "what may be somebody else’s is not shown as theirs");
    let at = page.find("Perhaps the same person").unwrap();
    assert!(page.find(&perhaps.reference).unwrap() > at, "and stands apart");
}

#[tokio::test]
async fn a_case_that_is_not_for_the_reader_is_counted_and_nothing_of_it_shown() {
    let world = World::at("2026-03-20T10:00").await;
    let [first, second, ..] = street(&world).await;
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let note = json!({"channel": "phone", "text": "Something that only few may know."});
    manager.post(&second.command("record-contact"), note).await.is(200);
    let only = json!({"roles": ["manager"], "reason": "A safeguarding matter."});
    manager.post(&second.command("restrict-reading"), only).await.is(200);
    world.laptop.quiet().await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    let page = officer.get(&page_of(&first)).await.is(200).text;
    assert!(page.contains("1 case is not shown to you") && !page.contains(&second.reference), "{page}");
    assert!(!page.contains("only few may know"), "{page}");
    officer.get(&page_of(&second)).await.is(403);
    world.staff("westminster", "officer", "Ana Costa").await.get(&page_of(&first)).await.is(403);
    world.staff(COUNCIL, "analyst", "Ana Lyst").await.get(&page_of(&first)).await.is(403);
    officer.get(&format!("/staff/{COUNCIL}/cases/SSC-0000-0000/person")).await.is(404);
}

#[tokio::test]
async fn every_case_read_for_the_page_is_written_down_as_read() {
    let world = World::at("2026-03-20T10:00").await;
    let [first, second, perhaps, ..] = street(&world).await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    officer.get(&page_of(&first)).await.is(200);
    let auditor = world.staff(COUNCIL, "auditor", "Audrey Tor").await;
    let read = async |filed: &Filed| {
        let at = format!("/api/{COUNCIL}/audit?reference={}", filed.reference);
        auditor.get(&at).await.is(200).text.contains("\"person\"")
    };
    assert!(read(&first).await && read(&second).await);
    assert!(!read(&perhaps).await, "of this one nothing but its line was shown");
}

#[tokio::test]
async fn what_the_same_person_or_home_brought_before_stands_with_a_new_case() {
    let world = World::at("2026-03-20T10:00").await;
    let [first, second, perhaps, neighbour, third] = street(&world).await;
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let only = json!({"roles": ["manager"], "reason": "A safeguarding matter."});
    manager.post(&neighbour.command("restrict-reading"), only).await.is(200);
    world.laptop.quiet().await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    let case = officer.get(&third.path()).await.is(200).json;
    let line = |earlier: &Value| (earlier["reference"].as_str().unwrap().to_owned(), earlier["same"].clone());
    let mut earlier: Vec<_> = case["earlier"].as_array().unwrap().iter().map(line).collect();
    earlier.sort_by_key(|(reference, _)| reference.clone());
    let mut expected = vec![
        (first.reference.clone(), json!("person")),
        (second.reference.clone(), json!("place")),
        (perhaps.reference.clone(), json!("place")),
    ];
    expected.sort_by_key(|(reference, _)| reference.clone());
    assert_eq!(earlier, expected, "the second has another address and no number: the home alone tells");
    assert_eq!(case["earlier_hidden"], json!(1));
    assert_eq!(case["earlier"][0]["kind"], "complaint");
    let case = officer.get(&first.path()).await.is(200).json;
    assert_eq!((&case["earlier"], &case["earlier_hidden"]), (&json!([]), &json!(0)));
    let moved = officer.post(&first.command("note"), json!({"text": "x"})).await.is(200).json;
    assert!(moved.get("earlier").is_none(), "a command does not look for it");
}
