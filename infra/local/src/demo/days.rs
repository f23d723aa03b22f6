//! When things happen: working days of a council before the present, at plausible times of day.

use chrono::{DateTime, Days as CalendarDays, NaiveDate, NaiveTime, Utc};

use redress_domain::calendar::{local_date, local_instant};
use redress_domain::length::Length;
use redress_domain::rules::Rules;

use super::script::Received;

/// Staff are at their desks.
const OFFICE: [(u32, u32); 8] = [(9, 12), (9, 46), (10, 31), (11, 18), (13, 42), (14, 27), (15, 9), (15, 38)];
/// Residents write before work, at lunch, after the children are in bed.
const HOME: [(u32, u32); 7] = [(7, 48), (12, 37), (18, 52), (19, 26), (20, 14), (21, 41), (22, 33)];
/// No answer is promised for a day further off than this.
const LOOK_BACK_MAX: i32 = 400;

/// The days of one council, seen from the present.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days<'a> {
    pub(super) rules: &'a Rules,
    pub(super) now: DateTime<Utc>,
}

impl Days<'_> {
    /// So many working days from a date.
    pub(super) fn after(&self, date: NaiveDate, n: i32) -> NaiveDate {
        self.rules.count(date, Length::working_days(n)).date
    }

    /// So many working days ago.
    pub(super) fn ago(&self, n: i32) -> NaiveDate {
        self.after(local_date(self.now), -n)
    }

    /// The day the nth case comes in.
    pub(super) fn received(&self, received: Received, n: usize) -> NaiveDate {
        match received {
            // People write at weekends too. The days counted from then are the same.
            Received::Ago(ago) => {
                let next = self.ago(ago - 1);
                if n.is_multiple_of(2) { before(next) } else { self.ago(ago) }
            }
            Received::DueIn(days) => self.for_answer_on(self.after(local_date(self.now), days)),
            Received::Yesterday => before(local_date(self.now)),
        }
    }

    /// The latest working day whose complaints are to be answered by `due` or before.
    fn for_answer_on(&self, due: NaiveDate) -> NaiveDate {
        let Some(first) = self.rules.policy.stage(1) else { return due };
        let answer_of = |date: NaiveDate| self.rules.count(date, first.respond.within).date;
        let days = (1..LOOK_BACK_MAX).map(|n| self.after(due, -n));
        days.into_iter().find(|date| answer_of(*date) <= due).unwrap_or(due)
    }
}

/// The nth moment of a day in the office.
pub(super) fn in_office(date: NaiveDate, n: usize) -> DateTime<Utc> {
    moment(date, &OFFICE, n)
}

/// The nth moment of a day at home.
pub(super) fn at_home(date: NaiveDate, n: usize) -> DateTime<Utc> {
    moment(date, &HOME, n)
}

/// The end of a day in the office: after everything else that was done on it.
pub(super) fn evening(date: NaiveDate) -> DateTime<Utc> {
    moment(date, &[(16, 50)], 0)
}

fn moment(date: NaiveDate, times: &[(u32, u32)], n: usize) -> DateTime<Utc> {
    let time = times.get(n % times.len().max(1)).and_then(|(hour, minute)| NaiveTime::from_hms_opt(*hour, *minute, 0));
    local_instant(date.and_time(time.unwrap_or(NaiveTime::MIN)))
}

fn before(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(CalendarDays::new(1)).unwrap_or(date)
}
