//! What was sent: JSON, or a form that says the same.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::{Map, Value};

use crate::Problem;

/// A body takes this much: 50,000 characters of anything, with room.
pub const BODY_MAX: usize = 640 * 1024;

/// A form has at most this many fields.
const FIELDS_MAX: usize = 500;

/// A list in a form has at most this many entries.
const INDEX_MAX: usize = 100;

/// A body, read and kept as it came.
#[derive(Debug)]
pub struct Sent {
    /// As it came.
    pub bytes: Vec<u8>,
    /// What it says.
    pub value: Value,
    /// It came from a page.
    pub form: bool,
    /// What the page says to us and not to the case: fields that begin with `_`.
    pub aside: BTreeMap<String, String>,
}

/// Reads a body: JSON or a form.
///
/// # Errors
/// 400 when it cannot be read, 413 when it is too long, 415 when it is something else.
pub async fn read(headers: &HeaderMap, body: Body) -> Result<Sent, Problem> {
    let bytes = match Limited::new(body, BODY_MAX).collect().await {
        Ok(collected) => collected.to_bytes().to_vec(),
        Err(error) if error.is::<LengthLimitError>() => {
            let detail = format!("A request may have {} KB.", BODY_MAX / 1024);
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The request is too large", detail));
        }
        Err(_) => return Err(Problem::not_readable("The request ended before its body did.")),
    };
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    match kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/json" => {
            let value = json(&bytes)?;
            Ok(Sent { bytes, value, form: false, aside: BTreeMap::new() })
        }
        "" if bytes.is_empty() => {
            Ok(Sent { bytes, value: Value::Object(Map::new()), form: false, aside: BTreeMap::new() })
        }
        "application/x-www-form-urlencoded" => {
            let (value, aside) = form(&bytes)?;
            Ok(Sent { bytes, value, form: true, aside })
        }
        _ => Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "media-type",
            "Not a kind of content this takes",
            "Send application/json, or a form as application/x-www-form-urlencoded.",
        )),
    }
}

fn json(bytes: &[u8]) -> Result<Value, Problem> {
    serde_json::from_slice(bytes).map_err(|error| {
        Problem::not_readable(format!("The body is not JSON: line {}, column {}.", error.line(), error.column()))
    })
}

/// A form's `points.0.text=…` is JSON's `{"points": [{"text": "…"}]}`.
fn form(bytes: &[u8]) -> Result<(Value, BTreeMap<String, String>), Problem> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(bytes)
        .map_err(|_| Problem::not_readable("The form is not written as forms are."))?;
    if pairs.len() > FIELDS_MAX {
        return Err(Problem::not_readable(format!("A form may have {FIELDS_MAX} fields.")));
    }
    let mut root = Value::Object(Map::new());
    let mut aside = BTreeMap::new();
    for (name, text) in pairs {
        if name.starts_with('_') {
            aside.insert(name, text);
            continue;
        }
        if text.trim().is_empty() {
            continue;
        }
        let path: Vec<&str> = name.split('.').collect();
        put(&mut root, &path, text);
    }
    Ok((without_gaps(root), aside))
}

fn put(at: &mut Value, path: &[&str], text: String) {
    let Some((first, rest)) = path.split_first() else {
        *at = Value::String(text);
        return;
    };
    match first.parse::<usize>() {
        Ok(index) if index < INDEX_MAX => {
            if !at.is_array() {
                *at = Value::Array(Vec::new());
            }
            if let Value::Array(items) = at {
                if items.len() <= index {
                    items.resize(index + 1, Value::Null);
                }
                if let Some(inner) = items.get_mut(index) {
                    put(inner, rest, text);
                }
            }
        }
        _ => {
            if !at.is_object() {
                *at = Value::Object(Map::new());
            }
            if let Value::Object(fields) = at {
                put(fields.entry((*first).to_owned()).or_insert(Value::Null), rest, text);
            }
        }
    }
}

/// Entries of a list that were left empty on the page were not sent at all.
fn without_gaps(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().filter(|item| !item.is_null()).map(without_gaps).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, inner)| (name, without_gaps(inner))).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_form_says_what_json_says() {
        let (read, aside) = form(b"about=x&points.1.text=b&points.0.text=a&owner.id=7&empty=+&_version=1").unwrap();
        assert_eq!(aside["_version"], "1");
        assert_eq!(read, json!({"about": "x", "points": [{"text": "a"}, {"text": "b"}], "owner": {"id": "7"}}));
    }

    #[test]
    fn a_form_cannot_make_a_list_of_a_million() {
        assert_eq!(form(b"points.999999.text=a").unwrap().0, json!({"points": {"999999": {"text": "a"}}}));
    }

    #[test]
    fn broken_json_says_where() {
        assert!(json(b"{\n  \"a\": }").unwrap_err().detail.contains("line 2"));
    }
}
