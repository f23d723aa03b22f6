//! Which days are not working days, and how far anyone knows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;

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
/// When the file has another form, or a nation no holidays.
pub fn calendars(json: &str) -> Result<Vec<Calendar>, CalendarError> {
    let divisions: BTreeMap<String, Division> = serde_json::from_str(json)?;
    divisions.into_values().map(calendar).collect()
}

fn calendar(division: Division) -> Result<Calendar, CalendarError> {
    let last = division.events.iter().map(|event| event.date).max();
    let horizon = last
        .and_then(|date| NaiveDate::from_ymd_opt(date.year(), 12, 31))
        .ok_or_else(|| CalendarError::Empty(division.division.clone()))?;
    let off = division.events.into_iter().map(|event| (event.date, title(event))).collect();
    Ok(Calendar { name: division.division, version: 1, horizon, off })
}

fn title(event: Proclaimed) -> String {
    if event.notes.is_empty() { event.title } else { format!("{} ({})", event.title, event.notes.to_lowercase()) }
}

impl Calendar {
    /// A calendar of these days off; with none, only weekends are off.
    pub fn of(name: &str, off: impl IntoIterator<Item = (NaiveDate, String)>) -> Calendar {
        let off: BTreeMap<NaiveDate, String> = off.into_iter().collect();
        Calendar { name: name.to_owned(), version: 1, horizon: NaiveDate::MAX, off }
    }

    /// Why a day is off, or nothing when it is a working day.
    pub fn day_off(&self, date: NaiveDate) -> Option<&str> {
        match date.weekday() {
            Weekday::Sat => Some("Saturday"),
            Weekday::Sun => Some("Sunday"),
            _ => self.off.get(&date).map(String::as_str),
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

    /// Whether a day is in the calendar itself, and not off only as a weekend is.
    pub fn is_listed(&self, date: NaiveDate) -> bool {
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

    #[test]
    fn an_empty_list_is_not_no_holidays() {
        let json = r#"{"wales":{"division":"wales","events":[]}}"#;
        assert!(matches!(calendars(json), Err(CalendarError::Empty(_))));
    }

    #[test]
    fn the_horizon_is_the_end_of_the_last_year_listed() {
        let json = r#"{"w":{"division":"w","events":[{"title":"X","date":"2028-05-01","notes":"Substitute day"}]}}"#;
        let read = calendars(json).unwrap();
        assert_eq!(read[0].horizon, NaiveDate::from_ymd_opt(2028, 12, 31).unwrap());
        assert_eq!(read[0].day_off(NaiveDate::from_ymd_opt(2028, 5, 1).unwrap()), Some("X (substitute day)"));
    }
}
