//! The dates of a case before the Codes.

use chrono::NaiveDate;

use super::in_case::{CaseVerdict, Look, broken, unknown};
use super::span::never_longer;
use crate::calendar::long_date;
use crate::case::StageRecord;
use crate::length::Length;
use crate::letter::LetterKind;
use crate::policy::{RunsFrom, Stage};

impl Look<'_> {
    pub(super) fn acknowledged(&self, n: u8, length: Length) -> Option<CaseVerdict> {
        let record = self.case.stage_record(n)?;
        let answered = record.response.as_ref().map(|response| response.first_on);
        let due_on = self.rules.count(record.from, length).date;
        self.by_date(due_on, record.acknowledged_on.or(answered))
    }

    /// From the acknowledgement, but never later than if it had been acknowledged in time.
    pub(super) fn answered(&self, n: u8, length: Length, plus: Length, extension: Length) -> Option<CaseVerdict> {
        let record = self.case.stage_record(n)?;
        let latest_start = self.rules.count(record.from, plus).date;
        let start = record.acknowledged_on.map_or(latest_start, |on| on.min(latest_start));
        let due_on = self.rules.count(start, length).date;
        // An extension that came after the date had passed lengthens nothing.
        let put_off = record.extensions.first().filter(|first| first.on <= due_on);
        let until = put_off.and(record.extensions.last()).map_or(due_on, |last| last.until.max(due_on));
        let fair = until.min(self.rules.count(due_on, extension).date);
        let answered = record.response.as_ref().map(|response| response.first_on);
        let by = answered.unwrap_or(self.today);
        if by > fair && by <= until {
            return Some(unknown(format!(
                "it was put off beyond {}, which a good reason allows: the ledger has it",
                long_date(fair)
            )));
        }
        self.by_date(fair, answered)
    }

    pub(super) fn extended(&self, n: u8, length: Length) -> Option<CaseVerdict> {
        let (stage, record) = self.stage(n)?;
        let last = record.extensions.last()?;
        let within =
            record.extensions.len() == 1 && last.until <= self.rules.count(self.first_due(stage, record), length).date;
        if within {
            return Some(CaseVerdict::Kept);
        }
        // What goes beyond the policy's measure is refused without a good reason and an approver.
        if never_longer(stage.extend.at_most, length) {
            return Some(CaseVerdict::Kept);
        }
        Some(unknown(format!("it was put off by more than {length}: the ledger has the good reason, if there was one")))
    }

    pub(super) fn told(&self, n: u8) -> Option<CaseVerdict> {
        let (stage, record) = self.stage(n)?;
        let due_on = self.first_due(stage, record);
        let answered = record.response.as_ref().map(|response| response.first_on);
        let late = match answered {
            Some(on) => on > due_on,
            None => self.case.is_open() && self.today > due_on,
        };
        if !late {
            return None;
        }
        let news = [LetterKind::Extension, LetterKind::Holding, LetterKind::Update];
        let told =
            self.case.letters.iter().any(|letter| letter.stage == n && news.contains(&letter.kind) && !letter.bounced);
        if told {
            Some(CaseVerdict::Kept)
        } else {
            Some(broken(format!("it was due on {} and nobody said that it was late", long_date(due_on))))
        }
    }

    pub(super) fn actions(&self) -> Option<CaseVerdict> {
        let dated = || self.case.actions.iter().filter_map(|action| Some((action, action.by?)));
        dated().next()?;
        let late: Vec<String> = dated()
            .filter(|(action, by)| action.done_on.unwrap_or(self.today) > *by)
            .map(|(action, by)| format!("action {} was due on {}", action.n, long_date(by)))
            .collect();
        if !late.is_empty() {
            return Some(broken(late.join("; ")));
        }
        if dated().any(|(action, _)| action.done_on.is_none()) {
            Some(CaseVerdict::Open)
        } else {
            Some(CaseVerdict::Kept)
        }
    }

    /// What ended before its date was owed nothing.
    fn by_date(&self, due_on: NaiveDate, done: Option<NaiveDate>) -> Option<CaseVerdict> {
        let closed_on = self.case.closed.as_ref().map(|closed| closed.on);
        match done {
            Some(on) if on <= due_on => Some(CaseVerdict::Kept),
            Some(on) => Some(broken(format!("due by {} and done on {}", long_date(due_on), long_date(on)))),
            None if closed_on.is_some_and(|on| on <= due_on) => None,
            None if closed_on.is_some() => Some(broken(format!("due by {} and never done", long_date(due_on)))),
            None if self.today <= due_on => Some(CaseVerdict::Open),
            None => Some(broken(format!("due by {} and not done", long_date(due_on)))),
        }
    }

    fn stage(&self, n: u8) -> Option<(&Stage, &StageRecord)> {
        self.rules.policy.stage(n).zip(self.case.stage_record(n))
    }

    /// When the policy owed the answer, before anybody put it off.
    fn first_due(&self, stage: &Stage, record: &StageRecord) -> NaiveDate {
        let acknowledge = self.rules.count(record.from, stage.acknowledge.within).date;
        let from = match stage.respond.runs_from {
            RunsFrom::Received => record.from,
            RunsFrom::Acknowledged => record.acknowledged_on.unwrap_or(acknowledge),
        };
        self.rules.count(from, stage.respond.within).date
    }
}
