//! When the matter was, as well as the person remembers.

use chrono::NaiveDate;

use crate::calendar::long_date;
use crate::input::Fields;

/// The dates a person may give, each by its field, and what it is called.
const DATES: [(&str, &str); 3] = [
    ("happened_on", "The day it happened"),
    ("aware_on", "The day you found out"),
    ("first_reported_on", "The day you first told us"),
];

/// The three dates, and which of them are known to the month only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dates {
    pub(super) happened_on: Option<NaiveDate>,
    pub(super) aware_on: Option<NaiveDate>,
    pub(super) first_reported_on: Option<NaiveDate>,
    pub(super) approximate: Vec<String>,
}

impl Dates {
    /// Reads them: none may be in the future.
    pub(super) fn read(fields: &mut Fields, today: NaiveDate) -> Dates {
        let [happened_on, aware_on, first_reported_on] = DATES.map(|(field, what)| past(fields, field, what, today));
        let mut approximate = fields.lines("approximate");
        approximate.sort();
        approximate.dedup();
        let known = DATES.map(|(field, _)| field);
        if approximate.iter().any(|name| !known.contains(&name.as_str())) {
            fields.error("approximate", format!("must name some of {}", known.join(", ")));
        }
        let given = [happened_on, aware_on, first_reported_on];
        // A date that was not given is not known at all.
        approximate.retain(|name| known.iter().zip(given).any(|(field, date)| field == name && date.is_some()));
        Dates { happened_on, aware_on, first_reported_on, approximate }
    }
}

fn past(fields: &mut Fields, field: &'static str, what: &str, today: NaiveDate) -> Option<NaiveDate> {
    let date = fields.date(field)?;
    if date > today {
        fields.error(field, format!("{what} must be today or in the past; today is {}", long_date(today)));
        return None;
    }
    Some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(sent: Value) -> Result<Dates, Vec<String>> {
        let mut fields = Fields::of(sent);
        let dates = Dates::read(&mut fields, NaiveDate::from_ymd_opt(2026, 3, 20).unwrap());
        fields.finish(Some(dates)).map_err(|errors| errors.into_iter().map(|error| error.field).collect())
    }

    #[test]
    fn a_date_may_be_known_to_the_month_only() {
        let dates = read(json!({"happened_on": "2025-05-31", "approximate": ["happened_on", "aware_on"]})).unwrap();
        assert_eq!(dates.approximate, ["happened_on"], "what was not given is not approximate");
    }

    #[test]
    fn a_date_to_come_and_a_name_that_is_none_are_both_said() {
        let wrong = read(json!({"aware_on": "2026-03-21", "approximate": ["yesterday"]})).unwrap_err();
        assert_eq!(wrong, ["aware_on", "approximate"]);
    }
}
