//! The page of a case: every command in its place, and everything that stands beside the stages.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{COUNCILS, Client, Filed, World, complaint};
use serde_json::{Value, json};

async fn page(reader: &Client, filed: &Filed) -> String {
    let page = reader.get(&format!("/staff/{}/cases/{}", filed.council, filed.reference)).await.is(200);
    page.text.replace("&#x2f;", "/").replace("&#x27;", "'")
}

#[tokio::test]
async fn what_is_allowed_stands_on_the_page_each_a_link_to_its_own_page_and_what_comes_first_is_on_top() {
    let world = World::at("2026-03-20T10:00").await;
    for council in COUNCILS {
        let filed = world.file(council, complaint()).await;
        let manager = world.staff(council, "complaints-manager", "Chris Adeyemi").await;
        let steps = [
            ("accept", json!({})),
            ("respond", json!({"outcome": "not-upheld", "text": "They were collected."})),
            ("request-review", json!({})),
        ];
        for (command, body) in steps {
            let case = manager.post(&filed.command(command), body).await.is(200);
            let html = page(&manager, &filed).await;
            for allowed in case.json["allowed"].as_array().unwrap().iter().filter_map(Value::as_str) {
                let link = format!("href=\"/staff/{council}/cases/{}/{allowed}\"", filed.reference);
                assert!(html.contains(&link), "{council}: {allowed} after {command}");
            }
            for part in [
                "redress-strip",
                "id=\"todo\"",
                "id=\"act\"",
                "id=\"dates\"",
                "id=\"told\"",
                "id=\"history\"",
                "why-not",
            ] {
                assert!(html.contains(part), "{part}");
            }
            assert!(
                html.find("redress-strip") < html.find("id=\"todo\"")
                    && html.find("id=\"told\"") < html.find("id=\"history\"")
            );
            assert!(!html.contains(" style=") && !html.contains("<script>") && !html.contains("None"), "{html}");
        }
    }
}

#[tokio::test]
async fn everything_beside_the_stages_can_be_read_on_the_page() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("north-west-leicestershire", complaint()).await;
    let manager = world.staff(&filed.council, "complaints-manager", "Chris Adeyemi").await;
    let outside = json!({"reason": "appeal-right", "evidence": "The ticket has an appeal."});
    let steps = [
        (
            "accept",
            json!({"points": [{"text": "The damp.", "tenant": true}, {"text": "The bin."}, {"text": "The ticket.", "excluded": outside}]}),
        ),
        ("assign", json!({"owner": {"id": "own", "name": "Olu Balogun", "role": "officer"}})),
        ("cover", json!({"owner": {"id": "dep", "name": "Dee Marsh", "role": "officer"}, "until": "2026-03-25"})),
        (
            "ask",
            json!({"whom": "Bins Ltd", "question": "Was the crew there?", "by": "2026-03-25", "shares_details": true}),
        ),
        ("ask-answered", json!({"ask": 1, "text": "The crew was not there."})),
        ("clarify", json!({"question": "Which Monday was it?"})),
        (
            "restrict",
            json!({"what": "One call a week.", "why": "Forty calls a day.", "until": "2026-06-30", "decided_by": ["Service Manager", "Head of Service"]}),
        ),
        ("ombudsman-enquiry", json!({"their_reference": "26 001 234", "reply_by": "2026-04-10"})),
        (
            "learn",
            json!({"lesson": "Crews have no map.", "cause": "The map is old.", "change": "Print a new one.", "by": "2026-05-01"}),
        ),
        ("classify", json!({"ward": "Ashby Castle", "affects": "group", "equality": true})),
        ("set-representative", json!({"name": "Ade Okafor", "email": "ade@example.com", "authority": "consent"})),
        ("raise-service-request", json!({"about": "Empty it today."})),
    ];
    for (command, body) in steps {
        manager.post(&filed.command(command), body).await.is(200);
    }
    let html = page(&manager, &filed).await;
    for part in [
        "Outside the policy",
        "The ticket has an appeal.",
        // The history says by name to whom the case was given.
        "<strong>Assigned</strong> to Olu Balogun",
        "Until 25 March 2026: ",
        "Bins Ltd",
        "They have the person’s details",
        "The crew was not there.",
        "Which Monday was it?",
        "Limits on contact",
        "Forty calls a day.",
        "Housing Ombudsman Service",
        "Local Government and Social Care Ombudsman",
        "26 001 234",
        "Crews have no map.",
        "The map is old.",
        "Print a new one.",
        "Ashby Castle",
        "a group of people",
        "Equality: look at it first",
        "not shown yet",
        "a service request",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let case = world.case(&filed).await.json;
    let asked = case["history"].as_array().unwrap().iter().find(|line| line["what"] == "ask-answered").unwrap();
    assert_eq!((&asked["event"]["ask"], &asked["event"]["text"]), (&json!(1), &json!("The crew was not there.")));
    assert_eq!(case["ombudsmen"].as_array().unwrap().len(), 2);
    let tasks: Vec<&str> = case["tasks"].as_array().unwrap().iter().filter_map(|task| task["what"].as_str()).collect();
    assert!(tasks[0].contains("equality issue"), "{tasks:?}");
    for part in
        ["(consent)", "Answer the Housing Ombudsman Service, their reference 26 001 234", "Review the limit on contact"]
    {
        assert!(tasks.iter().any(|task| task.contains(part)), "{part}: {tasks:?}");
    }
}

#[tokio::test]
async fn what_comes_by_social_media_waits_for_a_private_contact() {
    let world = World::at("2026-03-20T10:00").await;
    let officer = world.staff("westminster", "officer", "Olu Balogun").await;
    let said = json!({"kind": "complaint", "about": "Bins again.", "channel": "social", "anonymous": true});
    let answer = officer.post("/api/westminster/feedback", said).await.is(201);
    let path = format!("/api/westminster/cases/{}", answer.json["reference"].as_str().unwrap());
    let tasks = officer.get(&path).await.is(200).json["tasks"].clone();
    assert!(tasks[0]["what"].as_str().unwrap().contains("private contact"), "{tasks}");
    let asks = tasks.as_array().unwrap().iter().filter(|task| task["what"].as_str().unwrap().ends_with('?')).count();
    assert!(tasks.as_array().unwrap().len() > 3, "the policy's questions at triage are there ({asks}): {tasks}");
}
