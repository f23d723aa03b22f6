//! Everything a decision rests on: the policy, its calendar, the Ombudsmen, the roles.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Counted, count, local_time};
use crate::case::Case;
use crate::length::Length;
use crate::policy::{Course, Policy, Stage};
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

    /// The Ombudsman behind a case; where some points are a landlord's matter and some are not, the landlord's.
    pub fn ombudsman(&self, case: &Case) -> Option<&Ombudsman> {
        self.ombudsman_for(case.tenant)
    }

    /// Every Ombudsman behind a case: each point has its own (Housing Ombudsman for a landlord's matter).
    pub fn ombudsmen_of(&self, case: &Case) -> Vec<&Ombudsman> {
        let some = |tenant: bool| case.answered_points().any(|point| point.tenant == tenant);
        let mixed = some(true) && some(false);
        let kinds = if mixed { vec![false, true] } else { vec![case.tenant] };
        let mut found: Vec<&Ombudsman> = kinds.into_iter().filter_map(|tenant| self.ombudsman_for(tenant)).collect();
        found.dedup_by(|a, b| a.id == b.id);
        found
    }

    /// The Ombudsman for a landlord's matter, or for any other.
    pub fn ombudsman_for(&self, tenant: bool) -> Option<&Ombudsman> {
        let id = self.policy.ombudsman_id(tenant);
        self.ombudsmen.iter().find(|ombudsman| ombudsman.id == id)
    }

    /// The stage the case is at, as the policy has it.
    pub fn stage_of(&self, case: &Case) -> Option<&Stage> {
        self.policy.stage(case.stage_n())
    }

    /// What becomes of a case of this kind.
    pub fn course(&self, case: &Case) -> Course {
        self.policy.course(case.kind)
    }

    /// Whether this case goes through the stages.
    pub fn has_stages(&self, case: &Case) -> bool {
        self.course(case) == Course::Stages
    }

    /// The day the clocks run from: the day it was received, or the next one when it came after the cut-off hour.
    pub fn clock_from(&self, received_at: DateTime<Utc>) -> NaiveDate {
        let local = local_time(received_at);
        let late = self.policy.policy.cut_off.is_some_and(|cut_off| local.time() >= cut_off);
        let date = local.date();
        if late { date.checked_add_days(Days::new(1)).unwrap_or(date) } else { date }
    }

    /// Whether there is a stage after this one.
    pub fn is_last_stage(&self, n: u8) -> bool {
        self.policy.stage(n + 1).is_none()
    }
}
