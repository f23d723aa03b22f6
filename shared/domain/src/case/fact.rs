//! What events are about: the feedback as it came, an owner, a finding, an action, an answer on its way.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Channel, FeedbackKind, OutcomeId, Reference, RemedyKind, ReplyBy, TextRef};
use crate::roles::Role;

/// An answer that waits to be signed off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Who wrote it: opaque.
    pub by: String,
    /// The decision.
    pub outcome: OutcomeId,
    /// The decision on each point.
    pub findings: Vec<Finding>,
    /// What will be put right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// The words of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextRef>,
    /// How the letter goes.
    pub channel: ReplyBy,
}

/// Feedback as it came in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Received {
    /// Whose case.
    pub council: String,
    /// Its reference.
    pub reference: Reference,
    /// What it is.
    pub kind: FeedbackKind,
    /// How it came in.
    pub channel: Channel,
    /// When it first reached anyone.
    pub received_at: DateTime<Utc>,
    /// The policy's version.
    pub policy: u32,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Who works it.
    pub team: String,
    /// A landlord's matter.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub tenant: bool,
    /// Without a name.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub anonymous: bool,
    /// How to reach them.
    pub reply_by: ReplyBy,
    /// What happened.
    pub about: TextRef,
    /// What they want.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<TextRef>,
    /// When it happened, and why it comes late if it does.
    #[serde(default, skip_serializing_if = "Matter::is_empty")]
    pub matter: Matter,
    /// An earlier case the person names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Reference>,
    /// The acknowledgement promised for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised_acknowledgement: Option<NaiveDate>,
    /// The answer promised for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<NaiveDate>,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// The clocks run from this day, where it is not the day it was received: it came after the cut-off hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_from: Option<NaiveDate>,
    /// Somebody speaks for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub representative: Option<super::Representative>,
    /// Who at the council was told first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_by: Option<TextRef>,
    /// The case it was raised from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised_from: Option<super::Link>,
}

/// When the matter happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// The day it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_on: Option<NaiveDate>,
    /// The day the person knew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aware_on: Option<NaiveDate>,
    /// The day they first told the council.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_reported_on: Option<NaiveDate>,
    /// Which of these dates are known to the month only, by the names of their fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approximate: Vec<String>,
    /// Why it comes late, in their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_reason: Option<TextRef>,
}

impl Matter {
    /// Whether nothing is known of it.
    pub fn is_empty(&self) -> bool {
        *self == Matter::default()
    }
}

/// Whose a case is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Opaque.
    pub id: String,
    /// In which role.
    pub role: Role,
}

/// The decision on a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The point's number.
    pub point: u32,
    /// The decision.
    pub outcome: OutcomeId,
    /// Why.
    pub reason: TextRef,
    /// The policies and law it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub references: Option<TextRef>,
}

/// Something promised as a remedy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// From 1.
    pub n: u32,
    /// What kind of remedy.
    pub kind: RemedyKind,
    /// What will be done.
    pub what: TextRef,
    /// Who does it: opaque, or a team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// By when. Absent: done with the letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<NaiveDate>,
    /// How much, in pence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pence: Option<u64>,
    /// When it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_on: Option<NaiveDate>,
    /// It cannot be done; the person was told why.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub undeliverable: bool,
    /// Who approved a payment: opaque.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
}

impl Action {
    /// Whether it is still to be done.
    pub fn is_open(&self) -> bool {
        self.done_on.is_none() && !self.undeliverable
    }
}
