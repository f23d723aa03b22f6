//! The Lambda binaries, run as binaries: started by a Runtime API, with the environment that AWS gives them and
//! nothing else, fed with events shaped as AWS shapes them. `REDRESS_ENGINE` has them talk to another engine.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

mod built;
mod cloud;
mod engine;
mod event;
mod files;
mod heads;
mod malformed;
mod metrics;
mod other;
mod ours;
mod streams;
mod units;

use chrono::{SecondsFormat, TimeDelta};
use redress_platform::Clock;
use serde_json::{Value, json};

use cloud::Cloud;
use event::{Request, bounced, delivered, scheduled};

/// The outbox item of the acknowledgement, which is the second thing that happens to a case there.
const ACKNOWLEDGEMENT: &str = "000002-1";

fn letter<'a>(case: &'a Value, kind: &str) -> &'a Value {
    let letters = case["letters"].as_array().into_iter().flatten();
    letters.into_iter().find(|letter| letter["kind"] == kind).unwrap_or(&Value::Null)
}

fn deadline<'a>(case: &'a Value, rule: &str) -> &'a Value {
    let deadlines = case["deadlines"].as_array().into_iter().flatten();
    deadlines.into_iter().find(|deadline| deadline["rule"] == rule).unwrap_or(&Value::Null)
}

