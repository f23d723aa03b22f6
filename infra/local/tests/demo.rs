//! The demo leaves every council with a case in every state, as seen through the doors.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use redress_domain::policy::{By, Policy};
use redress_local::dynamo::Place;
use redress_local::{Laptop, Options, demo};
use redress_platform::{Clock, Source};
use serde_json::{Value, json};

/// A state somebody may want to see, and whether a council can have it at all.
type State = (&'static str, fn(&Policy) -> bool, fn(&Value) -> bool);

const STATES: &[State] = &[
    ("new and untouched", always, |case| {
        case["status"] == "new" && !has(case, "assigned") && case["kind"] == "complaint"
    }),
    ("acknowledged by a person, in time", always, |case| {
        case["status"] == "open"
            && deadline(case, "stage-1.acknowledge")["state"] == "met"
            && case["history"]
                .as_array()
                .unwrap()
                .iter()
                .any(|line| line["what"] == "acknowledged" && line["by"] != "system")
            && case["owner"]["name"].is_string()
    }),
    ("warned", always, |case| case["status"] == "open" && deadline(case, "stage-1.respond")["state"] == "warned"),
    ("extended, with a reason", always, |case| {
        let extended = event(case, "extended");
        extended["reason"].as_str().is_some_and(|reason| reason.len() > 100)
            && deadline(case, "stage-1.respond")["state"] == "open"
    }),
    ("overdue and escalated", always, |case| {
        case["status"] == "open" && deadline(case, "stage-1.respond")["state"] == "missed" && has(case, "escalated")
    }),
    ("an update sent", always, |case| event(case, "updated")["text"].is_string() && has(case, "messaged")),
    ("answered, the window open", always, |case| {
        case["status"] == "answered" && case["stage"] == 1 && window(case) == "open" && !owed(case)
    }),
    ("upheld, an action to do", always, |case| first(case)["outcome"] == "upheld" && owed(case)),
    ("upheld, the actions done", always, |case| {
        first(case)["outcome"] == "upheld" && has(case, "action-completed") && !owed(case)
    }),
    ("stage 2 asked for, nobody's yet", always, |case| {
        case["stage"] == 2 && case["owner"].is_null() && event(case, "review-requested").is_object()
    }),
    ("stage 2 in hand", always, |case| {
        case["stage"] == 2 && case["status"] == "open" && case["owner"]["role"] == "investigator"
    }),
    ("an answer that waits for its signature", signs, |case| {
        case["status"] == "open" && line(case, "proposed")["event"].is_object()
    }),
    ("a final answer, not upheld, closed", always, |case| {
        let last = case["responses"].as_array().unwrap().iter().find(|response| response["stage"] == 2);
        case["closed_as"] == "answered" && last.is_some_and(|last| last["outcome"] == "not-upheld")
    }),
    ("the window ended, closed", always, |case| {
        case["closed_as"] == "answered" && case["stage"] == 1 && has(case, "window-ended")
    }),
    ("withdrawn by the resident", always, |case| {
        case["closed_as"] == "withdrawn" && line(case, "withdrawn")["by"] == "resident"
    }),
    ("a compliment passed on", always, |case| case["kind"] == "compliment" && case["closed_as"] == "passed-on"),
    ("a comment passed on", always, |case| case["kind"] == "comment" && case["closed_as"] == "passed-on"),
    ("by post, with a letter to print", always, |case| {
        case["channel"] == "post" && case["contact"]["email"].is_null() && task(case, "Print and post")
    }),
    ("by phone, received before it was logged", always, |case| {
        case["channel"] == "phone" && case["received_on"].as_str() < case["logged_at"].as_str().map(|at| &at[..10])
    }),
    (
        "historic",
        |policy| policy.time_limit.is_some(),
        |case| case["flags"].as_array().unwrap().contains(&json!("historic")),
    ),
    (
        "without a name",
        |policy| policy.channels.anonymous,
        |case| case["anonymous"] == true && case["contact"] == json!({}),
    ),
    (
        "as landlord",
        |policy| policy.ombudsman.landlord.is_some(),
        |case| {
            case["tenant"] == true
                && case["ombudsman"]["id"] == "housing"
                && deadline(case, "stage-1.acknowledge")["state"] == "met"
        },
    ),
    ("two points, two findings", always, |case| {
        let outcomes: BTreeSet<&str> = findings(case).map(|finding| finding["outcome"].as_str().unwrap()).collect();
        case["points"].as_array().unwrap().len() == 2 && outcomes.len() == 2
    }),
    ("an acknowledgement that bounced", always, |case| {
        task(case, "did not arrive") && deadline(case, "stage-1.acknowledge")["met_on"].is_null()
    }),
    ("acknowledged by the system at once", by_system, |case| line(case, "acknowledged")["by"] == "system"),
    ("on behalf of somebody", always, |case| {
        case["contact"]["on_behalf_of"].is_object() || case["contact"]["adjustments"].is_string()
    }),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_council_has_a_case_in_every_state() {
    let now = redress_domain::calendar::parse_moment("2026-06-01T09:00").unwrap();
    let laptop = start(now).await;
    let started = std::time::Instant::now();
    let mut steps = (0, 0);
    demo::fill(&laptop, Some(now), |done, all| steps = (done, all)).await.unwrap();
    println!("{} steps in {:?}", steps.1, started.elapsed());
    assert_eq!(steps.0, steps.1);
    assert_eq!(laptop.clock.now(), now);

    let mut missing = Vec::new();
    for (council, references) in references(&laptop) {
        let policy = laptop.office.settings.library.present(&council).unwrap().policy;
        let token = token(&laptop, &council, "complaints-manager", None);
        let cases: Vec<Value> = references
            .iter()
            .map(|reference| get(&laptop, &format!("/api/{council}/cases/{reference}"), &token))
            .collect();
        assert!((18..=25).contains(&cases.len()), "{council} has {} cases", cases.len());
        for (state, can, is) in STATES.iter().filter(|(_, can, _)| can(&policy)) {
            let _ = can;
            if !cases.iter().any(is) {
                missing.push(format!("{council}: {state}"));
            }
        }
        for case in &cases {
            let words = case.to_string();
            assert!(!words.contains('{') || !words.contains("{-") && !words.contains("{+"), "{words}");
        }
    }
    assert!(missing.is_empty(), "nobody is in these states:\n{}", missing.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_in_by_a_name_of_the_demo_finds_their_own_cases() {
    let now = redress_domain::calendar::parse_moment("2026-12-28T23:30").unwrap();
    let laptop = start(now).await;
    demo::fill(&laptop, Some(now), |_, _| {}).await.unwrap();
    for council in laptop.office.settings.library.councils() {
        let token = token(&laptop, council, "manager", Some("Alex Morgan"));
        let mine = get(&laptop, &format!("/api/{council}/cases?owner=me"), &token);
        assert!(mine["cases"].as_array().unwrap().len() >= 3, "{council}: {mine}");
    }
    let soon = laptop.office.store.next_due().await.unwrap().unwrap();
    assert!(soon > now, "everything due has been settled");
}

async fn start(now: chrono::DateTime<chrono::Utc>) -> Arc<Laptop> {
    let options = Options { port: 0, place: Place::Memory, clock: Clock::given(now), policies: Source::Packed };
    Laptop::start(options).await.unwrap()
}

/// Every reference the bus heard of, by council.
fn references(laptop: &Laptop) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for event in get(laptop, "/dev/events", "").as_array().unwrap() {
        let detail = &event["detail"];
        let council = detail["council"].as_str().unwrap().to_owned();
        found.entry(council).or_default().insert(detail["reference"].as_str().unwrap().to_owned());
    }
    found
}

fn token(laptop: &Laptop, council: &str, role: &str, name: Option<&str>) -> String {
    let body = json!({"council": council, "role": role, "name": name}).to_string();
    let made = http(
        laptop,
        &format!("POST /dev/token HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: {}", body.len()),
        &body,
    );
    made["token"].as_str().unwrap().to_owned()
}

fn get(laptop: &Laptop, path: &str, token: &str) -> Value {
    http(laptop, &format!("GET {path} HTTP/1.1\r\nauthorization: Bearer {token}"), "")
}

fn http(laptop: &Laptop, head: &str, body: &str) -> Value {
    let address = laptop.address().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "{head}\r\nhost: {address}\r\nconnection: close\r\n\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
    serde_json::from_str(body).unwrap()
}

fn always(_: &Policy) -> bool {
    true
}

fn by_system(policy: &Policy) -> bool {
    policy.stage(1).is_some_and(|stage| stage.acknowledge.by == By::System)
}

fn signs(policy: &Policy) -> bool {
    policy.stage(2).is_some_and(|stage| stage.sign_off.is_some())
}

fn line<'a>(case: &'a Value, what: &str) -> &'a Value {
    let lines = case["history"].as_array().unwrap();
    lines.iter().rev().find(|line| line["what"] == what).unwrap_or(&Value::Null)
}

fn event<'a>(case: &'a Value, what: &str) -> &'a Value {
    &line(case, what)["event"]
}

fn has(case: &Value, what: &str) -> bool {
    !line(case, what).is_null()
}

fn deadline<'a>(case: &'a Value, rule: &str) -> &'a Value {
    let deadlines = case["deadlines"].as_array().unwrap();
    deadlines.iter().find(|deadline| deadline["rule"] == rule).unwrap_or(&Value::Null)
}

/// How the window to ask for a review stands; a council may have none, and only file.
fn window(case: &Value) -> &str {
    let named = deadline(case, "stage-2.request")["state"].as_str();
    named.or(deadline(case, "stage-1.file")["state"].as_str()).unwrap_or_default()
}

fn first(case: &Value) -> &Value {
    &case["responses"][0]
}

fn findings(case: &Value) -> impl Iterator<Item = &Value> {
    case["responses"].as_array().unwrap().iter().flat_map(|response| response["findings"].as_array().unwrap())
}

fn owed(case: &Value) -> bool {
    let actions = case["actions"].as_array().unwrap();
    actions.iter().any(|action| action["by"].is_string() && action["done_on"].is_null())
}

fn task(case: &Value, what: &str) -> bool {
    case["tasks"].as_array().unwrap().iter().any(|task| task["what"].as_str().unwrap().contains(what))
}
