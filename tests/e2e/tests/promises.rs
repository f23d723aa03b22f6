//! What each council promises, kept or seen to be missed.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{COUNCILS, Filed, World, complaint};
use serde_json::json;

/// When a complaint of Friday 20 March 2026 is acknowledged and answered, and what the person hears at once.
const PROMISED: [(&str, &str, &str, &str); 5] = [
    ("lichfield-traded-services", "2026-03-27", "2026-04-21", "acknowledgement"),
    ("together-for-children", "2026-03-27", "2026-04-21", "receipt"),
    ("south-staffordshire", "2026-03-27", "2026-04-07", "receipt"),
    ("westminster", "2026-03-24", "2026-04-07", "acknowledgement"),
    ("north-west-leicestershire", "2026-03-24", "2026-04-07", "acknowledgement"),
];

#[tokio::test]
async fn every_council_answers_with_its_own_dates_and_writes_at_once() {
    let world = World::at("2026-03-20T10:00").await;
    for (council, acknowledge_by, respond_by, first_letter) in PROMISED {
        let filed = world.file(council, complaint()).await;
        assert_eq!(filed.receipt["acknowledge_by"], acknowledge_by, "{council}");
        assert_eq!(filed.receipt["respond_by"], respond_by, "{council}");
        let mails = world.mails(&filed).await;
        assert_eq!(mails.len(), 1, "{council}");
        assert_eq!(mails[0]["kind"], first_letter, "{council}");
        assert_eq!(mails[0]["to"], "nadia@example.com", "{council}");
        let text = mails[0]["text"].as_str().unwrap();
        assert!(text.contains(&filed.reference) && text.contains(&filed.key), "{council}: {text}");
        assert!(!mails[0]["subject"].as_str().unwrap().contains("Nadia"), "{council}");
    }
}

#[tokio::test]
async fn a_range_has_a_target_and_promises_its_limit() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("together-for-children", complaint()).await;
    let case = world.case(&filed).await;
    let answer = case.deadline("stage-1.respond");
    assert_eq!((answer["target_on"].as_str(), answer["due_on"].as_str()), (Some("2026-04-07"), Some("2026-04-21")));
    assert_eq!(case.deadline("stage-1.acknowledge")["in_policy"], false);
}

#[tokio::test]
async fn a_deadline_explains_each_day_it_counted_and_each_it_skipped() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("south-staffordshire", complaint()).await;
    let case = world.case(&filed).await;
    let explain = &case.deadline("stage-1.respond")["explain"];
    let days = explain["days"].as_array().unwrap();
    assert_eq!(days.iter().filter(|day| day["counted"] == true).count(), 10);
    assert!(days.iter().any(|day| day["date"] == "2026-04-03" && day["why"] == "Good Friday"), "{explain}");
    assert!(explain["cites"].as_str().unwrap().contains("Stage 1"), "{explain}");
}

#[tokio::test]
async fn when_nobody_answers_the_miss_is_recorded_staff_are_told_and_the_person_gets_what_they_are_owed() {
    let world = World::at("2026-03-20T10:00").await;
    let mut filed = Vec::new();
    for council in COUNCILS {
        filed.push(world.file(council, complaint()).await);
    }
    world.pass("25 working days").await;
    for (filed, (council, _, respond_by, _)) in filed.iter().zip(PROMISED) {
        let case = world.case(filed).await;
        let answer = case.deadline("stage-1.respond");
        assert_eq!(answer["state"], "missed", "{council}");
        assert_eq!(answer["promised_on"], respond_by, "{council}");
        let mails = world.mails(filed).await;
        let kinds: Vec<&str> = mails.iter().filter_map(|mail| mail["kind"].as_str()).collect();
        let digests: Vec<&str> =
            mails.iter().filter(|mail| mail["kind"] == "digest").filter_map(|mail| mail["text"].as_str()).collect();
        for told in ["A date is near", "A date was missed", "Missed, and still not done"] {
            assert!(
                digests.iter().any(|text| text.to_lowercase().contains(&told.to_lowercase())),
                "{council}: {told}: {digests:?}"
            );
        }
        // Most owe word that the answer is late; one sends news every ten working days instead.
        let owed = if council == "north-west-leicestershire" { "update" } else { "holding" };
        let letter = mails.iter().find(|mail| mail["kind"] == owed).unwrap_or_else(|| panic!("{council}: {kinds:?}"));
        assert!(letter["text"].as_str().unwrap().contains("Ombudsman"), "{council}");
    }
}

