//! What the sweep has to do for a case, and when. The earliest is the case's `due_at`.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use crate::calendar::{local_date, local_instant, start_of_day};
use crate::case::{Case, Status};
use crate::deadline::{Deadline, DeadlineState, deadlines, only_reminds};
use crate::length::Length;
use crate::policy::By;
use crate::rules::Rules;

/// How long the stream has for the first answer before the sweep gives it.
const FIRST_ANSWER_AFTER_MIN: i64 = 2;

/// Promised news that nobody has sent goes out at this hour, so that an officer had the day.
const UPDATE_HOUR: u32 = 16;

/// When the last rung was told, it is told again this often: nothing falls off the board.
const REMIND_EVERY: Length = Length::working_days(10);

/// How long before twelve weeks are over staff are told.
const TOLD_BEFORE_THE_END: Length = Length::working_days(10);

/// Something to do at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Timer {
    /// From this instant on.
    pub at: DateTime<Utc>,
    /// What.
    pub act: Act,
}

/// What the sweep does.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// The first answer to new feedback.
    FirstAnswer,
    /// Warn of a date.
    Warn(Deadline),
    /// Send the news that was promised.
    Update(Deadline),
    /// Record that a date was missed.
    Miss(Deadline),
    /// Tell the next rung.
    Escalate(Deadline, u32),
    /// End the window of a stage, or file the case.
    EndWindow(u8),
    /// Whoever acted for the owner no longer does.
    EndCover,
    /// Destroy everything personal.
    Destroy,
}

/// The next thing to do for a case. Every case has one until it is destroyed.
pub fn next_timer(rules: &Rules, case: &Case, now: DateTime<Utc>) -> Option<Timer> {
    timers(rules, case, now).into_iter().min_by_key(|timer| timer.at)
}

/// Everything that is still to be done for a case, as things stand.
pub fn timers(rules: &Rules, case: &Case, now: DateTime<Utc>) -> Vec<Timer> {
    let mut found = Vec::new();
    if case.status == Status::New && !case.opened {
        found.push(Timer { at: case.logged_at + TimeDelta::minutes(FIRST_ANSWER_AFTER_MIN), act: Act::FirstAnswer });
    }
    if let Some(cover) = &case.cover {
        found.push(Timer { at: start_of_day(day_after(cover.until)), act: Act::EndCover });
    }
    for deadline in deadlines(rules, case, local_date(now)) {
        found.extend(timer(rules, case, deadline));
    }
    found
}

fn timer(rules: &Rules, case: &Case, deadline: Deadline) -> Option<Timer> {
    if only_reminds(&deadline.rule) {
        return reminder(rules, case, deadline);
    }
    if !deadline.owed {
        return None;
    }
    let (what, stage) = split(&deadline.rule);
    match what {
        "request" | "file" => {
            let answered = if what == "request" { stage.saturating_sub(1) } else { stage };
            Some(Timer { at: start_of_day(day_after(deadline.due_on)), act: Act::EndWindow(answered) })
        }
        // A limit on somebody or an Ombudsman's matter is not destroyed while it goes on.
        "destroy" if case.held || still_needed(case) => None,
        "destroy" => Some(Timer { at: start_of_day(deadline.due_on), act: Act::Destroy }),
        "refer-by" => None,
        "update" if by_system(rules, stage) => {
            let at = deadline.due_on.and_hms_opt(UPDATE_HOUR, 0, 0).map(local_instant)?;
            Some(Timer { at, act: Act::Update(deadline) })
        }
        _ => Some(watch(rules, case, deadline)),
    }
}

/// Staff are told once, and in good time: the working days of a warning, or two weeks before a long wait ends.
fn reminder(rules: &Rules, case: &Case, deadline: Deadline) -> Option<Timer> {
    let told = case.mark(&deadline.rule, deadline.due_on).is_some_and(|mark| mark.warned);
    if told || deadline.met_on.is_some() || !case.is_open() {
        return None;
    }
    let before = if deadline.rule == "complaint.twelve-weeks" { TOLD_BEFORE_THE_END } else { Length::working_days(0) };
    let on = rules.count(deadline.due_on, negative(before)).date;
    Some(Timer { at: start_of_day(on), act: Act::Warn(deadline) })
}

fn still_needed(case: &Case) -> bool {
    case.restrictions.iter().any(|restriction| restriction.ended_on.is_none())
        || case.enquiries.iter().any(crate::case::Enquiry::is_open)
}

/// Warned before, missed after, and then up the ladder.
fn watch(rules: &Rules, case: &Case, deadline: Deadline) -> Timer {
    let mark = case.mark(&deadline.rule, deadline.due_on);
    let missed_at = start_of_day(day_after(deadline.due_on));
    if let Some(mark) = mark.filter(|mark| mark.missed) {
        let rung = mark.rungs;
        return Timer { at: rung_at(rules, deadline.due_on, rung), act: Act::Escalate(deadline, rung) };
    }
    let warn_on = rules.count(deadline.due_on, negative(rules.policy.watch.warn_before)).date;
    let began = case.stage().map_or(case.received_on, |stage| stage.from).max(local_date(case.logged_at));
    let warned = mark.is_some_and(|mark| mark.warned);
    if !warned && warn_on > began && deadline.state == DeadlineState::Open {
        return Timer { at: start_of_day(warn_on), act: Act::Warn(deadline) };
    }
    Timer { at: missed_at, act: Act::Miss(deadline) }
}

/// When a rung is told: its length after the date, and after the last rung again and again.
fn rung_at(rules: &Rules, due_on: NaiveDate, rung: u32) -> DateTime<Utc> {
    let ladder = &rules.policy.watch.escalation;
    let index = usize::try_from(rung).unwrap_or(usize::MAX);
    let on = match (ladder.get(index), ladder.last()) {
        (Some(found), _) => rules.count(due_on, found.after).date,
        (None, Some(last)) => {
            let beyond = index.saturating_sub(ladder.len()).saturating_add(1);
            let n = REMIND_EVERY.n.saturating_mul(i32::try_from(beyond).unwrap_or(i32::MAX));
            rules.count(rules.count(due_on, last.after).date, Length { n: n.min(2_600), ..REMIND_EVERY }).date
        }
        (None, None) => due_on,
    };
    start_of_day(day_after(on))
}

/// `stage-1.respond` is `("respond", 1)`; `action.2` is `("action.2", 0)`.
pub(crate) fn split(rule: &str) -> (&str, u8) {
    let parts = rule.strip_prefix("stage-").and_then(|rest| rest.split_once('.'));
    match parts {
        Some((n, what)) => (what, n.parse().unwrap_or(0)),
        None => (rule.strip_prefix("retention.").or(rule.strip_prefix("ombudsman.")).unwrap_or(rule), 0),
    }
}

fn by_system(rules: &Rules, stage: u8) -> bool {
    let update = rules.policy.stage(stage).and_then(|stage| stage.update.as_ref());
    update.is_some_and(|update| update.by == By::System)
}

fn negative(length: Length) -> Length {
    Length { n: -length.n, ..length }
}

fn day_after(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap_or(date)
}
