//! A length of time, as a policy writes it: `10 working days`, `1 calendar month`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The unit a policy counts in. Units are never converted into one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Neither a weekend, a holiday nor a closure day.
    WorkingDays,
    /// Every day counts.
    Days,
    /// Seven days each.
    Weeks,
    /// The corresponding date of a later month, or its last day.
    CalendarMonths,
    /// Twelve calendar months each.
    Years,
}

/// A number of units. Negative counts back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// How many.
    pub n: i32,
    /// Of what.
    pub unit: Unit,
}

/// A length of time that is not one.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is not a length of time: write it like “10 working days”, “28 days”, “2 weeks”, “1 calendar month” or “6 years”"
)]
pub struct NotALength(String);

/// The longest length taken, in its own unit: a limit, so that arithmetic cannot run away.
pub const LENGTH_MAX: i32 = 100_000;

impl Length {
    /// So many working days.
    pub const fn working_days(n: i32) -> Length {
        Length { n, unit: Unit::WorkingDays }
    }
}

impl FromStr for Length {
    type Err = NotALength;

    fn from_str(text: &str) -> Result<Length, NotALength> {
        let wrong = || NotALength(text.to_owned());
        let words: Vec<&str> = text.split_whitespace().collect();
        let (number, unit) = words.split_first().ok_or_else(wrong)?;
        let n: i32 = number.parse().map_err(|_| wrong())?;
        if n.abs() > LENGTH_MAX {
            return Err(wrong());
        }
        let unit = match unit.join(" ").to_lowercase().as_str() {
            "working day" | "working days" => Unit::WorkingDays,
            "day" | "days" | "calendar day" | "calendar days" => Unit::Days,
            "week" | "weeks" => Unit::Weeks,
            "calendar month" | "calendar months" | "month" | "months" => Unit::CalendarMonths,
            "year" | "years" => Unit::Years,
            _ => return Err(wrong()),
        };
        Ok(Length { n, unit })
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (one, many) = match self.unit {
            Unit::WorkingDays => ("working day", "working days"),
            Unit::Days => ("day", "days"),
            Unit::Weeks => ("week", "weeks"),
            Unit::CalendarMonths => ("calendar month", "calendar months"),
            Unit::Years => ("year", "years"),
        };
        write!(f, "{} {}", self.n, if self.n.abs() == 1 { one } else { many })
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Length, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Length {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_reads_and_writes_as_the_policy_does() {
        for text in ["10 working days", "1 calendar month", "28 days", "6 years", "-3 working days", "2 weeks"] {
            assert_eq!(text.parse::<Length>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_length_is_named_with_what_was_meant() {
        for text in ["", "ten working days", "10", "10 fortnights", "99999999999 days"] {
            let error = text.parse::<Length>().unwrap_err().to_string();
            assert!(error.contains("10 working days"), "{error}");
        }
    }
}