#[tokio::test]
async fn news_every_ten_working_days_comes_again_and_again() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("north-west-leicestershire", complaint()).await;
    world.until("2026-05-29T09:00").await;
    let mails = world.mails(&filed).await;
    let days: Vec<&str> = mails
        .iter()
        .filter(|mail| mail["kind"] == "update")
        .filter_map(|mail| mail["at"].as_str()?.get(..10))
        .collect();
    assert_eq!(days, ["2026-04-07", "2026-04-21", "2026-05-06", "2026-05-20"]);
}

#[tokio::test]
async fn staff_mail_waits_for_eight_of_a_working_day_and_letters_do_not() {
    let world = World::at("2026-03-20T21:30").await;
    let filed = world.file("westminster", complaint()).await;
    assert_eq!(world.mail_kinds(&filed).await, ["acknowledgement"]);
    world.until("2026-03-23T07:59").await;
    assert_eq!(world.mail_kinds(&filed).await, ["acknowledgement"]);
    world.until("2026-03-23T08:00").await;
    assert_eq!(world.mail_kinds(&filed).await, ["acknowledgement", "digest"]);
}

#[tokio::test]
async fn a_landlord_matter_is_acknowledged_by_a_person_and_heard_of_at_once() {
    let world = World::at("2026-03-20T10:00").await;
    let mut feedback = complaint();
    feedback["tenant"] = json!(true);
    let filed = world.file("westminster", feedback).await;
    assert_eq!(world.mail_kinds(&filed).await, ["receipt"]);
    let case = world.case(&filed).await;
    assert_eq!(case.deadline("stage-1.acknowledge")["state"], "open");
    assert_eq!(case.json["ombudsman"]["id"], "housing");
}

#[tokio::test]
async fn compliments_and_comments_are_thanked_for_and_passed_on() {
    let world = World::at("2026-03-20T10:00").await;
    for council in COUNCILS {
        for kind in ["compliment", "comment"] {
            let mut feedback = complaint();
            feedback["kind"] = json!(kind);
            let filed = world.file(council, feedback).await;
            assert_eq!(filed.receipt["respond_by"], json!(null));
            assert_eq!(world.mail_kinds(&filed).await, ["passed-on"], "{council} {kind}");
            let case = world.case(&filed).await;
            assert_eq!(
                (case.json["status"].as_str(), case.json["closed_as"].as_str()),
                (Some("closed"), Some("passed-on"))
            );
        }
    }
}

#[tokio::test]
async fn an_old_matter_is_taken_and_shown_as_old() {
    let world = World::at("2026-03-20T10:00").await;
    let mut feedback = complaint();
    feedback["happened_on"] = json!("2024-11-01");
    feedback["aware_on"] = json!("2024-11-01");
    let filed = world.file("south-staffordshire", feedback).await;
    assert_eq!(world.case(&filed).await.json["flags"], json!(["historic"]));
}

#[tokio::test]
async fn what_lay_unopened_until_its_dates_had_passed_is_promised_no_day_of_the_past() {
    let world = World::at("2026-03-20T10:00").await;
    for council in COUNCILS {
        let mut old = complaint();
        old["channel"] = json!("post");
        old["received_at"] = json!("2026-01-19T09:00:00Z");
        let officer = world.staff(council, "officer", "Olu Balogun").await;
        let logged = officer.post(&format!("/api/{council}/feedback"), old).await.is(201);
        world.laptop.quiet().await;
        let filed = Filed::of(council, logged.json);
        let first = &world.mails(&filed).await[0]["text"];
        let text = first.as_str().unwrap();
        assert!(text.contains("That date has passed") && text.contains("sorry"), "{council}: {text}");
        assert!(
            !text.contains("You can expect our answer by") && !text.contains("you can expect our answer"),
            "{council}: {text}"
        );
    }
}
