//! What happened at a stage, and what the sweep has done about it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Finding, OutcomeId, TextRef};

/// A stage of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StageRecord {
    /// 1 or 2.
    pub n: u8,
    /// The clocks run from this day: received, or asked for and received.
    pub from: NaiveDate,
    /// How stage 2 was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<Ask>,
    /// The first acknowledgement that arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_on: Option<NaiveDate>,
    /// Whether a person acknowledged it.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub acknowledged_by_person: bool,
    /// The date for the answer that the latest letter promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<NaiveDate>,
    /// The date for the acknowledgement that the first letter promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised_acknowledgement: Option<NaiveDate>,
    /// How often the answer was put off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<Extension>,
    /// The last news that was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_on: Option<NaiveDate>,
    /// The next news, where an officer named the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update_next: Option<NaiveDate>,
    /// The organisation that runs it, where it is not the council itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// When it was handed to that organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_over_on: Option<NaiveDate>,
    /// Somebody spoke with the person at this stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spoke_on: Option<NaiveDate>,
    /// The answer that waits to be signed off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Box<super::Proposal>>,
    /// Since when it waits, or did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed_on: Option<NaiveDate>,
    /// The answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
    /// The window to ask for the next stage has passed, or the case was filed.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub window_ended: bool,
}

/// How a review was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// The day the person asked.
    pub asked_on: NaiveDate,
    /// When the request reached the council.
    pub received_at: DateTime<Utc>,
    /// After the window; shown, and decided by an officer.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub late: bool,
    /// Why, in the person's words, if they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<TextRef>,
    /// What they want now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<TextRef>,
    /// The clocks run from this day, where it is not the day it was received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_from: Option<NaiveDate>,
}

/// The answer was put off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extension {
    /// The day it was.
    pub on: NaiveDate,
    /// To this day.
    pub until: NaiveDate,
    /// Why.
    pub reason: TextRef,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The day its letter was issued.
    pub on: NaiveDate,
    /// The day of the first answer; a corrected one may follow.
    pub first_on: NaiveDate,
    /// Who answered: opaque.
    pub by: String,
    /// The decision.
    pub outcome: OutcomeId,
    /// The decision on each point.
    pub findings: Vec<Finding>,
    /// The day it arrived, where there is evidence of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_on: Option<NaiveDate>,
    /// Its letter's number.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub letter: u32,
    /// On paper, which takes longer to arrive.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub by_post: bool,
    /// When it was posted, where that was not the day it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted_on: Option<NaiveDate>,
    /// On paper by second-class post, which takes longer still.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub second_class: bool,
}

/// What the sweep has done about one date of one rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Which rule.
    pub rule: String,
    /// Which date.
    pub due_on: NaiveDate,
    /// Staff were warned.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub warned: bool,
    /// It was missed.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub missed: bool,
    /// How many rungs were told.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub rungs: u32,
}
