//! A page for each command: its form, the letter before it goes, what is wrong beside its field, and what another
//! officer did meanwhile.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Answer, COUNCILS, Client, Filed, World, complaint};
use serde_json::{Value, json};

const COUNCIL: &str = "westminster";

/// Fields of an answer to a complaint of one point.
const ANSWER: [(&str, &str); 5] = [
    ("findings.0.point", "1"),
    ("findings.0.outcome", "not-upheld"),
    ("findings.0.reason", "The crew was there & nobody <complained>."),
    ("outcome", "not-upheld"),
    ("text", "Thank you for telling us."),
];

fn at(filed: &Filed, command: &str) -> String {
    format!("/staff/{}/cases/{}/{command}", filed.council, filed.reference)
}

/// A page in plain words.
fn said(page: &Answer) -> String {
    page.text.replace("&#x2f;", "/").replace("&#x27;", "'").replace("&amp;", "&").replace("&quot;", "\"")
}

/// Sends a command's form as its page has it.
async fn send(by: &Client, page: &Answer, path: &str, fields: &[(&str, &str)]) -> Answer {
    let (key, version) = (page.hidden("_key"), page.hidden("_version"));
    let mut fields = fields.to_vec();
    fields.extend([("_key", key.as_str()), ("_version", version.as_str())]);
    by.form(path, &fields).await
}

async fn accepted(world: &World, council: &str) -> (Filed, Client) {
    let filed = world.file(council, complaint()).await;
    let manager = world.staff(council, "complaints-manager", "Chris Adeyemi").await;
    manager.post(&filed.command("accept"), json!({"points": [{"text": "Missed bins."}]})).await.is(200);
    (filed, manager)
}

