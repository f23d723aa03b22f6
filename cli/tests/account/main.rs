//! `redress` on a service in an account: here the account is a laptop's database and buckets, found by the variables
//! that the functions' clients follow too.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

mod service;
mod tampered;

use serde_json::{Value, json};

use crate::service::{Service, command, said};

#[tokio::test(flavor = "multi_thread")]
async fn a_day_proclaimed_at_a_service_in_an_account_moves_what_is_owed_there() {
    let service = Service::start().await;
    let before = service.answer_due().await;
    let days = before["explain"]["days"].as_array().unwrap();
    let counted = days.iter().filter(|day| day["counted"] == json!(true)).nth(2).unwrap();
    let holiday = counted["date"].as_str().unwrap().to_owned();
    let publish = |more: &[&str]| {
        let base = ["calendar", "publish", "--council", "westminster", "--add", holiday.as_str(), "--title", "Jubilee"];
        service.redress(&[&base[..], more].concat())
    };

    // First only what it would do.
    let preview = publish(&["--preview"]);
    assert!(preview.status.success(), "{}", said(&preview));
    assert!(said(&preview).contains(&format!("{}  stage-1.respond: ", service.reference)), "{}", said(&preview));
    assert!(said(&preview).contains("Nothing is written"), "{}", said(&preview));
    assert_eq!(service.answer_due().await["due_on"], before["due_on"]);

    let done = publish(&["--json"]);
    assert!(done.status.success(), "{}", said(&done));
    let line: Value = serde_json::from_slice(&done.stdout).unwrap();
    let after = service.answer_due().await;
    assert!(after["due_on"].as_str() > before["due_on"].as_str(), "{after}");
    assert_eq!(after["promised_on"], before["promised_on"], "what was promised stays");
    let moved = line["moved"].as_array().unwrap().iter().find(|moved| moved["rule"] == "stage-1.respond").unwrap();
    assert_eq!((&moved["from"], &moved["to"]), (&before["due_on"], &after["due_on"]));

    // The same again moves nothing, and at all councils only where it is new.
    let again = publish(&[]);
    assert!(said(&again).contains("westminster: 0 dates moved"), "{}", said(&again));
    let all = ["calendar", "publish", "--council", "all", "--remove", holiday.as_str()];
    let all = service.redress(&all);
    assert!(all.status.success() && said(&all).lines().any(|line| line.starts_with("westminster: ")), "{}", said(&all));
    assert_eq!(service.answer_due().await["due_on"], before["due_on"]);
    let verified = service.redress(&["verify", "--account"]);
    assert!(verified.status.success(), "{}", said(&verified));
    assert!(said(&verified).contains("1 cases, ") && said(&verified).contains(" 0 wrong"), "{}", said(&verified));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_day_or_an_account_is_said_before_anything_is_written() {
    let service = Service::start().await;
    let wrong = ["calendar", "publish", "--council", "westminster", "--add", "2026-06-13", "--add", "soon"];
    let wrong = service.redress(&wrong);
    assert!(!wrong.status.success());
    let words = said(&wrong);
    for named in ["add.0: ", "Saturday", "add.1: ", "title: "] {
        assert!(words.contains(named), "{named}: {words}");
    }
    let nowhere = ["calendar", "publish", "--council", "atlantis", "--remove", "2026-06-12"];
    let words = said(&service.redress(&nowhere));
    assert!(words.contains("atlantis") && words.contains("westminster"), "{words}");
    // Without an account there is nothing to work on, and it says where the variables come from.
    let nothing = command(service.folder.path()).args(["verify", "--account"]).output().unwrap();
    assert!(!nothing.status.success());
    assert!(said(&nothing).contains("infra/aws/environment"), "{}", said(&nothing));
}
