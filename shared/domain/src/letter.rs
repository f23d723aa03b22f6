//! Which letters there are, and what each must say before it may go.
//!
//! The domain decides the parts; `shared/letters` turns them into words. A letter
//! without a part that the policy or a Code asks for is refused here, by paragraph.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::case::ReplyBy;
use crate::refusal::Refusal;

/// A letter to a resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LetterKind {
    /// The immediate confirmation that something arrived.
    Receipt,
    /// What we understood, and by when the person hears.
    Acknowledgement,
    /// A comment or compliment arrived and went to the people concerned.
    PassedOn,
    /// The answer will come later: why, and when.
    Extension,
    /// News until the answer.
    Update,
    /// The date has passed without an answer.
    Holding,
    /// The answer at a stage that another follows.
    Response,
    /// The last answer.
    Final,
    /// The person took the complaint back.
    Withdrawn,
    /// The case was closed by an officer.
    Closed,
    /// It is outside the policy: why, where it goes instead, and who can look at that decision.
    NotAccepted,
    /// It was put right at first contact.
    Resolved,
    /// A remedy cannot be delivered: why, and what is done instead.
    CannotDeliver,
    /// A letter said something wrong.
    Correction,
    /// A request for a service was taken up: what happens with it, and that they can still complain.
    ServiceRequest,
    /// Something is not clear, and the person is asked.
    Clarification,
    /// Somebody outside the council was asked, and has the person's details.
    DetailsShared,
    /// Somebody from outside supports the review.
    ExternalSupport,
    /// It is another body's matter and was sent there with the person's consent.
    Forwarded,
    /// Some points are outside the policy; the rest goes on.
    PartNotAccepted,
    /// What was promised was done.
    RemedyDone,
    /// The address of the person's own page, sent again because they lost it.
    Link,
    /// How the person may reach us is limited.
    Restriction,
    /// That limit was looked at again.
    RestrictionReview,
}

impl LetterKind {
    /// Every letter there is.
    pub const ALL: [LetterKind; 24] = [
        LetterKind::Receipt,
        LetterKind::Acknowledgement,
        LetterKind::PassedOn,
        LetterKind::ServiceRequest,
        LetterKind::NotAccepted,
        LetterKind::PartNotAccepted,
        LetterKind::Forwarded,
        LetterKind::Resolved,
        LetterKind::Clarification,
        LetterKind::DetailsShared,
        LetterKind::ExternalSupport,
        LetterKind::Extension,
        LetterKind::Update,
        LetterKind::Holding,
        LetterKind::Response,
        LetterKind::Final,
        LetterKind::RemedyDone,
        LetterKind::CannotDeliver,
        LetterKind::Correction,
        LetterKind::Withdrawn,
        LetterKind::Closed,
        LetterKind::Link,
        LetterKind::Restriction,
        LetterKind::RestrictionReview,
    ];
}

/// A part of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it, and `says` puts each into words")]
pub enum Part {
    ReceivedOn,
    AcknowledgeBy,
    RespondBy,
    OldDate,
    NewDate,
    NextUpdate,
    Stage,
    Handler,
    Definition,
    Wanted,
    Decision,
    Findings,
    Remedies,
    Reason,
    Words,
    NextStep,
    Ombudsman,
    Kind,
    Instead,
    Evidence,
    Offered,
    Points,
    Whom,
    Until,
    ReviewOn,
    Privacy,
    Talk,
    NewKey,
}

impl Part {
    /// The part in words, for a refusal.
    pub fn says(self) -> &'static str {
        match self {
            Part::ReceivedOn => "the day it was received",
            Part::AcknowledgeBy => "by when it is acknowledged",
            Part::RespondBy => "by when it is answered",
            Part::OldDate => "the date that was promised",
            Part::NewDate => "the new date",
            Part::NextUpdate => "when the next news comes",
            Part::Stage => "the stage",
            Part::Handler => "who deals with it",
            Part::Definition => "our understanding of the complaint",
            Part::Wanted => "what the person wants",
            Part::Decision => "the decision",
            Part::Findings => "a finding with its reason for every point",
            Part::Remedies => "the remedies",
            Part::Reason => "the reason",
            Part::Words => "the words of the officer",
            Part::NextStep => "how to ask for the next stage",
            Part::Ombudsman => "the Ombudsman",
            Part::Kind => "what it was",
            Part::Instead => "where it goes instead",
            Part::Evidence => "what shows it",
            Part::Offered => "that they can still complain",
            Part::Points => "the points, and who is responsible for each",
            Part::Whom => "to whom it went",
            Part::Until => "for how long",
            Part::ReviewOn => "when it is looked at again",
            Part::Privacy => "the privacy notice of who deals with it",
            Part::Talk => "that a talk was promised and left out",
            Part::NewKey => "that what was sent before opens nothing any more",
        }
    }
}

/// A letter to be written: its parts, complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LetterOrder {
    /// Which letter.
    pub kind: LetterKind,
    /// At which stage.
    pub stage: u8,
    /// How it goes.
    pub by: ReplyBy,
    /// What it says.
    pub parts: BTreeMap<Part, Value>,
}

impl LetterOrder {
    /// A letter without parts yet.
    pub fn new(kind: LetterKind, stage: u8, by: ReplyBy) -> LetterOrder {
        LetterOrder { kind, stage, by, parts: BTreeMap::new() }
    }

    /// With a date.
    #[must_use]
    pub fn date(self, part: Part, date: NaiveDate) -> LetterOrder {
        self.value(part, Value::String(date.to_string()))
    }

    /// With a text, if there is one.
    #[must_use]
    pub fn text(self, part: Part, text: Option<&str>) -> LetterOrder {
        match text.filter(|text| !text.trim().is_empty()) {
            Some(text) => self.value(part, Value::String(text.to_owned())),
            None => self,
        }
    }

