//! The pages, used as a person without JavaScript uses them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{COUNCILS, World, complaint};
use serde_json::json;

const ANSWERS: [(&str, &str); 5] = [
    ("kind", "complaint"),
    ("about", "The bin was not collected.\r\nTwice."),
    ("name", "Nadia Okafor"),
    ("email", "nadia@example.com"),
    ("wanted", "Collect it"),
];

#[tokio::test]
async fn a_whole_form_sent_twice_under_one_key_is_one_complaint_at_every_council() {
    let world = World::at("2026-03-20T10:00").await;
    let home = world.nobody.get("/").await.is(200);
    for council in COUNCILS {
        assert!(home.text.replace("&#x2f;", "/").contains(&format!("href=\"/{council}\"")), "{council}");
        let page = world.nobody.get(&format!("/{council}")).await.is(200);
        assert!(page.text.contains("working days") && page.text.contains("Ombudsman"), "{council}");
        let mut fields = ANSWERS.to_vec();
        fields.push(("_key", "a key of the sender's own"));
        let sent = world.nobody.form(&format!("/{council}/feedback"), &fields).await.is(303);
        let again = world.nobody.form(&format!("/{council}/feedback"), &fields).await.is(303);
        assert_eq!(sent.location(), again.location(), "a second click is the same complaint");
        let received = world.nobody.get(sent.location()).await.is(200);
        assert!(received.text.contains("2026"), "the promised dates are there");
        assert!(received.headers["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    }
}

#[tokio::test]
async fn staff_log_what_a_person_says_on_one_page_and_are_told_the_reference() {
    let world = World::at("2026-03-20T10:00").await;
    for council in COUNCILS {
        let path = format!("/staff/{council}/new");
        assert!(world.nobody.get(&path).await.is(303).location().starts_with("/staff/sign-in?to="));
        let analyst = world.staff(council, "analyst", "Ana List").await;
        analyst.get(&path).await.is(403);
        analyst.form(&path, &ANSWERS).await.is(403);
        let elsewhere = COUNCILS.iter().find(|other| **other != council).unwrap();
        world.staff(elsewhere, "officer", "Olu Balogun").await.form(&path, &ANSWERS).await.is(403);
        let officer = world.staff(council, "officer", "Olu Balogun").await;
        let form = officer.get(&path).await.is(200);
        let key = form.hidden("_key");
        let wrong = [("kind", "complaint"), ("channel", "phone"), ("received_at", "later"), ("about", "<i>Kept</i>")];
        let page = officer.form(&path, &wrong).await.is(422);
        assert!(page.text.contains("<title>Error: ") && page.text.contains("is not a time"), "{}", page.text);
        assert!(page.text.contains("&lt;i&gt;Kept"), "{}", page.text);
        let said = [
            ("_key", key.as_str()),
            ("kind", "complaint"),
            ("channel", "phone"),
            ("received_at", "2026-03-19T16:30"),
            ("about", "She says the bin was not collected."),
            ("name", "Nadia Okafor"),
            ("phone", "01543 000000"),
        ];
        let logged = officer.form(&path, &said).await.is(303);
        assert_eq!(officer.form(&path, &said).await.is(303).location(), logged.location());
        let page = officer.get(logged.location()).await.is(200);
        let reference = logged.location().split("logged=").nth(1).unwrap();
        let links = page.text.replace("&#x2f;", "/");
        assert!(links.contains(&format!("/staff/{council}/cases/{reference}\"")), "{}", page.text);
        let case = officer.get(&format!("/api/{council}/cases/{reference}")).await.is(200);
        assert_eq!((&case.json["channel"], &case.json["received_on"]), (&json!("phone"), &json!("2026-03-19")));
    }
    let signed_in = world.signed_in(COUNCILS[0], "officer", "Olu Balogun").await;
    let path = format!("/staff/{}/new", COUNCILS[0]);
    signed_in.get(&path).await.is(200);
    signed_in.form(&path, &ANSWERS).await.is(403);
}

#[tokio::test]
async fn a_form_with_something_wrong_says_it_first_and_keeps_every_answer() {
    let world = World::at("2026-03-20T10:00").await;
    let fields = [
        ("kind", "complaint"),
        ("about", "<script>alert(1)</script> & more"),
        ("happened_on", "yesterday"),
        ("email", "nadia"),
    ];
    let page = world.nobody.form("/westminster/feedback", &fields).await.is(422);
    assert!(page.text.contains("<title>Error: "), "{}", page.text);
    assert!(page.text.contains("There is a problem"));
    for said in ["Enter your full name", "is not a real date", "correct format"] {
        assert!(page.text.matches(said).count() >= 2, "{said} stands in the summary and at the field");
    }
    assert!(
        page.text.contains("&lt;script&gt;") && !page.text.contains("<script>"),
        "words are kept, and are only words"
    );
    assert!(page.text.contains("yesterday"));
}

#[tokio::test]
async fn a_resident_follows_the_case_and_asks_for_a_review_from_the_page() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("south-staffordshire", complaint()).await;
    let manager = world.staff("south-staffordshire", "manager", "Maya Patel").await;
    manager.post(&filed.command("accept"), json!({})).await.is(200);
    manager
        .post(&filed.command("respond"), json!({"outcome": "not-upheld", "text": "The bins were collected."}))
        .await
        .is(200);
    let ask = format!("/{}/track", filed.council);
    world.nobody.get(&ask).await.is(200);
    world.nobody.form(&ask, &[("reference", &filed.reference), ("key", "wrong")]).await.is(422);
    let found =
        world.nobody.form(&ask, &[("reference", &filed.reference.to_lowercase()), ("key", &filed.key)]).await.is(303);
    let page = world.nobody.get(found.location()).await.is(200);
    assert!(page.text.contains("The bins were collected."));
    let action = format!("/{}/track/{}/request-review", filed.council, filed.reference);
    let asked = world.nobody.form(&action, &[("_key", &filed.key), ("reasons", "I have photographs.")]).await.is(303);
    let page = world.nobody.get(asked.location()).await.is(200);
    assert!(page.text.contains("looking at your complaint again"), "{}", page.text);
}

#[tokio::test]
async fn staff_work_a_case_from_the_queue_to_the_answer_on_pages_alone() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("westminster", complaint()).await;
    world.nobody.get("/staff/westminster").await.is(303);
    let manager = world.signed_in("westminster", "manager", "Maya Patel").await;
    let queue = manager.get("/staff/westminster").await.is(200);
    assert!(queue.text.contains(&filed.reference), "{}", queue.text);
    let path = format!("/staff/westminster/cases/{}", filed.reference);
    let origin = manager
        .with("origin", world.laptop.address())
        .with("host", world.laptop.address().trim_start_matches("http://"));
    for (command, fields) in [
        ("accept", vec![("points.0.text", "Missed bins"), ("definition", "Three missed Mondays")]),
        (
            "respond",
            vec![
                ("outcome", "upheld"),
                ("findings.0.point", "1"),
                ("findings.0.outcome", "upheld"),
                ("findings.0.reason", "They were missed."),
                ("text", "Sorry."),
            ],
        ),
    ] {
        let page = manager.get(&path).await.is(200);
        let offered = page.text.replace("&#x2f;", "/").contains(&format!("{path}/{command}\""));
        assert!(offered, "{command} is offered: {}", page.text);
        let (version, key, token) = (page.hidden("_version"), page.hidden("_key"), page.hidden("_token"));
        let mut fields = fields;
        fields.extend([("_version", version.as_str()), ("_key", key.as_str())]);
        origin.form(&format!("{path}/{command}"), &fields).await.is(403);
        fields.push(("_token", token.as_str()));
        manager.form(&format!("{path}/{command}"), &fields).await.is(403);
        origin.form(&format!("{path}/{command}"), &fields).await.is(303);
    }
    assert!(world.mail_kinds(&filed).await.contains(&"response".to_owned()));
    let page = manager.get(&path).await.is(200);
    assert!(page.text.contains("They were missed."));
}

#[tokio::test]
async fn health_and_openapi_and_the_desk_answer() {
    let world = World::at("2026-03-20T10:00").await;
    let health = world.nobody.get("/health").await.is(200);
    assert_eq!(health.json["status"], "ok");
    let document = world.nobody.get("/api/openapi.json").await.is(200);
    assert!(document.json["openapi"].as_str().unwrap().starts_with("3.1"));
    assert!(document.json["paths"]["/api/{council}/cases/{reference}/respond"]["post"].is_object());
    assert!(world.nobody.get("/dev/desk").await.is(200).text.contains("Mailbox"));
    world.nobody.get("/assets/staff.css").await.is(200);
}

#[tokio::test]
async fn the_queue_lists_by_due_date_and_filters_say_what_they_take() {
    let world = World::at("2026-03-20T10:00").await;
    let mut filed = Vec::new();
    for _ in 0..3 {
        filed.push(world.file("westminster", complaint()).await.reference);
    }
    world.pass("1 working day").await;
    let later = world.file("westminster", complaint()).await;
    let officer = world.staff("westminster", "officer", "Olu Balogun").await;
    let list = officer.get("/api/westminster/cases").await.is(200);
    let references: Vec<&str> =
        list.json["cases"].as_array().unwrap().iter().filter_map(|case| case["reference"].as_str()).collect();
    assert_eq!((references.len(), references[3]), (4, later.reference.as_str()));
    let one = officer.get(&format!("/api/westminster/cases?q={}", later.reference)).await.is(200);
    assert_eq!(one.json["cases"].as_array().unwrap().len(), 1);
    assert_eq!(officer.get("/api/westminster/cases?owner=me").await.is(200).json["cases"], json!([]));
    assert_eq!(officer.get("/api/westminster/cases?overdue=true").await.is(200).json["cases"], json!([]));
    let wrong = officer.get("/api/westminster/cases?team=moon&stage=7&cursor=x&due_before=soon").await.is(422);
    assert_eq!(wrong.bad_fields(), ["team", "stage", "due_before"]);
    officer.get("/api/westminster/cases?cursor=made-up").await.is(422);
}
