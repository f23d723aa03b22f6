//! A date in three fields, as people write one: a month by number or name, and the day left out if they forgot it.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::{Words, languages};

/// Years that can be meant.
const YEARS: RangeInclusive<i32> = 1900..=9999;

/// The least of a month's name that is taken for it.
const LETTERS_MIN: usize = 3;

/// A date, as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The date. Without a day, the last of the month that has been: what is not known makes nothing older.
    pub date: NaiveDate,
    /// The day was given.
    pub exact: bool,
}

impl Day {
    /// As a page says it.
    pub fn said(self, language: &str) -> String {
        let month = Words::said(language, &format!("date.months.{}", self.date.month()), &[]);
        let rest = format!("{month} {}", self.date.year());
        if self.exact { format!("{} {rest}", self.date.day()) } else { rest }
    }
}

/// Why three fields are no date: a text of the catalogue, under `journey.errors`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDate {
    /// The month was left out.
    Month,
    /// The year was left out.
    Year,
    /// The year has fewer than four digits.
    FullYear,
    /// There is no such day.
    Real,
}

impl NoDate {
    /// The text that says so.
    pub fn place(self) -> &'static str {
        match self {
            NoDate::Month => "no_month",
            NoDate::Year => "no_year",
            NoDate::FullYear => "full_year",
            NoDate::Real => "no_date",
        }
    }
}

/// Reads day, month and year; nothing when all are empty.
///
/// # Errors
/// What is missing, or that there is no such day.
pub fn read(day: &str, month: &str, year: &str, today: NaiveDate) -> Result<Option<Day>, NoDate> {
    let (day, month, year) = (day.trim(), month.trim(), year.trim());
    // “31 August” or “31/8/2025” in the first field is a date all the same.
    let parts: Vec<&str> = day.split([' ', '/', '-', '.']).filter(|part| !part.is_empty()).collect();
    let (day, month, year) = match parts.as_slice() {
        [first, second] if month.is_empty() => (*first, *second, year),
        [first, second, third] if month.is_empty() && year.is_empty() => match first.len() {
            4 => (*third, *second, *first),
            _ => (*first, *second, *third),
        },
        _ => (day, month, year),
    };
    if day.is_empty() && month.is_empty() && year.is_empty() {
        return Ok(None);
    }
    if month.is_empty() {
        return Err(NoDate::Month);
    }
    if year.is_empty() {
        return Err(NoDate::Year);
    }
    let month = month_of(month).ok_or(NoDate::Real)?;
    let number: i32 = year.parse().map_err(|_| NoDate::Real)?;
    if year.len() < 4 {
        return Err(NoDate::FullYear);
    }
    if !YEARS.contains(&number) {
        return Err(NoDate::Real);
    }
    let first = NaiveDate::from_ymd_opt(number, month, 1).ok_or(NoDate::Real)?;
    if day.is_empty() {
        let last = first.checked_add_months(Months::new(1)).and_then(|next| next.checked_sub_days(Days::new(1)));
        let last = last.unwrap_or(first);
        let date = if first <= today { last.min(today) } else { last };
        return Ok(Some(Day { date, exact: false }));
    }
    let day: u32 = day.trim_end_matches(char::is_alphabetic).trim_end().parse().map_err(|_| NoDate::Real)?;
    let date = first.with_day(day).ok_or(NoDate::Real)?;
    Ok(Some(Day { date, exact: true }))
}

/// A month by its number, or by its name in any language there is.
fn month_of(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse::<u32>() {
        return Some(number).filter(|number| (1..=12).contains(number));
    }
    let given = text.trim_end_matches('.').to_lowercase();
    if given.chars().count() < LETTERS_MIN {
        return None;
    }
    let names = languages().flat_map(|language| {
        (1..=12u32).map(move |n| (n, Words::said(language, &format!("date.months.{n}"), &[]).to_lowercase()))
    });
    // “sept” is the beginning of a name, and so is “sep”.
    let mut found: Vec<u32> = names.filter(|(_, name)| name.starts_with(&given)).map(|(n, _)| n).collect();
    found.dedup();
    match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str, month: &str, year: &str) -> Result<Option<String>, NoDate> {
        let today = NaiveDate::from_ymd_opt(2026, 3, 20).unwrap();
        read(day, month, year, today).map(|found| found.map(|day| day.date.to_string()))
    }

    #[test]
    fn a_month_may_be_a_number_or_a_name() {
        for month in ["3", "03", "March", "march", "Mar", "mar.", "Mawrth"] {
            assert_eq!(on(" 5", month, "2026"), Ok(Some("2026-03-05".to_owned())), "{month}");
        }
        assert_eq!(on("1st", "sept", "2025"), Ok(Some("2025-09-01".to_owned())));
    }

    #[test]
    fn a_whole_date_in_the_first_field_is_a_date() {
        assert_eq!(on("31 August", "", "2025"), Ok(Some("2025-08-31".to_owned())));
        assert_eq!(on("31/8/2025", "", ""), Ok(Some("2025-08-31".to_owned())));
        assert_eq!(on("2025-08-31", "", ""), Ok(Some("2025-08-31".to_owned())), "as programs write it");
        assert_eq!(on("31 August", "", ""), Err(NoDate::Year), "which August is still asked");
    }

    #[test]
    fn a_day_may_be_left_out_and_nothing_is_made_older_by_that() {
        assert_eq!(on("", "2", "2024"), Ok(Some("2024-02-29".to_owned())));
        assert_eq!(on("", "March", "2026"), Ok(Some("2026-03-20".to_owned())), "the month is not over");
        assert_eq!(on("", "April", "2026"), Ok(Some("2026-04-30".to_owned())), "still to come, and said to be");
        assert_eq!(on("", " ", ""), Ok(None));
    }

    #[test]
    fn what_is_missing_or_not_real_is_said() {
        assert_eq!(on("5", "", "2026"), Err(NoDate::Month));
        assert_eq!(on("5", "3", ""), Err(NoDate::Year));
        assert_eq!(on("5", "3", "26"), Err(NoDate::FullYear));
        for (day, month, year) in [
            ("31", "June", "2025"),
            ("x", "3", "2026"),
            ("1", "M", "2026"),
            ("1", "13", "2026"),
            ("1", "ju", "2026"),
            ("1", "3", "year"),
        ] {
            assert_eq!(on(day, month, year), Err(NoDate::Real), "{day} {month} {year}");
        }
    }
}
