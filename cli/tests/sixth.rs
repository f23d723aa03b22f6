//! A sixth council, in data alone: `tests/sixth` beside the shared files, tried with the real program.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use redress_e2e::{Answer, Client, complaint};
use serde_json::{Value, json};
use tempfile::TempDir;

/// What councils share.
const SHARED: [&str; 5] = ["calendars", "codes", "letters", "ombudsmen.toml", "roles.toml"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}

/// The sixth council's folder beside the shared files, as somebody who adds a council has it.
fn policies() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("tests/sixth/policies"), folder.path());
    for shared in SHARED {
        copy(&root().join("policies").join(shared), &folder.path().join(shared));
    }
    folder
}

fn redress(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_redress")).current_dir(root()).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Each deadline's rule and date of a complaint received then, and what else happened to it.
fn due(received: &str, and: &[&str]) -> Vec<(String, String)> {
    let folder = policies();
    let folder = folder.path().to_str().unwrap();
    let asked = ["deadlines", "--json", "--council", "borchester", "--policies", folder, "--received", received];
    let deadlines: Value = serde_json::from_str(&redress(&[&asked, and].concat())).unwrap();
    let text = |deadline: &Value, name: &str| deadline[name].as_str().unwrap().to_owned();
    let deadlines = deadlines.as_array().unwrap().iter();
    deadlines.map(|deadline| (text(deadline, "rule"), text(deadline, "due_on"))).collect()
}

fn is_due(deadlines: &[(String, String)], rule: &str, on: &str) {
    let found = deadlines.iter().find(|(name, _)| name.ends_with(rule));
    assert_eq!(found.map(|(_, due_on)| due_on.as_str()), Some(on), "{rule}: {deadlines:?}");
}

#[test]
fn its_policy_has_no_error_and_is_nowhere_weaker_than_the_code() {
    let checked = redress(&["policy", "check", "--today", "2026-12-01", "tests/sixth/policies/borchester/v1.toml"]);
    assert!(checked.contains("nothing wrong") && checked.contains("0 weaker than the Code, 0 not stated"), "{checked}");
    let compared = redress(&["policy", "compare", "westminster", "tests/sixth/policies/borchester/v1.toml"]);
    for said in [
        "10 working days of the acknowledgement",
        "has Felpersham City Council run stage 2, or for some services Borsetshire County Council",
        "counts what comes at 16:00 or later from the next day",
        "does not count 24 December 2026, 29 December 2026, 30 December 2026 and 31 December 2026, when it is closed",
        "decided by the head of the service and the complaints manager, with a review within 6 calendar months.",
        "Complaining changes nothing in how we serve you.",
    ] {
        assert!(compared.contains(said), "{said}\n{compared}");
    }
}

/// Worked out by hand. Received on Thursday 17 December 2026 before 4 pm: 18, 21 and 22 December are the
/// three working days. The answer is owed ten after that: 23 December is the first; the 24th is closed,
/// the 25th and 28th are bank holidays, the 29th to 31st closed, 1 January a bank holiday; 4 to 8 January
/// are the second to the sixth, 11 to 14 January the seventh to the tenth.
#[test]
fn its_days_are_counted_over_christmas_as_by_hand() {
    let deadlines = due("2026-12-17T15:59", &[]);
    is_due(&deadlines, "stage-1.acknowledge", "2026-12-22");
    is_due(&deadlines, "stage-1.respond", "2027-01-14");
}

/// At 4 pm it is Friday's: 21, 22 and 23 December, and ten more end on Friday 15 January.
#[test]
fn what_comes_at_four_counts_from_the_next_day() {
    let deadlines = due("2026-12-17T16:00", &[]);
    is_due(&deadlines, "stage-1.acknowledge", "2026-12-23");
    is_due(&deadlines, "stage-1.respond", "2027-01-15");
}

/// Acknowledged on Monday 21 December: 22 and 23 are the first two, 4 to 8 January five more, 11 to 13 the
/// last three. Answered on that day by e-mail: fifteen working days from the 14th end on 3 February.
#[test]
fn stage_one_runs_from_the_acknowledgement_and_the_window_from_the_answer() {
    let received = "2026-12-17T15:59";
    let acknowledged = ["--acknowledged", "2026-12-21"];
    is_due(&due(received, &acknowledged), "stage-1.respond", "2027-01-13");
    let answered = [acknowledged.as_slice(), &["--responded", "2027-01-13"]].concat();
    is_due(&due(received, &answered), ".request", "2027-02-03");
}

#[test]
fn each_date_says_which_days_were_not_counted_and_why() {
    let folder = policies();
    let explained = redress(&[
        "deadlines",
        "--explain",
        "--council",
        "borchester",
        "--policies",
        folder.path().to_str().unwrap(),
        "--received",
        "2026-12-17T15:59",
    ]);
    for said in [
        "10 working days, counted from Tuesday 22 December 2026",
        "Not counted: Thursday 24 December 2026, Council closed (Christmas closure).",
        "Not counted: Friday 25 December 2026, Christmas Day.",
        "Not counted: Thursday 31 December 2026, Council closed (Christmas closure).",
        "under “6. Stage one”",
    ] {
        assert!(explained.contains(said), "{said}\n{explained}");
    }
}

#[test]
fn all_of_its_letters_are_written() {
    let (folder, out) = (policies(), tempfile::tempdir().unwrap());
    let path = |folder: &TempDir| folder.path().to_str().unwrap().to_owned();
    redress(&["letters", "--council", "borchester", "--policies", &path(&folder), "--out", &path(&out)]);
    let mut written = String::new();
    let mut folders = vec![out.path().to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files += 1;
                written += &fs::read_to_string(path).unwrap();
            }
        }
    }
    assert!(files >= redress_domain::letter::LetterKind::ALL.len(), "{files} files");
    assert!(written.contains("Borchester Borough Council"));
    assert!(written.contains("Days on which our offices are closed"), "its own words of the acknowledgement");
}

