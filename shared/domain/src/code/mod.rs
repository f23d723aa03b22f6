//! The Complaint Handling Codes, as data that judges.
//!
//! The Codes are one set of rules (`policies/codes`): the Ombudsmen wrote them to agree, and what
//! differs is the number of a paragraph and its force. A rule holds checks over a policy, read by
//! [`judge_policy`], and checks over a case, read by [`judge_case`]. A rule that no machine can
//! check says why, and is shown as such: nothing is ever taken as met because nobody could look.

mod case_check;
mod case_times;
mod check;
mod in_case;
mod judge;
mod people;
pub mod plain;
mod read;
mod readings;
mod scope;
mod span;
#[cfg(test)]
mod tests;
mod times;
mod warn;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use case_check::CaseCheck;
pub use check::{Check, Moment, What};
pub use in_case::{CaseVerdict, Finding, judge_case};
pub use judge::{Judgement, Paragraph, Said, Verdict, judge_policy};
pub use read::read;
pub use warn::{Warning, warnings};

/// The Codes, whole and checked: [`read()`] is the only way to them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// Whose Codes.
    pub regimes: Vec<Regime>,
    /// What they ask for.
    pub rules: Vec<Rule>,
    /// What was true once, and still stands in policies.
    #[serde(default)]
    pub obsolete: Vec<Obsolete>,
}

/// One Ombudsman's Code.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Regime {
    /// Its id in this file: `lgsco`.
    pub id: String,
    /// Its name, as a policy cites it.
    pub name: String,
    /// Its name at the head of a column.
    pub short: String,
    /// Whose it is: an id in `ombudsmen.toml`. It judges a policy that names that Ombudsman.
    pub ombudsman: String,
    /// How strongly it speaks.
    pub severity: Severity,
    /// In force since.
    pub from: NaiveDate,
}

/// How strongly a paragraph speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// With a good reason, it may be otherwise.
    Should,
    /// It may not be otherwise.
    Must,
}

/// How we know what a paragraph says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Evidence {
    /// Its own text was read.
    V,
    /// Restated by others who follow it.
    C,
    /// Commonly held, and not read at its source.
    M,
}

/// What a paragraph asks for, and how to see whether it is so.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its id here: the LGSCO's paragraph where there is one.
    pub id: String,
    /// The paragraphs, by regime. A regime that is not there does not ask for it.
    pub regimes: BTreeMap<String, Vec<String>>,
    /// Its force under a regime, where it is not the regime's own.
    #[serde(default)]
    pub severity: BTreeMap<String, Severity>,
    /// What it asks for, in our words.
    pub says: String,
    /// How we know.
    pub evidence: Evidence,
    /// Whether a machine can see from a policy that it is so.
    #[serde(default = "yes")]
    pub machine: bool,
    /// Why it cannot.
    pub why: Option<String>,
    /// What is looked at in a policy. All of it must hold.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// What is looked at in a case. All of it must hold.
    #[serde(default)]
    pub cases: Vec<CaseCheck>,
}

/// Something that is no longer so.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obsolete {
    /// Words by which a policy's readings and headings give it away.
    pub words: Vec<String>,
    /// What is so instead.
    pub says: String,
}

impl Codes {
    /// The regime with this id.
    pub fn regime(&self, id: &str) -> Option<&Regime> {
        self.regimes.iter().find(|regime| regime.id == id)
    }

    /// A rule's paragraphs under the regimes that apply, in the order of the regimes.
    fn paragraphs(&self, rule: &Rule, applies: impl Fn(&Regime) -> bool) -> Vec<Paragraph> {
        let applying = self.regimes.iter().filter(|regime| applies(regime));
        applying
            .filter_map(|regime| {
                Some(Paragraph {
                    regime: regime.id.clone(),
                    short: regime.short.clone(),
                    paragraph: rule.regimes.get(&regime.id)?.join(", "),
                    severity: rule.severity.get(&regime.id).copied().unwrap_or(regime.severity),
                })
            })
            .collect()
    }
}

const fn yes() -> bool {
    true
}
