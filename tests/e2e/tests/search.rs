//! Search: whatever an officer has in hand finds the case, open or closed; whom it is not for finds nothing of it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Client, Filed, World, complaint};
use serde_json::{Value, json};

const COUNCIL: &str = "south-staffordshire";

/// A complaint by somebody with everything to be found by.
fn by_sian() -> Value {
    json!({
        "kind": "complaint",
        "about": "The greenhouse roof at the allotments leaks onto the seedlings.",
        "name": "Mrs Siân O’Neill",
        "email": "Sian.ONeill@example.com",
        "phone": "01902 696 123",
        "address": {"lines": ["12 Mill Lane", "Codsall"], "postcode": "WV8 1PX"},
    })
}

async fn search(reader: &Client, q: &str) -> Value {
    let q: String = q.bytes().map(|byte| format!("%{byte:02X}")).collect();
    reader.get(&format!("/api/{COUNCIL}/cases?q={q}")).await.is(200).json
}

async fn found(reader: &Client, q: &str) -> Vec<String> {
    let answer = search(reader, q).await;
    let cases = answer["cases"].as_array().unwrap().iter();
    cases.map(|case| case["reference"].as_str().unwrap().to_owned()).collect()
}

async fn asked(reader: &Client, q: &str) -> String {
    reader.form(&format!("/staff/{COUNCIL}/search"), &[("q", q)]).await.is(200).text
}

/// The rows that cases are found by, and the items that say which.
fn rows(world: &World) -> Vec<(String, String)> {
    let scan = json!({"TableName": "cases"});
    let items = world.laptop.database().db().scan(serde_json::from_value(scan).unwrap()).unwrap().items;
    let items = serde_json::to_value(items).unwrap();
    let text = |item: &Value, name: &str| item[name]["S"].as_str().unwrap().to_owned();
    let keys = items.as_array().unwrap().iter().map(|item| (text(item, "pk"), text(item, "sk")));
    keys.filter(|(pk, sk)| pk.starts_with("W#") || sk == "SEARCH").collect()
}

#[tokio::test]
async fn whatever_an_officer_has_in_hand_finds_the_case() {
    let world = World::at("2026-03-20T10:00").await;
    let sian = world.file(COUNCIL, by_sian()).await;
    world.file(COUNCIL, complaint()).await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    let only = vec![sian.reference.clone()];
    for q in [
        sian.reference.as_str(),
        &sian.reference.to_lowercase().replace('-', " "),
        "sian o'neill",
        "ONEILL",
        "Mrs O’Neill",
        "sian.oneill@EXAMPLE.com",
        "+44 1902 696123",
        "wv81px",
        "12 Mill Lane",
        "12 Mill Lane, Codsall WV8 1PX",
        "greenhouse",
        "seedling roof",
        "oneill greenhouse",
    ] {
        assert_eq!(found(&officer, q).await, only, "{q}");
    }
    for q in ["sia", "greenhouse okafor", "WV8 1PY", "nobody@example.com", "Mill greenery"] {
        assert_eq!(found(&officer, q).await, Vec::<String>::new(), "{q}");
    }
    let by = |answer: &Value| answer["cases"][0]["found_by"].clone();
    assert_eq!(by(&search(&officer, "oneill greenhouse").await), json!(["name", "words of the case"]));
    assert_eq!(by(&search(&officer, "codsall").await), json!(["address"]));
    let narrowed = officer.get(&format!("/api/{COUNCIL}/cases?q=oneill&status=answered")).await.is(200).json;
    assert_eq!(narrowed["cases"], json!([]), "other filters narrow what is found");
}

#[tokio::test]
async fn a_closed_case_is_found_and_said_to_be_closed() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, by_sian()).await;
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    manager.post(&filed.command("withdraw"), json!({"reason": "It stopped."})).await.is(200);
    world.laptop.quiet().await;
    for q in [filed.reference.as_str(), "greenhouse"] {
        let answer = search(&manager, q).await;
        assert_eq!(
            (&answer["cases"][0]["status"], &answer["cases"][0]["closed_as"]),
            (&json!("closed"), &json!("withdrawn"))
        );
    }
    assert!(asked(&manager, "greenhouse").await.contains("closed: withdrawn"));
}