    /// With anything that has fields of its own.
    #[must_use]
    pub fn value(mut self, part: Part, value: Value) -> LetterOrder {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !empty {
            self.parts.insert(part, value);
        }
        self
    }

    /// The letter, if nothing it must say is missing.
    ///
    /// # Errors
    /// What is missing, each with the paragraph that asks for it.
    pub fn complete(self) -> Result<LetterOrder, Refusal> {
        let missing: Vec<&(Part, &str)> =
            required(self.kind).iter().filter(|(part, _)| !self.parts.contains_key(part)).collect();
        if missing.is_empty() {
            return Ok(self);
        }
        let says: Vec<String> = missing.iter().map(|(part, cites)| format!("{} ({cites})", part.says())).collect();
        let cites: Vec<&str> = missing.iter().map(|(_, cites)| *cites).collect();
        Err(Refusal::not_allowed(
            format!("The letter cannot go: it does not say {}.", says.join(", ")),
            cites.join("; "),
        ))
    }
}

/// What a letter must say, and who asks for it.
pub fn required(kind: LetterKind) -> &'static [(Part, &'static str)] {
    match kind {
        LetterKind::Receipt => {
            &[(Part::ReceivedOn, "Codes 5.8, a record of the day"), (Part::Ombudsman, "LGSCO Code 3.7")]
        }
        LetterKind::Acknowledgement => &[
            (Part::ReceivedOn, "Codes 6.2"),
            (Part::Definition, "Housing Ombudsman Code 5.6"),
            (Part::RespondBy, "Codes 6.3"),
            (Part::Handler, "Codes 4"),
            (Part::Ombudsman, "LGSCO Code 3.7"),
        ],
        LetterKind::PassedOn => {
            &[(Part::ReceivedOn, "the policy's own promise"), (Part::Kind, "the policy's own promise")]
        }
        LetterKind::Extension => {
            &[(Part::Reason, "Codes 6.4"), (Part::NewDate, "Codes 6.4"), (Part::Ombudsman, "Codes 6.5")]
        }
        LetterKind::Update => &[(Part::RespondBy, "Codes 5.5"), (Part::Ombudsman, "LGSCO Code 3.7")],
        LetterKind::Holding => &[(Part::OldDate, "Codes 5.5"), (Part::Ombudsman, "Codes 6.5")],
        LetterKind::Response => &[
            (Part::Stage, "Codes 6.8 and 6.9 (a)"),
            (Part::Definition, "Codes 6.8 and 6.9 (b)"),
            (Part::Decision, "Codes 6.8 and 6.9 (c)"),
            (Part::Findings, "Codes 6.7"),
            (Part::NextStep, "Codes 6.8 and 6.9 (g)"),
            (Part::Ombudsman, "LGSCO Code 3.7"),
        ],
        LetterKind::Final => &[
            (Part::Stage, "Codes 6.19 (a)"),
            (Part::Definition, "Codes 6.19 (b)"),
            (Part::Decision, "Codes 6.19 (c)"),
            (Part::Findings, "Codes 6.17"),
            (Part::Ombudsman, "Codes 6.19 (g)"),
        ],
        LetterKind::Withdrawn | LetterKind::Link => &[(Part::ReceivedOn, "Codes 5.8")],
        LetterKind::NotAccepted => {
            &[(Part::Reason, "Codes 2.4"), (Part::Evidence, "Codes 2.1"), (Part::Ombudsman, "Codes 2.4")]
        }
        LetterKind::Resolved => &[(Part::Words, "Codes 5.13"), (Part::Ombudsman, "LGSCO Code 3.7")],
        LetterKind::CannotDeliver => &[(Part::Reason, "LGSCO Code 7.4"), (Part::Ombudsman, "LGSCO Code 7.4")],
        LetterKind::Correction => {
            &[(Part::Words, "the policy's own promise"), (Part::Reason, "the policy's own promise")]
        }
        LetterKind::Closed => &[(Part::Reason, "Codes 2.4"), (Part::Ombudsman, "Codes 2.4")],
        LetterKind::ServiceRequest => &[(Part::ReceivedOn, "Codes 1.5"), (Part::Offered, "Codes 1.5")],
        LetterKind::Clarification => &[(Part::Words, "Codes 5.4"), (Part::Ombudsman, "LGSCO Code 3.7")],
        LetterKind::DetailsShared => &[(Part::Whom, "data protection: who has the details")],
        LetterKind::ExternalSupport => &[(Part::Whom, "the policy's own promise")],
        LetterKind::Forwarded => {
            &[(Part::Whom, "data protection: who has the details"), (Part::Ombudsman, "Codes 2.4")]
        }
        LetterKind::PartNotAccepted => &[
            (Part::Points, "Codes 2.4"),
            (Part::Reason, "Codes 2.4"),
            (Part::Evidence, "Codes 2.1"),
            (Part::Ombudsman, "Codes 2.4"),
        ],
        LetterKind::RemedyDone => &[(Part::Definition, "Codes 7.3"), (Part::NewDate, "Codes 7.3")],
        LetterKind::Restriction => &[
            (Part::Words, "Codes 5.14"),
            (Part::Reason, "Codes 5.14"),
            (Part::ReviewOn, "Codes 5.14"),
            (Part::Ombudsman, "LGSCO Code 3.7"),
        ],
        LetterKind::RestrictionReview => &[
            (Part::Words, "Codes 5.14"),
            (Part::Decision, "Codes 5.14"),
            (Part::Reason, "Codes 5.14"),
            (Part::Ombudsman, "LGSCO Code 3.7"),
        ],
    }
}
