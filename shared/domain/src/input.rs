//! Reading what was sent into types that cannot be wrong: every error at once,
//! in the field's own words, and nothing checked twice.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::case::word;
use crate::length::Length;
use crate::refusal::FieldError;

/// The longest text taken, in characters; a line break counts once.
pub const TEXT_MAX: usize = 50_000;

/// The longest single line taken, in characters.
pub const LINE_MAX: usize = 300;

/// The most entries a list may have.
pub const LIST_MAX: usize = 100;

/// An object that was sent, read field by field; what is wrong is gathered.
#[derive(Debug)]
pub struct Fields {
    path: String,
    object: Map<String, Value>,
    known: Vec<&'static str>,
    errors: Vec<FieldError>,
}

impl Fields {
    /// Starts reading. What is no object is an error of the whole body.
    pub fn of(value: Value) -> Fields {
        Fields::inside(String::new(), value)
    }

    fn inside(path: String, value: Value) -> Fields {
        let mut fields = Fields { path, object: Map::new(), known: Vec::new(), errors: Vec::new() };
        match value {
            Value::Object(object) => fields.object = object,
            Value::Null => {}
            _ => fields.error("", "must be an object with fields"),
        }
        fields
    }

    /// Notes something wrong with a field.
    pub fn error(&mut self, field: &str, message: impl Into<String>) {
        let field = format!("{}{field}", self.path);
        self.errors.push(FieldError { field: field.trim_end_matches('.').to_owned(), message: message.into() });
    }

    /// Whether a field was sent and says something.
    pub fn has(&self, field: &str) -> bool {
        self.object.get(field).is_some_and(|value| !blank(value))
    }

    /// A text that may be left out.
    pub fn text(&mut self, field: &'static str) -> Option<String> {
        self.string(field, TEXT_MAX)
    }

