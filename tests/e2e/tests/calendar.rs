//! A holiday proclaimed or withdrawn while cases are open: what is owed moves, what was promised stays.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_domain::calendar::{Announcement, Published};
use redress_e2e::{Answer, Filed, World, complaint};
use serde_json::{Value, json};

/// Ten working days from receipt to the answer.
const COUNCIL: &str = "south-staffordshire";

/// The same, and not to be touched.
const OTHER: &str = "north-west-leicestershire";

const RULE: &str = "stage-1.respond";

/// A complaint of Monday 5 September 2022: with the State Funeral on the 19th, promised for Tuesday the 20th.
async fn september(council: &str) -> (World, Filed) {
    let world = World::at("2022-09-05T10:00").await;
    let filed = world.file(council, complaint()).await;
    assert_eq!(filed.receipt["respond_by"], "2022-09-20");
    (world, filed)
}

async fn publish(world: &World, add: &[&str], remove: &[&str], preview: bool) -> Value {
    let sent = json!({"council": COUNCIL, "add": add, "remove": remove, "title": "Day of rest"});
    let path = if preview { "/dev/calendar?preview=true" } else { "/dev/calendar" };
    world.nobody.post(path, sent).await.is(200).json
}

fn respond(case: &Answer) -> (&str, &str) {
    let deadline = case.deadline(RULE);
    (deadline["due_on"].as_str().unwrap(), deadline["promised_on"].as_str().unwrap())
}

fn happened<'a>(case: &'a Answer, what: &str) -> Vec<&'a Value> {
    let history = case.json["history"].as_array().unwrap();
    history.iter().filter(|line| line["what"] == what).map(|line| &line["event"]).collect()
}

fn tasks(case: &Answer) -> String {
    case.json["tasks"].to_string()
}

#[tokio::test]
async fn a_day_proclaimed_moves_what_is_owed_and_not_what_was_promised() {
    let (world, filed) = september(COUNCIL).await;
    let answer = publish(&world, &["2022-09-16"], &[], false).await;
    let moved = json!({"reference": filed.reference, "rule": RULE, "from": "2022-09-20", "to": "2022-09-21", "promised_on": "2022-09-20"});
    assert_eq!(answer, json!({"calendar_version": 2, "moved": [moved]}));
    let case = world.case(&filed).await;
    assert_eq!(respond(&case), ("2022-09-21", "2022-09-20"));
    let explain = &case.deadline(RULE)["explain"];
    assert_eq!(explain["calendar"], "england-and-wales 2");
    assert!(
        explain["days"]
            .as_array()
            .unwrap()
            .contains(&json!({"date": "2022-09-16", "counted": false, "why": "Day of rest"}))
    );
    let told = happened(&case, "calendar-changed");
    assert_eq!(told[0]["calendar_version"], 2);
    assert_eq!(told[0]["moved"], json!([{"rule": RULE, "from": "2022-09-20", "to": "2022-09-21"}]));
    assert!(!tasks(&case).contains("The promised date moved"), "a later date is no reason to write");
    let new = world.file(COUNCIL, complaint()).await;
    assert_eq!(new.receipt["respond_by"], "2022-09-21", "new complaints are promised by the new calendar");
}

#[tokio::test]
async fn the_sweep_misses_the_new_date_and_not_the_old() {
    let (world, filed) = september(COUNCIL).await;
    publish(&world, &["2022-09-16"], &[], false).await;
    let missed = |case: &Answer| -> Vec<String> {
        let all = happened(case, "missed").into_iter().filter(|event| event["rule"] == RULE);
        all.map(|event| event["due_on"].as_str().unwrap().to_owned()).collect()
    };
    world.until("2022-09-21T23:30").await;
    let case = world.case(&filed).await;
    assert!(missed(&case).is_empty());
    assert_ne!(case.deadline(RULE)["state"], "missed");
    world.until("2022-09-22T09:00").await;
    let case = world.case(&filed).await;
    assert_eq!(missed(&case), ["2022-09-21"]);
    let warned: Vec<&Value> = happened(&case, "warned").into_iter().filter(|event| event["rule"] == RULE).collect();
    assert!(warned.iter().all(|event| event["due_on"] == "2022-09-21"), "{warned:?}");
}

