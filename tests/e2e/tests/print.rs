//! Letters on paper: they wait in one place, are printed as they will be read, and leave it when they are posted.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Client, Filed, World, complaint};
use serde_json::{Value, json};

const COUNCIL: &str = "south-staffordshire";

/// Somebody without e-mail.
fn on_paper(name: &str) -> Value {
    let mut sent = complaint();
    sent["name"] = json!(name);
    sent["email"] = Value::Null;
    sent["address"] = json!({"lines": ["1 New Street", "Codsall"], "postcode": "WV8 1PX"});
    sent["reply_by"] = json!("post");
    sent
}

async fn waiting(reader: &Client) -> Vec<(String, u64)> {
    let list = reader.get(&format!("/api/{COUNCIL}/letters/print")).await.is(200).json;
    let letters = list["letters"].as_array().unwrap().iter();
    letters.map(|one| (one["reference"].as_str().unwrap().to_owned(), one["n"].as_u64().unwrap())).collect()
}

async fn two(world: &World) -> (Filed, Filed) {
    let first = world.file(COUNCIL, on_paper("Nadia Okafor")).await;
    world.pass("1 working day").await;
    (first, world.file(COUNCIL, on_paper("Tom Hill")).await)
}

#[tokio::test]
async fn letters_wait_oldest_first_until_somebody_has_posted_them() {
    let world = World::at("2026-03-20T10:00").await;
    let (first, second) = two(&world).await;
    world.file(COUNCIL, complaint()).await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    assert_eq!(waiting(&officer).await, [(first.reference.clone(), 1), (second.reference.clone(), 1)]);
    let page = officer.get(&format!("/staff/{COUNCIL}/print")).await.is(200);
    for part in ["Nadia Okafor", "WV8 1PX", "Tom Hill", "Print all 2", "Second class"] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    officer.post(&first.command("printed"), json!({"letter": 1, "second_class": true})).await.is(200);
    assert_eq!(waiting(&officer).await, [(second.reference.clone(), 1)]);
    let case = officer.get(&first.path()).await.is(200);
    assert!(case.json["letters"][0]["printed_at"].is_string());
    officer.post(&second.command("letter-returned"), json!({"letter": 1})).await.is(200);
    assert_eq!(waiting(&officer).await, []);
    officer.post(&second.command("reissue"), json!({"letter": 1})).await.is(200);
    assert_eq!(waiting(&officer).await, [(second.reference.clone(), 2)]);
}

#[tokio::test]
async fn one_some_or_all_are_printed_with_the_address_and_load_nothing() {
    let world = World::at("2026-03-20T10:00").await;
    let (first, second) = two(&world).await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    let one = format!("/staff/{COUNCIL}/cases/{}/letters/1/print", first.reference);
    let paper = officer.get(&one).await.is(200);
    assert!(paper.text.contains("1 New Street") && paper.text.contains(&first.reference), "{}", paper.text);
    let policy = paper.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("script"), "{policy}");
    officer.get(&one.replace("/1/print", "/9/print")).await.is(404);
    officer.get(&one.replace("/1/print", "/x/print")).await.is(404);
    let all = officer.get(&format!("/staff/{COUNCIL}/print/all")).await.is(200);
    assert_eq!(all.text.matches("<article>").count(), 2);
    let ticked = officer.get(&format!("/staff/{COUNCIL}/print/all?letter={}.1", second.reference)).await.is(200);
    assert!(ticked.text.contains("Tom Hill") && !ticked.text.contains("Nadia Okafor"), "{}", ticked.text);
    assert_eq!(waiting(&officer).await.len(), 2, "printing posts nothing");
    officer.get(&format!("/staff/{COUNCIL}/print/all?letter=none")).await.is(404);
}

#[tokio::test]
async fn letters_are_for_whoever_posts_them_and_may_read_the_case() {
    let world = World::at("2026-03-20T10:00").await;
    let (first, second) = two(&world).await;
    for role in ["auditor", "analyst", "signatory"] {
        let reader = world.staff(COUNCIL, role, "Ada Moss").await;
        reader.get(&format!("/api/{COUNCIL}/letters/print")).await.is(403);
        let page = reader.get(&format!("/staff/{COUNCIL}/print")).await.is(403);
        assert!(!page.text.contains("New Street"));
    }
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let only = json!({"roles": ["manager"], "reason": "A safeguarding matter."});
    manager.post(&first.command("restrict-reading"), only).await.is(200);
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    let list = officer.get(&format!("/api/{COUNCIL}/letters/print")).await.is(200);
    assert_eq!(list.json["hidden"], json!(1));
    assert!(!list.text.contains("Nadia"), "{}", list.text);
    assert_eq!(waiting(&officer).await, [(second.reference.clone(), 1)]);
    let page = officer.get(&format!("/staff/{COUNCIL}/print")).await.is(200);
    assert!(page.text.contains("1 letter is not shown to you"));
    let all = officer.get(&format!("/staff/{COUNCIL}/print/all")).await.is(200);
    assert!(!all.text.contains("Nadia"));
    let one = format!("/staff/{COUNCIL}/cases/{}/letters/1/print", first.reference);
    officer.get(&one).await.is(403);
    let other = world.staff("westminster", "officer", "Olu Balogun").await;
    other.get(&format!("/api/{COUNCIL}/letters/print")).await.is(403);
}

#[tokio::test]
async fn the_document_of_the_doors_has_the_letters_to_post() {
    let world = World::at("2026-03-20T10:00").await;
    let document = world.nobody.get("/api/openapi.json").await.is(200).json;
    assert!(document["paths"]["/api/{council}/letters/print"]["get"].is_object());
    let listed = &document["paths"]["/api/{council}/cases"]["get"]["responses"]["200"]["content"]["application/json"];
    assert!(listed["schema"]["properties"]["hidden"].is_object());
}
