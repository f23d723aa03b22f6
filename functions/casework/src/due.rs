//! When something is due, in words: the words come before any colour.

use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;

use redress_domain::calendar::{Calendar, long_date};

/// Further away than this many working days, only the date is said.
const COUNTED_MAX: usize = 60;

/// The heading a case stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) enum Due {
    /// Its date has passed.
    Overdue,
    /// It is due today.
    Today,
    /// It is due by Sunday.
    ThisWeek,
    /// It is due after that, or never.
    Later,
}

impl Due {
    /// Where a date stands.
    pub(crate) fn of(today: NaiveDate, due_on: Option<NaiveDate>) -> Due {
        let to_sunday = u64::from(6 - today.weekday().num_days_from_monday());
        let sunday = today.checked_add_days(Days::new(to_sunday)).unwrap_or(today);
        match due_on {
            Some(due_on) if due_on < today => Due::Overdue,
            Some(due_on) if due_on == today => Due::Today,
            Some(due_on) if due_on <= sunday => Due::ThisWeek,
            _ => Due::Later,
        }
    }

    /// The heading's words.
    pub(crate) fn heading(self) -> &'static str {
        match self {
            Due::Overdue => "Overdue",
            Due::Today => "Due today",
            Due::ThisWeek => "This week",
            Due::Later => "Later",
        }
    }
}

/// “Overdue by 3 working days”, “Due tomorrow”, “Due in 4 working days”: by the council's own calendar.
pub(crate) fn said(calendar: &Calendar, today: NaiveDate, due_on: NaiveDate) -> String {
    if due_on < today {
        return match calendar.working_days_between(due_on, today) {
            0 => format!("Overdue since {}", long_date(due_on)),
            n => format!("Overdue by {}", working_days(n)),
        };
    }
    if due_on == today {
        return "Due today".to_owned();
    }
    if Some(due_on) == today.succ_opt() {
        return "Due tomorrow".to_owned();
    }
    match calendar.working_days_between(today, due_on) {
        0 => "Due before the next working day".to_owned(),
        n if n > COUNTED_MAX => format!("Due on {}", long_date(due_on)),
        n => format!("Due in {}", working_days(n)),
    }
}

fn working_days(n: usize) -> String {
    if n == 1 { "1 working day".to_owned() } else { format!("{n} working days") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn easter() -> Calendar {
        let off = [("2026-04-03", "Good Friday"), ("2026-04-06", "Easter Monday")];
        Calendar::of("test", off.map(|(date, why)| (day(date), why.to_owned())))
    }

    #[test]
    fn a_date_is_said_in_working_days_of_the_councils_calendar() {
        for (today, due_on, words) in [
            ("2026-03-25", "2026-03-20", "Overdue by 3 working days"),
            ("2026-03-23", "2026-03-20", "Overdue by 1 working day"),
            ("2026-03-21", "2026-03-20", "Overdue since 20 March 2026"),
            ("2026-04-07", "2026-04-02", "Overdue by 1 working day"),
            ("2026-03-20", "2026-03-20", "Due today"),
            ("2026-03-19", "2026-03-20", "Due tomorrow"),
            ("2026-03-20", "2026-03-21", "Due tomorrow"),
            ("2026-03-20", "2026-03-22", "Due before the next working day"),
            ("2026-03-20", "2026-03-23", "Due in 1 working day"),
            ("2026-04-02", "2026-04-07", "Due in 1 working day"),
            ("2026-04-01", "2026-04-09", "Due in 4 working days"),
            ("2026-03-20", "2027-03-22", "Due on 22 March 2027"),
        ] {
            assert_eq!(said(&easter(), day(today), day(due_on)), words, "{due_on} seen on {today}");
        }
    }

    #[test]
    fn a_week_ends_on_sunday_and_what_has_no_date_is_later() {
        let of = |today, due_on| Due::of(day(today), Some(day(due_on)));
        assert_eq!(of("2026-03-18", "2026-03-17"), Due::Overdue);
        assert_eq!(of("2026-03-18", "2026-03-18"), Due::Today);
        assert_eq!(of("2026-03-18", "2026-03-22"), Due::ThisWeek);
        assert_eq!(of("2026-03-18", "2026-03-23"), Due::Later);
        assert_eq!(of("2026-03-22", "2026-03-23"), Due::Later);
        assert_eq!(Due::of(day("2026-03-18"), None), Due::Later);
    }
}
