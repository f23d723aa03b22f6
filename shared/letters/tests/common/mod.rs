//! The real templates and policies, and plausible letters to make from them.
#![allow(dead_code, reason = "each test uses some of it")]
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use redress_domain::case::{Address, Contact, OnBehalfOf, OutcomeId, ReplyBy};
use redress_domain::letter::{LetterKind, LetterOrder, Part};
use redress_domain::policy::{Policy, read};
use redress_domain::rules::{Ombudsman, Ombudsmen};
use redress_letters::{Envelope, Press, Words};
use serde_json::{Value, json};

pub(crate) const BASE: &str = "https://redress.example";
pub(crate) const TRACK: &str = "https://redress.example/track/XXX-7QK4-2F9T#k3y";

pub(crate) const COUNCILS: [&str; 5] = [
    "lichfield-traded-services",
    "together-for-children",
    "south-staffordshire",
    "westminster",
    "north-west-leicestershire",
];

pub(crate) const KINDS: [LetterKind; 14] = [
    LetterKind::Receipt,
    LetterKind::Acknowledgement,
    LetterKind::PassedOn,
    LetterKind::Extension,
    LetterKind::Update,
    LetterKind::Holding,
    LetterKind::Response,
    LetterKind::Final,
    LetterKind::Withdrawn,
    LetterKind::Closed,
    LetterKind::NotAccepted,
    LetterKind::Resolved,
    LetterKind::CannotDeliver,
    LetterKind::Correction,
];

fn policies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies")
}

/// Every template as it lies in the folder of policies.
pub(crate) fn templates() -> Vec<(String, String)> {
    let root = policies();
    let folders = ["letters".to_owned()].into_iter().chain(COUNCILS.map(|council| format!("{council}/letters")));
    let mut found = Vec::new();
    for folder in folders {
        let Ok(entries) = fs::read_dir(root.join(&folder)) else {
            continue;
        };
        for entry in entries {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".txt") {
                let file = format!("{folder}/{name}");
                found.push((file.clone(), fs::read_to_string(root.join(&file)).unwrap()));
            }
        }
    }
    found
}

pub(crate) fn press() -> Press {
    Press::new(templates()).unwrap()
}

pub(crate) fn policy(council: &str) -> Policy {
    let file = format!("{council}/v1.toml");
    read(&file, &fs::read_to_string(policies().join(&file)).unwrap()).unwrap()
}

