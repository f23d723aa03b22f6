//! `redress policy`, as a complaints manager types it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const COUNCILS: [&str; 5] = [
    "lichfield-traded-services",
    "north-west-leicestershire",
    "south-staffordshire",
    "together-for-children",
    "westminster",
];

/// Run from the root of the house, so that files have the names people give them.
fn redress(arguments: &[&str]) -> Output {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    Command::new(env!("CARGO_BIN_EXE_redress")).current_dir(root).arg("policy").args(arguments).output().unwrap()
}

fn says(arguments: &[&str]) -> String {
    let output = redress(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&says(arguments)).unwrap()
}

/// The LGSCO's paragraph of each rule with this verdict.
fn rules(council: &str, verdict: &str) -> Vec<String> {
    let file = format!("policies/{council}/v1.toml");
    let checked = json(&["check", "--json", "--today", "2026-06-01", &file]);
    let judged = checked["policies"][0]["judgements"].as_array().unwrap().iter();
    let found = judged.filter(|judged| judged["verdict"] == verdict);
    found.map(|judged| judged["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_table_of_every_council_is_the_one_that_was_read() {
    for council in COUNCILS {
        let file = format!("policies/{council}/v1.toml");
        insta::assert_snapshot!(council, says(&["check", "--today", "2026-06-01", &file]));
    }
}

#[test]
fn every_council_is_weak_where_its_policy_is() {
    assert_eq!(rules("lichfield-traded-services", "weaker"), ["1.8", "2.2", "3.7", "6.3"]);
    assert_eq!(rules("together-for-children", "weaker"), ["6.3", "6.10", "6.12"]);
    assert_eq!(rules("south-staffordshire", "weaker"), ["1.4", "2.1", "2.2", "2.5", "5.2", "5.7"]);
    assert_eq!(rules("westminster", "weaker"), ["1.5", "2.3", "2.5", "5.7", "5.14", "6.8-written", "6.10", "6.12"]);
    assert_eq!(
        rules("north-west-leicestershire", "weaker"),
        ["1.7", "3.2", "5.2", "ho-5.4", "5.14", "6.8-written", "6.12"]
    );
    let silent = rules("together-for-children", "not-stated");
    assert!(["6.2", "6.8", "6.11", "6.13"].iter().all(|rule| silent.iter().any(|found| found == rule)), "{silent:?}");
}

#[test]
fn without_a_file_all_that_are_packed_in_are_checked() {
    let checked = json(&["check", "--json"]);
    let councils: Vec<&str> =
        checked["policies"].as_array().unwrap().iter().map(|found| found["council"].as_str().unwrap()).collect();
    assert!(COUNCILS.iter().all(|council| councils.contains(council)), "{councils:?}");
    assert_eq!(checked["errors"], Value::Array(Vec::new()));
    let text = says(&["check"]);
    assert!(text.contains("westminster/v1.toml: ") && text.contains("What no machine can check"), "{text}");
}

#[test]
fn a_review_date_is_past_only_on_the_day_it_is_asked_for() {
    let file = "policies/north-west-leicestershire/v1.toml";
    let said = "it was to be looked at again by 1 September 2024";
    assert!(says(&["check", "--today", "2024-09-02", file]).contains(said));
    assert!(!says(&["check", "--today", "2024-09-01", file]).contains(said));
    assert!(says(&["check", file]).contains("eight weeks"));
}

#[test]
fn weaker_is_no_error_and_an_error_in_one_file_leaves_the_others_judged() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.toml");
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../policies/westminster/v1.toml")).unwrap();
    std::fs::write(&broken, text.replacen("[retention]", "[retenton]", 1)).unwrap();
    let (good, broken) = ("policies/south-staffordshire/v1.toml", broken.to_str().unwrap());
    assert!(redress(&["check", good]).status.success());
    let both = redress(&["check", "--json", broken, good]);
    assert_eq!(both.status.code(), Some(1));
    let checked: Value = serde_json::from_slice(&both.stdout).unwrap();
    let error = &checked["errors"][0];
    assert!(
        error["file"] == broken && error["line"].as_u64().unwrap() > 1 && error["column"].as_u64().is_some(),
        "{error}"
    );
    assert_eq!(checked["policies"][0]["council"], "south-staffordshire");
    let missing = redress(&["check", "nowhere.toml"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("nowhere.toml"));
}

#[test]
fn two_policies_differ_in_sentences() {
    let text = says(&["compare", "lichfield-traded-services", "policies/south-staffordshire/v1.toml"]);
    for said in [
        "Lichfield West Midlands Traded Services answers stage 1 within 20 working days of receipt; South Staffordshire Council answers stage 1 within 10 working days of receipt.",
        "Only South Staffordshire Council leaves out: a claim for loss, damage or injury.",
        "Only South Staffordshire Council names social media as a way in.",
        "South Staffordshire Council promises to confirm stage 1 at once.",
        "Lichfield West Midlands Traded Services has Lichfield District Council run stage 2; South Staffordshire Council runs stage 2 itself.",
        "takes an older one too, without promising a full answer to it; South Staffordshire Council takes a matter within 12 calendar months of the day it happened, and leaves an older one to an officer.",
        "Only South Staffordshire Council names this way of putting things right: saying that it went wrong.",
        "South Staffordshire Council asks on its form who you are, and leaves it to you to say.",
        "South Staffordshire Council promises a public report on complaints every year.",
    ] {
        assert!(text.lines().any(|line| line.ends_with(said)), "{said}\n{text}");
    }
    let compared = json(&["compare", "--json", "westminster", "north-west-leicestershire"]);
    let about: Vec<&str> =
        compared["differences"].as_array().unwrap().iter().map(|found| found["about"].as_str().unwrap()).collect();
    assert!(
        ["definition", "service-requests", "anonymous", "time-limit", "stage-1.request", "stage-1.talk-first"]
            .iter()
            .chain(&["stage-1.answer-by", "stage-2.update", "restrictions", "remedies", "no-detriment"])
            .all(|what| about.contains(what)),
        "{about:?}"
    );
    assert!(
        !about.contains(&"stage-1.respond") && !about.contains(&"ombudsman"),
        "both answer in 10 working days: {about:?}"
    );
}

#[test]
fn a_policy_does_not_differ_from_itself_and_versions_are_named_as_such() {
    assert_eq!(says(&["compare", "westminster", "westminster"]), "Nothing differs for a resident.\n");
    let folder = tempfile::tempdir().unwrap();
    let changed = |file: &str, written: &str, instead: &str| {
        let text =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../policies/westminster/v1.toml")).unwrap();
        assert!(text.contains(written));
        let path: &Path = &folder.path().join(file);
        std::fs::write(path, text.replacen("version = 1", "version = 2", 1).replacen(written, instead, 1)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let faster = changed("v2.toml", "within = \"2 working days\"", "within = \"1 working day\"");
    assert_eq!(
        says(&["compare", "westminster", &faster]),
        "Version 1 acknowledges stage 1 within 2 working days; Version 2 acknowledges stage 1 within 1 working day.\n"
    );
}

#[test]
fn what_a_policy_names_to_put_things_right_is_shown_and_the_rest_is_the_codes() {
    let text = says(&["check", "policies/together-for-children/v1.toml"]);
    let said = "of the Codes' eight (7.1), which can all be given: doing what should have been done\n";
    assert!(text.contains(said), "{text}");
    let checked = json(&["check", "--json", "policies/westminster/v1.toml"]);
    let named = checked["policies"][0]["remedies"].as_array().unwrap().iter();
    let named: Vec<&str> = named.map(|remedy| remedy["id"].as_str().unwrap()).collect();
    assert!(named.contains(&"payment") && !named.contains(&"record-amended"), "{named:?}");
}

#[test]
fn an_unknown_council_is_answered_with_those_there_are() {
    let wrong = redress(&["compare", "westminster", "atlantis"]);
    assert_eq!(wrong.status.code(), Some(1));
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(COUNCILS.iter().all(|council| said.contains(council)), "{said}");
}
