//! Everything a decision rests on: the policy, its calendar, the Ombudsmen, the roles.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Counted, count};
use crate::case::Case;
use crate::length::Length;
use crate::policy::{Policy, Stage};
use crate::roles::Roles;

/// What a council's cases are decided by. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The policy the case was opened under.
    pub policy: Arc<Policy>,
    /// Its calendar, as it stands today.
    pub calendar: Arc<Calendar>,
    /// The Ombudsmen.
    pub ombudsmen: Arc<Vec<Ombudsman>>,
    /// Who may do what.
    pub roles: Arc<Roles>,
}

/// An Ombudsman, as letters and pages name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ombudsman {
    /// Its id: `lgsco`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its postal address.
    pub address: Vec<String>,
    /// Its telephone number.
    pub phone: String,
    /// Its website.
    pub website: String,
    /// How it is introduced in a letter.
    pub signpost: String,
    /// Where these facts come from.
    pub cites: String,
}

/// The file `ombudsmen.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ombudsmen {
    /// All of them.
    pub ombudsman: Vec<Ombudsman>,
}

impl Rules {
    /// Counts as the policy counts.
    pub fn count(&self, from: NaiveDate, amount: Length) -> Counted {
        let header = &self.policy.policy;
        count(&self.calendar, header.counting, header.roll, from, amount)
    }

    /// The Ombudsman behind a case.
    pub fn ombudsman(&self, case: &Case) -> Option<&Ombudsman> {
        let id = self.policy.ombudsman_id(case.tenant);
        self.ombudsmen.iter().find(|ombudsman| ombudsman.id == id)
    }

    /// The stage the case is at, as the policy has it.
    pub fn stage_of(&self, case: &Case) -> Option<&Stage> {
        self.policy.stage(case.stage_n())
    }

    /// Whether this kind is passed on instead of being worked through stages.
    pub fn passes_on(&self, case: &Case) -> bool {
        self.policy.kind(case.kind).is_some_and(|kind| kind.pass_on)
    }

    /// Whether there is a stage after this one.
    pub fn is_last_stage(&self, n: u8) -> bool {
        self.policy.stage(n + 1).is_none()
    }
}
