//! Dates and times as staff's forms ask for them, in boxes of their own, made into what a program would have sent:
//! `by-day`, `by-month` and `by-year` are the date `by`, and with `at-time` they are the instant `at`, in London.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days, NaiveDate, NaiveTime};
use serde_json::{Map, Value};

use redress_domain::calendar::{local_instant, start_of_day};
use redress_domain::refusal::FieldError;

use crate::Problem;
use crate::date::{Day, NoDate, read};

/// The boxes, in the order a page has them; the last only where a time is asked for.
pub const PARTS: [&str; 4] = ["day", "month", "year", "time"];

/// Stands where boxes make no date: whoever reads a date or a text there says that it is none.
const NO_DATE: u8 = 0;

/// What a form said, with each of its dates in one piece.
#[derive(Clone, Debug)]
pub struct Joined {
    /// As a program would have sent it. Where boxes make no date stands what nothing takes for one.
    pub value: Value,
    errors: Vec<FieldError>,
}

impl Joined {
    /// Joins the boxes, wherever in the form they are. “Today” is the day it is today.
    pub fn of(value: Value, today: NaiveDate) -> Joined {
        let mut errors = Vec::new();
        let value = joined("", value, today, &mut errors);
        Joined { value, errors }
    }

    /// What reading it came to: what is wrong with boxes is said in their own words, in the place of whatever was
    /// said of the field they make, and nothing goes on without it.
    ///
    /// # Errors
    /// What reading said, or what is wrong with a box.
    pub fn settled<T>(&self, read: Result<T, Problem>) -> Result<T, Problem> {
        let own = |field: &str| self.errors.iter().find(|error| error.field == field);
        match read {
            Ok(_) if !self.errors.is_empty() => Err(Problem::fields(self.errors.clone())),
            Err(problem) if !problem.errors.is_empty() => {
                let told: Vec<FieldError> = problem.errors.iter().map(|e| own(&e.field).unwrap_or(e).clone()).collect();
                let missed = self.errors.iter().filter(|error| !told.contains(error)).cloned().collect::<Vec<_>>();
                Err(Problem::fields(told.into_iter().chain(missed).collect()))
            }
            other => other,
        }
    }
}

fn joined(path: &str, value: Value, today: NaiveDate, errors: &mut Vec<FieldError>) -> Value {
    let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Array(items) => {
            let each = |(n, item): (usize, Value)| joined(&inside(&n.to_string()), item, today, errors);
            Value::Array(items.into_iter().enumerate().map(each).collect())
        }
        Value::Object(fields) => {
            let dates: BTreeSet<String> = fields.keys().filter_map(|name| date_of(name)).map(str::to_owned).collect();
            let mut made = Map::new();
            for name in dates {
                let boxes = PARTS.map(|part| fields.get(&format!("{name}-{part}")).and_then(Value::as_str));
                match whole(boxes.map(|text| text.unwrap_or_default().trim()), name.ends_with("_at"), today) {
                    Ok(Some(text)) => made.insert(name, Value::String(text)),
                    Ok(None) => None,
                    Err(message) => {
                        errors.push(FieldError { field: inside(&name), message: message.to_owned() });
                        made.insert(name, Value::from(NO_DATE))
                    }
                };
            }
            for (name, inner) in fields {
                if date_of(&name).is_none() {
                    let at = inside(&name);
                    made.entry(name).or_insert_with(|| joined(&at, inner, today, errors));
                }
            }
            Value::Object(made)
        }
        leaf => leaf,
    }
}

/// The date a box is part of.
pub fn date_of(name: &str) -> Option<&str> {
    let (date, part) = name.rsplit_once('-')?;
    PARTS.contains(&part).then_some(date)
}

/// A date as its boxes show it; what is none stands whole in the first, so that whoever sent it finds it again.
pub(crate) fn boxed(given: &minijinja::Value) -> BTreeMap<&'static str, String> {
    match given.as_str().and_then(|text| text.parse::<NaiveDate>().ok()) {
        Some(date) => BTreeMap::from([
            ("day", date.day().to_string()),
            ("month", date.month().to_string()),
            ("year", date.year().to_string()),
        ]),
        None => BTreeMap::from([("day", given.to_string())]),
    }
}

/// The date or the instant that boxes make; nothing where all are empty.
fn whole(boxes: [&str; 4], instant: bool, today: NaiveDate) -> Result<Option<String>, &'static str> {
    let [day, month, year, time] = boxes;
    let date = match word(day, today).filter(|_| month.is_empty() && year.is_empty()) {
        Some(date) => Some(Day { date, exact: true }),
        None => read(day, month, year, today).map_err(|wrong| match wrong {
            NoDate::Month => "must include a month",
            NoDate::Year => "must include a year",
            NoDate::FullYear => "must have a year of four digits",
            NoDate::Real => "must be a real date",
        })?,
    };
    let Some(date) = date else {
        return if time.is_empty() { Ok(None) } else { Err("must include a date") };
    };
    if !date.exact {
        return Err("must include a day");
    }
    if !instant {
        return Ok(Some(date.date.to_string()));
    }
    let at = match time {
        "" => start_of_day(date.date),
        _ => local_instant(date.date.and_time(time_of(time).ok_or("must have a time like 10:30")?)),
    };
    Ok(Some(at.to_rfc3339()))
}

