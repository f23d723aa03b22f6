#![allow(clippy::unwrap_used, reason = "a test that cannot go on says why")]

use redress_domain::case::{Event, FOLD_VERSION};
use redress_domain::roles::Role;

use super::*;

fn at(minute: u32) -> DateTime<Utc> {
    format!("2026-03-20T10:{minute:02}:00Z").parse().unwrap()
}

fn row(minute: u32, actor: &str, what: &str, entry: Option<u32>) -> AuditRow {
    AuditRow { entry, ..AuditRow::new(at(minute), actor, "officer".to_owned(), what) }
}

fn entry(n: u32, minute: u32, by: Actor) -> Entry {
    let (event, fold) = (Event::PassedOn, FOLD_VERSION);
    Entry {
        n,
        at: at(minute),
        by,
        fold,
        event,
        texts: 0,
        letters: Vec::new(),
        digests: Vec::new(),
        prev: String::new(),
    }
}

fn staff(id: &str) -> Actor {
    Actor::Staff { id: id.to_owned(), role: Role::Officer, organisation: None }
}

#[test]
fn a_command_and_the_entry_it_made_are_one_line() {
    let history = [entry(1, 0, Actor::Resident), entry(2, 5, staff("olu"))];
    let rows = vec![row(6, "maya", "read", None), row(5, "olu", "command", Some(2)), row(1, "olu", "read", None)];
    let lines = merged(rows, &history, |_| true);
    let told: Vec<(&str, &str)> = lines.iter().map(|line| (line.what.as_str(), line.role.as_str())).collect();
    assert_eq!(told, [("read", "officer"), ("entry", "officer"), ("read", "officer"), ("entry", "resident")]);
}

#[test]
fn a_command_repeated_after_others_is_a_line_of_its_own() {
    let history = [entry(1, 0, Actor::Resident), entry(2, 5, staff("maya"))];
    let lines = merged(vec![row(6, "olu", "command", Some(2))], &history, |_| true);
    assert_eq!(lines.len(), 3);
}
