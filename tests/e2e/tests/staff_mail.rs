//! Mail to staff: one in the morning for each mailbox, none at night, and nothing about anybody in it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Filed, World, complaint};
use redress_local::ses::Failure;
use serde_json::{Value, json};

const COUNCIL: &str = "south-staffordshire";

/// Every digest so far, oldest first.
async fn digests(world: &World) -> Vec<Value> {
    world.laptop.quiet().await;
    let mails = world.nobody.get("/dev/mailbox").await.is(200).json;
    mails.as_array().unwrap().iter().filter(|mail| mail["kind"] == "digest").cloned().collect()
}

fn text(mail: &Value) -> &str {
    mail["text"].as_str().unwrap()
}

async fn failed(world: &World) -> Vec<Value> {
    let chris = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let said = chris.get(&format!("/api/{COUNCIL}/admin")).await.is(200).json;
    said["failed"]["lines"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_mailbox_gets_one_mail_in_the_morning_with_everything_in_it_and_no_more() {
    let world = World::at("2026-03-20T10:00").await;
    let mut filed: Vec<Filed> = Vec::new();
    for _ in 0..3 {
        filed.push(world.file(COUNCIL, complaint()).await);
    }
    assert!(digests(&world).await.is_empty());
    world.until("2026-03-23T07:59").await;
    assert!(digests(&world).await.is_empty(), "nothing goes at the weekend or before eight");
    world.until("2026-03-23T08:00").await;
    let sent = digests(&world).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    for one in &filed {
        let text = text(&sent[0]);
        assert!(text.contains(&one.reference) && text.contains(&format!("/staff/{COUNCIL}/cases/{}", one.reference)));
    }
    let whole = sent[0].to_string();
    for personal in ["Nadia", "bin", "example.com\"", "nadia"] {
        assert!(!whole.replace(sent[0]["to"].as_str().unwrap(), "").contains(personal), "{personal}: {whole}");
    }
    world.until("2026-03-23T18:00").await;
    assert_eq!(digests(&world).await.len(), 1, "said once");
    world.until("2026-03-24T09:00").await;
    assert_eq!(digests(&world).await.len(), 1, "nothing new, no mail");
}

#[tokio::test]
async fn it_says_how_many_are_overdue_and_due_today_and_what_was_missed_first() {
    let world = World::at("2026-03-20T10:00").await;
    let late = world.file(COUNCIL, complaint()).await;
    // Acknowledged is owed by Friday 27 March; the miss is seen at the weekend.
    world.until("2026-03-30T07:00").await;
    world.file(COUNCIL, complaint()).await;
    world.until("2026-03-30T08:00").await;
    let monday: Vec<Value> = digests(&world)
        .await
        .into_iter()
        .filter(|mail| mail["at"].as_str().unwrap().starts_with("2026-03-30"))
        .collect();
    let missed = monday.iter().find(|mail| text(mail).contains("A date was missed")).expect("a digest with the miss");
    assert!(missed["subject"].as_str().unwrap().contains("1 overdue"), "{missed}");
    assert!(
        text(missed).contains(&late.reference) && text(missed).contains("the acknowledgement at stage 1"),
        "{missed}"
    );
    let mut to: Vec<&str> = monday.iter().map(|mail| mail["to"].as_str().unwrap()).collect();
    to.sort_unstable();
    to.dedup();
    assert_eq!(to.len(), monday.len(), "one mail for each mailbox: {to:?}");
}

#[tokio::test]
async fn danger_is_told_in_the_night_and_a_bounce_by_day_and_neither_waits() {
    let world = World::at("2026-03-21T02:00").await;
    let mut feedback = complaint();
    feedback["about"] = json!("There is a gas leak in the hall.");
    let danger = world.file(COUNCIL, feedback).await;
    assert!(world.mail_kinds(&danger).await.contains(&"staff-risk".to_owned()));
    let filed = world.file(COUNCIL, complaint()).await;
    let kind = world.mails(&filed).await[0]["kind"].clone();
    let bounce = json!({"reference": filed.reference, "kind": kind, "type": "bounce"});
    world.nobody.post("/dev/mailbox/events", bounce).await.is(204);
    assert!(!world.mail_kinds(&filed).await.contains(&"staff-bounced".to_owned()), "it is night");
    world.until("2026-03-23T08:00").await;
    let morning = digests(&world).await;
    assert!(morning.iter().any(|mail| text(mail).contains("A letter did not arrive")), "{morning:?}");
    let by_day = world.file(COUNCIL, complaint()).await;
    let bounce = json!({"reference": by_day.reference, "kind": kind, "type": "bounce"});
    world.nobody.post("/dev/mailbox/events", bounce).await.is(204);
    assert!(world.mail_kinds(&by_day).await.contains(&"staff-bounced".to_owned()));
}

#[tokio::test]
async fn a_digest_that_nobody_answered_for_goes_once_more_and_one_that_was_rejected_when_somebody_says_so() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    world.until("2026-03-23T07:59").await;
    world.laptop.mailbox.fail_next(Failure::Timeout);
    world.until("2026-03-23T08:00").await;
    assert_eq!(digests(&world).await.len(), 0);
    let held = failed(&world).await;
    assert_eq!((held.len(), held[0]["state"].as_str()), (1, Some("held")), "{held:?}");
    world.until("2026-03-23T08:30").await;
    assert_eq!(digests(&world).await.len(), 1, "tried again by itself");
    assert_eq!(failed(&world).await.len(), 0);

    let chris = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let own = json!({"owner": {"id": "u-77", "name": "Maya Patel", "role": "manager"}});
    chris.post(&filed.command("assign"), own).await.is(200);
    chris.post(&filed.command("withdraw"), json!({})).await.good();
    world.until("2026-03-24T07:59").await;
    world.laptop.mailbox.fail_next(Failure::Reject);
    world.until("2026-03-24T08:00").await;
    let lines = failed(&world).await;
    assert_eq!((lines.len(), lines[0]["state"].as_str()), (1, Some("rejected")), "{lines:?}");
    let page = chris.get(&format!("/staff/{COUNCIL}/admin")).await.is(200);
    assert!(page.text.contains("The morning’s digest") && page.text.contains("Try again"), "{}", page.text);
    let retry = format!("/staff/{COUNCIL}/admin/retry");
    let named = [("of", lines[0]["of"].as_str().unwrap()), ("out", lines[0]["out"].as_str().unwrap())];
    for role in ["officer", "manager", "auditor"] {
        world.staff(COUNCIL, role, "Olu Balogun").await.form(&retry, &named).await.is(403);
    }
    world.staff("westminster", "complaints-manager", "Wes").await.form(&retry, &named).await.is(403);
    chris.form(&retry, &[("of", "x")]).await.is(422);
    chris.form(&retry, &named).await.is(303);
    assert_eq!(digests(&world).await.len(), 2, "it went");
    assert_eq!(failed(&world).await.len(), 0);
    chris.form(&retry, &named).await.is(404);
    assert_eq!(digests(&world).await.len(), 2, "and not twice");
}