/// A day by its word.
fn word(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match text.to_ascii_lowercase().as_str() {
        "today" => Some(today),
        "yesterday" => today.pred_opt(),
        "tomorrow" => today.checked_add_days(Days::new(1)),
        _ => None,
    }
}

/// A time as people write one: `10:30`, `10.30`, `1030`, `2pm`, `noon`.
fn time_of(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_ascii_lowercase();
    match text.as_str() {
        "noon" | "midday" => return NaiveTime::from_hms_opt(12, 0, 0),
        "midnight" => return Some(NaiveTime::MIN),
        _ => {}
    }
    let halves = [("pm", true), ("p.m.", true), ("am", false), ("a.m.", false)];
    let half = halves.iter().find_map(|(end, pm)| Some((text.strip_suffix(end)?.trim_end(), *pm)));
    let (clock, pm) = half.map_or((text.as_str(), None), |(clock, pm)| (clock, Some(pm)));
    let (hour, minute) = match clock.split_once([':', '.', ' ']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if clock.len() > 2 => clock.split_at_checked(clock.len() - 2)?,
        None => (clock, "0"),
    };
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let hour: u32 = Some(hour).filter(|hour| plain(hour))?.parse().ok()?;
    let minute: u32 = Some(minute).filter(|minute| plain(minute))?.parse().ok()?;
    let hour = match pm {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(value: Value) -> Joined {
        Joined::of(value, NaiveDate::from_ymd_opt(2026, 6, 15).unwrap())
    }

    #[test]
    fn a_date_stands_in_its_boxes_and_what_is_none_whole_in_the_first() {
        let shown = |given: Value| boxed(&minijinja::Value::from(minijinja::value::Serde(given)));
        assert_eq!(
            shown(json!("2026-07-03")).into_iter().collect::<Vec<_>>(),
            [("day", "3".to_owned()), ("month", "7".to_owned()), ("year", "2026".to_owned())]
        );
        for none in [json!("2026-02-30"), json!("1234-ab-cd"), json!(["x"]), json!({"x": 1}), json!(0), json!("")] {
            assert_eq!(shown(none.clone()).keys().collect::<Vec<_>>(), [&"day"], "{none}");
        }
    }

    #[test]
    fn boxes_are_one_date_wherever_they_stand() {
        let sent = json!({"until-day": "3", "until-month": "July", "until-year": "2026", "reason": "x",
            "remedies": [{"what": "a"}, {"by-day": "tomorrow"}]});
        let joined = of(sent);
        assert_eq!(
            joined.value,
            json!({"until": "2026-07-03", "reason": "x", "remedies": [{"what": "a"}, {"by": "2026-06-16"}]})
        );
        assert!(joined.settled(Ok(())).is_ok());
    }

    #[test]
    fn a_date_may_be_typed_whole_into_the_first_box_or_be_a_word() {
        for (typed, meant) in [
            ("3/7/2026", "2026-07-03"),
            ("3 july 2026", "2026-07-03"),
            ("2026-07-03", "2026-07-03"),
            ("Today", "2026-06-15"),
            ("yesterday", "2026-06-14"),
        ] {
            assert_eq!(of(json!({"on-day": typed})).value, json!({"on": meant}), "{typed}");
        }
        assert_eq!(of(json!({"on": "2026-07-03"})).value, json!({"on": "2026-07-03"}), "a program's own stays");
        assert_eq!(of(json!({"on-day": " ", "on-month": "", "on-year": ""})).value, json!({}));
    }

    #[test]
    fn a_time_is_londons_and_a_date_without_one_is_its_start() {
        let at = |time: &str| {
            let boxes = json!({"at_at-day": "15", "at_at-month": "6", "at_at-year": "2026", "at_at-time": time});
            of(boxes).value["at_at"].as_str().unwrap_or("none").to_owned()
        };
        for (typed, meant) in [
            ("10:30", "09:30"),
            ("10.30", "09:30"),
            ("1030", "09:30"),
            ("930", "08:30"),
            ("9", "08:00"),
            ("2pm", "13:00"),
            ("12.15 pm", "11:15"),
            ("12 am", "23:00"),
            ("noon", "11:00"),
        ] {
            assert!(at(typed).contains(&format!("T{meant}:00")), "{typed}: {}", at(typed));
        }
        assert_eq!(at(""), "2026-06-14T23:00:00+00:00");
        for wrong in ["25", "10:3", "ten", "14pm", "0pm", "9:75", "+9", "１０"] {
            assert_eq!(at(wrong), "none", "{wrong}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_box_stands_where_its_date_would_and_lets_nothing_through() {
        let boxes = json!({"by-day": "31", "by-month": "6", "by-year": "2026", "on-day": "3", "received_at-time": "9",
            "next_on-month": "July", "next_on-year": "2026"});
        let joined = of(boxes);
        let field = |field: &str, message: &str| FieldError { field: field.to_owned(), message: message.to_owned() };
        let read =
            Err::<(), _>(Problem::fields(vec![field("text", "Enter it"), field("by", "“31” is not a real date")]));
        let errors = joined.settled(read).unwrap_err().errors;
        let said: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.message.as_str())).collect();
        assert_eq!(
            said,
            [
                ("text", "Enter it"),
                ("by", "must be a real date"),
                ("next_on", "must include a day"),
                ("on", "must include a month"),
                ("received_at", "must include a date"),
            ]
        );
        assert_eq!(joined.settled(Ok(())).unwrap_err().errors.len(), 4);
    }
}
