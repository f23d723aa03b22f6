//! What a policy says of itself: what a complaint is, how things are put right, and what follows for everybody.

use serde::{Deserialize, Serialize};

use crate::case::RemedyKind;
use crate::length::{Length, Unit};

/// What a complaint is, in the policy's sense and in our words: a policy is cited by heading, never quoted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// What it is, as a sentence that a resident reads. Left out: what the Codes say it is.
    #[serde(default = "as_the_codes_say")]
    pub text: String,
    /// Whether the policy itself says what a complaint is; otherwise the Codes' sense stands in.
    pub in_policy: bool,
    /// The heading, or the Code's paragraph, it comes from.
    pub cites: String,
}

impl Default for Definition {
    fn default() -> Definition {
        Definition { text: as_the_codes_say(), in_policy: false, cites: "LGSCO Complaint Handling Code 1.4".to_owned() }
    }
}

fn as_the_codes_say() -> String {
    "A complaint is when you tell us, in whatever way, that you are unhappy with how good a service was, with \
     something we did or with something we did not do. It can be about our own staff, or about somebody who works \
     for us, and it can affect you alone or a group of people. You do not have to call it a complaint."
        .to_owned()
}

/// A way of putting things right that the policy itself names. All eight can be given whatever it names (Codes 7.1).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    /// Which of the eight.
    pub id: RemedyKind,
    /// Whether the policy itself names it.
    #[serde(default = "super::yes")]
    pub in_policy: bool,
    /// The heading it comes from.
    pub cites: String,
}

/// Whether people are asked who they are, to see that everybody is treated fairly. Answering is never a condition.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Equality {
    /// The online form asks, after the feedback itself.
    pub asked: bool,
    /// Whether the policy itself says so.
    pub in_policy: bool,
    /// The heading it comes from.
    pub cites: String,
}

impl Default for Equality {
    fn default() -> Equality {
        Equality { asked: false, in_policy: false, cites: "Redress default: the policy asks nothing".to_owned() }
    }
}

/// Who hears how complaints went, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reporting {
    /// How often senior management gets the figures.
    pub every: Length,
    /// How often a report is published.
    pub published: Length,
    /// Whether the policy itself promises reports.
    pub in_policy: bool,
    /// The heading, or the Codes' paragraphs, it comes from.
    pub cites: String,
}

impl Default for Reporting {
    fn default() -> Reporting {
        Reporting {
            every: Length { n: 3, unit: Unit::CalendarMonths },
            published: Length { n: 1, unit: Unit::Years },
            in_policy: false,
            cites: "Codes 8.1 and 9.7".to_owned(),
        }
    }
}

/// A promise that to complain costs nobody anything. The acknowledgement says it, in the letter's own words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NoDetriment {
    /// What is promised, as a sentence that a resident reads.
    pub text: String,
    /// The heading it comes from.
    pub cites: String,
}
