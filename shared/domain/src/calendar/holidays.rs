//! Which days are not working days, and how far anyone knows.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate, Weekday};
use serde::Deserialize;

use crate::policy::Closure;

/// The days off of one nation, or of one council, up to a horizon.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its name: `england-and-wales`.
    pub name: String,
    /// Counts up with each published change.
    pub version: u32,
    /// Up to here the holidays are known; a date beyond is provisional.
    pub horizon: NaiveDate,
    off: BTreeMap<NaiveDate, String>,
    /// One council's own days off. Apart from the others: what is proclaimed or withdrawn later leaves them alone.
    closed: BTreeMap<NaiveDate, String>,
}

/// A calendar that cannot be trusted, and so is not used.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// Not in the form gov.uk publishes.
    #[error("the bank holidays are not in gov.uk's form: {0}")]
    Form(#[from] serde_json::Error),
    /// An empty list would silently mean “no holidays”.
    #[error("calendar `{0}` has no days in it: an empty list is not “no holidays”")]
    Empty(String),
    /// No nation at all.
    #[error("there is no calendar in it: a list for one nation at least is needed")]
    None,
    /// Days out of order: something was lost or put in by hand.
    #[error("calendar `{name}` is not in order: {later} stands before {earlier}")]
    Unsorted {
        /// Which calendar.
        name: String,
        /// What stands first.
        later: NaiveDate,
        /// What should.
        earlier: NaiveDate,
    },
    /// One day with two names: one of them is of another day.
    #[error("calendar `{name}` has {date} twice, as “{first}” and as “{second}”")]
    Twice {
        /// Which calendar.
        name: String,
        /// Which day.
        date: NaiveDate,
        /// What it is called first.
        first: String,
        /// And then.
        second: String,
    },
}

#[derive(Deserialize)]
struct Division {
    division: String,
    events: Vec<Proclaimed>,
}

#[derive(Deserialize)]
struct Proclaimed {
    title: String,
    date: NaiveDate,
    #[serde(default)]
    notes: String,
}

/// Reads the file that gov.uk publishes: one calendar for each nation.
///
/// # Errors
/// When the file has another form, or a nation no holidays, or holidays out of order or with two names.
pub fn calendars(json: &str) -> Result<Vec<Calendar>, CalendarError> {
    let divisions: BTreeMap<String, Division> = serde_json::from_str(json)?;
    if divisions.is_empty() {
        return Err(CalendarError::None);
    }
    divisions.into_values().map(calendar).collect()
}

fn calendar(division: Division) -> Result<Calendar, CalendarError> {
    let last = division.events.iter().map(|event| event.date).max();
    let horizon = last
        .and_then(|date| NaiveDate::from_ymd_opt(date.year(), 12, 31))
        .ok_or_else(|| CalendarError::Empty(division.division.clone()))?;
    in_order(&division)?;
    let off = division.events.into_iter().map(|event| (event.date, title(event))).collect();
    Ok(Calendar { name: division.division, version: 1, horizon, off, closed: BTreeMap::new() })
}

fn in_order(division: &Division) -> Result<(), CalendarError> {
    let name = || division.division.clone();
    for (first, second) in division.events.iter().zip(division.events.iter().skip(1)) {
        match first.date.cmp(&second.date) {
            Ordering::Greater => {
                return Err(CalendarError::Unsorted { name: name(), later: first.date, earlier: second.date });
            }
            Ordering::Equal if first.title != second.title => {
                return Err(CalendarError::Twice {
                    name: name(),
                    date: first.date,
                    first: first.title.clone(),
                    second: second.title.clone(),
                });
            }
            _ => {}
        }
    }
    Ok(())
}

fn title(event: Proclaimed) -> String {
    if event.notes.is_empty() { event.title } else { format!("{} ({})", event.title, event.notes.to_lowercase()) }
}

impl Calendar {
    /// A calendar of these days off; with none, only weekends are off.
    pub fn of(name: &str, off: impl IntoIterator<Item = (NaiveDate, String)>) -> Calendar {
        let off: BTreeMap<NaiveDate, String> = off.into_iter().collect();
        Calendar { name: name.to_owned(), version: 1, horizon: NaiveDate::MAX, off, closed: BTreeMap::new() }
    }

    /// The same calendar for a council that is closed on these days as well. Nobody knows more of the
    /// future for it: the horizon stays. So does the version: the days belong to the policy.
    #[must_use]
    pub fn closed_on(&self, closures: &[Closure]) -> Calendar {
        let days = closures.iter().map(|closure| (closure.date, format!("Council closed ({})", closure.title)));
        Calendar { closed: days.collect(), ..self.clone() }
    }

    /// Why a day is off, or nothing when it is a working day.
    pub fn day_off(&self, date: NaiveDate) -> Option<&str> {
        match date.weekday() {
            Weekday::Sat => Some("Saturday"),
            Weekday::Sun => Some("Sunday"),
            _ => self.off.get(&date).or_else(|| self.closed.get(&date)).map(String::as_str),
        }
    }

