//! The days of a made-up complaint, counted as the council's policy counts them.

use chrono::NaiveDate;
use redress_domain::case::FeedbackKind;
use redress_domain::length::Length;
use redress_domain::letter::LetterKind;
use redress_domain::policy::RunsFrom;
use redress_domain::rules::Rules;

/// The days of one stage.
#[derive(Clone, Copy, Debug)]
pub struct Dates {
    /// The complaint, or the request for the next stage, was received.
    pub received: NaiveDate,
    /// By when it is acknowledged.
    pub acknowledge: NaiveDate,
    /// By when it is answered.
    pub respond: NaiveDate,
    /// By when it is answered once that was put off.
    pub extended: NaiveDate,
    /// The next news after the answer was due.
    pub next_update: NaiveDate,
    /// The working day after the answer was due.
    pub late: NaiveDate,
    /// A working day on which the case is being looked at.
    pub busy: NaiveDate,
    /// The last day to ask for the next stage; none where there is no such day.
    pub ask_until: Option<NaiveDate>,
    /// What a service was asked for is done by this day; none where the policy has no such request.
    pub done: Option<NaiveDate>,
    /// Something that is promised is done by this day.
    pub action: NaiveDate,
}

impl Dates {
    /// Of a stage: stage 1 begins on Monday 1 June 2026, any later one on Monday 3 August 2026.
    pub fn of(rules: &Rules, n: u8) -> Dates {
        let received = NaiveDate::from_ymd_opt(2026, if n == 1 { 6 } else { 8 }, if n == 1 { 1 } else { 3 });
        let received = received.unwrap_or_default();
        let count = |from: NaiveDate, amount: Length| rules.count(from, amount).date;
        let days = |from: NaiveDate, n: i32| count(from, Length::working_days(n));
        let stage = rules.policy.stage(n);
        let acknowledge = stage.map_or(received, |stage| count(received, stage.acknowledge.within));
        let respond = stage.map_or(received, |stage| match stage.respond.runs_from {
            RunsFrom::Received => count(received, stage.respond.within),
            RunsFrom::Acknowledged => count(acknowledge, stage.respond.within),
        });
        let window = stage.and_then(|stage| stage.request.as_ref()).and_then(|request| request.within);
        let news = stage.and_then(|stage| stage.update.as_ref()).map(|update| update.every);
        let requests = rules.policy.kind(FeedbackKind::ServiceRequest).and_then(|kind| kind.done_within);
        Dates {
            received,
            acknowledge,
            respond,
            extended: stage.map_or(respond, |stage| count(respond, stage.extend.at_most)),
            next_update: count(respond, news.unwrap_or(Length::working_days(10))),
            late: days(respond, 1),
            busy: days(received, 3),
            ask_until: window.map(|within| count(respond, within)),
            done: requests.map(|within| count(received, within)),
            action: days(respond, 10),
        }
    }

    /// The day on which a kind of letter is written.
    pub fn written(&self, kind: LetterKind) -> NaiveDate {
        match kind {
            LetterKind::Receipt | LetterKind::PassedOn | LetterKind::ServiceRequest => self.received,
            LetterKind::Acknowledgement => self.acknowledge,
            LetterKind::Extension | LetterKind::Response | LetterKind::Final => self.respond,
            LetterKind::Holding => self.late,
            LetterKind::RemedyDone | LetterKind::CannotDeliver | LetterKind::Correction => self.action,
            _ => self.busy,
        }
    }
}