#[tokio::test]
async fn a_preview_says_what_would_move_and_moves_nothing() {
    let (world, filed) = september(COUNCIL).await;
    let before = world.case(&filed).await.json;
    let preview = publish(&world, &["2022-09-16"], &[], true).await;
    assert_eq!((preview["calendar_version"].as_i64(), preview["moved"].as_array().unwrap().len()), (Some(2), 1));
    assert_eq!(world.case(&filed).await.json, before);
    assert_eq!(publish(&world, &["2022-09-16"], &[], true).await, preview);
    assert_eq!(publish(&world, &["2022-09-16"], &[], false).await, preview);
}

#[tokio::test]
async fn a_day_withdrawn_moves_back() {
    let (world, filed) = september(COUNCIL).await;
    publish(&world, &["2022-09-16"], &[], false).await;
    let back = publish(&world, &[], &["2022-09-16"], false).await;
    assert_eq!((back["calendar_version"].as_i64(), &back["moved"][0]["to"]), (Some(3), &json!("2022-09-20")));
    assert_eq!(respond(&world.case(&filed).await), ("2022-09-20", "2022-09-20"));
}

#[tokio::test]
async fn a_date_now_earlier_than_promised_makes_a_task() {
    let (world, filed) = september(COUNCIL).await;
    publish(&world, &[], &["2022-09-19"], false).await;
    let case = world.case(&filed).await;
    assert_eq!(respond(&case), ("2022-09-19", "2022-09-20"));
    assert!(tasks(&case).contains("The promised date moved from 20 September 2022 to 19 September 2022: tell them"));
}

#[tokio::test]
async fn another_councils_cases_and_closed_ones_do_not_move() {
    let (world, closed) = september(COUNCIL).await;
    let resident = world.nobody.with("x-case-key", &closed.key);
    resident.post(&format!("{}/withdraw", closed.track()), json!({})).await.is(200);
    let other = world.file(OTHER, complaint()).await;
    let (first, second) = (world.case(&closed).await.json, world.case(&other).await.json);
    world.pass("1 working day").await;
    let answer = publish(&world, &["2022-09-16"], &["2022-09-19"], false).await;
    assert_eq!(answer["moved"], json!([]));
    let (first_now, second_now) = (world.case(&closed).await.json, world.case(&other).await.json);
    assert_eq!((&first_now["version"], &first_now["deadlines"]), (&first["version"], &first["deadlines"]));
    assert_eq!((&second_now["version"], &second_now["deadlines"]), (&second["version"], &second["deadlines"]));
    let new = world.file(OTHER, complaint()).await;
    assert_eq!(new.receipt["respond_by"], "2022-09-21", "from Tuesday, by the nation's calendar");
}

#[tokio::test]
async fn the_same_twice_is_once() {
    let (world, filed) = september(COUNCIL).await;
    publish(&world, &["2022-09-16"], &[], false).await;
    let version = world.case(&filed).await.json["version"].clone();
    let again = publish(&world, &["2022-09-16"], &[], false).await;
    assert_eq!(again, json!({"calendar_version": 2, "moved": []}));
    assert_eq!(world.case(&filed).await.json["version"], version);
}