    /// Whether people work on this day.
    pub fn is_working(&self, date: NaiveDate) -> bool {
        self.day_off(date).is_none()
    }

    /// Whether nobody can know yet which days near this one are off.
    pub fn is_provisional(&self, date: NaiveDate) -> bool {
        date > self.horizon
    }

    /// Where the calendar ends, when that is less than a year from today. Dates beyond it are
    /// provisional, and the last promises made today may reach there.
    pub fn ends_soon(&self, today: NaiveDate) -> Option<NaiveDate> {
        let in_a_year = today.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX);
        Some(self.horizon).filter(|horizon| *horizon < in_a_year)
    }

    /// Whether a day is proclaimed as a day off, and not off only as a weekend or a closure is.
    pub fn is_proclaimed(&self, date: NaiveDate) -> bool {
        self.off.contains_key(&date)
    }

    /// Puts days in and takes days out: its next version.
    pub(super) fn change(&mut self, add: &BTreeMap<NaiveDate, String>, remove: &BTreeSet<NaiveDate>) {
        self.off.extend(add.iter().map(|(date, title)| (*date, title.clone())));
        self.off.retain(|date, _| !remove.contains(date));
        self.version += 1;
    }

    /// The first working day on or after this one.
    pub fn working_on_or_after(&self, date: NaiveDate) -> NaiveDate {
        let mut day = date;
        while !self.is_working(day) {
            let Some(next) = day.succ_opt() else { return day };
            day = next;
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn events(days: &[(&str, &str)]) -> Result<Vec<Calendar>, CalendarError> {
        let events: Vec<_> =
            days.iter().map(|(date, title)| serde_json::json!({"date": date, "title": title})).collect();
        calendars(&serde_json::json!({"w": {"division": "w", "events": events}}).to_string())
    }

    #[test]
    fn an_empty_list_is_not_no_holidays() {
        assert!(matches!(events(&[]), Err(CalendarError::Empty(_))));
        assert!(matches!(calendars("{}"), Err(CalendarError::None)));
    }

    #[test]
    fn a_list_out_of_order_is_refused_and_names_both_days() {
        let said = events(&[("2026-12-25", "Christmas Day"), ("2026-05-04", "May")]).unwrap_err().to_string();
        assert_eq!(said, "calendar `w` is not in order: 2026-12-25 stands before 2026-05-04");
    }

    #[test]
    fn a_day_with_two_names_is_refused_and_the_same_line_twice_is_one_day() {
        let said = events(&[("2026-05-04", "May"), ("2026-05-04", "Victory")]).unwrap_err().to_string();
        assert_eq!(said, "calendar `w` has 2026-05-04 twice, as “May” and as “Victory”");
        assert!(events(&[("2026-05-04", "May"), ("2026-05-04", "May")]).is_ok());
    }

    #[test]
    fn a_calendar_that_ends_within_a_year_says_when() {
        let read = events(&[("2027-12-27", "Christmas Day")]).unwrap();
        assert_eq!(read[0].ends_soon(day("2026-12-31")), None);
        assert_eq!(read[0].ends_soon(day("2027-01-01")), Some(day("2027-12-31")));
        assert_eq!(read[0].ends_soon(day("2029-01-01")), Some(day("2027-12-31")));
    }

    #[test]
    fn a_closure_is_a_day_off_by_its_name_and_moves_no_horizon() {
        let nation = events(&[("2026-12-25", "Christmas Day")]).unwrap().remove(0);
        let closed = ["2026-12-24", "2026-12-25", "2026-12-26", "2030-12-24"];
        let council = nation.closed_on(&closed.map(|date| Closure { date: day(date), title: "Christmas".to_owned() }));
        assert_eq!(council.day_off(day("2026-12-24")), Some("Council closed (Christmas)"));
        // What is off already keeps its own name.
        assert_eq!(council.day_off(day("2026-12-25")), Some("Christmas Day"));
        assert_eq!(council.day_off(day("2026-12-26")), Some("Saturday"));
        assert_eq!((council.horizon, council.version), (nation.horizon, nation.version));
        assert!(nation.is_working(day("2026-12-24")));
    }

    #[test]
    fn the_horizon_is_the_end_of_the_last_year_listed() {
        let json = r#"{"w":{"division":"w","events":[{"title":"X","date":"2028-05-01","notes":"Substitute day"}]}}"#;
        let read = calendars(json).unwrap();
        assert_eq!(read[0].horizon, NaiveDate::from_ymd_opt(2028, 12, 31).unwrap());
        assert_eq!(read[0].day_off(NaiveDate::from_ymd_opt(2028, 5, 1).unwrap()), Some("X (substitute day)"));
    }
}