/// A running service, ended when it is dropped.
struct Service(Child);

impl Service {
    fn start(policies: &Path, clock: &str) -> (Service, Client) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_redress"))
            .args(["serve", "--data", "memory", "--no-demo", "--port", "0", "--clock", clock, "--policies"])
            .arg(policies)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let client = Client::new(first.strip_prefix("listening on ").unwrap_or_else(|| panic!("{first}")));
        (Service(child), client)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

async fn staff(nobody: &Client, role: &str, name: &str) -> Client {
    let asked = json!({"council": "borchester", "role": role, "name": name});
    let token = nobody.post("/dev/token", asked).await.is(200).json["token"].as_str().unwrap().to_owned();
    nobody.with("authorization", &format!("Bearer {token}"))
}

/// The organisation that runs stage 2 of a case about this service, once it was asked for.
async fn reviewed_by(nobody: &Client, service: &str) -> String {
    let mut feedback = complaint();
    feedback["service"] = service.into();
    let filed = nobody.post("/api/borchester/feedback", feedback).await.is(201).json;
    assert_eq!(filed["acknowledge_by"], "2026-12-23", "promised at the door: {filed}");
    assert_eq!(filed["respond_by"], "2027-01-15", "promised at the door: {filed}");
    let case = format!("/api/borchester/cases/{}", filed["reference"].as_str().unwrap());
    let command = |name: &str| format!("{case}/{name}");
    let (officer, manager) = (staff(nobody, "officer", "Ola").await, staff(nobody, "manager", "Max").await);
    let points = json!({"points": [{"text": "No collection."}], "definition": "No collection."});
    officer.post(&command("accept"), points).await.is(200);
    officer.post(&command("acknowledge"), json!({"definition": "No collection."})).await.is(200);
    let longer = json!({"reason": "We wait for records.", "by": "6 working days"});
    let refused: Answer = manager.post(&command("extend"), longer).await;
    assert!([409, 422].contains(&refused.status.as_u16()), "five working days at most: {}", refused.text);
    manager.post(&command("extend"), json!({"reason": "We wait for records.", "by": "5 working days"})).await.is(200);
    let answer = json!({
        "outcome": "not-upheld",
        "findings": [{"point": 1, "outcome": "not-upheld", "reason": "It was collected."}],
        "text": "We looked at the records.",
    });
    manager.post(&command("respond"), answer).await.is(200);
    let key = filed["key"].as_str().unwrap();
    let track = format!("/api/borchester/track/{}/request-review", filed["reference"].as_str().unwrap());
    nobody.with("x-case-key", key).post(&track, json!({})).await.good();
    let history = staff(nobody, "complaints-manager", "Chris").await.get(&case).await.is(200).json;
    // Nine weeks from the day it came, whenever its clocks began.
    let mut deadlines = history["deadlines"].as_array().unwrap().iter();
    let long = deadlines.find(|deadline| deadline["rule"] == "complaint.twelve-weeks").unwrap();
    assert_eq!(long["due_on"], "2027-02-18", "the policy's own length of a long case: {long}");
    let named = |id: &&str| history.to_string().contains(id);
    let found: Vec<&str> =
        ["felpersham-city-council", "borsetshire-county-council"].into_iter().filter(named).collect();
    found.join(" and ")
}

#[tokio::test]
async fn it_takes_a_complaint_and_each_service_has_its_own_reviewer() {
    let folder = policies();
    let (_service, nobody) = Service::start(folder.path(), "2026-12-17T16:30");
    assert_eq!(reviewed_by(&nobody, "bins").await, "felpersham-city-council");
    assert_eq!(reviewed_by(&nobody, "planning").await, "borsetshire-county-council");
}
