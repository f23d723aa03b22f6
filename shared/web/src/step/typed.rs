//! What somebody typed into a form, kept under the names of its fields so that the page can show it again.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use redress_domain::commands::TABLE;
use redress_domain::refusal::FieldError;

use crate::boxes::{PARTS, date_of};

/// Rows a list of a form may have: a page stays a page.
const ROWS_MAX: usize = 30;

/// What was typed, and what is wrong with it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Typed {
    /// By field, as the form names it: `points.0.text`.
    given: BTreeMap<String, String>,
    /// The same of fields that are ticked, by name without numbers: `decided_by`, `points.point`.
    ticked: BTreeMap<String, Vec<String>>,
    /// How many rows of a list were filled in, by its name.
    rows: BTreeMap<String, usize>,
    /// Whether it was typed: what is empty was then left empty, and is not filled in for anybody.
    sent: bool,
    /// What cannot be taken, each as a whole sentence.
    errors: Vec<FieldError>,
}

impl Typed {
    /// What a form said.
    pub fn sent(value: &Value) -> Typed {
        let mut typed = Typed { sent: true, ..Typed::default() };
        typed.gather("", "", value);
        typed
    }

    /// What somebody had typed before, and kept.
    pub fn kept(value: &Value) -> Typed {
        Typed { sent: false, ..Typed::sent(value) }
    }

    /// What an address already says of a form that nobody has filled in.
    pub fn asked<'a>(fields: impl IntoIterator<Item = (&'a str, String)>) -> Typed {
        let given = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Typed { given, ..Typed::default() }
    }

    /// With a field that stands beside the case's own.
    #[must_use]
    pub fn with(mut self, name: &str, value: Option<&String>) -> Typed {
        self.given.extend(value.map(|value| (name.to_owned(), value.clone())));
        self
    }

    /// Whether somebody sent it just now.
    pub fn is_sent(&self) -> bool {
        self.sent
    }

    /// With what is wrong.
    #[must_use]
    pub fn wrong(self, errors: Vec<FieldError>) -> Typed {
        let errors = errors.into_iter().map(|error| FieldError { message: sentence(&error), ..error }).collect();
        Typed { errors, ..self }
    }

    /// With one more row in a list.
    #[must_use]
    pub fn one_more(mut self, list: &str) -> Typed {
        let rows = self.rows.entry(list.to_owned()).or_default();
        *rows = (*rows + 1).clamp(2, ROWS_MAX);
        self
    }

    /// What was written, field by field in words, for copying it out of a form that can no longer be sent.
    pub fn words(&self) -> Vec<(String, String)> {
        let own = self.given.iter().filter(|(field, _)| !field.starts_with('_'));
        let mut written: BTreeMap<&str, String> = BTreeMap::new();
        for (field, text) in own {
            match date_of(field) {
                Some(date) => {
                    let boxes = PARTS.iter().filter_map(|part| self.given.get(&format!("{date}-{part}")));
                    written.insert(date, boxes.map(String::as_str).collect::<Vec<_>>().join(" "));
                }
                None => {
                    written.insert(field, text.clone());
                }
            }
        }
        written.retain(|_, text| text.chars().count() > 2);
        written.into_iter().map(|(field, text)| (said(field), text)).collect()
    }

    fn gather(&mut self, path: &str, bare: &str, value: &Value) {
        let inside = |path: &str, name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields {
                    self.gather(&inside(path, name), &inside(bare, name), inner);
                }
            }
            Value::Array(items) => {
                self.rows.insert(path.to_owned(), items.len().min(ROWS_MAX));
                for (n, inner) in items.iter().enumerate() {
                    self.gather(&inside(path, &n.to_string()), bare, inner);
                }
            }
            Value::Null => {}
            leaf => {
                let text = leaf.as_str().map_or_else(|| leaf.to_string(), str::to_owned);
                self.ticked.entry(bare.to_owned()).or_default().push(text.clone());
                self.given.insert(path.to_owned(), text);
            }
        }
    }
}

/// A field's name in words: `points.0.text` is “Points 1 text”.
pub fn said(field: &str) -> String {
    let part = |part: &str| match part.parse::<usize>() {
        Ok(n) => n.saturating_add(1).to_string(),
        Err(_) => part.replace(['_', '-'], " "),
    };
    let words = field.split('.').map(part).collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A rule's words for a page: what a program calls a command or a field is called there as its button is.
pub fn plainly(text: &str) -> String {
    let word = |(n, part): (usize, &str)| match TABLE.iter().find(|row| n % 2 == 1 && row.name == part) {
        Some(row) => format!("“{}”", row.label),
        None if n % 2 == 1 => format!("“{}”", said(part)),
        None => part.to_owned(),
    };
    text.split('`').enumerate().map(word).collect()
}

/// A message as a page says it: one that goes on from its field's name gets that name first.
pub fn sentence(error: &FieldError) -> String {
    let whole = !error.message.starts_with(|letter: char| letter.is_ascii_lowercase());
    let message = plainly(&error.message);
    if whole || error.field.is_empty() { message } else { format!("{} {message}", said(&error.field)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn everything_typed_is_found_again_under_its_field() {
        let sent = json!({"outcome": "upheld", "remedies": [{"kind": "apology"}, {"what": "£25"}], "roles": ["officer"], "points": [{"point": "2"}]});
        let typed = Typed::sent(&sent);
        assert_eq!(typed.given["remedies.1.what"], "£25");
        assert_eq!(
            (typed.ticked["roles"].as_slice(), typed.ticked["points.point"].as_slice()),
            (&["officer".to_owned()][..], &["2".to_owned()][..])
        );
        assert_eq!((typed.rows["remedies"], typed.clone().one_more("remedies").rows["remedies"]), (2, 3));
        assert_eq!(typed.one_more("people").rows["people"], 2);
    }

    #[test]
    fn a_date_in_boxes_is_copied_out_in_one_piece() {
        let typed = Typed::sent(&json!({"by-year": "2026", "by-day": "3", "by-month": "July", "ok": "x"}));
        assert_eq!(typed.words(), [("By".to_owned(), "3 July 2026".to_owned())]);
    }

    #[test]
    fn a_command_is_called_as_its_button_is() {
        assert_eq!(
            plainly("`accept` it first: see `approved_by`."),
            "“Accept as a complaint” it first: see “Approved by”."
        );
        assert_eq!(plainly("nothing to say"), "nothing to say");
    }

    #[test]
    fn an_error_is_a_whole_sentence() {
        let error = |field: &str, message: &str| FieldError { field: field.to_owned(), message: message.to_owned() };
        let errors = vec![error("remedies.0.by", "must be later"), error("text", "Enter what was said")];
        let typed = Typed::default().wrong(errors);
        let messages: Vec<&str> = typed.errors.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(messages, ["Remedies 1 by must be later", "Enter what was said"]);
    }
}