    /// A single line that may be left out.
    pub fn line(&mut self, field: &'static str) -> Option<String> {
        let line = self.string(field, LINE_MAX)?;
        Some(line.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// A text that must be there; `ask` says what to enter.
    pub fn required_text(&mut self, field: &'static str, ask: &str) -> Option<String> {
        let errors = self.errors.len();
        let text = self.text(field);
        if text.is_none() && self.errors.len() == errors {
            self.error(field, ask);
        }
        text
    }

    /// One of the contract's words.
    pub fn word<T: DeserializeOwned>(&mut self, field: &'static str) -> Option<T> {
        let text = self.string(field, LINE_MAX)?;
        self.or_error(field, word(&text))
    }

    /// One of the contract's words, which must be there.
    pub fn required_word<T: DeserializeOwned>(&mut self, field: &'static str, ask: &str) -> Option<T> {
        if !self.has(field) {
            self.known.push(field);
            self.error(field, ask);
            return None;
        }
        self.word(field)
    }

    /// A civil date.
    pub fn date(&mut self, field: &'static str) -> Option<NaiveDate> {
        let text = self.string(field, LINE_MAX)?;
        let read =
            text.parse::<NaiveDate>().map_err(|_| format!("“{text}” is not a real date: write it like 2026-03-20"));
        self.or_error(field, read)
    }

    /// An instant with its offset.
    pub fn instant(&mut self, field: &'static str) -> Option<DateTime<Utc>> {
        let text = self.string(field, LINE_MAX)?;
        let read = text
            .parse::<DateTime<FixedOffset>>()
            .map(|at| at.with_timezone(&Utc))
            .map_err(|_| format!("“{text}” is not a time: write it like 2026-03-20T10:00:00Z"));
        self.or_error(field, read)
    }

    /// A length of time.
    pub fn length(&mut self, field: &'static str) -> Option<Length> {
        let text = self.string(field, LINE_MAX)?;
        self.or_error(field, text.parse::<Length>().map_err(|error| error.to_string()))
    }

    /// A whole number, of at least nothing.
    pub fn number(&mut self, field: &'static str) -> Option<u64> {
        let value = self.take(field)?;
        let read = match &value {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        self.or_error(field, read.ok_or_else(|| "must be a whole number".to_owned()))
    }

    /// Something said: a text, or yes and no.
    pub fn said(&mut self, field: &'static str) -> Option<String> {
        match self.object.get(field) {
            Some(Value::Bool(yes)) => {
                self.known.push(field);
                Some(yes.to_string())
            }
            _ => self.text(field),
        }
    }

    /// The reference of a case.
    pub fn reference(&mut self, field: &'static str, ask: &str) -> Option<crate::case::Reference> {
        let Some(text) = self.line(field) else {
            if !self.has(field) {
                self.error(field, ask);
            }
            return None;
        };
        let read = text.parse().map_err(|error: crate::case::NotAReference| error.to_string());
        self.or_error(field, read)
    }

    /// Fields that may be there without having been read.
    pub fn know(&mut self, fields: &[&'static str]) {
        self.known.extend(fields);
    }

    /// An amount of money as it is written, number or text.
    pub fn amount(&mut self, field: &'static str) -> Option<String> {
        match self.take(field)? {
            Value::Number(number) => Some(number.to_string()),
            Value::String(text) => Some(text.trim().trim_start_matches('£').replace(',', "")),
            _ => self.wrong(field, "must be an amount in pounds"),
        }
    }

    /// Yes or no; a form's “on” is yes, and what is left out is no.
    pub fn yes(&mut self, field: &'static str) -> bool {
        match self.take(field) {
            None => false,
            Some(Value::Bool(yes)) => yes,
            Some(Value::String(text)) => match text.as_str() {
                "true" | "on" | "yes" => true,
                "false" | "no" => false,
                _ => self.wrong(field, "must be true or false").unwrap_or(false),
            },
            Some(_) => self.wrong(field, "must be true or false").unwrap_or(false),
        }
    }

    /// An object inside, read by `read`.
    pub fn object<T>(&mut self, field: &'static str, read: impl FnOnce(&mut Fields) -> Option<T>) -> Option<T> {
        let value = self.take(field)?;
        let mut inner = Fields::inside(format!("{}{field}.", self.path), value);
        let found = read(&mut inner);
        self.errors.extend(inner.end());
        found
    }

    /// A list of objects inside, each read by `read`.
    pub fn list<T>(&mut self, field: &'static str, mut read: impl FnMut(&mut Fields) -> Option<T>) -> Vec<T> {
        let items = match self.take(field) {
            None => return Vec::new(),
            Some(Value::Array(items)) if items.len() <= LIST_MAX => items,
            Some(Value::Array(_)) => {
                self.error(field, format!("must have {LIST_MAX} entries or fewer"));
                return Vec::new();
            }
            Some(_) => {
                self.error(field, "must be a list");
                return Vec::new();
            }
        };
        let mut found = Vec::new();
        for (n, item) in items.into_iter().enumerate() {
            let mut inner = Fields::inside(format!("{}{field}.{n}.", self.path), item);
            found.extend(read(&mut inner));
            self.errors.extend(inner.end());
        }
        found
    }

    /// A list of single lines.
    pub fn lines(&mut self, field: &'static str) -> Vec<String> {
        match self.take(field) {
            None => Vec::new(),
            Some(Value::String(text)) => clean_lines(text.lines().map(str::to_owned)),
            Some(Value::Array(items)) if items.len() <= LIST_MAX && items.iter().all(Value::is_string) => {
                clean_lines(items.into_iter().filter_map(|item| item.as_str().map(str::to_owned)))
            }
            Some(_) => {
                self.error(field, "must be a list of lines");
                Vec::new()
            }
        }
    }

    /// The end: what was read, or everything that was wrong. Fields that nobody
    /// asked for are wrong too, since a misspelt one would be lost.
    ///
    /// # Errors
    /// Every field that cannot be taken.
    pub fn finish<T>(self, read: Option<T>) -> Result<T, Vec<FieldError>> {
        let errors = self.end();
        match read {
            Some(read) if errors.is_empty() => Ok(read),
            _ => Err(errors),
        }
    }

    fn end(mut self) -> Vec<FieldError> {
        let unknown: Vec<String> =
            self.object.keys().filter(|key| !self.known.contains(&key.as_str())).cloned().collect();
        for key in unknown {
            let shown: String = key.chars().take(60).collect();
            let nearest = self
                .known
                .iter()
                .map(|known| (strsim::jaro_winkler(&key, known), *known))
                .filter(|(likeness, _)| *likeness > 0.75)
                .max_by(|a, b| a.0.total_cmp(&b.0));
            let message = match nearest {
                Some((_, meant)) => format!("is not a field here. Did you mean “{meant}”?"),
                None => "is not a field here".to_owned(),
            };
            self.error(&shown, message);
        }
        self.errors
    }

    fn take(&mut self, field: &'static str) -> Option<Value> {
        self.known.push(field);
        self.object.get(field).filter(|value| !blank(value)).cloned()
    }

    fn string(&mut self, field: &'static str, max: usize) -> Option<String> {
        match self.take(field)? {
            Value::String(text) => {
                let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "");
                let text = text.trim();
                let length = text.chars().count();
                if length > max {
                    return self.wrong(field, &format!("must be {max} characters or less; it has {length}"));
                }
                Some(text.to_owned()).filter(|text| !text.is_empty())
            }
            _ => self.wrong(field, "must be text"),
        }
    }

    fn wrong<T>(&mut self, field: &str, message: &str) -> Option<T> {
        self.error(field, message);
        None
    }

    fn or_error<T>(&mut self, field: &str, read: Result<T, String>) -> Option<T> {
        match read {
            Ok(read) => Some(read),
            Err(message) => self.wrong(field, &message),
        }
    }
}

fn blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

fn clean_lines(lines: impl Iterator<Item = String>) -> Vec<String> {
    lines.map(|line| line.trim().chars().take(LINE_MAX).collect::<String>()).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_error_is_told_at_once_with_its_path() {
        let mut fields = Fields::of(json!({"on": "31 June", "points": [{"text": 7}], "abuot": "x"}));
        fields.required_text("about", "Enter what happened");
        fields.date("on");
        fields.list("points", |point| point.text("text"));
        let errors = fields.finish(Some(())).unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["about", "on", "points.0.text", "abuot"]);
        assert!(errors[3].message.contains("“about”"));
    }

    #[test]
    fn a_line_break_counts_once() {
        let mut fields = Fields::of(json!({"about": "\r\n".repeat(10) + "x" + &"\r\n".repeat(49_998) + "y"}));
        assert!(fields.text("about").is_some());
        assert!(fields.finish(Some(())).is_ok());
    }

    #[test]
    fn what_is_no_object_is_said_to_be_none() {
        for value in [json!([1]), json!("x"), json!(4)] {
            assert!(Fields::of(value).finish(Some(())).is_err());
        }
    }
}