/// What happened to a case, in order.
fn history(case: &Value) -> Vec<&str> {
    case["history"].as_array().into_iter().flatten().filter_map(|entry| entry["what"].as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_goes_from_an_api_gateway_event_to_an_accepted_letter() {
    let cloud = Cloud::start().await;
    let receipt = cloud.filed().await;
    let reference = receipt["reference"].as_str().unwrap();
    assert!(receipt["track_url"].as_str().unwrap().starts_with("https://complaints.example/westminster/track/"));

    // The streams carry it on: first answer, outbox, letter, bus.
    cloud.everything_happens().await;
    let mails = cloud.mails(reference).await;
    assert_eq!(mails.iter().filter(|mail| mail.to == "nadia@example.com").count(), 1, "{mails:?}");
    assert!(!mails[0].subject.contains("Nadia"), "{}", mails[0].subject);
    assert_eq!(cloud.engine.told().await, 2, "received, acknowledged");

    // Staff move it, by role.
    let command = |name: &str, body: Value| Request::json(&format!("/api/westminster/cases/{reference}/{name}"), &body);
    cloud.ask("transitions", command("accept", json!({}))).await.is(401);
    let officer = cloud.token("officer", "Olu Balogun");
    let points = json!({"points": [{"text": "Missed bins"}]});
    let case = cloud.ask("transitions", command("accept", points).bearer(&officer)).await.is(200).read();
    assert_eq!((&case["status"], &case["version"]), (&json!("open"), &json!(3)));
    let stale = command("note", json!({"text": "Rang the depot."})).header("if-match", "\"2\"");
    cloud.ask("transitions", stale.bearer(&officer)).await.is(412);
    let manager = cloud.token("manager", "Maya Patel");
    let answer = json!({
        "outcome": "upheld",
        "findings": [{"point": 1, "outcome": "upheld", "reason": "The crew's log shows three missed Mondays."}],
        "remedies": [{"kind": "apology", "what": "We apologise for three missed collections."}],
        "text": "I am sorry that we missed your bin.",
    });
    cloud.ask("transitions", command("respond", answer).bearer(&manager)).await.is(200);
    cloud.everything_happens().await;

    // SES tells what became of a letter, and staff read it.
    cloud.invoke("notices", delivered(reference, ACKNOWLEDGEMENT)).await;
    let case = cloud.case(reference).await;
    assert_eq!(case["status"], "answered");
    let first = letter(&case, "acknowledgement");
    assert!(first["accepted_at"].is_string() && first["delivered_at"].is_string(), "{first}");
    let answer = letter(&case, "response");
    assert!(answer["accepted_at"].is_string() && answer["delivered_at"].is_null(), "{answer}");

    // The resident follows it with the key.
    let track = Request::get(&format!("/api/westminster/track/{reference}"));
    let key = receipt["key"].as_str().unwrap();
    let seen = cloud.ask("intake", track.clone().header("x-case-key", key)).await.is(200).read();
    assert!(seen["allowed"].as_array().unwrap().contains(&json!("request-review")), "{seen}");
    cloud.ask("intake", track).await.is(403);

    // The schedule finds nothing due, and says so.
    let swept = cloud.invoke("deadlines", scheduled()).await;
    assert_eq!((&swept["settled"], &swept["failed"]), (&json!(0), &json!(0)), "{swept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_behind_the_gateway_keeps_its_cookie_from_page_to_page() {
    let cloud = Cloud::start().await;
    let page = cloud.ask("intake", Request::get("/westminster/feedback")).await.is(200);
    assert!(page.text().contains("Start now"), "{}", page.text());
    let begun = cloud.ask("intake", Request::form("/westminster/feedback/start", "")).await.is(303);
    let draft: Vec<String> = begun.cookies.into_iter().filter(|cookie| cookie.starts_with("__Host-")).collect();
    assert_eq!(draft.len(), 1, "{draft:?}");
    // Beside a cookie that is none of ours.
    let cookies = [vec!["analytics=1".to_owned()], draft].concat();
    let kind = "/westminster/feedback/kind";
    let next = cloud.ask("intake", Request::form(kind, "kind=complaint").cookies(&cookies)).await.is(303);
    assert_eq!(next.headers["location"], "/westminster/feedback/whose");
    let shown = cloud.ask("intake", Request::get("/westminster/feedback/check").cookies(&cookies)).await.is(200);
    assert!(shown.text().contains("Complaint"), "{}", shown.text());
    // Without the cookie it is nobody's draft.
    let shown = cloud.ask("intake", Request::get("/westminster/feedback/check")).await;
    assert!(!shown.text().contains("Check your answers"), "{}", shown.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_a_browser_takes_packed_goes_through_the_gateway_as_base_64() {
    let cloud = Cloud::start().await;
    let packed = Request::get("/westminster").header("accept-encoding", "gzip, br");
    let page = cloud.ask("intake", packed).await.is(200);
    assert_eq!((&page.headers["content-encoding"], &page.body[..2]), (&json!("gzip"), &[0x1f, 0x8b][..]));
    let page = cloud.ask("intake", Request::get("/westminster")).await.is(200);
    assert!(page.headers["content-encoding"].is_null() && page.text().contains("Westminster City Council"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_council_without_a_part_in_the_deployment_is_not_served() {
    let cloud = Cloud::start().await;
    let home = cloud.ask("intake", Request::get("/")).await.is(200).text();
    assert!(home.contains("Westminster") && !home.contains("South Staffordshire"), "{home}");
    for page in ["/south-staffordshire", "/south-staffordshire/feedback", "/south-staffordshire/track"] {
        cloud.ask("intake", Request::get(page)).await.is(404);
    }
    let sent = Request::json("/api/south-staffordshire/feedback", &redress_e2e::complaint());
    cloud.ask("intake", sent).await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schedule_finds_what_came_long_ago_and_was_never_answered() {
    let cloud = Cloud::start().await;
    let mut feedback = redress_e2e::complaint();
    let long_ago = (Clock::real().now() - TimeDelta::days(60)).to_rfc3339_opts(SecondsFormat::Secs, true);
    feedback["channel"] = json!("post");
    feedback["received_at"] = json!(long_ago);
    let officer = cloud.token("officer", "Olu Balogun");
    let logged = Request::json("/api/westminster/feedback", &feedback).bearer(&officer);
    let receipt = cloud.ask("intake", logged).await.is(201).read();
    let reference = receipt["reference"].as_str().unwrap();
    cloud.everything_happens().await;
    let before = cloud.case(reference).await;
    assert!(!history(&before).contains(&"missed"), "nobody has recorded it yet: {}", before["history"]);

    let swept = cloud.invoke("deadlines", scheduled()).await;
    assert_eq!((&swept["cases"], &swept["failed"]), (&json!(1), &json!(0)), "{swept}");
    assert!(swept["settled"].as_u64().unwrap() >= 1, "{swept}");
    cloud.everything_happens().await;
    let case = cloud.case(reference).await;
    assert_eq!(deadline(&case, "stage-1.respond")["state"], "missed");
    assert!(history(&case).contains(&"missed"), "{}", case["history"]);
    assert_eq!(case["status"], before["status"], "nothing is closed because of a date");

    // Again, and there is nothing left to do.
    let swept = cloud.invoke("deadlines", scheduled()).await;
    assert_eq!((&swept["settled"], &swept["failed"]), (&json!(0), &json!(0)), "{swept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_ses_says_came_back_makes_work_for_staff() {
    let cloud = Cloud::start().await;
    let receipt = cloud.filed().await;
    let reference = receipt["reference"].as_str().unwrap();
    cloud.everything_happens().await;

    // A full mailbox may be empty tomorrow.
    cloud.invoke("notices", bounced(reference, ACKNOWLEDGEMENT, "Transient")).await;
    let case = cloud.case(reference).await;
    assert!(letter(&case, "acknowledgement")["bounced_at"].is_null());

    for _ in 0..2 {
        cloud.invoke("notices", bounced(reference, ACKNOWLEDGEMENT, "Permanent")).await;
    }
    let case = cloud.case(reference).await;
    assert!(letter(&case, "acknowledgement")["bounced_at"].is_string(), "{}", case["letters"]);
    let tasks = case["tasks"].as_array().unwrap();
    assert_eq!(tasks.iter().filter(|task| task.to_string().contains("did not arrive")).count(), 1, "{tasks:?}");
    assert_eq!(deadline(&case, "stage-1.acknowledge")["state"], "open", "a letter that came back is none");
}
