//! Deadlines: derived from the case whenever they are asked for, never stored as truth.
//! A screen, a letter, a report and an explanation all show this one value.

mod beside;
mod received;

pub(crate) use beside::only_reminds;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::{Counted, Counting, Day, local_date, long_date};
use crate::case::{Case, StageRecord};
use crate::policy::{Course, Request, RequestFrom, RunsFrom, Stage};
use crate::rules::Rules;
use crate::timer::split;
use received::received;

/// The Housing Ombudsman takes a complaint up to this long after the last answer.
const REFER_BY: crate::length::Length = crate::length::Length { n: 12, unit: crate::length::Unit::CalendarMonths };

/// One date that is owed.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Deadline {
    /// Which promise: `stage-1.respond`.
    pub rule: String,
    /// The last day.
    pub due_on: NaiveDate,
    /// The nearer end of a range, where the policy has one.
    pub target_on: Option<NaiveDate>,
    /// What a letter promised; history, even when `due_on` has moved.
    pub promised_on: Option<NaiveDate>,
    /// How it stands.
    pub state: DeadlineState,
    /// When it was done.
    pub met_on: Option<NaiveDate>,
    /// Beyond the calendar's horizon: it may yet move.
    pub provisional: bool,
    /// Whether the policy itself promises it, or a Code stands in.
    pub in_policy: bool,
    /// Why this date.
    pub explain: Explain,
    /// Whether it is still to be done.
    #[serde(skip)]
    pub owed: bool,
}

/// How a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeadlineState {
    /// To come.
    Open,
    /// To come, and staff were warned.
    Warned,
    /// Done in time.
    Met,
    /// Not done in time.
    Missed,
    /// No longer owed.
    Void,
}

/// Why a date is what it is.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Explain {
    /// What it runs from, in words.
    pub from_event: String,
    /// The day of that: day 0.
    pub from_on: NaiveDate,
    /// How much is counted; absent where an officer set the date.
    #[schema(value_type = Option<String>)]
    pub amount: Option<crate::length::Length>,
    /// By which convention.
    pub counting: Counting,
    /// Each day that was looked at.
    pub days: Vec<Day>,
    /// The calendar and its version.
    pub calendar: String,
    /// The heading or paragraph that promises it.
    pub cites: String,
}

/// Every deadline of a case, in the order in which they were owed.
pub fn deadlines(rules: &Rules, case: &Case, today: NaiveDate) -> Vec<Deadline> {
    let maker = Maker { rules, case, today };
    let mut found = Vec::new();
    match rules.course(case) {
        Course::Stages => {
            for record in &case.stages {
                if let Some(stage) = rules.policy.stage(record.n) {
                    maker.stage(stage, record, &mut found);
                }
            }
            found.extend(beside::twelve_weeks(&maker));
        }
        Course::Request => found.extend(beside::request(&maker)),
        Course::PassOn => {}
    }
    maker.actions(&mut found);
    beside::all(&maker, &mut found);
    maker.afterwards(&mut found);
    found
}

/// The next thing owed: of what is still to be done, the date that comes first.
pub fn next_due(deadlines: &[Deadline]) -> Option<&Deadline> {
    deadlines.iter().filter(|deadline| deadline.owed).min_by_key(|deadline| deadline.due_on)
}

/// What is known of a deadline before it becomes one.
struct Draft {
    rule: String,
    counted: Counted,
    from_event: String,
    cites: String,
    in_policy: bool,
}

struct Maker<'a> {
    rules: &'a Rules,
    case: &'a Case,
    today: NaiveDate,
}

