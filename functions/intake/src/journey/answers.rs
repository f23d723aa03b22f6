//! What somebody has answered so far, exactly as they typed it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use redress_web::date::{Day, NoDate, read};

use super::step::Step;

/// The three dates a person may give.
pub(crate) const DATES: [&str; 3] = ["happened_on", "aware_on", "first_reported_on"];

/// An answer that says “I am not sure”, or “none of these”: it is one here, and none in the feedback.
pub(crate) const NONE: &str = "none";

/// Answers by the name of their field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Answers {
    given: BTreeMap<String, String>,
    asked: BTreeSet<String>,
}

impl Answers {
    /// An answer, or nothing said.
    pub(crate) fn get(&self, field: &str) -> &str {
        self.given.get(field).map_or("", String::as_str)
    }

    /// Everything given, for a page.
    pub(crate) fn given(&self) -> &BTreeMap<String, String> {
        &self.given
    }

    /// Whether a step's page was sent before.
    pub(crate) fn was_asked(&self, step: Step) -> bool {
        self.asked.contains(step.name())
    }

    /// The answers with one page's own put in the place of those given there before.
    pub(crate) fn with(&self, step: Step, sent: &Value) -> Answers {
        let mut answers = self.clone();
        answers.asked.insert(step.name().to_owned());
        for field in step.fields() {
            match at(sent, field) {
                Some(said) => answers.given.insert((*field).to_owned(), said.to_owned()),
                None => answers.given.remove(*field),
            };
        }
        answers
    }

    /// A date given in three fields.
    pub(crate) fn date(&self, field: &str, today: NaiveDate) -> Result<Option<Day>, NoDate> {
        let part = |name: &str| self.get(&format!("{field}-{name}"));
        read(part("day"), part("month"), part("year"), today)
    }

    /// The feedback these answers make: of the steps that were asked for, and of no others.
    pub(crate) fn feedback(&self, path: &[Step], today: NaiveDate) -> Value {
        let mut made = Map::new();
        for field in path.iter().flat_map(|step| step.fields()) {
            let said = self.get(field);
            let part_of_date = DATES.iter().any(|date| field.starts_with(date));
            if said.is_empty() || said == NONE || *field == "whose" || part_of_date {
                continue;
            }
            match field.split_once('.') {
                None => {
                    made.insert((*field).to_owned(), said.into());
                }
                Some((outer, inner)) => {
                    let inside = made.entry(outer).or_insert_with(|| Value::Object(Map::new()));
                    if let Value::Object(inside) = inside {
                        inside.insert(inner.to_owned(), said.into());
                    }
                }
            }
        }
        let mut approximate = Vec::new();
        for date in DATES.into_iter().filter(|date| path.iter().any(|step| step.asks(date))) {
            if let Ok(Some(day)) = self.date(date, today) {
                made.insert(date.to_owned(), day.date.to_string().into());
                if !day.exact {
                    approximate.push(Value::from(date));
                }
            }
        }
        if !approximate.is_empty() {
            made.insert("approximate".to_owned(), approximate.into());
        }
        // For somebody else: that is known even where their name is still missing.
        if path.contains(&Step::Other) {
            made.entry("on_behalf_of").or_insert_with(|| Value::Object(Map::new()));
        }
        Value::Object(made)
    }
}

/// The text at a dotted name of what was sent.
fn at<'a>(sent: &'a Value, field: &str) -> Option<&'a str> {
    field.split('.').try_fold(sent, |value, name| value.get(name))?.as_str().filter(|said| !said.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 20).unwrap()
    }

    #[test]
    fn what_a_page_no_longer_says_is_no_longer_said() {
        let first = Answers::default().with(Step::Contact, &json!({"name": "Ada", "phone": "1"}));
        let second = first.with(Step::Contact, &json!({"name": "Ada", "reply_by": "none"}));
        assert_eq!((second.get("name"), second.get("phone")), ("Ada", ""));
        assert_eq!(second.feedback(&[Step::Contact], today()), json!({"name": "Ada"}));
    }

    #[test]
    fn answers_of_a_step_that_is_no_longer_asked_are_kept_and_not_sent() {
        let answers = Answers::default()
            .with(Step::Wanted, &json!({"wanted": "An apology"}))
            .with(Step::What, &json!({"about": " x "}));
        assert_eq!(answers.feedback(&[Step::What], today()), json!({"about": " x "}));
        assert_eq!(answers.get("wanted"), "An apology");
    }

    #[test]
    fn three_fields_are_one_date_and_dotted_names_are_inside() {
        let answers = Answers::default()
            .with(Step::When, &json!({"happened_on-day": "31", "happened_on-month": "June", "happened_on-year": "2025", "aware_on-month": "May", "aware_on-year": "2025"}))
            .with(Step::Contact, &json!({"address": {"lines": "1 Road\nTown", "postcode": "AB1"}, "name": ["x"]}));
        let made = answers.feedback(&[Step::When, Step::Contact], today());
        let address = json!({"lines": "1 Road\nTown", "postcode": "AB1"});
        assert_eq!(
            made,
            json!({"aware_on": "2025-05-31", "approximate": ["aware_on"], "address": address}),
            "31 June is no date, and is kept as typed"
        );
        assert_eq!(answers.get("happened_on-day"), "31");
    }
}
