//! What a policy says beside its stages.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::length::Length;

/// How long after the matter a complaint is expected.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TimeLimit {
    /// The length.
    pub within: Length,
    /// From when the matter happened, or from when the person knew of it.
    pub runs_from: MatterDate,
    /// Whoever reported it in that time is not late: only the first report has to be in time.
    #[serde(default)]
    pub report_counts: bool,
    /// An older matter is taken all the same: only how full its answer is cannot be promised. Nobody declines it.
    #[serde(default)]
    pub always_taken: bool,
    /// The heading it comes from.
    pub cites: String,
}

/// The day a time limit runs from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MatterDate {
    /// The day it happened.
    Happened,
    /// The day the person became aware of it.
    Aware,
}

/// A question before something is taken as a complaint: a prompt for the officer, never a bar at the form.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Triage {
    /// What to ask oneself, or the person.
    pub asks: String,
    /// The exclusion that follows when the answer is yes.
    pub exclusion: Option<String>,
    /// Only about these services; absent: about any.
    #[serde(default)]
    pub services: Vec<String>,
    /// The heading it comes from.
    pub cites: String,
}

/// What a complaint can be about.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its id, in lower case with hyphens.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Whether the policy itself names it.
    #[serde(default = "super::yes")]
    pub in_policy: bool,
    /// The heading it comes from.
    pub cites: String,
}

/// Another organisation that runs a stage.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its id, in lower case with hyphens.
    pub id: String,
    /// Its name, as a letter has it in the middle of a sentence.
    pub name: String,
    /// Its own privacy notice: where it is, or what it says.
    pub privacy_notice: String,
    /// How long the hand-over may take.
    pub hand_over_within: Length,
    /// The heading it comes from.
    pub cites: String,
}

/// Who may speak for a person.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Representatives {
    /// The rights that something has to show. An elected member needs nothing.
    pub shown: Vec<String>,
    /// Whether the policy itself speaks of representatives.
    pub in_policy: bool,
    /// The heading it comes from.
    pub cites: String,
}

impl Default for Representatives {
    fn default() -> Representatives {
        let shown = ["consent", "attorney", "deputy", "personal-representative"].map(str::to_owned).to_vec();
        Representatives { shown, in_policy: false, cites: "Codes 3.6".to_owned() }
    }
}

/// How contact with a person may be limited (Codes 5.14).
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Restrictions {
    /// Who decides it together, in the policy's words.
    pub decided_by: Vec<String>,
    /// How many of them at least.
    pub at_least: u8,
    /// The person is told for how long: a limit without an end is refused.
    #[serde(default)]
    pub length_said: bool,
    /// A review comes within this time.
    pub review_within: Length,
    /// Whether the policy itself speaks of it.
    pub in_policy: bool,
    /// Whether the review is the policy's own too. Left out: as `in_policy`.
    review_in_policy: Option<bool>,
    /// The heading it comes from.
    pub cites: String,
}

impl Restrictions {
    /// Whether the policy itself promises that a limit is looked at again. One that speaks of limits need not.
    pub fn review_in_policy(&self) -> bool {
        self.review_in_policy.unwrap_or(self.in_policy)
    }
}

/// When our own letters count as received, unless there is evidence of another day.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Deemed {
    /// By first-class post.
    pub first_class: Length,
    /// By second-class post.
    pub second_class: Length,
    /// Whether the policy itself says so.
    pub in_policy: bool,
    /// The heading it comes from.
    pub cites: String,
}

impl Default for Deemed {
    fn default() -> Deemed {
        Deemed {
            first_class: Length::working_days(2),
            second_class: Length::working_days(4),
            in_policy: false,
            cites: "Interpretation Act 1978, section 7, as the courts count it".to_owned(),
        }
    }
}

/// A day on which the council is closed.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// The day.
    pub date: NaiveDate,
    /// Why.
    pub title: String,
}
