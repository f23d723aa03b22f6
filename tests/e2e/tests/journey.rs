//! The journey, walked as a person without JavaScript walks it: pages, forms, links and a cookie.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Answer, COUNCILS, Resident, World};
use serde_json::{Value, json};

type Fields<'a> = &'a [(&'a str, &'a str)];

/// The whole way of somebody with a plain complaint: a step, and what is typed there.
const WAY: [(&str, Fields<'static>); 8] = [
    ("kind", &[("kind", "complaint")]),
    ("whose", &[("whose", "me")]),
    ("what", &[("about", "The bin was not collected.\r\nTwice.")]),
    ("when", &[("happened_on-day", "5"), ("happened_on-month", "March"), ("happened_on-year", "2026")]),
    ("wanted", &[("wanted", "Collect it")]),
    ("service", &[("service", "none")]),
    ("contact", &[("name", "Nadia Okafor"), ("email", "nadia@example.com")]),
    ("adjustments", &[("adjustments", "Large print")]),
];

/// Somebody who has pressed “Start now”.
async fn started(world: &World, council: &str) -> Resident {
    let resident = Resident::new(&world.nobody);
    let page = resident.get(&format!("/{council}/feedback")).await.is(200);
    assert!(page.text.contains("999") && page.text.contains("Start now"), "{}", page.text);
    let next = resident.form(&format!("/{council}/feedback/start"), &[]).await.is(303);
    assert_eq!(next.location(), format!("/{council}/feedback/kind"));
    resident
}

/// Walks these steps, each of which must come in turn, and stands at what follows.
async fn walk(resident: &Resident, council: &str, way: &[(&str, Fields<'_>)]) -> String {
    let mut at = format!("/{council}/feedback/kind");
    for (step, fields) in way {
        assert_eq!(at, format!("/{council}/feedback/{step}"));
        resident.get(&at).await.is(200);
        at = resident.form(&at, fields).await.is(303).location().to_owned();
        // Where the council is a landlord it asks whether this is about a home of theirs.
        if at.ends_with("/home") {
            resident.get(&at).await.is(200);
            at = resident.form(&at, &[("tenant", "false")]).await.is(303).location().to_owned();
        }
    }
    at
}

/// Sends what is checked, and skips the questions after it: the page that follows the case.
async fn sent(resident: &Resident, council: &str) -> Answer {
    let check = format!("/{council}/feedback/check");
    let shown = resident.get(&check).await.is(200).hidden("_shown");
    let next = resident.form(&check, &[("_shown", &shown)]).await.is(303);
    assert_eq!(next.location(), format!("/{council}/feedback/equality"));
    resident.get(next.location()).await.is(200);
    resident.form(next.location(), &[("_skip", "true")]).await.is(303)
}

/// The reference in the address of the page that follows a case.
fn reference(answer: &Answer) -> String {
    answer.location().split("/track/").nth(1).unwrap().split('?').next().unwrap().to_owned()
}

async fn case(world: &World, council: &str, reference: &str) -> Value {
    let manager = world.staff(council, "complaints-manager", "Chris Adeyemi").await;
    manager.get(&format!("/api/{council}/cases/{reference}")).await.is(200).json
}

#[tokio::test]
async fn a_stranger_gets_from_the_start_to_a_reference_at_every_council() {
    let world = World::at("2026-03-20T10:00").await;
    for council in COUNCILS {
        let resident = started(&world, council).await;
        assert_eq!(walk(&resident, council, &WAY).await, format!("/{council}/feedback/check"));
        let check = resident.get(&format!("/{council}/feedback/check")).await.is(200);
        for said in [
            "Twice.",
            "5 March 2026",
            "I am not sure",
            "Nadia Okafor",
            "Large print",
            "Not provided",
            "Nothing has been sent yet",
        ] {
            assert!(check.text.contains(said), "{council}: {said}: {}", check.text);
        }
        let followed = sent(&resident, council).await;
        assert!(followed.location().contains("key=") && followed.location().ends_with("&new=1"));
        let page = resident.get(followed.location()).await.is(200);
        assert!(page.text.contains(&reference(&followed)), "{}", page.text);
        let case = case(&world, council, &reference(&followed)).await;
        assert_eq!((&case["contact"]["name"], &case["kind"]), (&"Nadia Okafor".into(), &"complaint".into()), "{case}");
        assert!(!case["flags"].as_array().unwrap().contains(&"suspected-spam".into()), "{case}");
    }
}

#[tokio::test]
async fn back_refresh_and_a_second_click_are_one_case() {
    let world = World::at("2026-03-20T10:00").await;
    let council = COUNCILS[2];
    let resident = started(&world, council).await;
    walk(&resident, council, &WAY).await;
    let check = format!("/{council}/feedback/check");
    let shown = resident.get(&check).await.hidden("_shown");
    let fields = [("_shown", shown.as_str())];
    let (one, two) = tokio::join!(resident.form(&check, &fields), resident.form(&check, &fields));
    assert_eq!(
        (one.is(303).location().to_owned(), two.is(303).status.as_u16()),
        (format!("/{council}/feedback/equality"), 303)
    );
    let third = resident.form(&check, &fields).await.is(303);
    assert_eq!(third.location(), format!("/{council}/feedback/equality"));
    // Every page before it now says where it went, and takes nothing more.
    let tracked = resident.get(&check).await.is(303).location().to_owned();
    let late = resident.form(&format!("/{council}/feedback/what"), &[("about", "Something else")]).await.is(303);
    assert_eq!(late.location(), tracked);
    assert!(tracked.contains("/track/"), "{tracked}");
    let equality = format!("/{council}/feedback/equality");
    let answers = [("age_group", "35-44"), ("sex", "female")];
    assert_eq!(resident.form(&equality, &answers).await.is(303).location(), tracked);
    assert_eq!(resident.form(&equality, &answers).await.is(303).location(), tracked);
    assert_eq!(resident.get(&equality).await.is(303).location(), tracked);
    let officer = world.staff(council, "officer", "Olu Balogun").await;
    let cases = officer.get(&format!("/api/{council}/cases")).await.is(200);
    assert_eq!(cases.json["cases"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_change_comes_back_to_the_check_and_asks_only_what_was_not_asked_yet() {
    let world = World::at("2026-03-20T10:00").await;
    let council = COUNCILS[3];
    let resident = started(&world, council).await;
    let way: Vec<(&str, Fields<'_>)> = vec![
        ("kind", &[("kind", "compliment")]),
        ("what", &[("about", "Sam at the desk was kind.")]),
        ("service", &[]),
        ("contact", &[("name", "Nadia Okafor"), ("phone", "01543 000000")]),
        ("adjustments", &[]),
    ];
    assert_eq!(walk(&resident, council, &way).await, format!("/{council}/feedback/check"));
    let what = format!("/{council}/feedback/what?from=check");
    assert!(resident.get(&what).await.is(200).text.contains("Sam at the desk"));
    let back = resident.form(&what, &[("about", "Sam at the desk was rude.")]).await.is(303);
    assert_eq!(back.location(), format!("/{council}/feedback/check"));
    let mut at = resident.form(&format!("/{council}/feedback/kind?from=check"), &[("kind", "complaint")]).await;
    for (step, fields) in [
        ("whose", [("whose", "me")]),
        ("when", [("happened_on-year", "")]),
        ("wanted", [("wanted", "")]),
        ("home", [("tenant", "false")]),
    ] {
        assert_eq!(at.is(303).location(), format!("/{council}/feedback/{step}?from=check"));
        at = resident.form(&format!("/{council}/feedback/{step}?from=check"), &fields).await;
    }
    assert_eq!(at.is(303).location(), format!("/{council}/feedback/check"));
    let followed = sent(&resident, council).await;
    assert_eq!(case(&world, council, &reference(&followed)).await["kind"], "complaint");
}

#[tokio::test]
async fn without_a_draft_a_page_says_so_and_offers_to_start_again() {
    let world = World::at("2026-03-20T10:00").await;
    for council in COUNCILS {
        let stranger = Resident::new(&world.nobody);
        for step in ["kind", "contact", "check", "equality", "sent"] {
            let page = stranger.get(&format!("/{council}/feedback/{step}")).await.is(200);
            assert!(page.text.contains("Start again"), "{council} {step}: {}", page.text);
        }
        let page = stranger.form(&format!("/{council}/feedback/what"), &[("about", "Typed & kept")]).await.is(200);
        assert!(page.text.contains("Typed &amp; kept"), "{}", page.text);
        stranger.get(&format!("/{council}/feedback/moon")).await.is(404);
    }
    let resident = started(&world, COUNCILS[0]).await;
    walk(&resident, COUNCILS[0], &WAY[..3]).await;
    let elsewhere = resident.get(&format!("/{}/feedback/what", COUNCILS[1])).await.is(200);
    assert!(elsewhere.text.contains("Start again") && !elsewhere.text.contains("Twice."), "another council's draft");
    world.pass("P1D").await;
    let page = resident.get(&format!("/{}/feedback/what", COUNCILS[0])).await.is(200);
    assert!(page.text.contains("Start again") && !page.text.contains("Twice."), "{}", page.text);
}

#[tokio::test]
async fn every_error_stands_in_the_summary_and_at_its_field_and_every_answer_is_kept() {
    let world = World::at("2026-03-20T10:00").await;
    let long = "é".repeat(50_001);
    let states: [(&str, Fields<'_>, &[&str]); 11] = [
        ("kind", &[], &["Select what you want to tell us"]),
        ("kind", &[("kind", "member-enquiry")], &["Select what you want to tell us"]),
        ("whose", &[], &["Select who this is for"]),
        ("what", &[], &["Enter what happened"]),
        ("what", &[("about", &long)], &["What happened must be 50000 characters or less; it has 50001"]),
        (
            "when",
            &[
                ("happened_on-day", "31"),
                ("happened_on-month", "<June>"),
                ("happened_on-year", "2025"),
                ("aware_on-day", "9"),
                ("aware_on-year", "2025"),
            ],
            &["The day it happened must be a real date", "The day you found out must include a month"],
        ),
        (
            "when",
            &[("happened_on-month", "3"), ("aware_on-day", "21"), ("aware_on-month", "3"), ("aware_on-year", "2026")],
            &[
                "The day it happened must include a year",
                "The day you found out must be today or in the past; today is 20 March 2026",
            ],
        ),
        ("when", &[("happened_on-month", "3"), ("happened_on-year", "26")], &["must include a year of 4 numbers"]),
        ("contact", &[], &["Enter your full name", "Enter an email address, a phone number or a postal address"]),
        (
            "contact",
            &[("name", "<b>Nadia"), ("email", "nadia"), ("reply_by", "post")],
            &["Enter an email address in the correct format", "Enter the postal address to answer to"],
        ),
        ("service", &[("service", "moon")], &["is not a service of this council"]),
    ];
    for council in COUNCILS {
        let resident = started(&world, council).await;
        walk(&resident, council, &WAY).await;
        for (step, fields, expected) in &states {
            let page = resident.form(&format!("/{council}/feedback/{step}"), fields).await.is(422);
            assert!(page.text.contains("<title>Error: "), "{step}: {}", page.text);
            let summary = page.text.find("There is a problem").unwrap();
            assert!(summary < page.text.find("<h1").unwrap(), "{step}: the summary comes first");
            for said in *expected {
                assert!(page.text.matches(said).count() >= 2, "{council} {step}: {said}: {}", page.text);
            }
            for (name, typed) in *fields {
                let kept = typed.replace('<', "&lt;").replace('>', "&gt;");
                let chosen = ["kind", "service"].contains(name);
                assert!(chosen || page.text.contains(&kept), "{step}: {typed} is kept");
            }
            assert!(!page.text.contains("<June>") && !page.text.contains("<b>"), "words are only words");
        }
        let check = resident.get(&format!("/{council}/feedback/check")).await.is(200);
        let links = check.text.replace("&#x2f;", "/");
        assert!(links.contains(&format!("/{council}/feedback/contact?from=check#email")), "{}", check.text);
        let refused = resident.form(&format!("/{council}/feedback/check"), &[]).await.is(422);
        assert!(refused.text.contains("<title>Error: ") && refused.text.contains("There is a problem"));
    }
}

#[tokio::test]
async fn answers_that_are_more_than_can_be_kept_are_said_to_be() {
    let world = World::at("2026-03-20T10:00").await;
    let council = COUNCILS[0];
    let resident = started(&world, council).await;
    walk(&resident, council, &WAY).await;
    let huge = "x".repeat(400_000);
    let page = resident.form(&format!("/{council}/feedback/what"), &[("about", &huge)]).await.is(422);
    assert!(page.text.contains("make it shorter"));
    assert!(
        resident.get(&format!("/{council}/feedback/what")).await.text.contains("Twice."),
        "what was kept before stands"
    );
    resident.form(&format!("/{council}/feedback/what"), &[("about", &"x".repeat(700_000))]).await.is(413);
}

#[tokio::test]
async fn without_a_name_where_the_policy_allows_it_and_an_error_of_the_field_elsewhere() {
    let world = World::at("2026-03-20T10:00").await;
    for council in COUNCILS {
        let resident = started(&world, council).await;
        assert_eq!(walk(&resident, council, &WAY[..6]).await, format!("/{council}/feedback/contact"));
        let contact = format!("/{council}/feedback/contact");
        let offered = resident.get(&contact).await.is(200).text.contains("I do not want to give my name");
        let answer = resident.form(&contact, &[("anonymous", "true")]).await;
        if offered {
            answer.is(303);
            resident.form(&format!("/{council}/feedback/adjustments"), &[]).await.is(303);
            let followed = sent(&resident, council).await;
            assert_eq!(case(&world, council, &reference(&followed)).await["contact"]["name"], Value::Null);
        } else {
            let page = answer.is(422);
            assert!(
                page.text.contains("href=\"#anonymous\"") && page.text.contains("id=\"anonymous\""),
                "{}",
                page.text
            );
            assert!(page.text.matches("needs a name and a way to answer you").count() >= 2);
        }
    }
}

#[tokio::test]
async fn an_old_matter_is_asked_about_and_taken() {
    let world = World::at("2026-03-20T10:00").await;
    let old: Fields<'_> = &[("happened_on-month", "Jan"), ("happened_on-year", "2024")];
    for council in COUNCILS {
        let resident = started(&world, council).await;
        walk(&resident, council, &WAY[..3]).await;
        let next = resident.form(&format!("/{council}/feedback/when"), old).await.is(303).location().to_owned();
        let limited = next.ends_with("/late");
        if limited {
            assert!(resident.get(&next).await.is(200).text.contains("You can still send it"));
            let said =
                [("late_reason", "I was ill."), ("first_reported_on-month", "2"), ("first_reported_on-year", "2025")];
            resident.form(&next, &said).await.is(303);
        }
        for (step, fields) in &WAY[4..] {
            resident.form(&format!("/{council}/feedback/{step}"), fields).await.is(303);
        }
        let check = resident.get(&format!("/{council}/feedback/check")).await.is(200);
        assert!(check.text.contains("January 2024"), "{}", check.text);
        let followed = sent(&resident, council).await;
        let case = case(&world, council, &reference(&followed)).await;
        let matter = &case["matter"];
        assert_eq!(matter["happened_on"], "2024-01-31", "the last day, since what is not known makes nothing older");
        let approximate: &[&str] = if limited { &["first_reported_on", "happened_on"] } else { &["happened_on"] };
        assert_eq!(matter["approximate"], json!(approximate), "{council}: and staff see that it is no exact day");
        assert_eq!(limited, case["flags"].as_array().unwrap().contains(&"historic".into()), "{council}: {case}");
    }
}

#[tokio::test]
async fn somebody_can_do_it_for_somebody_else() {
    let world = World::at("2026-03-20T10:00").await;
    for council in COUNCILS {
        let resident = started(&world, council).await;
        resident.form(&format!("/{council}/feedback/kind"), &[("kind", "complaint")]).await.is(303);
        let whose = resident.form(&format!("/{council}/feedback/whose"), &[("whose", "other")]).await.is(303);
        assert_eq!(whose.location(), format!("/{council}/feedback/other"));
        let page = resident.form(whose.location(), &[("on_behalf_of.relationship", "son")]).await.is(422);
        assert!(page.text.matches("Enter the name of the person you are writing for").count() >= 2);
        let said = [
            ("on_behalf_of.name", "Grace Okafor"),
            ("on_behalf_of.relationship", "son"),
            ("on_behalf_of.authority", "consent"),
        ];
        resident.form(whose.location(), &said).await.is(303);
        for (step, fields) in &WAY[2..] {
            resident.form(&format!("/{council}/feedback/{step}"), fields).await.is(303);
        }
        let followed = sent(&resident, council).await;
        let other = &case(&world, council, &reference(&followed)).await["contact"]["on_behalf_of"];
        assert_eq!((&other["name"], &other["authority"]), (&"Grace Okafor".into(), &"consent".into()));
    }
}

#[tokio::test]
async fn the_pages_speak_welsh_where_the_council_has_it_and_so_do_the_errors() {
    let world = World::at("2026-03-20T10:00").await;
    let council = COUNCILS[3];
    let resident = started(&world, council).await;
    let page = resident.get(&format!("/{council}/feedback/kind?lang=cy")).await.is(200);
    assert!(page.text.contains("lang=\"cy\"") && page.text.contains("Beth ydych chi am ei ddweud"), "{}", page.text);
    walk(&resident, council, &WAY).await;
    let page = resident.form(&format!("/{council}/feedback/what"), &[]).await.is(422);
    assert!(page.text.contains("<title>Gwall: "), "{}", page.text);
    assert!(page.text.matches("Rhowch yr hyn a ddigwyddodd").count() >= 2);
    let late = [("happened_on-day", "21"), ("happened_on-month", "Mawrth"), ("happened_on-year", "2026")];
    let page = resident.form(&format!("/{council}/feedback/when"), &late).await.is(422);
    assert!(page.text.contains("heddiw yw 20 Mawrth 2026") && page.text.contains("value=\"Mawrth\""), "{}", page.text);
    let other = started(&world, COUNCILS[0]).await;
    let page = other.get(&format!("/{}/feedback/kind?lang=cy", COUNCILS[0])).await.is(200);
    assert!(page.text.contains("What do you want to tell us?"), "a language the council does not have is not given");
}