#[tokio::test]
async fn every_command_that_is_allowed_has_a_page_and_every_error_stands_at_a_field_of_it() {
    let world = World::at("2026-03-20T10:00").await;
    for council in COUNCILS {
        let filed = world.file(council, complaint()).await;
        let manager = world.staff(council, "complaints-manager", "Chris Adeyemi").await;
        let mut seen: Vec<String> = Vec::new();
        let steps = [
            ("note", json!({"text": "Read it."})),
            ("accept", json!({"points": [{"text": "The bin."}, {"text": "The noise."}]})),
            ("ombudsman-enquiry", json!({})),
            ("ask", json!({"whom": "Bins Ltd", "question": "Were you there?", "by": "2026-03-25"})),
            (
                "respond",
                json!({"outcome": "not-upheld", "findings": [{"point": 1, "outcome": "not-upheld", "reason": "No."},
                       {"point": 2, "outcome": "not-upheld", "reason": "No."}],
                       "remedies": [{"kind": "action", "what": "Look again.", "by": "2026-04-20"}]}),
            ),
            ("request-review", json!({})),
        ];
        for (command, body) in steps {
            let case = manager.post(&filed.command(command), body).await.is(200);
            let allowed = case.json["allowed"].as_array().unwrap().iter().filter_map(Value::as_str);
            let new: Vec<String> = allowed.map(str::to_owned).filter(|name| !seen.contains(name)).collect();
            seen.extend(new.clone());
            for allowed in new.iter().map(String::as_str) {
                let path = at(&filed, allowed);
                let page = manager.get(&path).await.is(200);
                let html = said(&page);
                assert!(html.contains(&format!("action=\"{path}\"")), "{council}: {allowed} after {command}");
                assert!(!html.contains("class=\"field") && html.contains("govuk-button"), "{allowed}");
                // Looking first changes nothing, and finds the same faults as sending.
                let looked = send(&manager, &page, &path, &[("_preview", "true")]).await;
                let html = said(&looked);
                assert!([200, 409, 422].contains(&looked.status.as_u16()), "{allowed}: {} {html}", looked.status);
                if looked.status == 422 {
                    assert!(html.contains("<title>Error: ") && html.contains("There is a problem"), "{allowed}");
                }
                for link in html.split("<li><a href=\"#").skip(1) {
                    let field = link.split('"').next().unwrap();
                    assert!(html.contains(&format!("id=\"{field}\"")), "{council}: {allowed} has no {field}");
                }
            }
            assert_eq!(world.case(&filed).await.json["version"], case.json["version"], "looking changed nothing");
        }
        assert!(seen.len() > 40, "{council}: {seen:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_at_its_field_and_every_kind_of_field_is_kept() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let path = at(&filed, "accept");
    let page = manager.get(&path).await.is(200);
    let service = page.text.split("name=\"points.0.service\"").nth(1).unwrap().split("option value=\"").nth(2).unwrap();
    let service = service.split('"').next().unwrap().to_owned();
    let typed = [
        ("points.0.service", service.as_str()),
        ("points.0.tenant", "true"),
        ("points.2.text", "The \"noise\" & <script>"),
        ("points.2.excluded.reason", "moon"),
        ("definition", "Three missed Mondays"),
    ];
    let again = send(&manager, &page, &path, &typed).await.is(422);
    let html = said(&again);
    assert!(html.contains(&format!("<option value=\"{service}\" selected")), "a choice is kept: {html}");
    assert!(html.contains("id=\"points.0.tenant\" name=\"points.0.tenant\" type=\"checkbox\" value=\"true\" checked"));
    assert!(again.text.contains("&lt;script&gt;") && !again.text.contains("<script>"), "words are only words");
    assert!(html.contains(">Three missed Mondays</textarea>"));
    assert!(html.contains("href=\"#points.0.text\"") && html.contains("id=\"points.0.text-error\""), "{html}");
    assert_ne!(again.hidden("_key"), page.hidden("_key"), "mended answers are another request");
    let path = at(&filed, "close");
    let page = manager.get(&path).await.is(200);
    let again = send(&manager, &page, &path, &[("closed_as", "legal-proceedings"), ("claim_filed_on", "soon")]).await;
    let html = said(&again.is(422));
    assert!(html.contains("value=\"legal-proceedings\" checked") && html.contains("value=\"soon\""), "{html}");
    // What was prefilled and then emptied stays empty.
    let path = at(&filed, "adjustments");
    manager.post(&filed.command("adjustments"), json!({"text": "Large print."})).await.is(200);
    let page = manager.get(&path).await.is(200);
    assert!(page.text.contains(">Large print.</textarea>"));
    let again = send(&manager, &page, &path, &[("review_on", "soon")]).await.is(422);
    assert!(!again.text.contains(">Large print.</textarea>"), "{}", again.text);
}

#[tokio::test]
async fn a_letter_is_looked_at_before_it_goes_and_goes_as_it_was_shown() {
    let world = World::at("2026-03-20T10:00").await;
    for council in ["westminster", "north-west-leicestershire"] {
        let (filed, manager) = accepted(&world, council).await;
        let path = at(&filed, "update");
        let page = manager.get(&path).await.is(200);
        let fields = [("text", "We have asked the crew, and wait for their list."), ("_preview", "true")];
        let before = world.case(&filed).await.json;
        let looked = send(&manager, &page, &path, &fields).await.is(200);
        let html = said(&looked);
        assert!(html.contains("What would be sent") && html.contains("by email, to nadia@example.com"), "{html}");
        assert!(html.contains(">We have asked the crew, and wait for their list.</textarea>"), "{html}");
        assert_eq!(world.case(&filed).await.json, before, "nothing was written");
        let json = json!({"text": "We have asked the crew, and wait for their list."});
        let preview = manager.post(&format!("{}?preview=true", filed.command("update")), json).await.is(200).json;
        assert_eq!(world.case(&filed).await.json, before, "nothing was written");
        let shown = preview["letters"][0].clone();
        send(&manager, &looked, &path, &fields[..1]).await.is(303);
        let letters = world.case(&filed).await.json["letters"].clone();
        let sent = letters.as_array().unwrap().last().unwrap().clone();
        for part in ["kind", "to", "channel", "subject", "text", "parts"] {
            assert_eq!(sent[part], shown[part], "{part}");
        }
    }
    let filed = world.file(COUNCIL, complaint()).await;
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let preview = |command: &str| format!("{}?preview=true", filed.command(command));
    let wrong = manager.post(&preview("not-accepted"), json!({})).await.is(422);
    assert_eq!(wrong.bad_fields(), ["reason", "evidence"]);
    manager.post(&preview("respond"), json!({"outcome": "upheld"})).await.is(409);
    world.staff(COUNCIL, "auditor", "Ada Moss").await.post(&preview("note"), json!({"text": "x"})).await.is(403);
    world.staff(COUNCILS[0], "officer", "Olu").await.post(&preview("note"), json!({"text": "x"})).await.is(403);
    world.nobody.post(&preview("note"), json!({"text": "x"})).await.is(401);
    let asked =
        json!({"kind": "service-request", "about": "Empty it.", "name": "Tom Hill", "email": "tom@example.com"});
    let filed = world.file("south-staffordshire", asked).await;
    let manager = world.staff(&filed.council, "complaints-manager", "Chris Adeyemi").await;
    let preview = format!("{}?preview=true", filed.command("raise-complaint"));
    let raised = manager.post(&preview, json!({"trigger": "Still unhappy."})).await.is(200);
    let text = raised.json["letters"][0]["text"].as_str().unwrap();
    assert!(text.contains("the reference comes when this is sent"), "{text}");
}

#[tokio::test]
async fn an_apology_that_is_missing_is_named_with_what_asks_for_it() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = accepted(&world, "south-staffordshire").await;
    let path = at(&filed, "respond");
    let page = manager.get(&path).await.is(200);
    let upheld = [
        ("findings.0.point", "1"),
        ("findings.0.outcome", "upheld"),
        ("outcome", "upheld"),
        ("remedies.1.kind", "payment"),
        ("_preview", "true"),
    ];
    let html = said(&send(&manager, &page, &path, &upheld).await.is(422));
    assert!(html.contains("Enter the reason for the decision on this point"), "{html}");
    assert!(html.contains("href=\"#remedies.0.what\"") && html.contains("value=\"payment\" selected"), "{html}");
    let mut whole = upheld.to_vec();
    whole.extend([("findings.0.reason", "They were missed."), ("remedies.1.what", "Twenty pounds")]);
    let html = said(&send(&manager, &page, &path, &whole).await.is(422));
    assert!(html.contains("must have an apology") && html.contains("href=\"#remedies\""), "{html}");
    let more = [("_more", "remedies"), ("remedies.0.kind", "apology"), ("remedies.0.what", "We are sorry.")];
    let html = said(&send(&manager, &page, &path, &more).await.is(200));
    assert!(html.contains("id=\"remedies.1.kind\"") && html.contains(">We are sorry.</textarea>"), "{html}");
}

#[tokio::test]
async fn another_officers_change_in_between_is_shown_and_what_was_typed_goes_all_the_same() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = accepted(&world, COUNCIL).await;
    let path = at(&filed, "note");
    let page = manager.get(&path).await.is(200);
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    officer.post(&filed.command("note"), json!({"text": "She phoned: it is urgent."})).await.is(200);
    let met = send(&manager, &page, &path, &[("text", "Nothing new.")]).await.is(412);
    let html = said(&met);
    for part in [
        "The case has changed",
        "Olu Balogun",
        "She phoned: it is urgent.",
        ">Nothing new.</textarea>",
        "Send all the same",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("Accepted as a complaint"), "only what is new to them: {html}");
    send(&manager, &met, &path, &[("text", "Nothing new.")]).await.is(303);
    // An answer that somebody else gave first cannot be given again, and its words can be copied.
    let path = at(&filed, "respond");
    let page = manager.get(&path).await.is(200);
    manager
        .post(&filed.command("respond"), json!({"outcome": "not-upheld", "text": "It was collected."}))
        .await
        .is(200);
    let met = send(&manager, &page, &path, &ANSWER).await.is(412);
    let html = said(&met);
    for part in [
        "The case has changed",
        "You cannot do this now.",
        "This stage is answered",
        "What you typed",
        "Thank you for telling us.",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("<textarea"), "{html}");
    assert_eq!(world.mail_kinds(&filed).await.iter().filter(|kind| *kind == "response").count(), 1);
}

