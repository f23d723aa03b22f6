//! A date with its reasons.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Counting;
use crate::length::Length;

/// A counted date that can say how it was reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The date.
    pub date: NaiveDate,
    /// Counted from this day, which is day 0.
    pub from: NaiveDate,
    /// How much was counted.
    pub amount: Length,
    /// By which convention.
    pub counting: Counting,
    /// Each day looked at; for working days only.
    pub days: Vec<Day>,
    /// Beyond the calendar's horizon: it may yet move.
    pub provisional: bool,
}

/// A day looked at while counting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// Whether it counted.
    pub counted: bool,
    /// “day 3”, or why it was skipped.
    pub why: String,
}
