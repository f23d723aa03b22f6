//! The letters of the proof: with everything a letter can have, and with the least.

use std::fmt::Display;

use chrono::NaiveDate;
use redress_domain::case::{Address, Contact, OnBehalfOf, OutcomeId, ReplyBy};
use redress_domain::letter::{LetterKind, LetterOrder, Part, required};
use redress_domain::policy::Council;
use serde_json::{Value, json};

/// Stands in everything that is personal, so that it is found wherever it turns up.
pub(super) const PERSONAL: &str = "Quillfeather";

/// The decisions that an answer can give; a review of a limit goes through its own in step with them.
pub(super) const OUTCOMES: [OutcomeId; 4] =
    [OutcomeId::Upheld, OutcomeId::PartiallyUpheld, OutcomeId::NotUpheld, OutcomeId::NotInvestigated];

/// The parts that a letter may have or not.
const OPTIONAL: [Part; 25] = [
    Part::Instead,
    Part::Evidence,
    Part::Kind,
    Part::ReceivedOn,
    Part::AcknowledgeBy,
    Part::RespondBy,
    Part::OldDate,
    Part::NextUpdate,
    Part::Stage,
    Part::Handler,
    Part::Wanted,
    Part::Remedies,
    Part::Words,
    Part::Definition,
    Part::Reason,
    Part::Ombudsman,
    Part::NewDate,
    Part::Offered,
    Part::Points,
    Part::Whom,
    Part::Until,
    Part::ReviewOn,
    Part::Privacy,
    Part::Talk,
    Part::NewKey,
];

/// A made-up letter.
pub(super) fn order(kind: LetterKind, stage: u8, full: bool, outcome: OutcomeId) -> LetterOrder {
    let by = if full { ReplyBy::Post } else { ReplyBy::Track };
    let needed = required(kind).iter().map(|(part, _)| *part);
    let optional = OPTIONAL.into_iter().filter(|_| full);
    let decision = decision(kind, full, outcome);
    needed
        .chain(optional)
        .fold(LetterOrder::new(kind, stage, by), |order, part| order.value(part, value(part, full, &decision)))
}

fn decision(kind: LetterKind, full: bool, outcome: OutcomeId) -> Value {
    let id = match (kind, outcome) {
        (LetterKind::RestrictionReview, OutcomeId::Upheld) => json!("ended"),
        (LetterKind::RestrictionReview, OutcomeId::PartiallyUpheld) => json!("changed"),
        (LetterKind::RestrictionReview, _) => json!("kept"),
        _ => json!(outcome),
    };
    match full {
        true => json!({"id": id, "label": "The decision", "definition": "what it means"}),
        false => json!({"id": id, "label": "The decision"}),
    }
}

fn value(part: Part, full: bool, decision: &Value) -> Value {
    let or_none = |value: Value| if full { value } else { Value::Null };
    let day = json!(NaiveDate::default());
    match part {
        Part::ReceivedOn
        | Part::AcknowledgeBy
        | Part::RespondBy
        | Part::OldDate
        | Part::NewDate
        | Part::NextUpdate
        | Part::Until
        | Part::ReviewOn => day,
        Part::Stage => json!("Stage"),
        Part::Handler => json!("an officer"),
        Part::Kind => json!("Comment"),
        Part::Definition | Part::Wanted | Part::Reason | Part::Words | Part::Instead | Part::Evidence | Part::Whom => {
            personal("words")
        }
        Part::Offered | Part::Talk | Part::NewKey => json!(true),
        Part::Privacy => json!({"name": "another council", "notice": "www.example.org/privacy"}),
        Part::Ombudsman => {
            let one = json!({"id": "one", "name": "Ombudsman", "address": ["Street"], "phone": "0", "website": "www",
                "signpost": "You can go there.", "cites": "a Code"});
            if full { json!([one, one]) } else { json!([one]) }
        }
        Part::Decision => decision.clone(),
        Part::Points => points(full),
        Part::Findings => {
            let one = json!({"n": 1, "point": personal("point"), "outcome": decision, "reason": personal("reason"),
                "references": or_none(personal("law"))});
            if full { json!([one, one]) } else { json!([one]) }
        }
        Part::Remedies => {
            json!([{"kind": "payment", "what": personal("what"), "by": or_none(day), "pence": or_none(json!(2550))},
                {"kind": "apology", "what": personal("what"), "by": null, "pence": null}])
        }
        Part::NextStep => {
            json!({"stage": "Stage 2", "handler": "an officer", "until": or_none(day), "test": "asked",
            "within": or_none(json!("20 working days")), "grounds": if full { json!(["A ground"]) } else { json!([]) },
            "prompt": or_none(json!("It helps us."))})
        }
    }
}

/// Every way in which a point can be ours, somebody else's, a landlord's, or outside.
fn points(full: bool) -> Value {
    let point = |n: u32, responsible: Value, tenant: bool, excluded: Value| {
        json!({"n": n, "text": personal("point"), "service": if full { json!("Service") } else { Value::Null },
            "responsible": responsible, "tenant": tenant, "excluded": excluded})
    };
    let outside = |more: Value| json!({"what": "A matter", "instead": more, "evidence": more});
    if !full {
        return json!([point(1, Value::Null, false, outside(Value::Null))]);
    }
    json!([
        point(1, Value::Null, true, Value::Null),
        point(2, personal("contractor"), false, Value::Null),
        point(3, Value::Null, false, outside(personal("words"))),
    ])
}

fn personal(what: impl Display) -> Value {
    json!(format!("{PERSONAL} {what}"))
}

/// A person of whom everything is known.
pub(super) fn contact() -> Contact {
    let words = || Some(PERSONAL.to_owned());
    Contact {
        name: words(),
        email: words(),
        phone: words(),
        address: Some(Address { lines: vec![PERSONAL.to_owned()], postcode: words() }),
        on_behalf_of: Some(OnBehalfOf { name: PERSONAL.to_owned(), relationship: words(), authority: None }),
        adjustments: words(),
    }
}

/// A council that says no more of itself than it must.
pub(super) fn council() -> Council {
    Council {
        name: "Council".to_owned(),
        address: vec!["Street".to_owned()],
        phone: None,
        email: None,
        website: "www".to_owned(),
        colour: "#000000".to_owned(),
        signature: "Team".to_owned(),
        languages: vec!["en".to_owned()],
    }
}
