//! Dates on staff's pages: three boxes, a fourth for a time, and everything as people write it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Answer, Client, Filed, World, complaint};
use serde_json::json;

const COUNCIL: &str = "westminster";

async fn open(world: &World) -> (Filed, Client) {
    let filed = world.file(COUNCIL, complaint()).await;
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    manager.post(&filed.command("accept"), json!({"points": [{"text": "Missed bins."}]})).await.is(200);
    (filed, manager)
}

/// Opens a command's page and sends its form.
async fn sends(by: &Client, filed: &Filed, command: &str, fields: &[(&str, &str)]) -> Answer {
    let path = format!("/staff/{}/cases/{}/{command}", filed.council, filed.reference);
    let page = by.get(&path).await.is(200);
    let (key, version) = (page.hidden("_key"), page.hidden("_version"));
    let mut fields = fields.to_vec();
    fields.extend([("_key", key.as_str()), ("_version", version.as_str())]);
    by.form(&path, &fields).await
}

#[tokio::test]
async fn a_date_is_taken_as_people_write_it_and_a_time_is_londons() {
    let world = World::at("2026-03-31T10:00").await;
    let (filed, manager) = open(&world).await;
    let boxes = [
        ("whom", "Bins Ltd"),
        ("question", "Were you there?"),
        ("by-day", "3"),
        ("by-month", "Apr"),
        ("by-year", "2026"),
    ];
    sends(&manager, &filed, "ask", &boxes).await.is(303);
    let whole = [("whom", "Parks"), ("question", "Were you there?"), ("by-day", "tomorrow")];
    sends(&manager, &filed, "ask", &whole).await.is(303);
    let case = manager.get(&filed.path()).await.is(200);
    assert_eq!(
        (&case.json["asks"][0]["by"], &case.json["asks"][1]["by"]),
        (&json!("2026-04-03"), &json!("2026-04-01"))
    );

    // What was received on the day the clocks went forward, at half past ten by the clock on the wall.
    let received = [
        ("field", "received_at"),
        ("received_at-day", "29/3/2026"),
        ("received_at-time", "10.30"),
        ("reason", "The letter was stamped then."),
        ("service", "whatever-is-not-chosen"),
    ];
    sends(&manager, &filed, "correct", &received).await.is(303);
    let case = manager.get(&filed.path()).await.is(200);
    assert_eq!(
        (&case.json["received_at"], &case.json["received_on"]),
        (&json!("2026-03-29T09:30:00Z"), &json!("2026-03-29"))
    );
}

#[tokio::test]
async fn what_is_no_date_is_said_at_its_boxes_with_every_other_error_and_everything_typed_is_kept() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = open(&world).await;
    let wrong = [("whom", "Bins Ltd"), ("by-day", "31"), ("by-month", "6"), ("by-year", "2026")];
    let page = sends(&manager, &filed, "ask", &wrong).await.is(422);
    for said in ["By must be a real date", "<a href=\"#by\">", "<a href=\"#question\">"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert_eq!(page.text.matches("By must be a real date").count(), 2, "in the summary and at the boxes");
    for kept in ["name=\"by-day\" type=\"text\" autocomplete=\"off\" value=\"31\"", "value=\"Bins Ltd\""] {
        assert!(page.text.contains(kept), "{kept}: {}", page.text);
    }
    let future = [("field", "received_at"), ("received_at-day", "tomorrow"), ("reason", "x")];
    let page = sends(&manager, &filed, "correct", &future).await.is(422);
    assert!(page.text.contains("<a href=\"#received_at\">"), "{}", page.text);
    let none = [("field", "received_at"), ("received_at-time", "9"), ("reason", "x")];
    let page = sends(&manager, &filed, "correct", &none).await.is(422);
    assert!(page.text.contains("Received at must include a date"), "{}", page.text);
    let case = manager.get(&filed.path()).await.is(200);
    assert_eq!(
        (case.json["asks"].as_array().map(Vec::len), &case.json["received_on"]),
        (Some(0), &json!("2026-03-20"))
    );
}

#[tokio::test]
async fn a_draft_keeps_its_dates_and_what_others_did_meanwhile_loses_none() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = open(&world).await;
    let remedy = [
        ("remedies.0.kind", "action"),
        ("remedies.0.what", "Empty the bin."),
        ("remedies.0.by-day", "7"),
        ("remedies.0.by-month", "April"),
        ("remedies.0.by-year", "2026"),
        ("_save", "true"),
        ("_draft", "0"),
    ];
    sends(&manager, &filed, "respond", &remedy).await.is(200);
    let path = format!("/staff/{COUNCIL}/cases/{}/respond", filed.reference);
    let page = manager.get(&path).await.is(200);
    assert!(
        page.text.contains("name=\"remedies.0.by-month\" type=\"text\" autocomplete=\"off\" value=\"April\""),
        "{}",
        page.text
    );
    let version = page.hidden("_version");
    manager.post(&filed.command("note"), json!({"text": "She rang."})).await.is(200);
    let late = [
        ("until-day", "5"),
        ("until-month", "5"),
        ("until-year", "2026"),
        ("reason", "More to see."),
        ("_version", &version),
    ];
    let moved = manager.form(&format!("/staff/{COUNCIL}/cases/{}/extend", filed.reference), &late).await.is(412);
    assert!(moved.text.contains("name=\"until-day\" type=\"text\" autocomplete=\"off\" value=\"5\""), "{}", moved.text);
}

#[tokio::test]
async fn staff_log_when_it_came_in_boxes_and_a_wrong_one_is_said_at_them() {
    let world = World::at("2026-03-20T10:00").await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    let path = format!("/staff/{COUNCIL}/new");
    let mut said = vec![
        ("kind", "complaint"),
        ("channel", "phone"),
        ("about", "The bin was not collected."),
        ("name", "Nadia Okafor"),
        ("phone", "01543 000000"),
        ("received_at-day", "19"),
        ("happened_on-day", "18 March 2026"),
    ];
    let page = officer.form(&path, &said).await.is(422);
    assert!(page.text.contains("Received at must include a month"), "{}", page.text);
    said.extend([("received_at-month", "3"), ("received_at-year", "2026"), ("received_at-time", "4.30pm")]);
    let logged = officer.form(&path, &said).await.is(303);
    let reference = logged.location().split("logged=").nth(1).unwrap();
    let case = officer.get(&format!("/api/{COUNCIL}/cases/{reference}")).await.is(200);
    assert_eq!(case.json["received_at"], json!("2026-03-19T16:30:00Z"));
}
