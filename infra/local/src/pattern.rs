//! Patterns as EventBridge rules and Lambda stream filters write them.
//!
//! A pattern is parsed once, so an operator this house does not know is an
//! error when the template is read and never a record silently dropped.

use serde_json::{Map, Number, Value};
use thiserror::Error;

/// A pattern that events are held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    fields: Vec<(String, Field)>,
}

/// A pattern that cannot be read.
#[derive(Debug, Error, PartialEq)]
#[error("pattern at `{at}`: {why}")]
pub struct PatternError {
    /// Where in the pattern, such as `detail.mail`.
    pub at: String,
    /// What is wrong there.
    pub why: String,
}

#[derive(Clone, Debug, PartialEq)]
enum Field {
    Nested(Pattern),
    AnyOf(Vec<Test>),
}

#[derive(Clone, Debug, PartialEq)]
enum Test {
    Equals(Value),
    Prefix(String),
    Suffix(String),
    Exists(bool),
    AnythingBut(Vec<Test>),
    Numeric(Vec<(Comparison, f64)>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Comparison {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

impl Pattern {
    /// Reads a pattern as a rule or a filter writes it.
    pub fn parse(pattern: &Value) -> Result<Pattern, PatternError> {
        let Value::Object(fields) = pattern else {
            return Err(error("", "a pattern is an object"));
        };
        object(fields, "")
    }

    /// Whether every field the pattern names is in the event as it says.
    pub fn matches(&self, event: &Value) -> bool {
        self.fields.iter().all(|(name, field)| {
            let found = event.get(name);
            match field {
                Field::Nested(inner) => inner.matches(found.unwrap_or(&Value::Null)),
                Field::AnyOf(tests) => tests.iter().any(|test| test.passes(found)),
            }
        })
    }
}

impl Test {
    fn passes(&self, found: Option<&Value>) -> bool {
        match (self, found) {
            (Test::Exists(wanted), found) => *wanted == found.is_some(),
            (_, None) => false,
            // A list in the event matches when one of its elements does.
            (Test::AnythingBut(tests), Some(Value::Array(items))) => {
                items.iter().any(|item| !tests.iter().any(|test| test.holds(item)))
            }
            (test, Some(Value::Array(items))) => items.iter().any(|item| test.holds(item)),
            (test, Some(value)) => test.holds(value),
        }
    }

    fn holds(&self, value: &Value) -> bool {
        match self {
            Test::Equals(wanted) => equal(wanted, value),
            Test::Prefix(start) => value.as_str().is_some_and(|text| text.starts_with(start)),
            Test::Suffix(end) => value.as_str().is_some_and(|text| text.ends_with(end)),
            Test::Exists(wanted) => *wanted,
            Test::AnythingBut(tests) => !tests.iter().any(|test| test.holds(value)),
            Test::Numeric(bounds) => {
                value.as_f64().is_some_and(|number| bounds.iter().all(|(how, bound)| how.holds(number, *bound)))
            }
        }
    }
}

impl Comparison {
    fn parse(sign: &str) -> Option<Comparison> {
        match sign {
            "<" => Some(Comparison::Less),
            "<=" => Some(Comparison::AtMost),
            "=" => Some(Comparison::Equal),
            ">=" => Some(Comparison::AtLeast),
            ">" => Some(Comparison::More),
            _ => None,
        }
    }

    fn holds(self, number: f64, bound: f64) -> bool {
        match self {
            Comparison::Less => number < bound,
            Comparison::AtMost => number <= bound,
            Comparison::Equal => number == bound,
            Comparison::AtLeast => number >= bound,
            Comparison::More => number > bound,
        }
    }
}

fn equal(wanted: &Value, value: &Value) -> bool {
    match (wanted, value) {
        // 1 and 1.0 are one number to EventBridge.
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (a, b) => a == b,
    }
}

fn object(fields: &Map<String, Value>, at: &str) -> Result<Pattern, PatternError> {
    let mut parsed = Vec::with_capacity(fields.len());
    for (name, field) in fields {
        let at = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
        if name.starts_with('$') {
            return Err(error(&at, "this operator is not known here"));
        }
        let field = match field {
            Value::Object(inner) => Field::Nested(object(inner, &at)?),
            Value::Array(tests) if tests.is_empty() => {
                return Err(error(&at, "an empty list matches nothing"));
            }
            Value::Array(tests) => {
                Field::AnyOf(tests.iter().map(|test| read_test(test, &at)).collect::<Result<_, _>>()?)
            }
            _ => return Err(error(&at, "values stand in a list")),
        };
        parsed.push((name.clone(), field));
    }
    Ok(Pattern { fields: parsed })
}

fn read_test(test: &Value, at: &str) -> Result<Test, PatternError> {
    let Value::Object(operator) = test else {
        return Ok(Test::Equals(test.clone()));
    };
    let mut entries = operator.iter();
    let (Some((name, value)), None) = (entries.next(), entries.next()) else {
        return Err(error(at, "one operator stands in each object"));
    };
    match (name.as_str(), value) {
        ("prefix", Value::String(start)) => Ok(Test::Prefix(start.clone())),
        ("suffix", Value::String(end)) => Ok(Test::Suffix(end.clone())),
        ("exists", Value::Bool(wanted)) => Ok(Test::Exists(*wanted)),
        ("anything-but", Value::Array(values)) => {
            Ok(Test::AnythingBut(values.iter().cloned().map(Test::Equals).collect()))
        }
        ("anything-but", value) => Ok(Test::AnythingBut(vec![read_test(value, at)?])),
        ("numeric", Value::Array(bounds)) => read_bounds(bounds)
            .map(Test::Numeric)
            .ok_or_else(|| error(at, "numeric is a list of comparisons and numbers")),
        _ => Err(error(at, &format!("`{name}` is not an operator known here"))),
    }
}

fn read_bounds(bounds: &[Value]) -> Option<Vec<(Comparison, f64)>> {
    let (pairs, rest) = bounds.as_chunks::<2>();
    if pairs.is_empty() || !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|[sign, bound]| {
            let sign = Comparison::parse(sign.as_str()?)?;
            let bound = bound.as_number().and_then(Number::as_f64)?;
            Some((sign, bound))
        })
        .collect()
}

fn error(at: &str, why: &str) -> PatternError {
    PatternError { at: at.to_owned(), why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn matches(pattern: Value, event: Value) -> bool {
        Pattern::parse(&pattern).unwrap().matches(&event)
    }

    #[test]
    fn every_field_of_a_pattern_must_match_and_any_of_its_values_may() {
        let pattern = json!({"eventName": ["INSERT", "MODIFY"], "source": ["a"]});
        assert!(matches(pattern.clone(), json!({"eventName": "MODIFY", "source": "a", "x": 1})));
        assert!(!matches(pattern.clone(), json!({"eventName": "REMOVE", "source": "a"})));
        assert!(!matches(pattern, json!({"eventName": "INSERT"})));
    }

    #[test]
    fn a_filter_with_a_prefix_matches_only_what_starts_with_it() {
        let pattern = json!({"dynamodb": {"Keys": {"sk": {"S": [{"prefix": "OUT#"}]}}}});
        let record = |sk: &str| json!({"dynamodb": {"Keys": {"sk": {"S": sk}}}});
        assert!(matches(pattern.clone(), record("OUT#3")));
        assert!(!matches(pattern.clone(), record("CASE")));
        assert!(!matches(pattern, json!({"dynamodb": {}})));
    }

    #[test]
    fn exists_asks_for_presence_or_absence() {
        assert!(matches(json!({"a": [{"exists": true}]}), json!({"a": null})));
        assert!(!matches(json!({"a": [{"exists": true}]}), json!({})));
        assert!(matches(json!({"a": {"b": [{"exists": false}]}}), json!({})));
        assert!(!matches(json!({"a": [{"exists": false}]}), json!({"a": 1})));
    }

    #[test]
    fn anything_but_excludes_values_lists_and_prefixes() {
        assert!(matches(json!({"a": [{"anything-but": "x"}]}), json!({"a": "y"})));
        assert!(!matches(json!({"a": [{"anything-but": ["x", "y"]}]}), json!({"a": "y"})));
        assert!(!matches(json!({"a": [{"anything-but": {"prefix": "y"}}]}), json!({"a": "yes"})));
        assert!(!matches(json!({"a": [{"anything-but": "x"}]}), json!({})));
    }

    #[test]
    fn a_list_in_the_event_matches_when_one_of_its_elements_does() {
        assert!(matches(json!({"to": ["b"]}), json!({"to": ["a", "b"]})));
        assert!(!matches(json!({"to": ["c"]}), json!({"to": ["a", "b"]})));
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        let pattern = json!({"n": [{"numeric": [">", 0, "<=", 5]}]});
        assert!(matches(pattern.clone(), json!({"n": 5})));
        assert!(!matches(pattern.clone(), json!({"n": 0})));
        assert!(!matches(pattern, json!({"n": "3"})));
        assert!(matches(json!({"n": [1]}), json!({"n": 1.0})));
    }

    #[test]
    fn an_operator_that_is_not_known_is_an_error_that_says_where() {
        let unknown = Pattern::parse(&json!({"a": {"b": [{"wildcard": "*"}]}})).unwrap_err();
        assert_eq!(unknown.at, "a.b");
        assert!(Pattern::parse(&json!({"a": "bare"})).is_err());
        assert!(Pattern::parse(&json!({"$or": [{}]})).is_err());
        assert!(Pattern::parse(&json!([])).is_err());
    }
}
