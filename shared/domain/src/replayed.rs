//! The same history under another policy: what would have been in time, and what moves.

use chrono::NaiveDate;
use serde::Serialize;

use crate::case::Case;
use crate::deadline::{Deadline, deadlines};
use crate::rules::Rules;
use crate::timer::split;

/// One promise of a case, under the policy it was opened under and under another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replayed {
    /// Which promise.
    pub rule: String,
    /// As it was; absent where that policy makes no such promise.
    pub before: Option<Kept>,
    /// As it would have been.
    pub after: Option<Kept>,
}

/// A promise and how it was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The last day.
    pub due_on: NaiveDate,
    /// How it was kept.
    pub how: How,
}

/// How a promise was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Done by its day.
    InTime,
    /// Done after it, or its day has passed with nothing done.
    Late,
    /// Its day is to come.
    Open,
    /// Never done and no longer owed.
    Void,
}

/// Every promise to the resident, under both.
///
/// What people did stays as it was: a day that an officer named is the same day, and what was said in
/// a letter was said. Only what is counted is counted anew.
pub fn replayed(before: &Rules, after: &Rules, case: &Case, today: NaiveDate) -> Vec<Replayed> {
    let old = promises(before, case, today);
    let new = promises(after, &recut(after, case), today);
    let mut found: Vec<Replayed> = old
        .iter()
        .map(|(rule, kept)| Replayed { rule: rule.clone(), before: Some(*kept), after: find(&new, rule) })
        .collect();
    let added = new.iter().filter(|(rule, _)| find(&old, rule).is_none());
    found.extend(added.map(|(rule, kept)| Replayed { rule: rule.clone(), before: None, after: Some(*kept) }));
    found
}

/// The clocks start as this policy's cut-off hour has it.
fn recut(rules: &Rules, case: &Case) -> Case {
    let mut case = case.clone();
    for stage in &mut case.stages {
        stage.from = rules.clock_from(stage.ask.as_ref().map_or(case.received_at, |ask| ask.received_at));
    }
    case
}

fn promises(rules: &Rules, case: &Case, today: NaiveDate) -> Vec<(String, Kept)> {
    let all = deadlines(rules, case, today);
    let wanted = all.into_iter().filter(|deadline| {
        matches!(split(&deadline.rule).0, "acknowledge" | "respond" | "request")
            || deadline.rule == "service-request.done"
    });
    wanted
        .map(|deadline| (deadline.rule.clone(), Kept { due_on: deadline.due_on, how: how(&deadline, today) }))
        .collect()
}

fn how(deadline: &Deadline, today: NaiveDate) -> How {
    match deadline.met_on {
        Some(on) if on <= deadline.due_on => How::InTime,
        Some(_) => How::Late,
        None if !deadline.owed => How::Void,
        None if deadline.due_on < today => How::Late,
        None => How::Open,
    }
}

fn find(kept: &[(String, Kept)], rule: &str) -> Option<Kept> {
    kept.iter().find(|(name, _)| name == rule).map(|(_, kept)| *kept)
}