#[tokio::test]
async fn what_changes_is_found_by_what_it_is_now() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, by_sian()).await;
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    manager
        .post(&filed.command("change-contact"), json!({"name": "Siân Baker", "phone": "07700 900123"}))
        .await
        .is(200);
    manager.post(&filed.command("accept"), json!({"definition": "Water comes through the glass."})).await.is(200);
    manager.post(&filed.command("add-point"), json!({"text": "The padlock is missing."})).await.is(200);
    let earlier = json!({"field": "received_at", "value": "2026-03-02T10:00:00Z", "reason": "It came on paper."});
    manager.post(&filed.command("correct"), earlier).await.is(200);
    world.laptop.quiet().await;
    let only = vec![filed.reference.clone()];
    for q in ["baker", "07700900123", "glass", "padlock", "greenhouse", "sian"] {
        assert_eq!(found(&manager, q).await, only, "{q}");
    }
    for q in ["oneill", "01902696123"] {
        assert_eq!(found(&manager, q).await, Vec::<String>::new(), "{q}");
    }
    let kept = rows(&world);
    let place = format!("2026-03-02#{}", filed.reference);
    assert!(kept.iter().all(|(pk, sk)| pk.starts_with("C#") || *sk == place), "{kept:?}");
    let key = redress_store::CaseKey::new(COUNCIL, &filed.reference);
    assert!(!world.laptop.office.index(&key).await.unwrap(), "the same again changes nothing");
    assert_eq!(rows(&world), kept);
}

#[tokio::test]
async fn whom_a_case_is_not_for_finds_that_one_is_missing_and_another_council_finds_nothing() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, by_sian()).await;
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let only = json!({"roles": ["manager"], "reason": "A safeguarding matter."});
    manager.post(&filed.command("restrict-reading"), only).await.is(200);
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    for q in ["oneill", filed.reference.as_str()] {
        let answer = search(&officer, q).await;
        assert_eq!((&answer["cases"], &answer["hidden"]), (&json!([]), &json!(1)), "{q}");
        let page = asked(&officer, q).await;
        assert!(page.contains("1 case is not shown to you") && !page.contains(&format!("/cases/{}", filed.reference)));
    }
    let elsewhere = world.staff("westminster", "officer", "Ana Costa").await;
    elsewhere.get(&format!("/api/{COUNCIL}/cases?q=oneill")).await.is(403);
    elsewhere.form(&format!("/staff/{COUNCIL}/search"), &[("q", "oneill")]).await.is(403);
    let own = elsewhere.form("/staff/westminster/search", &[("q", "oneill")]).await.is(200);
    assert!(own.text.contains("Nothing found"), "{}", own.text);
    let analyst = world.staff(COUNCIL, "analyst", "Ana Lyst").await;
    analyst.get(&format!("/api/{COUNCIL}/cases?q=oneill")).await.is(403);
    analyst.get(&format!("/staff/{COUNCIL}/search")).await.is(403);
}

#[tokio::test]
async fn the_page_is_asked_by_post_says_what_it_needs_and_knows_a_slip_of_the_pen() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, by_sian()).await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    let at = format!("/staff/{COUNCIL}/search");
    let form = officer.get(&at).await.is(200).text;
    assert!(form.contains(&format!("<form method=\"post\" action=\"{at}\"")) && form.contains("Whole words only"));
    let empty = officer.form(&at, &[("q", " ")]).await.is(422).text;
    assert!(empty.contains("Enter what to look for") && empty.contains("Error: Search"), "{empty}");
    let stop = officer.form(&at, &[("q", "a, b")]).await.is(422).text;
    assert!(stop.contains("too many cases") && stop.contains("value=\"a, b\""), "{stop}");
    officer.form(&at, &[("q", &"a".repeat(201))]).await.is(422);
    officer.form(&at, &[("q", "oneill"), ("cursor", "2026-03-20_x~0000")]).await.is(422);
    let page = asked(&officer, "the greenhouse").await;
    assert!(page.contains(&filed.reference) && page.contains("Not looked for") && page.contains("“the”"), "{page}");
    let last = if filed.reference.ends_with('7') { '8' } else { '7' };
    let slip = format!("{}{last}", &filed.reference[..filed.reference.len() - 1]);
    let page = asked(&officer, &slip).await;
    assert!(page.contains("one of its letters or digits is wrong") && page.contains(&filed.reference), "{page}");
    let evil = asked(&officer, "<script>alert(1)</script>").await;
    assert!(!evil.contains("<script>alert"), "{evil}");
}