impl Maker<'_> {
    fn stage(&self, stage: &Stage, record: &StageRecord, found: &mut Vec<Deadline>) {
        let answered = record.response.as_ref().map(|response| response.first_on);
        let asked = self.asked(record);
        let acknowledge = self.make(
            Draft {
                rule: format!("stage-{}.acknowledge", stage.n),
                counted: self.rules.count(record.from, stage.acknowledge.within),
                from_event: asked.clone(),
                cites: stage.acknowledge.cites.clone(),
                in_policy: stage.acknowledge.in_policy,
            },
            record.acknowledged_on.or(answered),
        );
        let acknowledge = Deadline { promised_on: record.promised_acknowledgement, ..acknowledge };
        let (from, from_event) = match stage.respond.runs_from {
            RunsFrom::Received => (record.from, asked.as_str()),
            RunsFrom::Acknowledged => match record.acknowledged_on {
                Some(on) => (on, "it was acknowledged"),
                None => (acknowledge.due_on, "the last day to acknowledge it"),
            },
        };
        let original = self.rules.count(from, stage.respond.within);
        let first_update = original.date;
        found.push(acknowledge);
        found.extend(beside::hand_over(self, stage, record));
        found.push(self.respond(stage, record, original, from_event, answered));
        if let Some(update) = stage.update.as_ref().filter(|_| answered.is_none()) {
            let told = record.extensions.last().map(|extension| extension.on).max(record.updated_on);
            let (counted, from_event) = match (record.update_next, told) {
                (Some(next), _) => {
                    (self.given(record.updated_on.unwrap_or(record.from), next), "the day an officer named")
                }
                (None, Some(told)) => (self.rules.count(told, update.every), "the last news was sent"),
                (None, None) => (self.given(first_update, first_update), "the answer was due"),
            };
            found.push(self.make(
                Draft {
                    rule: format!("stage-{}.update", stage.n),
                    counted,
                    from_event: from_event.to_owned(),
                    cites: update.cites.clone(),
                    in_policy: update.in_policy,
                },
                None,
            ));
        }
        if let Some(request) = &stage.request {
            found.extend(self.request(stage.n, request, record));
        }
    }

    /// What the clocks of a stage run from, in words.
    fn asked(&self, record: &StageRecord) -> String {
        let what = match (record.n, self.rules.course(self.case)) {
            (_, Course::Request) => "the request was received",
            (1, _) => "the complaint was received",
            _ => "the request for a review was received",
        };
        let came = record.ask.as_ref().map_or(self.case.received_on, |ask| local_date(ask.received_at));
        match self.rules.policy.policy.cut_off.filter(|_| record.from > came) {
            Some(hour) => {
                format!("{what} on {} after {}, which counts as the next day", long_date(came), hour.format("%H:%M"))
            }
            None => what.to_owned(),
        }
    }

    fn respond(
        &self,
        stage: &Stage,
        record: &StageRecord,
        original: Counted,
        from_event: &str,
        answered: Option<NaiveDate>,
    ) -> Deadline {
        let target_on = stage.respond.target.map(|target| self.rules.count(original.from, target).date);
        let (counted, from_event, cites) = match record.extensions.last() {
            Some(extension) => (self.given(extension.on, extension.until), "it was extended", &stage.extend.cites),
            None => (original, from_event, &stage.respond.cites),
        };
        let made = self.make(
            Draft {
                rule: format!("stage-{}.respond", stage.n),
                counted,
                from_event: from_event.to_owned(),
                cites: cites.clone(),
                in_policy: true,
            },
            answered,
        );
        Deadline { target_on, promised_on: record.promised, ..made }
    }

    /// The window to ask for the next stage; only where there is one, and from the answer on.
    fn request(&self, n: u8, request: &Request, record: &StageRecord) -> Option<Deadline> {
        let response = record.response.as_ref()?;
        let asked = self.case.stage_record(n + 1).and_then(|next| next.ask.as_ref());
        let (rule, amount, in_policy) = match (request.within, request.file_after) {
            (Some(within), _) => (format!("stage-{}.request", n + 1), within, true),
            (None, Some(after)) => (format!("stage-{n}.file"), after, false),
            (None, None) => return None,
        };
        // A letter is sent on the day it is posted.
        let went = response.posted_on.unwrap_or(response.on);
        let first = if response.first_on == response.on { went } else { response.first_on };
        let (from, from_event) = match request.runs_from {
            RequestFrom::LatestSent => (went, "the answer was sent".to_owned()),
            RequestFrom::InitialSent => (first, "the first answer was sent".to_owned()),
            RequestFrom::LatestReceived => received(self.rules, response),
        };
        let made = self.make(
            Draft {
                rule,
                counted: self.rules.count(from, amount),
                from_event,
                cites: request.cites.clone(),
                in_policy,
            },
            asked.map(|ask| ask.asked_on),
        );
        // A window that passes unused was nobody's to keep: void, never missed.
        let state = match (asked, record.window_ended) {
            (Some(_), _) => made.state,
            (None, true) => DeadlineState::Void,
            (None, false) => DeadlineState::Open,
        };
        let owed = state == DeadlineState::Open && self.case.stage_n() == n && self.case.is_open();
        Some(Deadline { state, owed, ..made })
    }

    fn actions(&self, found: &mut Vec<Deadline>) {
        for action in &self.case.actions {
            let Some(by) = action.by else { continue };
            found.push(self.make(
                Draft {
                    rule: format!("action.{}", action.n),
                    counted: self.given(self.case.received_on, by),
                    from_event: "the letter promised it".to_owned(),
                    cites: "Codes 7.3".to_owned(),
                    in_policy: true,
                },
                action.done_on,
            ));
        }
    }

    fn afterwards(&self, found: &mut Vec<Deadline>) {
        let last = self.case.stages.last().filter(|record| self.rules.is_last_stage(record.n));
        if let Some(response) = last.and_then(|record| record.response.as_ref()).filter(|_| self.case.tenant) {
            let made = self.make(
                Draft {
                    rule: "ombudsman.refer-by".to_owned(),
                    counted: self.rules.count(response.on, REFER_BY),
                    from_event: "the final answer was sent".to_owned(),
                    cites: "Housing Ombudsman: 12 months from the final response".to_owned(),
                    in_policy: false,
                },
                None,
            );
            // The resident's to keep, not the council's: it ends, and is never missed.
            let state = if made.due_on < self.today { DeadlineState::Void } else { DeadlineState::Open };
            found.push(Deadline { state, owed: false, ..made });
        }
        if let Some(closed) = &self.case.closed {
            let retention = &self.rules.policy.retention;
            let keep = if self.rules.has_stages(self.case) { retention.complaint } else { retention.other };
            let made = self.make(
                Draft {
                    rule: "retention.destroy".to_owned(),
                    counted: self.rules.count(closed.on, keep),
                    from_event: "the case was closed".to_owned(),
                    cites: retention.cites.clone(),
                    in_policy: retention.in_policy,
                },
                self.case.destroyed_on,
            );
            let owed = made.met_on.is_none();
            let state = if owed { DeadlineState::Open } else { DeadlineState::Met };
            found.push(Deadline { state, owed, ..made });
        }
    }

    /// A date that was set, not counted.
    fn given(&self, from: NaiveDate, date: NaiveDate) -> Counted {
        let counting = self.rules.policy.policy.counting;
        let amount = crate::length::Length { n: 0, unit: crate::length::Unit::Days };
        let provisional = self.rules.calendar.is_provisional(date);
        Counted { date, from, amount, counting, days: Vec::new(), provisional }
    }

    fn make(&self, draft: Draft, met_on: Option<NaiveDate>) -> Deadline {
        let counted = draft.counted;
        let mark = self.case.mark(&draft.rule, counted.date);
        let owed = met_on.is_none() && self.is_owed(&draft.rule);
        let state = match met_on {
            Some(on) if on <= counted.date => DeadlineState::Met,
            Some(_) => DeadlineState::Missed,
            None if mark.is_some_and(|mark| mark.missed) => DeadlineState::Missed,
            None if !owed => DeadlineState::Void,
            None if counted.date < self.today => DeadlineState::Missed,
            None if mark.is_some_and(|mark| mark.warned) => DeadlineState::Warned,
            None => DeadlineState::Open,
        };
        let calendar = &self.rules.calendar;
        Deadline {
            rule: draft.rule,
            due_on: counted.date,
            target_on: None,
            promised_on: None,
            state,
            met_on,
            provisional: counted.provisional,
            in_policy: draft.in_policy,
            explain: Explain {
                from_event: draft.from_event,
                from_on: counted.from,
                amount: Some(counted.amount).filter(|amount| amount.n != 0),
                counting: counted.counting,
                days: counted.days,
                calendar: format!("{} {}", calendar.name, calendar.version),
                cites: draft.cites,
            },
            owed,
        }
    }

    /// A remedy outlives its case; a stage's dates end with it.
    fn is_owed(&self, rule: &str) -> bool {
        if ["action.", "restriction.", "ombudsman."].iter().any(|outlives| rule.starts_with(outlives)) {
            return true;
        }
        let (what, stage) = split(rule);
        // The window to ask for stage 2 is open while the case is at stage 1.
        let at = if what == "request" { stage.saturating_sub(1) } else { stage };
        self.case.is_open() && (stage == 0 || at == self.case.stage_n())
    }
}
