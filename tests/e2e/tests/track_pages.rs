//! A council's page, and the pages of a case, used as a resident without JavaScript uses them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use hyper_util::rt::TokioExecutor;
use redress_e2e::{COUNCILS, Filed, World, complaint};
use redress_platform::Source;
use serde_json::{Value, json};

const MORNING: &str = "2026-03-20T10:00";

fn track(filed: &Filed) -> String {
    format!("/{}/track/{}", filed.council, filed.reference)
}

fn page_of(filed: &Filed) -> String {
    format!("{}?key={}", track(filed), filed.key)
}

async fn answered(world: &World, council: &str) -> Filed {
    let filed = world.file(council, complaint()).await;
    let manager = world.staff(council, "complaints-manager", "Maya Patel").await;
    manager.post(&filed.command("accept"), json!({})).await.is(200);
    let answer = json!({"outcome": "not-upheld", "text": "The bins were collected."});
    manager.post(&filed.command("respond"), answer).await.is(200);
    filed
}

/// A folder of policies in which something is another.
fn policies_with(change: impl Fn(&str) -> String, council: &str) -> tempfile::TempDir {
    let (from, to) = (concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies"), tempfile::tempdir().unwrap());
    let copied = std::process::Command::new("cp").args(["-r", &format!("{from}/.")]).arg(to.path()).status().unwrap();
    assert!(copied.success());
    let file = to.path().join(council).join("v1.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let changed = change(&text);
    assert_ne!(text, changed, "the policy is changed");
    std::fs::write(&file, changed).unwrap();
    to
}

#[tokio::test]
async fn a_councils_page_says_what_its_policy_says_and_nothing_it_does_not() {
    let folder = policies_with(
        |text| text.replace("within = \"10 working days\"", "within = \"13 working days\""),
        "westminster",
    );
    let world = World::with_policies(MORNING, Source::Folder(folder.path().to_owned())).await;
    let page = world.nobody.get("/westminster").await.is(200).text;
    assert!(page.contains("<strong>13 working days</strong> of receiving it"), "{page}");
    assert!(!page.contains("<strong>10 working days</strong>"), "no time stands in the page itself");
    for council in COUNCILS {
        let page = world.nobody.get(&format!("/{council}")).await.is(200).text;
        for said in
            ["What happens to a complaint, and when", "Ombudsman", "What is marked * is not in our policy", "call 999"]
        {
            assert!(page.contains(said), "{council}: {said}");
        }
    }
    let page = world.nobody.get("/south-staffordshire").await.is(200).text;
    assert!(page.contains("the day we first answered"), "the window runs as that policy has it");
    assert!(page.contains("Asking for a service"), "its exclusions are there");
}

#[tokio::test]
async fn a_language_of_the_council_is_chosen_once_and_kept_and_its_policy_stays_marked_as_english() {
    let world = World::at(MORNING).await;
    let filed = world.file("westminster", complaint()).await;
    let page = world.nobody.get("/westminster?lang=cy").await.is(200);
    assert!(page.text.contains("<html lang=\"cy\"") && page.text.contains("Cyfieithiad drafft"), "{}", page.text);
    assert!(page.text.contains("<span lang=\"en\">"), "what the policy says is marked");
    let cookie = page.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let welsh = world.nobody.with("cookie", &cookie);
    let page = welsh.get(&page_of(&filed)).await.is(200).text;
    assert!(page.contains("24 Mawrth 2026") && page.contains("2 ddiwrnod gwaith"), "{page}");
    assert!(page.contains(&format!("?key={}&amp;lang=en", filed.key)), "the switch keeps the key: {page}");
    let elsewhere = welsh.get("/south-staffordshire?lang=cy").await.is(200);
    assert!(elsewhere.text.contains("<html lang=\"en\"") && !elsewhere.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn whoever_has_just_written_sees_reference_dates_and_the_way_back() {
    let world = World::at(MORNING).await;
    let filed = world.file("westminster", complaint()).await;
    let page = world.nobody.get(&format!("{}&new=1", page_of(&filed))).await.is(200).text;
    for said in ["We have received it", &filed.reference, &filed.key, "7 April 2026", "Ombudsman", "Bookmark"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let saved = world.nobody.get(&format!("{}/save?key={}", track(&filed), filed.key)).await.is(200);
    assert_eq!(saved.headers["content-type"], "text/plain; charset=utf-8");
    assert!(saved.headers["content-disposition"].to_str().unwrap().contains(&filed.reference));
    assert!(saved.text.contains("7 April 2026") && saved.text.contains(&page_of(&filed)), "{}", saved.text);
    let why = "We count 10 working days from 20 March 2026 (the complaint was received).";
    assert!(page.contains(why) && page.contains("weekends, Good Friday or Easter Monday"), "{page}");
}

#[tokio::test]
async fn whoever_gave_no_name_is_told_that_the_key_is_the_only_way() {
    let world = World::at(MORNING).await;
    let anonymous = json!({"kind": "complaint", "about": "The lamp is broken.", "anonymous": true});
    let filed = world.file("north-west-leicestershire", anonymous).await;
    let page = world.nobody.get(&format!("{}&new=1", page_of(&filed))).await.is(200).text;
    assert!(page.contains("They are the only way to see our answer"), "{page}");
}

#[tokio::test]
async fn a_wrong_key_opens_nothing_and_a_link_without_its_key_asks_for_it() {
    let world = World::at(MORNING).await;
    let filed = world.file("westminster", complaint()).await;
    let elses = format!("{}?key={}", track(&filed), "0".repeat(32));
    for (path, problem) in [
        (elses, "do not belong together"),
        (format!("{}?key=wrong", track(&filed)), "you entered 5"),
        (track(&filed), ""),
    ] {
        let page = world.nobody.get(&path).await.is(403).text;
        assert_eq!(page.contains("There is a problem"), !problem.is_empty(), "{page}");
        assert!(page.contains(problem), "{problem}: {page}");
        assert!(page.contains(&filed.reference) && !page.contains("three Mondays"));
    }
    for step in ["request-review", "message", "withdraw", "save"] {
        world.nobody.get(&format!("{}/{step}?key=wrong", track(&filed))).await.is(403);
    }
    let page = world.nobody.form("/westminster/track", &[("reference", "abc")]).await.is(422).text;
    for said in ["<title>Error: ", "href=\"#reference\"", "href=\"#key\"", "Enter your key", "value=\"abc\""] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[tokio::test]
async fn a_review_is_asked_for_with_the_policys_grounds_and_without_a_reason() {
    let world = World::at(MORNING).await;
    let filed = answered(&world, "together-for-children").await;
    let page = world.nobody.get(&page_of(&filed)).await.is(200).text;
    assert!(page.contains("/request-review?key="), "{page}");
    let form = world.nobody.get(&format!("{}/request-review?key={}", track(&filed), filed.key)).await.is(200).text;
    assert!(form.contains("I had no response by the date I was given"), "{form}");
    let ask = format!("{}/request-review", track(&filed));
    let long = "x".repeat(50_001);
    let wrong = [("_key", filed.key.as_str()), ("reasons", &long), ("wanted", "An <b>apology</b>")];
    let page = world.nobody.form(&ask, &wrong).await.is(422).text;
    assert!(page.contains("<title>Error: ") && page.contains("href=\"#reasons\""), "{}", &page[..3000]);
    assert!(page.contains("An &lt;b&gt;apology"), "answers are kept, and are only words");
    let fields = [("_key", filed.key.as_str()), ("_version", "3")];
    let asked = world.nobody.form(&ask, &fields).await.is(303);
    let again = world.nobody.form(&ask, &fields).await.is(303);
    assert_eq!(asked.location(), again.location(), "a second click is the same request");
    let page = world.nobody.get(asked.location()).await.is(200).text;
    assert!(page.contains("We have your request for a review"), "{page}");
    let form = world.nobody.get(&format!("{}/request-review?key={}", track(&filed), filed.key)).await.is(200).text;
    assert!(form.contains("You cannot do this now") && !form.contains("<form"), "{form}");
}

#[tokio::test]
async fn something_is_added_once_whatever_staff_did_in_the_meantime() {
    let world = World::at(MORNING).await;
    let filed = world.file("westminster", complaint()).await;
    let officer = world.staff("westminster", "officer", "Olu Balogun").await;
    let fields = [("_key", filed.key.as_str()), ("_version", "1"), ("text", "A fourth Monday now.")];
    officer.post(&filed.command("note"), json!({"text": "I rang the depot."})).await.is(200);
    let path = format!("{}/message", track(&filed));
    for _ in 0..2 {
        world.nobody.form(&path, &fields).await.is(303);
    }
    let case = world.case(&filed).await.json;
    let added = case["history"].as_array().unwrap().iter().filter(|line| line["what"] == "messaged").count();
    assert_eq!(added, 1);
    let page = world.nobody.form(&path, &[("_key", &filed.key)]).await.is(422).text;
    assert!(page.matches("Enter what you want to add").count() >= 2, "{page}");
}

#[tokio::test]
async fn taking_it_back_is_confirmed_first_and_by_a_letter_afterwards() {
    let world = World::at(MORNING).await;
    let filed = world.file("westminster", complaint()).await;
    let page = world.nobody.get(&format!("{}/withdraw?key={}", track(&filed), filed.key)).await.is(200).text;
    assert!(page.contains("Do you want to take it back?") && page.contains("No, keep it as it is"), "{page}");
    assert_eq!(world.case(&filed).await.json["status"], "new", "asking is not doing");
    let fields = [("_key", filed.key.as_str()), ("reason", "It was collected.")];
    let done = world.nobody.form(&format!("{}/withdraw", track(&filed)), &fields).await.is(303);
    let page = world.nobody.get(done.location()).await.is(200).text;
    assert!(page.contains("You have taken it back") && page.contains("If you change your mind"), "{page}");
    assert!(world.mail_kinds(&filed).await.contains(&"withdrawn".to_owned()));
}

#[tokio::test]
async fn letters_are_on_the_page_as_sent_and_say_how_far_they_got() {
    let world = World::at(MORNING).await;
    let filed = answered(&world, "south-staffordshire").await;
    world.mails(&filed).await;
    let page = world.nobody.get(&page_of(&filed)).await.is(200).text;
    assert!(page.contains("The bins were collected.") && page.contains("Sent to you by email."), "{page}");
    let read = world.nobody.with("x-case-key", &filed.key).get(&filed.track()).await.is(200).json;
    assert_eq!(read["standing"], "answered");
    assert_eq!(read["letters"][0]["state"], "sent");
}

#[tokio::test]
async fn a_lost_link_goes_to_the_person_on_file_at_most_once_an_hour_and_the_page_tells_nobody_anything() {
    let world = World::at(MORNING).await;
    let filed = world.file("westminster", complaint()).await;
    let lost = |reference: String| {
        let nobody = world.nobody.clone();
        async move { nobody.form("/westminster/track/lost", &[("reference", &reference)]).await.is(200).text }
    };
    let right = lost(filed.reference.clone()).await;
    let other = world.file("westminster", complaint()).await;
    let nobodys = lost(unknown(&world, &other).await).await;
    assert_eq!(right, nobodys, "the page says the same");
    lost(filed.reference.to_lowercase()).await;
    let links = |mails: &[Value]| mails.iter().filter(|mail| mail["kind"] == "link").cloned().collect::<Vec<_>>();
    let sent = links(&world.mails(&filed).await);
    assert_eq!(sent.len(), 1, "once an hour: {sent:?}");
    assert!(sent[0]["to"].to_string().contains("nadia@example.com"), "{sent:?}");
    assert!(sent[0]["text"].as_str().unwrap().contains(&page_of(&filed)), "the link opens the page");
    world.until("2026-03-20T11:01").await;
    lost(filed.reference.clone()).await;
    assert_eq!(links(&world.mails(&filed).await).len(), 2);
    let wrong = world.nobody.form("/westminster/track/lost", &[("reference", "")]).await.is(422).text;
    assert!(wrong.contains("Enter your reference"), "{wrong}");
}

#[tokio::test]
async fn a_new_key_goes_to_the_person_on_file_and_what_was_sent_before_opens_nothing() {
    let world = World::at(MORNING).await;
    let filed = world.file("westminster", complaint()).await;
    let other = world.file("westminster", complaint()).await;
    let officer = world.staff("westminster", "officer", "Olu Balogun").await;
    let case = officer.post(&filed.command("send-link"), json!({"new_key": true})).await.is(200);
    assert_eq!(case.json["history"][0]["what"], "link-sent");
    world.laptop.quiet().await;
    world.nobody.with("x-case-key", &filed.key).get(&filed.track()).await.is(403);
    world.nobody.get(&page_of(&filed)).await.is(403);
    world.nobody.get(&page_of(&other)).await.is(200);
    let mails = world.mails(&filed).await;
    let mail = mails.iter().find(|mail| mail["kind"] == "link").unwrap();
    let text = mail["text"].as_str().unwrap();
    assert!(text.contains("no longer open anything") && !text.contains(&filed.key), "{text}");
    let key = text.split("?key=").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let now = Filed { key, ..filed.clone() };
    world.nobody.get(&page_of(&now)).await.is(200);
    // Asked for again by anybody, it is the new one that goes, and none is made.
    world.until("2026-03-20T11:01").await;
    world.nobody.form("/westminster/track/lost", &[("reference", &filed.reference)]).await.is(200);
    world.nobody.get(&page_of(&now)).await.is(200);
    let again = world.mails(&filed).await;
    assert_eq!(again.iter().filter(|mail| mail["text"].as_str().unwrap().contains(&now.key)).count(), 2);
}

/// A reference that is written as one and is nobody's: another council's case.
async fn unknown(world: &World, other: &Filed) -> String {
    let elsewhere = world.file("south-staffordshire", complaint()).await;
    assert_ne!(elsewhere.reference, other.reference);
    elsewhere.reference
}

#[tokio::test]
async fn what_goes_wrong_is_said_on_a_page_to_a_person_and_in_json_to_a_program() {
    let world = World::at(MORNING).await;
    let person = world.nobody.with("accept", "text/html");
    for path in ["/moon", "/moon/track", "/westminster/moon", "/moon/feedback"] {
        let page = person.get(path).await.is(404).text;
        assert!(page.contains("Page not found") && page.contains("redress.css"), "{path}: {page}");
    }
    let filed = world.file("westminster", complaint()).await;
    let long = "x".repeat(700_000);
    let path = format!("{}/message", track(&filed));
    let page = world.nobody.form(&path, &[("_key", &filed.key), ("text", &long)]).await.is(413).text;
    assert!(page.contains("What you sent is too long"), "{page}");
    assert_eq!(world.nobody.get("/api/moon/track/x").await.is(404).json["status"], 404);
}

#[tokio::test]
async fn every_page_is_small_over_the_wire_and_asks_nobody_else_for_anything() {
    let world = World::at(MORNING).await;
    let filed = answered(&world, "together-for-children").await;
    let first = world.nobody.get("/westminster").await.is(200).text.replace("&#x2f;", "/");
    let style = first.split('"').find(|part| part.ends_with("/redress.css")).unwrap().trim_end_matches("redress.css");
    let mut assets = 0;
    for name in ["redress.css", "govuk-frontend.js", "start.js", "icon.svg"] {
        assets += wire(&world, &format!("{style}{name}")).await;
    }
    let steps =
        ["request-review", "message", "withdraw"].map(|step| format!("{}/{step}?key={}", track(&filed), filed.key));
    let mut paths: Vec<String> = COUNCILS.iter().map(|council| format!("/{council}")).collect();
    paths.extend(
        ["", "/westminster?lang=cy", "/westminster/track", "/westminster/track/lost"]
            .map(|p| format!("/{}", p.trim_start_matches('/'))),
    );
    paths.extend(["/westminster/accessibility", "/westminster/privacy"].map(str::to_owned));
    paths.extend(steps);
    paths.extend([page_of(&filed), format!("{}&new=1", page_of(&filed))]);
    for path in paths {
        let page = wire(&world, &path).await;
        assert!(page < 10_000 && page + assets < 40_000, "{path}: {page} bytes, and {assets} of assets");
        let text = world.nobody.get(&path).await.is(200).text;
        assert!(!text.contains(" style=") && !text.contains("<script>") && !text.contains("src=\"http"), "{path}");
    }
}

/// How many bytes of an answer come over the wire to a browser that reads gzip.
async fn wire(world: &World, path: &str) -> usize {
    let browser = hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build_http();
    let request = Request::get(format!("{}{path}", world.laptop.address())).header("accept-encoding", "gzip");
    let answer = browser.request(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.headers()["content-encoding"], "gzip", "{path}");
    answer.into_body().collect().await.unwrap().to_bytes().len()
}
