//! The admin side: what is in force, who is known, and what waits for whoever runs the service.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Client, Filed, World, complaint};
use serde_json::{Value, json};

const COUNCIL: &str = "south-staffordshire";

async fn admin(reader: &Client) -> Value {
    reader.get(&format!("/api/{COUNCIL}/admin")).await.is(200).json
}

async fn page(reader: &Client) -> String {
    reader.get(&format!("/staff/{COUNCIL}/admin")).await.is(200).text
}

fn references(list: &Value) -> Vec<String> {
    let lines = list["lines"].as_array().unwrap().iter();
    lines.map(|line| line["reference"].as_str().unwrap_or_default().to_owned()).collect()
}

/// A complaint that came as machines send them.
async fn suspect(world: &World, about: &str) -> Filed {
    let fields =
        [("kind", "complaint"), ("about", about), ("name", "N"), ("email", "n@example.com"), ("_website", "x")];
    let sent = world.nobody.form(&format!("/{COUNCIL}/feedback"), &fields).await.good();
    world.laptop.quiet().await;
    let reference = sent.location().split('/').nth(3).unwrap().split('?').next().unwrap().to_owned();
    Filed { council: COUNCIL.to_owned(), reference, key: String::new(), receipt: json!({}) }
}

#[tokio::test]
async fn it_is_for_the_complaints_manager_and_the_auditor_looks() {
    let world = World::at("2026-03-20T10:00").await;
    for role in ["officer", "manager", "investigator", "signatory", "analyst"] {
        let reader = world.staff(COUNCIL, role, "Olu Balogun").await;
        reader.get(&format!("/api/{COUNCIL}/admin")).await.is(403);
        reader.get(&format!("/staff/{COUNCIL}/admin")).await.is(403);
    }
    let other = world.staff("westminster", "complaints-manager", "Wes Minster").await;
    other.get(&format!("/staff/{COUNCIL}/admin")).await.is(403);
    for role in ["complaints-manager", "auditor"] {
        let reader = world.staff(COUNCIL, role, "Chris Adeyemi").await;
        let page = page(&reader).await;
        assert!(page.contains("Needs somebody") && page.contains("None."), "{page}");
    }
}

#[tokio::test]
async fn it_says_what_is_in_force_where_mail_goes_and_who_is_known() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    let chris = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let maya = json!({"owner": {"id": "u-77", "name": "Maya Patel", "role": "manager"}});
    chris.post(&filed.command("assign"), maya).await.is(200);
    let add = json!({"council": COUNCIL, "add": ["2026-06-12"], "title": "Jubilee"});
    world.nobody.post("/dev/calendar", add).await.good();
    let said = admin(&chris).await;
    assert!(said["teams"].as_array().unwrap().iter().all(|team| team["mailbox"].is_string()), "{said}");
    assert_eq!(said["policies"][0]["state"], "in-force");
    assert_eq!(said["calendar"]["published"][0]["add"][0], json!(["2026-06-12", "Jubilee"]));
    let people = said["people"]["lines"].as_array().unwrap();
    let known = |name: &str| people.iter().find(|person| person["name"] == name).expect("somebody known").clone();
    assert_eq!(known("Chris Adeyemi")["seen_on"], "2026-03-20");
    assert_eq!(known("Maya Patel")["seen_on"], Value::Null);
    let page = page(&chris).await;
    for part in ["In force", "Jubilee", "Chris Adeyemi", "a colleague named them"] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[tokio::test]
async fn what_a_colleague_says_of_somebody_does_not_unsay_what_their_own_token_said() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    let chris = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let maya = world.staff(COUNCIL, "manager", "Maya Patel").await;
    maya.get(&filed.path()).await.is(200);
    let people = admin(&chris).await["people"]["lines"].clone();
    let id = people.as_array().unwrap().iter().find(|person| person["name"] == "Maya Patel").unwrap()["id"].clone();
    let wrong = json!({"owner": {"id": id, "name": "Somebody Else", "role": "officer"}});
    chris.post(&filed.command("assign"), wrong).await.is(200);
    let people = admin(&chris).await["people"]["lines"].to_string();
    assert!(people.contains("Maya Patel") && !people.contains("Somebody Else"), "{people}");
}

