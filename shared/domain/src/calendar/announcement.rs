//! A holiday proclaimed or withdrawn, as somebody announces it.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::input::Fields;

/// Days that are off from now on, and days that are off no longer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announcement {
    /// Proclaimed.
    pub add: BTreeSet<NaiveDate>,
    /// Withdrawn.
    pub remove: BTreeSet<NaiveDate>,
    /// What the proclaimed days are called.
    pub title: String,
}

impl Announcement {
    /// Reads `add`, `remove` and `title`; whatever is wrong with them is noted.
    pub fn read(fields: &mut Fields) -> Option<Announcement> {
        let add = dates(fields, "add");
        let remove = dates(fields, "remove");
        let title = fields.line("title");
        if !fields.has("add") && !fields.has("remove") {
            fields.error("add", "Enter a date to add, or one to remove");
        }
        if fields.has("add") && title.is_none() {
            fields.error("title", "Enter what the day is called");
        }
        for both in add.intersection(&remove) {
            fields.error("remove", format!("{both} is also in add: it is a day off or it is not"));
        }
        Some(Announcement { add, remove, title: title.unwrap_or_default() })
    }
}

fn dates(fields: &mut Fields, name: &'static str) -> BTreeSet<NaiveDate> {
    let mut found = BTreeSet::new();
    for (n, line) in fields.lines(name).into_iter().enumerate() {
        match date(&line) {
            Ok(date) => {
                found.insert(date);
            }
            Err(why) => fields.error(&format!("{name}.{n}"), why),
        }
    }
    found
}

fn date(line: &str) -> Result<NaiveDate, String> {
    let date: NaiveDate = line.parse().map_err(|_| format!("“{line}” is not a real date: write it like 2026-03-20"))?;
    match date.weekday() {
        Weekday::Sat | Weekday::Sun => {
            Err(format!("{date} is a {}, which is off in any case: name the day in its place", date.format("%A")))
        }
        _ => Ok(date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(sent: Value) -> Result<Announcement, Vec<String>> {
        let mut fields = Fields::of(sent);
        let read = Announcement::read(&mut fields);
        fields.finish(read).map_err(|errors| errors.into_iter().map(|error| error.field).collect())
    }

    #[test]
    fn days_are_read_with_their_title() {
        let read = read(json!({"add": ["2026-06-12"], "remove": ["2026-08-31"], "title": "Jubilee"})).unwrap();
        assert_eq!((read.add.len(), read.remove.len(), read.title.as_str()), (1, 1, "Jubilee"));
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let wrong = read(json!({"add": ["2026-06-31", "2026-06-13"], "remove": ["soon"]})).unwrap_err();
        assert_eq!(wrong, ["add.0", "add.1", "remove.0", "title"]);
        assert_eq!(read(json!({})).unwrap_err(), ["add"]);
        let both = json!({"add": ["2026-06-12"], "remove": ["2026-06-12"], "title": "x"});
        assert_eq!(read(both).unwrap_err(), ["remove"]);
    }
}