#[tokio::test]
async fn what_was_interrupted_is_taken_up_again() {
    let (world, filed) = september(COUNCIL).await;
    let office = &world.laptop.office;
    let announced = Announcement {
        add: ["2022-09-16".parse().unwrap()].into(),
        title: "Day of rest".to_owned(),
        ..Announcement::default()
    };
    let packed = office.present(COUNCIL).unwrap().calendar;
    let published = Published::default().with(&packed, &announced, office.clock.now());
    // Published, and then the plug was pulled before any case was counted anew.
    office.store.publish(COUNCIL, &Published::default(), &published).await.unwrap();
    assert!(happened(&world.case(&filed).await, "calendar-changed").is_empty());
    let answer = publish(&world, &["2022-09-16"], &[], false).await;
    assert_eq!((answer["calendar_version"].as_i64(), answer["moved"].as_array().unwrap().len()), (Some(2), 1));
    assert_eq!(happened(&world.case(&filed).await, "calendar-changed").len(), 1);
}

#[tokio::test]
async fn more_cases_than_a_page_all_move_once() {
    let world = World::at("2022-09-05T10:00").await;
    for _ in 0..105 {
        world.nobody.post(&format!("/api/{COUNCIL}/feedback"), complaint()).await.is(201);
    }
    world.laptop.quiet().await;
    for (add, remove) in [(["2022-09-16"].as_slice(), [].as_slice()), (&[], &["2022-09-16"])] {
        let answer = publish(&world, add, remove, false).await;
        let moved = answer["moved"].as_array().unwrap();
        let references: std::collections::BTreeSet<&str> =
            moved.iter().filter_map(|moved| moved["reference"].as_str()).collect();
        assert_eq!((moved.len(), references.len()), (105, 105));
    }
}

#[tokio::test]
async fn a_date_an_officer_set_stands_and_is_warned_of_in_good_time() {
    let (world, filed) = september(COUNCIL).await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    let manager = world.staff(COUNCIL, "manager", "Maya Patel").await;
    officer.post(&filed.command("accept"), json!({"points": [{"text": "Missed bins"}]})).await.is(200);
    officer.post(&filed.command("acknowledge"), json!({})).await.is(200);
    let extended = json!({"reason": "We wait for the contractor.", "by": "5 working days"});
    let case = manager.post(&filed.command("extend"), extended).await.is(200);
    assert_eq!(respond(&case), ("2022-09-27", "2022-09-27"));
    // The day before: whoever is warned so many working days ahead must now be warned a day sooner.
    let answer = publish(&world, &["2022-09-26"], &[], false).await;
    assert_eq!(answer["moved"], json!([]));
    assert_eq!(respond(&world.case(&filed).await), ("2022-09-27", "2022-09-27"));
    world.until("2022-09-28T09:00").await;
    let case = world.case(&filed).await;
    let history = case.json["history"].as_array().unwrap();
    let warned = history.iter().find(|line| line["what"] == "warned" && line["event"]["rule"] == RULE).unwrap();
    assert_eq!(warned["at"], "2022-09-21T23:00:00Z", "two working days before: Thursday, not Friday");
    let missed: Vec<&Value> = happened(&case, "missed").into_iter().filter(|event| event["rule"] == RULE).collect();
    assert_eq!((missed.len(), &missed[0]["due_on"]), (1, &json!("2022-09-27")));
}

#[tokio::test]
async fn everything_wrong_with_a_day_is_told_at_once() {
    let (world, filed) = september(COUNCIL).await;
    let before = world.case(&filed).await.json;
    let wrong = json!({"council": "atlantis", "add": ["2022-09-31", "2022-09-17"], "remove": ["soon"], "titel": "x"});
    let answer = world.nobody.post("/dev/calendar", wrong).await.is(422);
    assert_eq!(answer.bad_fields(), ["council", "add.0", "add.1", "remove.0", "title", "titel"]);
    let answer = world.nobody.post("/dev/calendar", json!({})).await.is(422);
    assert_eq!(answer.bad_fields(), ["council", "add"]);
    let day = json!({"council": COUNCIL, "add": ["2022-09-16"], "title": "Day of rest"});
    let answer = world.nobody.post("/dev/calendar?preview=perhaps", day).await.is(422);
    assert_eq!(answer.bad_fields(), ["preview"]);
    assert_eq!(world.case(&filed).await.json, before);
}