#[tokio::test]
async fn a_second_click_is_the_same_request_and_other_words_under_its_key_are_not_sent() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = accepted(&world, COUNCIL).await;
    let path = at(&filed, "note");
    let page = manager.get(&path).await.is(200);
    for _ in 0..2 {
        let sent = send(&manager, &page, &path, &[("text", "Once.")]).await.is(303);
        assert_eq!(sent.location(), format!("/staff/{COUNCIL}/cases/{}?done=note", filed.reference));
    }
    let html = said(&send(&manager, &page, &path, &[("text", "Twice.")]).await.is(422));
    assert!(html.contains("sent already, with other words") && html.contains(">Twice.</textarea>"), "{html}");
    let case = world.case(&filed).await.json;
    assert_eq!(case["history"].as_array().unwrap().iter().filter(|line| line["what"] == "noted").count(), 1);
    let done = manager.get(&format!("/staff/{COUNCIL}/cases/{}?done=note", filed.reference)).await.is(200);
    assert!(done.text.contains("The note is added."));
}

#[tokio::test]
async fn the_browser_goes_back_to_a_page_of_these_staff_and_to_no_other() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = accepted(&world, COUNCIL).await;
    let path = at(&filed, "note");
    let own = format!("/staff/{COUNCIL}/cases/{}?done=note", filed.reference);
    for (back, there) in [
        ("/staff/westminster/print", "/staff/westminster/print?done=note"),
        ("/staff/westminster?team=x", "/staff/westminster?team=x&done=note"),
        ("/staff/westminster", "/staff/westminster?done=note"),
        ("/staff/westminster.example", own.as_str()),
        ("//example.org", own.as_str()),
        ("/staff/westminster//example.org", own.as_str()),
        ("/staff/westminster/../../x", own.as_str()),
        ("/staff/westminster/\r\nx: y", own.as_str()),
        ("https://example.org", own.as_str()),
        ("/staff/south-staffordshire", own.as_str()),
    ] {
        let page = manager.get(&path).await.is(200);
        let sent = send(&manager, &page, &path, &[("text", "x"), ("_back", back)]).await.is(303);
        assert_eq!(sent.location(), there, "{back:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_done_says_why_and_every_command_is_here_or_there() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    let page = officer.get(&at(&filed, "respond")).await;
    assert!(page.status == 403 || page.status == 409, "{}", page.status);
    assert!(said(&page).contains("You cannot do this now."), "{}", page.text);
    let manager = world.staff(COUNCIL, "manager", "Maya Patel").await;
    let html = said(&manager.get(&at(&filed, "respond")).await.is(409));
    assert!(html.contains("has not been accepted") && html.contains("Codes 2.1") && html.contains("#act"), "{html}");
    officer.get(&at(&filed, "moon")).await.is(404);
    officer.get(&at(&filed, "note").replace(&filed.reference, "WCC-0000-0000")).await.is(404);
    world.staff(COUNCILS[0], "officer", "Olu").await.get(&at(&filed, "note")).await.is(403);
    for role in ["officer", "manager", "investigator", "complaints-manager", "signatory", "auditor"] {
        let reader = world.staff(COUNCIL, role, "Ada Moss").await;
        let allowed = reader.get(&filed.path()).await.is(200).json["allowed"].as_array().unwrap().len();
        let html = said(&reader.get(&at(&filed, "why-not")).await.is(200));
        let refused = html.matches("scope=\"row\"").count();
        assert_eq!(allowed + refused, redress_domain::commands::TABLE.len(), "{role}");
    }
    world.staff(COUNCIL, "analyst", "Ana").await.get(&at(&filed, "why-not")).await.is(403);
}

#[tokio::test]
async fn a_restricted_case_shows_nothing_on_any_of_its_pages() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = accepted(&world, COUNCIL).await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    let page = officer.get(&at(&filed, "note")).await.is(200);
    let only = json!({"roles": ["manager"], "reason": "A safeguarding matter."});
    manager.post(&filed.command("restrict-reading"), only).await.is(200);
    for path in ["note", "why-not", "respond"] {
        let hidden = officer.get(&at(&filed, path)).await.is(403);
        assert!(!hidden.text.contains("Nadia") && !hidden.text.contains("Missed bins"), "{}", hidden.text);
    }
    for aside in [("_preview", "true"), ("_more", "points"), ("_nothing", "")] {
        let hidden = send(&officer, &page, &at(&filed, "note"), &[aside, ("text", "x")]).await.is(403);
        assert!(!hidden.text.contains("Nadia") && !hidden.text.contains("Missed bins"), "{}", hidden.text);
    }
}

#[tokio::test]
async fn a_colleague_is_picked_by_name_and_keeps_their_role() {
    let world = World::at("2026-03-20T10:00").await;
    let (filed, manager) = accepted(&world, COUNCIL).await;
    let officer = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    officer.post(&filed.command("note"), json!({"text": "I am here."})).await.is(200);
    let path = at(&filed, "assign");
    let page = manager.get(&path).await.is(200);
    let option = page.text.split(">Olu Balogun, officer<").next().unwrap().rsplit("value=\"").next().unwrap();
    let id = option.split('"').next().unwrap();
    send(&manager, &page, &path, &[("_who", id)]).await.is(303);
    let owner = world.case(&filed).await.json["owner"].clone();
    assert_eq!((&owner["name"], &owner["role"]), (&json!("Olu Balogun"), &json!("officer")));
    manager.get(&format!("/staff/{COUNCIL}/keys")).await.is(200);
    world.staff(COUNCILS[0], "officer", "Olu").await.get(&format!("/staff/{COUNCIL}/keys")).await.is(403);
}
