//! The proof sheet: every template tried on letters that are made up, before a real one
//! depends on it. For the check of policies and for tests; a function need not do it at start.

use std::fmt::Display;

use chrono::NaiveDate;
use redress_domain::case::{Address, Contact, OnBehalfOf, OutcomeId, ReplyBy};
use redress_domain::decide::{StaffMail, StaffMatter};
use redress_domain::letter::{LetterKind, LetterOrder, Part, required};
use redress_domain::policy::{Council, Mailbox};
use serde_json::{Value, json};

use crate::context::{self, Envelope, StaffEnvelope};
use crate::error::LetterError;
use crate::lint::lint;
use crate::press::{Press, Words};
use crate::templates::{KINDS, STAFF};

/// Stands in everything that is personal, so that it is found wherever it turns up.
const PERSONAL: &str = "Quillfeather";

/// The parts that a letter may have or not.
const OPTIONAL: [Part; 17] = [
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
];

const OUTCOMES: [OutcomeId; 4] =
    [OutcomeId::Upheld, OutcomeId::PartiallyUpheld, OutcomeId::NotUpheld, OutcomeId::NotInvestigated];

impl Press {
    /// Tries every template, shared and of each council, on made-up letters: with everything
    /// and with the least a letter can have. Everything wrong is told at once.
    pub fn proof(&self) -> Vec<LetterError> {
        let mut wrong = Vec::new();
        for file in self.files() {
            let stem = file.rsplit('/').next().and_then(|name| name.strip_suffix(".txt")).unwrap_or_default();
            if stem == STAFF {
                wrong.extend(self.proof_staff(file));
            }
            let kind = KINDS.into_iter().find(|kind| redress_domain::case::name_of(kind) == stem);
            wrong.extend(kind.into_iter().flat_map(|kind| self.proof_letter(file, kind)));
        }
        wrong.dedup();
        wrong
    }

    fn proof_letter(&self, file: &str, kind: LetterKind) -> Vec<LetterError> {
        let council = council();
        let mut wrong = Vec::new();
        for (outcome, full) in OUTCOMES.into_iter().flat_map(|outcome| [(outcome, true), (outcome, false)]) {
            for stage in [1, 2] {
                let contact = if full { contact() } else { Contact::default() };
                let envelope = Envelope {
                    council: &council,
                    council_id: "",
                    policy_title: "Complaints policy",
                    reference: "XXX-0000-0000",
                    contact: &contact,
                    track_url: full.then_some("https://redress.example/track"),
                    on: NaiveDate::default(),
                };
                let order = order(kind, stage, full, outcome);
                wrong.extend(self.try_out(file, context::of_letter(&order, &envelope)));
            }
        }
        wrong
    }

    fn proof_staff(&self, file: &str) -> Vec<LetterError> {
        let envelope = StaffEnvelope {
            council_id: "",
            council: "Council",
            reference: "XXX-0000-0000",
            url: "https://redress.example/staff",
            team: "Team",
        };
        let mut wrong = Vec::new();
        for about in [
            StaffMatter::New,
            StaffMatter::PassedOn,
            StaffMatter::Assigned,
            StaffMatter::Warned,
            StaffMatter::Missed,
            StaffMatter::Escalated,
            StaffMatter::ReviewRequested,
            StaffMatter::Bounced,
            StaffMatter::Messaged,
            StaffMatter::Withdrawn,
            StaffMatter::Risk,
            StaffMatter::Proposed,
            StaffMatter::SentBack,
        ] {
            let dated = StaffMail::of_date(Mailbox::Team, about, "stage-1.respond", NaiveDate::default());
            for mail in [StaffMail::new(Mailbox::Team, about), dated] {
                wrong.extend(self.try_out(file, context::of_staff(&mail, &envelope)));
            }
        }
        wrong
    }

    fn try_out(&self, file: &str, names: context::Names) -> Vec<LetterError> {
        let shape = |message: String| LetterError::Shape { file: file.to_owned(), message };
        match self.print(file, names) {
            Err(error) => vec![error],
            Ok(Words { subject, body }) => {
                let personal =
                    subject.contains(PERSONAL).then(|| shape("its subject says something personal".to_owned()));
                let phrases = lint(&body).into_iter().map(|phrase| shape(format!("it says “{phrase}”")));
                personal.into_iter().chain(phrases).collect()
            }
        }
    }
}

fn order(kind: LetterKind, stage: u8, full: bool, outcome: OutcomeId) -> LetterOrder {
    let by = if full { ReplyBy::Post } else { ReplyBy::Track };
    let needed = required(kind).iter().map(|(part, _)| *part);
    let optional = OPTIONAL.into_iter().filter(|_| full);
    needed
        .chain(optional)
        .fold(LetterOrder::new(kind, stage, by), |order, part| order.value(part, value(part, full, outcome)))
}

fn value(part: Part, full: bool, outcome: OutcomeId) -> Value {
    let or_none = |value: Value| if full { value } else { Value::Null };
    let decision = match full {
        true => json!({"id": outcome, "label": "The decision", "definition": "what it means"}),
        false => json!({"id": outcome, "label": "The decision"}),
    };
    match part {
        Part::ReceivedOn | Part::AcknowledgeBy | Part::RespondBy | Part::OldDate | Part::NewDate | Part::NextUpdate => {
            json!(NaiveDate::default())
        }
        Part::Stage => json!("Stage"),
        Part::Handler => json!("an officer"),
        Part::Kind => json!("Comment"),
        Part::Definition
        | Part::Wanted
        | Part::Reason
        | Part::Words
        | Part::Instead
        | Part::Evidence
        | Part::Offered => personal("words"),
        Part::Ombudsman => {
            json!({"name": "Ombudsman", "address": ["Street"], "phone": "0", "website": "www", "signpost": "You can go there."})
        }
        Part::Decision => decision,
        Part::Findings => {
            let one = json!({"n": 1, "point": personal("point"), "outcome": decision, "reason": personal("reason"),
                "references": or_none(personal("law"))});
            if full { json!([one, one]) } else { json!([one]) }
        }
        Part::Remedies => {
            json!([{"kind": "payment", "what": personal("what"), "by": or_none(json!(NaiveDate::default())), "pence": or_none(json!(2550))},
                {"kind": "apology", "what": personal("what"), "by": null, "pence": null}])
        }
        Part::NextStep => {
            json!({"stage": "Stage 2", "handler": "an officer", "until": or_none(json!(NaiveDate::default())),
            "within": or_none(json!("20 working days")), "grounds": if full { json!(["A ground"]) } else { json!([]) },
            "prompt": or_none(json!("It helps us."))})
        }
    }
}

fn personal(what: impl Display) -> Value {
    json!(format!("{PERSONAL} {what}"))
}

fn contact() -> Contact {
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

fn council() -> Council {
    Council {
        name: "Council".to_owned(),
        address: vec!["Street".to_owned()],
        phone: None,
        email: None,
        website: "www".to_owned(),
        colour: "#000000".to_owned(),
        signature: "Team".to_owned(),
    }
}
