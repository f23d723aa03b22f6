//! `redress letters`, as somebody who writes templates types it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use redress_domain::case::name_of;
use redress_domain::letter::LetterKind;

const COUNCILS: [&str; 5] = [
    "lichfield-traded-services",
    "north-west-leicestershire",
    "south-staffordshire",
    "together-for-children",
    "westminster",
];

const POLICIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../policies");

fn redress(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_redress")).args(arguments).output().unwrap()
}

fn letters(council: &str, out: &Path, more: &[&str]) -> Output {
    let given = ["letters", "--council", council, "--out", out.to_str().unwrap()];
    redress(&[&given[..], more].concat())
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A copy of the policies, to spoil.
fn copied() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new("cp").arg("-r").arg(format!("{POLICIES}/.")).arg(folder.path()).status();
    assert!(done.unwrap().success());
    folder
}

#[test]
fn every_kind_of_every_council_is_written_and_every_link_leads_somewhere() {
    for council in COUNCILS {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("new/letters");
        let output = letters(council, &out, &[]);
        assert!(output.status.success(), "{council}: {}", said(&output));
        let index = fs::read_to_string(out.join("index.html")).unwrap();
        let links: Vec<&str> = index.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        for link in &links {
            assert!(out.join(link).is_file(), "{council}: {link}");
        }
        for kind in LetterKind::ALL.map(name_of) {
            for end in [".html", ".txt", "-print.html"] {
                let there = links.iter().any(|link| link.starts_with(&format!("{kind}-stage-")) && link.ends_with(end));
                assert!(there, "{council}: {kind}{end}");
            }
        }
        let files = fs::read_dir(&out).unwrap().count();
        assert_eq!(files, links.len() + 1, "{council}: a file that nothing links");
        let told = String::from_utf8(output.stdout).unwrap();
        let written = (links.len() - 1) / 3;
        assert!(told.starts_with(&format!("{written} letters of ")) && told.contains(out.to_str().unwrap()), "{told}");
    }
}

#[test]
fn all_letters_are_in_one_document_for_the_printer() {
    let folder = tempfile::tempdir().unwrap();
    assert!(letters("westminster", folder.path(), &[]).status.success());
    let all = fs::read_to_string(folder.path().join("all-print.html")).unwrap();
    let texts = fs::read_dir(folder.path()).unwrap();
    let texts = texts.filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|end| end == "txt"));
    assert_eq!(all.matches("<article>").count(), texts.count());
    assert!(!all.contains("<script") && !all.contains("src="));
}

#[test]
fn another_folder_of_policies_has_its_own_words() {
    let policies = copied();
    let own = "{% extends \"letters/closed.txt\" %}\n{% block opening %}\nWords of our own.\n{% endblock %}\n";
    fs::write(policies.path().join("westminster/letters/closed.txt"), own).unwrap();
    let out = tempfile::tempdir().unwrap();
    let output = letters("westminster", out.path(), &["--policies", policies.path().to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(fs::read_to_string(out.path().join("closed-stage-1.txt")).unwrap().contains("Words of our own."));
}

#[test]
fn an_unknown_council_is_answered_with_those_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = letters("atlantis", folder.path(), &[]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(COUNCILS.iter().all(|council| said(&wrong).contains(council)), "{}", said(&wrong));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    fs::write(&file, "").unwrap();
    let wrong = letters("westminster", &file, &[]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(said(&wrong).contains(file.to_str().unwrap()), "{}", said(&wrong));
}

#[test]
fn a_template_that_is_wrong_is_named_with_its_line() {
    let policies = copied();
    let own = "{% extends \"letters/closed.txt\" %}\n{% block opening %}\nDear {{ nmae }}\n{% endblock %}\n";
    fs::write(policies.path().join("westminster/letters/closed.txt"), own).unwrap();
    let folder = policies.path().to_str().unwrap();
    let out = tempfile::tempdir().unwrap();
    let wrong = letters("westminster", out.path(), &["--policies", folder]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(said(&wrong).contains("westminster/letters/closed.txt:3: "), "{}", said(&wrong));
    let file = format!("{folder}/westminster/v1.toml");
    let checked = redress(&["policy", "check", &file]);
    assert_eq!(checked.status.code(), Some(1));
    let text = String::from_utf8(checked.stdout).unwrap();
    assert!(text.contains(&format!("error: {folder}/westminster/letters/closed.txt:3: ")), "{text}");
    let checked = redress(&["policy", "check", "--json", &file]);
    let json: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!(json["errors"][0]["line"], 3, "{json}");
    assert_eq!(json["policies"][0]["council"], "westminster");
}

#[test]
fn the_check_of_policies_finds_nothing_wrong_with_the_letters_there_are() {
    for arguments in [
        vec!["policy", "check"],
        vec!["policy", "check", concat!(env!("CARGO_MANIFEST_DIR"), "/../policies/westminster/v1.toml")],
    ] {
        let checked = redress(&arguments);
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    }
}
