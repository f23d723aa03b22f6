//! The form of `correct` asks for each thing that can be corrected in its own way; the command takes a field and its
//! value, or a letter and its text.

use serde_json::{Map, Value};

use crate::boxes::date_of;

/// The fields, each asked for under its own name.
const FIELDS: [&str; 3] = ["received_at", "service", "tenant"];

/// What the form said, as the command takes it: of what was not chosen, nothing. Before its dates are joined and after.
pub fn corrected(value: Value) -> Value {
    let Value::Object(mut sent) = value else { return value };
    let chosen = sent.get("field").and_then(Value::as_str).unwrap_or_default().to_owned();
    sent.retain(|name, _| date_of(name).is_none_or(|date| date == chosen));
    let mut own: Map<String, Value> = FIELDS.iter().filter_map(|field| sent.remove_entry(*field)).collect();
    if chosen == "letter" {
        sent.remove("field");
    } else if let Some(said) = own.remove(&chosen) {
        sent.insert("value".to_owned(), said);
    }
    if FIELDS.contains(&chosen.as_str()) {
        sent.remove("letter");
        sent.remove("text");
    }
    Value::Object(sent)
}

/// Where the form asks for what an error is about.
pub fn place(field: &str, sent: &Value) -> Option<String> {
    let chosen = sent.get("field").and_then(Value::as_str)?;
    (field == "value" && FIELDS.contains(&chosen)).then(|| chosen.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_chosen_is_what_is_corrected() {
        let sent = |field: &str| {
            corrected(json!({"field": field, "received_at": "2026-03-20T10:00:00Z", "service": "waste", "letter": "1",
                "text": "So.", "reason": "Misread"}))
        };
        assert_eq!(sent("service"), json!({"field": "service", "value": "waste", "reason": "Misread"}));
        assert_eq!(sent("letter"), json!({"letter": "1", "text": "So.", "reason": "Misread"}));
        let boxes = json!({"field": "tenant", "received_at-day": "x"});
        assert_eq!(corrected(boxes), json!({"field": "tenant"}));
        assert_eq!(corrected(json!({"field": "tenant"})), json!({"field": "tenant"}), "its value is still asked for");
        let plain = json!({"field": "tenant", "value": "true", "reason": "x"});
        assert_eq!(corrected(plain.clone()), plain, "as a program sends it");
    }

    #[test]
    fn an_error_of_the_value_stands_where_it_was_asked_for() {
        assert_eq!(place("value", &json!({"field": "service"})).as_deref(), Some("service"));
        assert_eq!((place("reason", &json!({"field": "service"})), place("value", &json!({}))), (None, None));
    }
}
