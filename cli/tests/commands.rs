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
}

#[test]
fn a_date_past_the_calendars_end_says_that_it_may_move() {
    let far = ["calendar", "add", "--from", "2028-12-20", "--amount", "10 working days"];
    let json = says(&[&far[..], &["--json"]].concat());
    assert!(json.contains("\"provisional\":true"), "{json}");
    let explained = says(&[&far[..], &["--explain"]].concat());
    assert!(explained.contains("bank holidays after 31 December 2028 are not announced yet"), "{explained}");
    let plain = redress(&far);
    assert_eq!(String::from_utf8_lossy(&plain.stdout).lines().count(), 1);
    assert!(String::from_utf8_lossy(&plain.stderr).contains("may still move"));
}

#[test]
fn a_calendar_that_cannot_be_trusted_is_refused_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("days.json");
    for (events, why) in [
        ("", "an empty list is not “no holidays”"),
        (
            r#"{"title":"Christmas Day","date":"2026-12-25"},{"title":"May","date":"2026-05-04"}"#,
            "2026-12-25 stands before 2026-05-04",
        ),
        (
            r#"{"title":"May","date":"2026-05-04"},{"title":"Victory","date":"2026-05-04"}"#,
            "2026-05-04 twice, as “May” and as “Victory”",
        ),
    ] {
        std::fs::write(&file, format!(r#"{{"here":{{"division":"here","events":[{events}]}}}}"#)).unwrap();
        let path = file.to_str().unwrap();
        let counted =
            redress(&["calendar", "add", "--from", "2026-03-20", "--amount", "2 working days", "--calendar", path]);
        let said = String::from_utf8_lossy(&counted.stderr).into_owned();
        assert!(!counted.status.success() && counted.stdout.is_empty() && said.contains(why), "{said}");
    }
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
    assert!(answered.contains("stage-2.request") && answered.contains("2026-05-05"), "{answered}");
    let wrong = redress(&["deadlines", "--council", "atlantis", "--received", "2026-03-20"]);
    assert!(!wrong.status.success() && String::from_utf8_lossy(&wrong.stderr).contains("westminster"));
}

#[test]
fn a_deadline_is_explained_in_sentences() {
    let arguments = ["deadlines", "--council", "north-west-leicestershire", "--explain"];
    let open = says(&[&arguments[..], &["--received", "2026-03-20T16:30"]].concat());
    for said in [
        "Received on Friday 20 March 2026 at 16:30.",
        "Bank holidays: calendar england-and-wales, version 1, known up to 31 December 2028.",
        "Tuesday 7 April 2026: the last day to answer it.",
        "10 working days, counted from Friday 20 March 2026: the complaint was received.",
        "Day 1 is Monday 23 March 2026.",
        "Not counted: Saturdays and Sundays.",
        "Not counted: Friday 3 April 2026, Good Friday.",
        "The policy says so under “What will happen when I make a complaint?”.",
    ] {
        assert!(open.contains(said), "{said}\n{open}");
    }
    let answered = ["--received", "2026-03-20", "--acknowledged", "2026-03-24", "--responded", "2026-04-02"];
    let window = says(&[&arguments[..], &answered].concat());
    assert!(window.contains("1 calendar month, counted from Thursday 2 April 2026: the answer was sent."), "{window}");
    assert!(window.contains("This is a day off (Saturday). The policy does not move it to a working day."), "{window}");
    let wrong = redress(&[&arguments[..], &["--received", "2026-03-20", "--responded", "2026-03-19"]].concat());
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("it cannot be answered on 19 March 2026"));
}

/// A copy of the policies in which some council says more, before its first section `[ombudsman]` or in its head.
fn policies_that_say(council: &str, changes: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let packed = concat!(env!("CARGO_MANIFEST_DIR"), "/../policies/.");
    assert!(Command::new("cp").arg("-r").arg(packed).arg(folder.path()).status().unwrap().success());
    let file = folder.path().join(council).join("v1.toml");
    let mut text = std::fs::read_to_string(&file).unwrap();
    for (written, instead) in changes {
        assert!(text.contains(written), "{written}");
        text = text.replacen(written, instead, 1);
    }
    std::fs::write(&file, text).unwrap();
    folder
}

fn due(folder: &tempfile::TempDir, council: &str, received: &str) -> String {
    let folder = folder.path().to_str().unwrap();
    says(&["deadlines", "--council", council, "--received", received, "--explain", "--policies", folder])
}

#[test]
fn what_comes_after_the_cut_off_counts_from_the_next_day() {
    let folder = policies_that_say("westminster", &[("counting =", "cut_off = \"16:00\"\ncounting =")]);
    let early = due(&folder, "westminster", "2026-03-18T15:59");
    assert!(early.contains("stage-1.acknowledge    Fri 2026-03-20"), "{early}");
    let late = due(&folder, "westminster", "2026-03-18T16:00");
    assert!(late.contains("stage-1.acknowledge    Mon 2026-03-23"), "{late}");
    assert!(late.contains("What comes from 16:00 on counts from the next day: Thursday 19 March 2026."), "{late}");
    let without = says(&["deadlines", "--council", "westminster", "--received", "2026-03-18T23:59"]);
    assert!(without.contains("stage-1.acknowledge    Fri 2026-03-20"), "{without}");
}

#[test]
fn a_day_on_which_the_council_is_closed_moves_its_dates_and_is_named() {
    let closure = "[[closures]]\ndate = \"2026-12-29\"\ntitle = \"Christmas shutdown\"\n\n[ombudsman]";
    let folder = policies_that_say("westminster", &[("[ombudsman]", closure)]);
    let shut = due(&folder, "westminster", "2026-12-23");
    assert!(shut.contains("stage-1.acknowledge    Wed 2026-12-30"), "{shut}");
    assert!(shut.contains("Not counted: Tuesday 29 December 2026, Council closed (Christmas shutdown)."), "{shut}");
    let other = due(&folder, "north-west-leicestershire", "2026-12-23");
    assert!(other.contains("stage-1.acknowledge    Tue 2026-12-29") && !other.contains("closed"), "{other}");
}

#[test]
fn everything_wrong_with_a_policy_is_told_at_once() {
    let changes = [
        ("counting = \"next-working-day\"", "countnig = \"next-working-day\""),
        ("within = \"2 working days\"", "within = \"0 working days\""),
        ("stage = 1\n", "stage = 3\n"),
        ("[retention]", "[retenton]"),
        ("general = \"lgsco\"", "general = \"\""),
    ];
    let folder = policies_that_say("westminster", &changes);
    let file = folder.path().join("westminster/v1.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let checked = redress(&["policy", "check", file.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(!checked.status.success());
    for (line, why) in [
        ("countnig = \"next-working-day\"", "Did you mean `counting`?"),
        ("within = \"0 working days\"", "“0 working days” is no time to do anything in"),
        ("stage = 3", "stage 2 is to be answered by somebody else than stage 3, which is no earlier stage"),
        ("[retenton]", "Did you mean `retention`?"),
        ("general = \"\"", "no Ombudsman is named"),
    ] {
        let n = text.lines().position(|found| found == line).unwrap() + 1;
        let found = said.lines().any(|said| said.contains(&format!("v1.toml:{n}:")) && said.contains(why));
        assert!(found, "line {n}, {why}: {said}");
    }
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