pub(crate) fn ombudsman(id: &str) -> Ombudsman {
    let text = fs::read_to_string(policies().join("ombudsmen.toml")).unwrap();
    let all: Ombudsmen = toml::from_str(&text).unwrap();
    all.ombudsman.into_iter().find(|found| found.id == id).unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A person with a name, an e-mail address and an adjustment.
pub(crate) fn ann() -> Contact {
    Contact {
        name: Some("Ann Okafor".to_owned()),
        email: Some("ann@example.com".to_owned()),
        adjustments: Some("Please write in large print.\nI cannot use the phone.".to_owned()),
        ..Contact::default()
    }
}

/// A person who writes for somebody else and wants an answer by post.
pub(crate) fn ben() -> Contact {
    Contact {
        name: Some("Ben Lewis".to_owned()),
        address: Some(Address {
            lines: vec!["2 High Street".to_owned(), "Codsall".to_owned()],
            postcode: Some("WV8 1AA".to_owned()),
        }),
        on_behalf_of: Some(OnBehalfOf { name: "Mary Lewis".to_owned(), relationship: None, authority: None }),
        ..Contact::default()
    }
}

pub(crate) fn letter(press: &Press, policy: &Policy, order: &LetterOrder, contact: &Contact) -> Words {
    let envelope = Envelope {
        council: &policy.council,
        council_id: &policy.policy.council,
        policy_title: &policy.policy.title,
        reference: &format!("{}-7QK4-2F9T", policy.policy.reference_prefix),
        contact,
        track_url: Some(TRACK),
        on: day("2026-06-05"),
    };
    press.letter(order, &envelope).unwrap()
}

const ABOUT: &str = "Our bins have not been emptied for three weeks.\n\nI called twice and nobody called me back.";

/// A plausible complete letter at a stage, as the domain fills it.
pub(crate) fn order(policy: &Policy, kind: LetterKind, n: u8) -> LetterOrder {
    let stage = policy.stage(n).unwrap();
    let begun = LetterOrder::new(kind, n, ReplyBy::Email)
        .value(Part::Ombudsman, json!(ombudsman(&policy.ombudsman.general)))
        .text(Part::Stage, Some(&stage.name));
    let order = match kind {
        LetterKind::Receipt => begun
            .date(Part::ReceivedOn, day("2026-06-01"))
            .date(Part::AcknowledgeBy, day("2026-06-08"))
            .date(Part::RespondBy, day("2026-06-15")),
        LetterKind::Acknowledgement => begun
            .date(Part::ReceivedOn, day("2026-06-01"))
            .date(Part::RespondBy, day("2026-06-15"))
            .text(Part::Definition, Some(ABOUT))
            .text(Part::Wanted, Some("Empty the bins and tell me who to call."))
            .text(Part::Handler, Some(&stage.handler_title)),
        LetterKind::PassedOn => begun.date(Part::ReceivedOn, day("2026-06-01")).text(Part::Kind, Some("Compliment")),
        LetterKind::Extension => begun
            .text(
                Part::Reason,
                Some("The contractor has not sent us its records for May yet.\n\nWe have asked for them again."),
            )
            .date(Part::OldDate, day("2026-06-15"))
            .date(Part::NewDate, day("2026-06-26")),
        LetterKind::Update => begun
            .text(Part::Handler, Some(&stage.handler_title))
            .date(Part::RespondBy, day("2026-06-15"))
            .date(Part::NextUpdate, day("2026-06-19"))
            .text(Part::Words, Some("We have spoken to the crew and are waiting for its records.")),
        LetterKind::Holding => {
            begun.date(Part::OldDate, day("2026-06-04")).text(Part::Handler, Some(&stage.handler_title))
        }
        LetterKind::Response | LetterKind::Final => answer(policy, begun, n),
        LetterKind::Withdrawn => begun.date(Part::ReceivedOn, day("2026-06-01")),
        LetterKind::Closed => begun.text(Part::Reason, Some("A court is now dealing with the same matter.")),
        LetterKind::NotAccepted => begun
            .date(Part::ReceivedOn, day("2026-06-01"))
            .text(Part::Reason, Some("A penalty charge notice has an appeal of its own."))
            .text(Part::Evidence, Some("Your notice of 12 May says how to appeal."))
            .text(Part::Instead, Some("Appeal to the tribunal. You must act by 9 June 2026, so do not wait.")),
        LetterKind::Resolved => begun
            .date(Part::ReceivedOn, day("2026-06-01"))
            .text(Part::Words, Some("The crew came back this morning and emptied the bins.")),
        LetterKind::CannotDeliver => begun
            .text(Part::Definition, Some("We said that we would replant the hedge by 1 May."))
            .text(Part::Reason, Some("The ground belongs to somebody else, who has not agreed."))
            .text(Part::Words, Some("We plant it on our side of the path in October.")),
        LetterKind::Correction => begun
            .date(Part::OldDate, day("2026-06-01"))
            .text(Part::Kind, Some("response"))
            .text(Part::Words, Some("The officer rang you on 4 May, not on 14 May."))
            .text(Part::Reason, Some("We misread our own record of the call.")),
    };
    order.complete().unwrap()
}

fn answer(policy: &Policy, begun: LetterOrder, n: u8) -> LetterOrder {
    let stage = policy.stage(n).unwrap();
    let next = policy.stage(n + 1).zip(stage.request.as_ref()).map_or(Value::Null, |(next, request)| {
        json!({
            "stage": next.name,
            "handler": next.handler_title,
            "until": request.within.map(|_| day("2026-07-03")),
            "within": request.within,
            "grounds": request.grounds,
            "prompt": request.reasons_prompt,
        })
    });
    begun
        .text(Part::Handler, Some(&stage.handler_title))
        .text(Part::Definition, Some(ABOUT))
        .value(Part::Decision, outcome(policy, OutcomeId::PartiallyUpheld))
        .value(
            Part::Findings,
            json!([
                {"n": 1, "point": "Bins not emptied for three weeks", "outcome": outcome(policy, OutcomeId::Upheld),
                 "reason": "The crew missed your street on 7, 14 and 21 May. The lorry was off the road and no other was sent.",
                 "references": "Our waste collection standards, section 3"},
                {"n": 2, "point": "Nobody called back", "outcome": outcome(policy, OutcomeId::NotUpheld),
                 "reason": "Our records show two calls to you, on 15 and 22 May, that were not answered. We left a message each time.",
                 "references": null},
            ]),
        )
        .value(
            Part::Remedies,
            json!([
                {"kind": "action", "what": "we will collect everything that is left at your house", "by": "2026-06-08", "pence": null},
                {"kind": "payment", "what": "We will pay you for the bags you bought", "by": "2026-06-19", "pence": 1250},
            ]),
        )
        .value(Part::NextStep, next)
}

/// An outcome as the domain puts it into a letter.
pub(crate) fn outcome(policy: &Policy, id: OutcomeId) -> Value {
    match policy.outcome(id) {
        Some(outcome) => {
            json!({"id": id, "label": outcome.label, "definition": outcome.definition})
        }
        None => json!({"id": id, "label": redress_domain::case::name_of(id).replace('-', " ")}),
    }
}
