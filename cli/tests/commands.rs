//! The command line, as somebody types it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

fn redress(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_redress")).args(arguments).output().unwrap()
}

fn says(arguments: &[&str]) -> String {
    let output = redress(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn calendar_add_counts_and_says_why() {
    assert_eq!(says(&["calendar", "add", "--from", "2026-03-20", "--amount", "10 working days"]), "2026-04-07\n");
    assert_eq!(
        says(&["calendar", "add", "--from", "2026-08-22", "--amount", "5 working days", "--counting", "rolled-start"]),
        "2026-09-01\n"
    );
    assert_eq!(says(&["calendar", "add", "--from", "2026-10-31", "--amount", "1 calendar month"]), "2026-11-30\n");
    assert_eq!(says(&["calendar", "add", "--from", "2026-04-07", "--amount", "-10 working days"]), "2026-03-20\n");
    assert_eq!(
        says(&["calendar", "add", "--from", "2026-05-01", "--amount", "2 days", "--roll", "forward"]),
        "2026-05-05\n"
    );
    let explained = says(&["calendar", "add", "--from", "2026-03-20", "--amount", "10 working days", "--explain"]);
    assert!(explained.contains("Good Friday") && explained.contains("Easter Monday"), "{explained}");
    let json = says(&["calendar", "add", "--from", "2028-12-20", "--amount", "10 working days", "--json"]);
    assert!(json.contains("\"provisional\":true"), "{json}");
}

#[test]
fn calendar_batch_answers_each_line_even_a_wrong_one() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_redress"))
        .args(["calendar", "batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = concat!(
        "{\"from\":\"2026-03-20\",\"amount\":\"20 working days\"}\n",
        "{\"from\":\"2026-03-20\",\"amount\":\"20 working days\",\"holidays\":[]}\n",
        "{\"from\":\"2026-08-22\",\"amount\":\"10 working days\",\"counting\":\"rolled-start\"}\n",
        "{\"from\":\"2026-02-30\",\"amount\":\"1 day\"}\n",
        "not json\n",
        "{\"from\":\"2026-03-20\",\"amount\":\"1 fortnight\"}\n",
    );
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<&str> = text.lines().collect();
    assert_eq!(&answers[..3], ["{\"date\":\"2026-04-21\"}", "{\"date\":\"2026-04-17\"}", "{\"date\":\"2026-09-08\"}"]);
    assert!(answers.len() == 6 && answers[3..].iter().all(|answer| answer.starts_with("{\"error\":")), "{text}");
}

#[test]
fn deadlines_are_those_of_the_service() {
    let text = says(&["deadlines", "--council", "together-for-children", "--received", "2026-03-20", "--explain"]);
    assert!(text.contains("stage-1.respond") && text.contains("2026-04-21") && text.contains("Good Friday"), "{text}");
    let json = says(&["deadlines", "--council", "south-staffordshire", "--received", "2026-08-22T21:05", "--json"]);
    assert!(json.contains("\"due_on\": \"2026-08-28\"") && json.contains("\"due_on\": \"2026-09-07\""), "{json}");
    let answered = says(&[
        "deadlines",
        "--council",
        "south-staffordshire",
        "--received",
        "2026-03-20",
        "--acknowledged",
        "2026-03-24",
        "--responded",
        "2026-04-02",
    ]);
    assert!(answered.contains("stage-1.request") && answered.contains("2026-05-05"), "{answered}");
    let wrong = redress(&["deadlines", "--council", "atlantis", "--received", "2026-03-20"]);
    assert!(!wrong.status.success() && String::from_utf8_lossy(&wrong.stderr).contains("westminster"));
}

#[test]
fn a_broken_policy_is_named_by_file_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let good =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../policies/westminster/v1.toml")).unwrap();
    let file = folder.path().join("v1.toml");
    let path = file.to_str().unwrap();
    std::fs::write(&file, &good).unwrap();
    assert!(redress(&["policy", "check", path]).status.success());
    for (written, meant, said) in [
        ("counting = \"next-working-day\"", "countnig = \"next-working-day\"", "Did you mean `counting`?"),
        ("within = \"2 working days\"", "within = \"2 wroking days\"", "is not a length of time"),
        ("reference_prefix = \"WCC\"", "reference_prefix = \"W1\"", "two to four capital letters"),
        ("[council]", "[council", "v1.toml:"),
    ] {
        assert!(good.contains(written), "{written}");
        std::fs::write(&file, good.replacen(written, meant, 1)).unwrap();
        let checked = redress(&["policy", "check", path]);
        let text = String::from_utf8(checked.stdout).unwrap();
        assert!(!checked.status.success(), "{meant}");
        assert!(text.contains(said) && text.contains("v1.toml:"), "{text}");
        let line = good.lines().position(|line| line.contains(written)).unwrap() + 1;
        assert!(text.contains(&format!("v1.toml:{line}:")), "line {line}: {text}");
    }
}

#[test]
fn a_service_with_a_broken_policy_does_not_start_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let copied = Command::new("cp")
        .arg("-r")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../policies/."))
        .arg(folder.path())
        .status();
    assert!(copied.unwrap().success());
    let file = folder.path().join("westminster/v1.toml");
    let text = std::fs::read_to_string(&file).unwrap().replacen("[retention]", "[retenton]", 1);
    std::fs::write(&file, text).unwrap();
    let started = redress(&[
        "serve",
        "--port",
        "0",
        "--data",
        "memory",
        "--no-demo",
        "--policies",
        folder.path().to_str().unwrap(),
    ]);
    let said = String::from_utf8_lossy(&started.stderr).into_owned();
    assert!(
        !started.status.success()
            && said.contains("westminster/v1.toml:")
            && said.contains("Did you mean `retention`?"),
        "{said}"
    );
}
