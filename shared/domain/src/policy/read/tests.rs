use super::*;

const PLAIN: &str = include_str!("plain.toml");

/// What is wrong with the plain policy, written otherwise here and there: each with the line it stands in.
fn errors(changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut text = PLAIN.to_owned();
    for (written, instead) in changes {
        assert!(text.contains(written), "{written}");
        text = text.replacen(written, instead, 1);
    }
    let line = |n: usize| text.lines().nth(n - 1).unwrap().to_owned();
    read("x/v1.toml", &text).unwrap_err().into_iter().map(|error| (line(error.line), error.message)).collect()
}

fn lines(found: &[(String, String)]) -> Vec<&str> {
    found.iter().map(|(line, _)| line.as_str()).collect()
}

#[test]
fn what_is_good_is_read() {
    assert!(read("x/v1.toml", PLAIN).is_ok());
}

#[test]
fn all_broken_toml_is_named_with_file_line_and_column() {
    let found = read("x/v1.toml", "[policy]\ncouncil = \nversion = 1\ntitle = \"\n").unwrap_err();
    let at: Vec<(&str, usize)> = found.iter().map(|error| (error.file.as_str(), error.line)).collect();
    assert_eq!(at, [("x/v1.toml", 2), ("x/v1.toml", 4)]);
}

#[test]
fn every_unknown_key_is_named_at_once_with_what_was_meant() {
    let found = errors(&[
        ("council = \"ambridge\"", "counsil = \"ambridge\""),
        ("[[teams]]", "[[team]]"),
        ("runs_from = \"acknowledged\"", "runs_form = \"acknowledged\""),
        ("notice = true", "notice = true\nzebra = 1"),
    ]);
    assert_eq!(lines(&found), ["counsil = \"ambridge\"", "[[team]]", "runs_form = \"acknowledged\"", "zebra = 1"]);
    for ((_, message), meant) in found.iter().zip(["council", "teams", "runs_from"]) {
        assert!(message.ends_with(&format!("Did you mean `{meant}`?")), "{message}");
    }
    assert_eq!(found[3].1, "unknown field `zebra`, expected `notice` or `cites`");
}

#[test]
fn an_unknown_key_hides_nothing_that_cannot_be_meant() {
    let found = errors(&[
        ("council = \"ambridge\"", "counsil = \"ambridge\""),
        ("n = 2\nname", "n = 3\nname"),
        ("general = \"lgsco\"", "general = \"\""),
        ("within = \"5 working days\"", "within = \"five days\""),
        ("handler = [\"manager\"]", "handler = [\"manger\"]"),
        ("retention]\ncomplaint = \"6 years\"\n", "retention]\n"),
    ]);
    let said: Vec<&str> = found.iter().map(|(_, message)| message.split([':', '.']).next().unwrap()).collect();
    assert_eq!(
        said,
        [
            "unknown field `counsil`, expected one of `council`, `version`, `title`, `from`, `review_by`, `calendar`, `counting`, `roll`, `cut_off`, `reference_prefix`",
            "stages are numbered 1, 3",
            "unknown variant `manger`, expected one of `officer`, `manager`, `investigator`, `complaints-manager`, `signatory`, `auditor`, `analyst`",
            "“five days” is not a length of time",
            "no Ombudsman is named",
            "missing field `complaint`",
        ]
    );
}

#[test]
fn a_section_that_is_missing_is_one_error() {
    let found = errors(&[("[stages.late]\nnotice = true\ncites = \"4 Stage 1, late\"\n", "")]);
    assert_eq!(found, [("[[stages]]".to_owned(), "missing field `late`".to_owned())]);
}

#[test]
fn a_window_that_runs_from_what_there_is_not_says_what_there_is() {
    let found = errors(&[("file_after = \"3", "runs_from = \"stage-3-sent\"\nfile_after = \"3")]);
    assert_eq!(lines(&found), ["runs_from = \"stage-3-sent\""]);
    assert!(found[0].1.contains("`latest-sent`, `initial-sent`, `latest-received`"), "{}", found[0].1);
}

#[test]
fn an_hour_and_a_date_that_are_none_say_how_to_write_one() {
    let cut_off = |written: &str| {
        let found = errors(&[("counting =", &format!("cut_off = {written}\ncounting ="))]);
        (found.len(), found[0].1.clone())
    };
    for written in ["\"4pm\"", "\"25:00\"", "16:00:00", "\"\""] {
        let said = format!("“{}” is not an hour of the day: write it like \"16:00\"", written.trim_matches('"'));
        assert_eq!(cut_off(written), (1, said), "{written}");
    }
    assert_eq!(cut_off("16").0, 1);
    let found = errors(&[("from = \"2025-04-01\"", "from = \"2025-02-30\"")]);
    assert_eq!(found[0].1, "“2025-02-30” is not a real date: write it like \"2026-03-20\"");
}

#[test]
fn nothing_at_all_is_not_a_policy() {
    let found = read("x/v1.toml", "").unwrap_err();
    assert!(found.iter().any(|error| error.message == "missing field `policy`"), "{found:?}");
    assert!(found.iter().all(|error| error.line == 1));
}

#[test]
fn an_error_about_a_path_stands_at_its_line() {
    let error = PolicyError::about("x/v1.toml", PLAIN, "ombudsman.landlord", "x".to_owned());
    assert_eq!(PLAIN.lines().nth(error.line - 1), Some("landlord = \"housing\""));
    assert_eq!(PolicyError::about("x/v1.toml", "", "ombudsman.landlord", "x".to_owned()).line, 1);
}

#[test]
fn whatever_line_is_lost_or_spoiled_is_named_and_little_else_is() {
    let lines: Vec<&str> = PLAIN.lines().collect();
    for (n, line) in lines.iter().enumerate().filter(|(_, line)| line.contains(" = ")) {
        let with = |instead: &str| {
            let mut lines = lines.clone();
            lines[n] = instead;
            read("x/v1.toml", &lines.join("\n")).err().unwrap_or_default()
        };
        let (key, value) = line.split_once(" = ").unwrap();
        let misspelt = with(&format!("{key}z = {value}"));
        assert!(misspelt.len() == 1 && misspelt[0].line == n + 1, "{line}: {misspelt:?}");
        let spoiled = with(&format!("{key} = 1979-05-27T07:32:00Z"));
        assert!(spoiled.first().is_some_and(|error| spoiled.len() < 3 && error.line == n + 1), "{line}: {spoiled:?}");
        let lost = with("");
        assert!(lost.len() < 3 && lost.iter().all(|error| !error.message.is_empty()), "{line}: {lost:?}");
    }
}
