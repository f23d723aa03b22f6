//! The same history under another policy, from a file and from a data folder.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use redress_domain::calendar::start_of_day;
use redress_domain::case::{Actor, Entry, Event, FOLD_VERSION, OutcomeId, Reference, ReplyBy};
use redress_domain::feedback::Feedback;
use redress_domain::input::Fields;
use redress_domain::roles::Role;
use redress_platform::{Library, Source};
use serde_json::{Value, json};

const COUNCIL: &str = "south-staffordshire";

fn redress(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_redress")).args(arguments).output().unwrap()
}

fn policies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies")
}

/// A complaint of 20 March, answered on 31 March: inside ten working days, and outside five.
fn history(n: u64) -> Vec<Entry> {
    let rules = Library::load(&Source::Packed).unwrap().present(COUNCIL).unwrap();
    let now = "2026-03-20T10:00:00Z".parse().unwrap();
    let mut fields = Fields::of(json!({"kind": "complaint", "about": "x", "name": "N", "email": "n@example.com"}));
    let feedback = Feedback::read(&mut fields, &rules.policy, &Actor::Resident, now).unwrap();
    let reference = (n..n + 40).find_map(|n| Reference::from_random("SSC", n)).unwrap();
    let received = feedback.receive(&rules, reference, now).unwrap().event;
    let answered = Event::Responded {
        outcome: OutcomeId::NotUpheld,
        findings: Vec::new(),
        actions: Vec::new(),
        text: None,
        by: ReplyBy::Email,
        answered_by: None,
        last: false,
    };
    let entry = |n, at, by, event| Entry {
        n,
        at,
        by,
        fold: FOLD_VERSION,
        event,
        texts: 0,
        letters: Vec::new(),
        digests: Vec::new(),
        prev: String::new(),
    };
    let later = start_of_day("2026-03-31".parse().unwrap());
    vec![entry(1, now, Actor::Resident, received), entry(2, later, Actor::staff("m", Role::Manager), answered)]
}

/// The policy with half the time to answer.
fn stricter(folder: &Path) -> String {
    let text = std::fs::read_to_string(policies().join(COUNCIL).join("v1.toml")).unwrap();
    let (before, after) = text.split_once("[stages.respond]\nwithin = \"10 working days\"").unwrap();
    let file = folder.join("stricter.toml");
    std::fs::write(&file, format!("{before}[stages.respond]\nwithin = \"5 working days\"{after}")).unwrap();
    file.display().to_string()
}

#[test]
fn a_shorter_time_turns_answers_that_were_in_time_into_late_ones() {
    let folder = tempfile::tempdir().unwrap();
    let cases = folder.path().join("cases.jsonl");
    let lines: Vec<String> = (0..600).map(|n| serde_json::to_string(&history(n * 50)).unwrap()).collect();
    std::fs::write(&cases, lines.join("\n")).unwrap();
    let (policy, cases) = (stricter(folder.path()), cases.display().to_string());
    let found = redress(&["replay", "--policy", &policy, "--cases", &cases, "--on", "2026-04-01", "--json"]);
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    let answers = &found["rules"]["stage-1.respond"];
    assert_eq!(found["cases"], 600);
    assert_eq!((&answers["before"]["in_time"], &answers["after"]["late"]), (&json!(600), &json!(600)));
    assert_eq!((&answers["earlier"], &answers["later"]), (&json!(600), &json!(0)));
    let told = redress(&["replay", "--policy", &policy, "--cases", &cases, "--list"]);
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("due 7 April 2026, in time; under this policy due 27 March 2026, late"), "{told}");
}

#[test]
fn a_line_that_is_no_history_is_named_and_the_rest_is_replayed() {
    let folder = tempfile::tempdir().unwrap();
    let cases = folder.path().join("cases.jsonl");
    std::fs::write(&cases, format!("{}\nnot json\n", serde_json::to_string(&history(7)).unwrap())).unwrap();
    let (policy, cases) = (stricter(folder.path()), cases.display().to_string());
    let found = redress(&["replay", "--policy", &policy, "--cases", &cases]);
    let told = String::from_utf8(found.stdout).unwrap();
    assert!(!found.status.success() && told.starts_with("1 cases") && told.contains("not replayed"), "{told}");
    let none = redress(&["replay", "--policy", &policy, "--cases", &cases, "--council", "westminster"]);
    assert!(!none.status.success());
}