#[tokio::test]
async fn a_calendar_that_ends_within_a_year_is_a_warning() {
    let world = World::at("2026-03-20T10:00").await;
    let chris = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let horizon = admin(&chris).await["calendar"]["horizon"].as_str().unwrap().to_owned();
    assert!(!page(&chris).await.contains("The calendar ends on"));
    let late = World::at(&format!("{horizon}T10:00")).await;
    let chris = late.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    assert!(page(&chris).await.contains("The calendar ends on"));
}

#[tokio::test]
async fn a_letter_that_came_back_stands_there_until_it_is_sent_again() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    let chris = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let kind = world.mails(&filed).await[0]["kind"].clone();
    let bounce = json!({"reference": filed.reference, "kind": kind, "type": "bounce"});
    world.nobody.post("/dev/mailbox/events", bounce).await.is(204);
    world.laptop.quiet().await;
    assert_eq!(references(&admin(&chris).await["returned"]), std::slice::from_ref(&filed.reference));
    assert!(page(&chris).await.contains(&filed.reference));
    let address = json!({"address": {"lines": ["1 New Street"], "postcode": "WV8 1PX"}, "reply_by": "post"});
    chris.post(&filed.command("change-contact"), address).await.is(200);
    chris.post(&filed.command("reissue"), json!({"letter": 1})).await.is(200);
    let said = admin(&chris).await;
    assert!(references(&said["returned"]).is_empty());
    assert_eq!(said["to_post"], "1");
    chris.post(&filed.command("letter-returned"), json!({"letter": 2})).await.is(200);
    let said = admin(&chris).await;
    assert_eq!((references(&said["returned"]), said["to_post"].clone()), (vec![filed.reference.clone()], json!("0")));
}

#[tokio::test]
async fn spam_set_aside_is_taken_on_or_closed_and_nobody_is_written_to() {
    let world = World::at("2026-03-20T10:00").await;
    let real = suspect(&world, "The bin was not collected.").await;
    world.pass("PT1M").await;
    let junk = suspect(&world, "Buy pills.").await;
    let chris = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    assert_eq!(references(&admin(&chris).await["spam"]), [real.reference.clone(), junk.reference.clone()]);
    let shown = page(&chris).await;
    assert_eq!(shown.matches("Close it as spam").count(), 2, "{shown}");
    let ines = world.staff(COUNCIL, "auditor", "Ines Rowe").await;
    assert!(!page(&ines).await.contains("Close it as spam"));
    chris.post(&real.command("accept"), json!({})).await.is(200);
    let closed = format!("/staff/{COUNCIL}/cases/{}/close", junk.reference);
    chris.form(&closed, &[("closed_as", "spam")]).await.is(303);
    assert!(references(&admin(&chris).await["spam"]).is_empty());
    let case = world.case(&junk).await;
    assert_eq!((&case.json["status"], &case.json["closed_as"]), (&json!("closed"), &json!("spam")));
    assert_eq!(world.mails(&junk).await.len(), 0, "an address that a machine filled in is somebody's");
    let plain = world.file(COUNCIL, complaint()).await;
    let refused = chris.post(&plain.command("close"), json!({"closed_as": "spam"})).await.is(422);
    assert_eq!(refused.bad_fields(), ["closed_as"]);
}

#[tokio::test]
async fn each_list_keeps_from_whoever_it_is_about_what_is_theirs_not_to_read() {
    let world = World::at("2026-03-20T10:00").await;
    let junk = suspect(&world, "About the complaints manager.").await;
    let chris = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let dana = world.staff(COUNCIL, "complaints-manager", "Dana Wells").await;
    chris.get(&junk.path()).await.is(200);
    let people = admin(&chris).await["people"]["lines"].clone();
    let id = people.as_array().unwrap().iter().find(|person| person["name"] == "Chris Adeyemi").unwrap()["id"].clone();
    let about = json!({"people": [{"id": id, "name": "Chris Adeyemi"}]});
    dana.post(&junk.command("about-staff"), about).await.is(200);
    let said = admin(&chris).await;
    assert_eq!((references(&said["spam"]), said["spam"]["hidden"].clone()), (Vec::new(), json!(1)));
    assert!(!page(&chris).await.contains(&junk.reference));
    assert_eq!(references(&admin(&dana).await["spam"]), std::slice::from_ref(&junk.reference));
}
