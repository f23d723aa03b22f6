//! A deployed service from outside: one complaint, marked as a test, from its first word to its withdrawal.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use std::time::Duration;

use redress_aws::Service;
use serde_json::{Value, json};

/// The streams answer within this, on a service nobody has used for a while.
const TRIES: u32 = 30;
const EVERY: Duration = Duration::from_secs(2);

#[tokio::test]
#[ignore = "needs a deployed service: tests/aws/run URL COUNCIL [TOKEN]"]
async fn it_is_well_and_says_so() {
    let service = Service::named();
    let health = service.get("/health", &[]).await.is(200);
    assert_eq!(health.json["status"], "ok", "{}", health.text);
    service.get("/api/openapi.json", &[]).await.is(200);
}

#[tokio::test]
#[ignore = "needs a deployed service: tests/aws/run URL COUNCIL [TOKEN]"]
async fn a_page_runs_no_script_of_anybody_elses_and_nothing_for_staff_is_open() {
    let service = Service::named();
    let council = &service.council;
    let page = service.get(&format!("/{council}"), &[]).await.is(200);
    assert!(page.header("content-type").starts_with("text/html"), "{:?}", page.headers);
    assert!(page.header("content-security-policy").contains("default-src"), "{:?}", page.headers);
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    service.get(&format!("/api/{council}/cases"), &[]).await.is(401);
    service.get(&format!("/api/{council}/cases"), &[("authorization", "Bearer none")]).await.is(401);
    let door = service.get(&format!("/staff/{council}"), &[]).await.is(303);
    assert!(door.header("location").contains("/staff/sign-in"), "{:?}", door.headers);
    let sign_in = service.get(&format!("/staff/sign-in?council={council}"), &[]).await.is(303);
    assert!(sign_in.header("location").contains("code_challenge="), "{:?}", sign_in.headers);
    // What is only for laptops is not there. On a laptop it is, and this says so.
    let desk = service.get("/dev/desk", &[]).await;
    println!(
        "the laptop's desk: {}",
        if desk.status == 404 { "not there" } else { "there: this is no deployed service" }
    );
}

#[tokio::test]
#[ignore = "needs a deployed service: tests/aws/run URL COUNCIL [TOKEN]"]
async fn a_complaint_is_taken_once_followed_answered_and_withdrawn() {
    let service = Service::named();
    let door = format!("/api/{}", service.council);
    let about = "TEST by the people who run this service. This is no complaint, and nothing has to be done.";
    let sent = json!({"kind": "complaint", "about": about, "name": "Test of the service", "email": service.email});
    let once = format!("smoke-{}", std::process::id());
    let key = [("idempotency-key", once.as_str())];
    let receipt = service.post(&format!("{door}/feedback"), &key, &sent).await.is(201).json;
    let again = service.post(&format!("{door}/feedback"), &key, &sent).await.is(201).json;
    assert_eq!(receipt, again, "the same request twice is one case");
    let reference = receipt["reference"].as_str().unwrap();
    println!("the test complaint is {reference}");

    let track = format!("{door}/track/{reference}");
    let mine = [("x-case-key", receipt["key"].as_str().unwrap())];
    service.get(&track, &[]).await.is(403);
    service.get(&track, &mine).await.is(200);
    let answered = until(|| async {
        let seen = service.get(&track, &mine).await.is(200).json;
        let letters = seen["letters"].as_array().map_or(0, Vec::len);
        (letters > 0).then_some(seen)
    });
    let answered = answered.await.expect("the streams wrote no letter in a minute");
    println!("letters: {}", answered["letters"].as_array().map_or(0, Vec::len));

    if let Some(token) = &service.token {
        let staff = format!("Bearer {token}");
        let bearer = [("authorization", staff.as_str())];
        let case = format!("{door}/cases/{reference}");
        let accepted = until(|| async {
            let seen = service.get(&case, &bearer).await.is(200).json;
            let letter = seen["letters"].as_array().and_then(|letters| letters.first()).cloned().unwrap_or_default();
            letter["accepted_at"].is_string().then_some(letter)
        });
        let letter: Value = accepted.await.expect("SES took no letter in a minute");
        println!("SES took the letter; delivered: {}", letter["delivered_at"]);
    } else {
        println!("not looked at as staff: no token was given");
    }

    let gone = service.post(&format!("{track}/withdraw"), &mine, &json!({"reason": "A test."})).await.is(200);
    assert_eq!(gone.json["status"], "closed", "{}", gone.text);
}

async fn until<T, F: Future<Output = Option<T>>>(look: impl Fn() -> F) -> Option<T> {
    for _ in 0..TRIES {
        if let Some(found) = look().await {
            return Some(found);
        }
        tokio::time::sleep(EVERY).await;
    }
    None
}
