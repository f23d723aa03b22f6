//! One stage of a procedure: what is promised, by whom, counted from when.

use serde::{Deserialize, Serialize};

use crate::length::Length;
use crate::roles::Role;

/// A stage as its policy has it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// 1 or 2.
    pub n: u8,
    /// What the council calls it.
    pub name: String,
    /// Which roles may answer at this stage.
    pub handler: Vec<Role>,
    /// Who that is, in the policy's words.
    pub handler_title: String,
    /// Who runs the stage, when it is not the council itself: an organisation's id.
    pub organisation: Option<String>,
    /// Whoever answered that stage may have no part in this one.
    pub different_from: Option<Independence>,
    /// The immediate confirmation that something arrived.
    pub receipt: Option<Receipt>,
    /// The acknowledgement.
    pub acknowledge: Acknowledge,
    /// The answer.
    pub respond: Respond,
    /// Who signs the answer off before it goes.
    pub sign_off: Option<SignOff>,
    /// The handler talks with the person before anything else.
    pub talk_first: Option<TalkFirst>,
    /// How the answer has to go.
    pub answer_by: Option<AnswerBy>,
    /// Somebody from outside may support it; the person is told.
    pub external: Option<External>,
    /// When this stage may be refused, with reasons.
    pub decline: Option<Decline>,
    /// How far the answer can be put off.
    pub extend: Extend,
    /// News that recurs until the answer.
    pub update: Option<Update>,
    /// What the person is owed when the answer is late.
    pub late: Late,
    /// How the next stage is asked for; absent at the last one.
    pub request: Option<Request>,
}

/// Who does a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The service, that is a person.
    Service,
    /// The system, by itself.
    System,
}

/// What a clock runs from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunsFrom {
    /// The day the complaint, or the request for a review, was received.
    Received,
    /// The day it was acknowledged; until then, the day it should be.
    Acknowledged,
}

/// Independence between stages.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Independence {
    /// The stage whose answerer is kept out.
    pub stage: u8,
    /// Whether the policy itself says so.
    pub in_policy: bool,
    /// The heading, or the Code's paragraph, it comes from.
    pub cites: String,
}

/// The immediate confirmation, sent by the system.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Whether the policy promises it.
    pub in_policy: bool,
    /// The heading it comes from.
    pub cites: String,
}

/// The acknowledgement.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledge {
    /// By when.
    pub within: Length,
    /// Who sends it. Never the system for a landlord's matter (Housing Ombudsman Code 6.2).
    pub by: By,
    /// Whether the policy itself says so.
    pub in_policy: bool,
    /// The heading, or the Code's paragraph, it comes from.
    pub cites: String,
}

/// The answer.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Respond {
    /// The nearer end of a range: what the council aims at.
    pub target: Option<Length>,
    /// The limit: what is promised.
    pub within: Length,
    /// What it runs from.
    pub runs_from: RunsFrom,
    /// The heading it comes from.
    pub cites: String,
}

/// An answer is somebody else's to sign before it goes.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// Who signs, in the policy's words.
    pub by: String,
    /// The heading it comes from.
    pub cites: String,
}

/// The handler talks with the person first.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TalkFirst {
    /// The policy promises it; otherwise it is a prompt.
    pub promised: bool,
    /// The heading it comes from.
    pub cites: String,
}

/// How the answer has to go.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerBy {
    /// In writing, by letter or e-mail: never by telephone alone.
    #[serde(default)]
    pub writing: bool,
    /// The way the complaint was made, unless the person asks for another.
    #[serde(default)]
    pub as_made: bool,
    /// The heading it comes from.
    pub cites: String,
}

/// Support from outside.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct External {
    /// The heading it comes from.
    pub cites: String,
}

/// A review may be declined: a decision of the complaints manager, with one of these grounds.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Decline {
    /// The grounds, by id.
    pub grounds: Vec<Ground>,
    /// The heading it comes from.
    pub cites: String,
}

/// A ground for declining a review.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// Its id, in lower case with hyphens.
    pub id: String,
    /// What it is, for the person who reads it.
    pub what: String,
}

/// How far an answer may be put off, measured from the current due date.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Extend {
    /// The longest without a good reason and an approver.
    pub at_most: Length,
    /// Whether the policy itself gives the length.
    pub in_policy: bool,
    /// The heading, or the Code's paragraph, it comes from.
    pub cites: String,
}

/// News until the answer.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// How often. The first is due when the answer was due.
    pub every: Length,
    /// Who sends it when nobody has.
    pub by: By,
    /// Whether the policy itself gives the interval.
    pub in_policy: bool,
    /// The heading it comes from.
    pub cites: String,
}

/// What the person is owed when the answer is late.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Late {
    /// The system says at once that the date has passed; a person says why and until when.
    pub notice: bool,
    /// The heading it comes from.
    pub cites: String,
}

/// How the next stage is asked for.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The window. Absent: it never ends.
    pub within: Option<Length>,
    /// What the window runs from.
    #[serde(default)]
    pub runs_from: RequestFrom,
    /// What has to happen inside it.
    #[serde(default)]
    pub test: RequestTest,
    /// With no window, how long after the answer the case is filed. Ends nothing.
    pub file_after: Option<Length>,
    /// Whether a review can be asked for when no answer came in time.
    #[serde(default)]
    pub when_unanswered: bool,
    /// The grounds the policy lists, as prompts.
    #[serde(default)]
    pub grounds: Vec<String>,
    /// How the policy asks why. Never a condition (Code 6.12).
    pub reasons_prompt: Option<String>,
    /// The heading it comes from.
    pub cites: String,
}

/// What a window runs from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestFrom {
    /// The day the latest answer was sent.
    #[default]
    LatestSent,
    /// The day the first answer was sent; a corrected one does not restart it.
    InitialSent,
    /// The day the latest answer is taken to have been received.
    LatestReceived,
}

/// What has to happen inside a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestTest {
    /// The person asks.
    #[default]
    Asked,
    /// The request is received.
    Received,
}