#[tokio::test]
async fn that_somebody_searched_is_written_down_and_what_for_is_not() {
    let world = World::at("2026-03-20T10:00").await;
    world.file(COUNCIL, by_sian()).await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    asked(&officer, "oneill").await;
    let auditor = world.staff(COUNCIL, "auditor", "Audrey Tor").await;
    let trail = auditor.get(&format!("/api/{COUNCIL}/audit")).await.is(200);
    assert!(trail.text.contains("\"search\""), "{}", trail.text);
    assert!(!trail.text.to_lowercase().contains("oneill"), "{}", trail.text);
}

#[tokio::test]
async fn what_the_stream_failed_to_do_the_sweep_repairs() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, by_sian()).await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    for (pk, sk) in rows(&world) {
        let lost = json!({"TableName": "cases", "Key": {"pk": {"S": pk}, "sk": {"S": sk}}});
        world.laptop.database().db().delete_item(serde_json::from_value(lost).unwrap()).unwrap();
    }
    assert_eq!(found(&officer, "greenhouse").await, Vec::<String>::new());
    world.pass("10 working days").await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    assert_eq!(found(&officer, "greenhouse").await, [filed.reference]);
}

#[tokio::test]
async fn a_word_that_the_stream_failed_to_take_away_the_sweep_takes_away() {
    let world = World::at("2026-03-20T10:00").await;
    world.file(COUNCIL, by_sian()).await;
    let db = world.laptop.database().db();
    let put = |item: &Value| {
        let put = json!({"TableName": "cases", "Item": item});
        db.put_item(serde_json::from_value(put).unwrap()).unwrap();
    };
    let (of_case, words): (Vec<_>, Vec<_>) = rows(&world).into_iter().partition(|(_, sk)| sk == "SEARCH");
    let get = json!({"TableName": "cases", "Key": {"pk": {"S": of_case[0].0}, "sk": {"S": "SEARCH"}}});
    let found = db.get_item(serde_json::from_value(get).unwrap()).unwrap().item;
    let mut said = serde_json::to_value(found).unwrap();
    said["hashes"]["SS"].as_array_mut().unwrap().push(json!("stale"));
    put(&said);
    let stale = (format!("W#{COUNCIL}#stale"), words[0].1.clone());
    put(&json!({"pk": {"S": stale.0}, "sk": {"S": stale.1}}));
    assert!(rows(&world).contains(&stale));
    world.pass("10 working days").await;
    assert!(!rows(&world).contains(&stale));
    assert!(words.iter().all(|row| rows(&world).contains(row)), "and no other word");
}

/// The end of retention, as far away as any policy has it.
async fn until_destroyed(world: &World, filed: &Filed) {
    for _ in 0..20 {
        world.pass("P370D").await;
        if world.laptop.office.store.case(&key(filed)).await.unwrap().unwrap().0.destroyed_on.is_some() {
            return;
        }
    }
    panic!("the case was never destroyed: {:?}", world.laptop.office.settle(&key(filed)).await);
}

fn key(filed: &Filed) -> redress_store::CaseKey {
    redress_store::CaseKey::new(&filed.council, &filed.reference)
}

#[tokio::test]
async fn a_destroyed_case_is_found_by_nothing_but_its_reference() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, by_sian()).await;
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    manager.post(&filed.command("withdraw"), json!({"reason": "It stopped."})).await.is(200);
    assert!(rows(&world).len() > 10);
    until_destroyed(&world, &filed).await;
    assert_eq!(rows(&world), Vec::new());
    assert!(!world.laptop.office.index(&key(&filed)).await.unwrap(), "and nothing brings it back");
    assert_eq!(rows(&world), Vec::new());
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    assert_eq!(found(&manager, "greenhouse").await, Vec::<String>::new());
    assert_eq!(found(&manager, &filed.reference).await, [filed.reference]);
}
