//! Under which heading a command stands on the page of a case, so that many buttons are no heap.

use serde::Serialize;

use redress_domain::commands::TABLE;
use redress_office::WhyNot;

/// The headings in the order of the page, each with its commands.
const GROUPS: [(&str, &[&str]); 8] = [
    (
        "What it is",
        &[
            "accept",
            "not-accepted",
            "pass-on",
            "raise-service-request",
            "raise-complaint",
            "complain-again",
            "resolve",
            "discretion",
            "classify",
            "withdraw",
            "close",
        ],
    ),
    ("Work on it", &["acknowledge", "add-point", "clarify", "ask", "ask-answered", "extend", "update"]),
    (
        "Answer and review",
        &[
            "propose-response",
            "sign-off",
            "respond",
            "request-review",
            "hand-over",
            "appoint-external",
            "decline-review",
        ],
    ),
    (
        "People",
        &[
            "assign",
            "transfer",
            "cover",
            "change-contact",
            "adjustments",
            "set-representative",
            "raise-risk",
            "about-staff",
            "restrict-reading",
            "restrict",
            "review-restriction",
        ],
    ),
    ("Letters", &["printed", "received-on", "letter-returned", "bounced", "reissue", "send-link"]),
    ("Remedies and lessons", &["complete-action", "cannot-deliver", "learn"]),
    ("Ombudsman", &["ombudsman-enquiry", "ombudsman-replied", "ombudsman-decision", "ombudsman-complied"]),
    ("Record", &["note", "message", "record-contact", "link", "correct", "hold"]),
];

/// A heading and what stands under it now.
#[derive(Debug, Serialize)]
pub(crate) struct Group {
    heading: &'static str,
    commands: Vec<Button>,
}

/// A command, as its button has it.
#[derive(Debug, Serialize)]
struct Button {
    name: &'static str,
    label: &'static str,
}

/// The commands that are allowed, under their headings; a heading without any is left out.
pub(crate) fn groups(allowed: &[&str]) -> Vec<Group> {
    let group = |(heading, names): (&'static str, &[&str])| {
        let named = names.iter().filter(|name| allowed.contains(name));
        let rows = named.filter_map(|name| TABLE.iter().find(|row| row.name == *name));
        let commands: Vec<Button> = rows.map(|row| Button { name: row.name, label: row.label }).collect();
        (!commands.is_empty()).then_some(Group { heading, commands })
    };
    GROUPS.into_iter().filter_map(group).collect()
}

/// A heading and what does not stand under it now.
#[derive(Debug, Serialize)]
pub(crate) struct Refused {
    heading: &'static str,
    commands: Vec<WhyNot>,
}

/// The commands that cannot be given now, under their headings, each with its reason.
pub(crate) fn refused(mut found: Vec<WhyNot>) -> Vec<Refused> {
    let group = |(heading, names): (&'static str, &[&str])| {
        let commands: Vec<WhyNot> = found.extract_if(.., |one| names.contains(&one.name)).collect();
        (!commands.is_empty()).then_some(Refused { heading, commands })
    };
    GROUPS.into_iter().filter_map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_under_one_heading() {
        for row in TABLE {
            let times = GROUPS.iter().flat_map(|(_, names)| *names).filter(|name| **name == row.name).count();
            assert_eq!(times, 1, "{}", row.name);
        }
    }

    #[test]
    fn a_heading_without_commands_is_left_out() {
        let found = groups(&["note"]);
        assert_eq!((found.len(), found[0].heading, found[0].commands[0].label), (1, "Record", "Add a note"));
    }
}
