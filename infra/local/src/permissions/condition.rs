//! What must hold of a request for a statement to count.

use std::collections::BTreeMap;

use serde_json::Value;

use super::ask::{Ask, CONDITION_KEYS, LEADING_KEYS};
use super::like::like;

/// A condition of a statement: all of its tests must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Condition {
    tests: Vec<Test>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Test {
    qualifier: Qualifier,
    operator: Operator,
    key: &'static str,
    values: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Qualifier {
    /// One value, which must be there.
    One,
    /// Every value there is: also true when there is none.
    ForAllValues,
    /// At least one value.
    ForAnyValue,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    StringEquals,
    StringLike,
    /// Whether the key is absent.
    Null,
}

impl Condition {
    /// Reads a statement's `Condition`.
    pub(super) fn read(
        condition: &Value,
        text: impl Fn(&Value) -> Result<Vec<String>, String>,
    ) -> Result<Condition, String> {
        let mut tests = Vec::new();
        let operators = condition.as_object().ok_or("is not a list of operators")?;
        for (written, keys) in operators {
            let (qualifier, operator) = operator(written)?;
            for (key, values) in keys.as_object().ok_or_else(|| format!("{written} has no keys"))? {
                let known = CONDITION_KEYS.iter().find(|(known, _)| *known == key);
                let (key, many) = *known.ok_or_else(|| format!("asks about `{key}`, which the laptop cannot tell"))?;
                if many == (qualifier == Qualifier::One) && operator != Operator::Null {
                    let of = if many { "many values and wants" } else { "one value and takes no" };
                    return Err(format!("{written}: `{key}` has {of} ForAllValues or ForAnyValue"));
                }
                let values = text(values)?;
                if values.is_empty() {
                    return Err(format!("{written}: `{key}` is compared with nothing"));
                }
                tests.push(Test { qualifier, operator, key, values });
            }
        }
        Ok(Condition { tests })
    }

    /// Whether it holds of a request.
    pub(super) fn holds(&self, ask: &Ask) -> bool {
        self.tests.iter().all(|test| test.holds(&ask.context))
    }

    /// The patterns it has of partition keys.
    pub(super) fn key_patterns(&self) -> impl Iterator<Item = &str> {
        let of_keys = self.tests.iter().filter(|test| test.key == LEADING_KEYS && test.operator != Operator::Null);
        of_keys.flat_map(|test| test.values.iter().map(String::as_str))
    }

    /// Those patterns that one of the request's partition keys matches.
    pub(super) fn keys_matched(&self, ask: &Ask) -> Vec<&str> {
        let keys = ask.context.get(LEADING_KEYS).map(Vec::as_slice).unwrap_or_default();
        self.key_patterns().filter(|pattern| keys.iter().any(|key| like(pattern, key))).collect()
    }
}

impl Test {
    fn holds(&self, context: &BTreeMap<&'static str, Vec<String>>) -> bool {
        let found = context.get(self.key).map(Vec::as_slice).unwrap_or_default();
        if self.operator == Operator::Null {
            return self.values.iter().any(|absent| (absent == "true") == found.is_empty());
        }
        let fits = |value: &String| {
            self.values.iter().any(|wanted| match self.operator {
                Operator::StringLike => like(wanted, value),
                _ => wanted == value,
            })
        };
        match self.qualifier {
            Qualifier::ForAllValues => found.iter().all(fits),
            Qualifier::One | Qualifier::ForAnyValue => found.iter().any(fits),
        }
    }
}

fn operator(written: &str) -> Result<(Qualifier, Operator), String> {
    let (qualifier, name) = match written.split_once(':') {
        None => (Qualifier::One, written),
        Some(("ForAllValues", name)) => (Qualifier::ForAllValues, name),
        Some(("ForAnyValue", name)) => (Qualifier::ForAnyValue, name),
        Some(_) => return Err(format!("has the operator `{written}`, which the laptop does not know")),
    };
    let operator = match name {
        // A truth value is compared as it is written.
        "StringEquals" | "Bool" => Operator::StringEquals,
        "StringLike" => Operator::StringLike,
        "Null" if qualifier == Qualifier::One => Operator::Null,
        _ => return Err(format!("has the operator `{written}`, which the laptop does not know")),
    };
    Ok((qualifier, operator))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::ask::ENCLOSING_OPERATION;
    use super::*;

    fn read(condition: &Value) -> Result<Condition, String> {
        Condition::read(condition, |value| {
            let many = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            Ok(many.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect())
        })
    }

    fn holds(condition: &Value, keys: &[&str], within: &[&str]) -> bool {
        let texts = |some: &[&str]| some.iter().map(|one| (*one).to_owned()).collect();
        let ask = Ask::new("a", "r").with(LEADING_KEYS, texts(keys)).with(ENCLOSING_OPERATION, texts(within));
        read(condition).unwrap().holds(&ask)
    }

    #[test]
    fn for_all_values_holds_of_every_key_and_also_of_none() {
        let condition = json!({"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["A#*", "V#*"]}});
        assert!(holds(&condition, &["A#1"], &[]));
        assert!(holds(&condition, &["A#1", "V#2"], &[]));
        assert!(!holds(&condition, &["A#1", "C#2"], &[]), "one key that is not allowed");
        assert!(holds(&condition, &[], &[]), "AWS says so: a condition of this kind needs a Null beside it");
    }

    #[test]
    fn null_says_whether_the_key_must_be_there() {
        let there = json!({"Null": {"dynamodb:LeadingKeys": "false"}});
        assert!(holds(&there, &["A#1"], &[]) && !holds(&there, &[], &[]));
        let absent = json!({"Null": {"dynamodb:LeadingKeys": "true"}});
        assert!(!holds(&absent, &["A#1"], &[]) && holds(&absent, &[], &[]));
        let both = json!({"Null": {"dynamodb:LeadingKeys": "false"},
                          "ForAllValues:StringLike": {"dynamodb:LeadingKeys": "A#*"}});
        assert!(holds(&both, &["A#1"], &[]) && !holds(&both, &[], &[]) && !holds(&both, &["C#1"], &[]));
    }

    #[test]
    fn any_value_is_enough_where_that_is_asked_and_none_never_is() {
        let any = json!({"ForAnyValue:StringEquals": {"dynamodb:LeadingKeys": "A"}});
        assert!(holds(&any, &["B", "A"], &[]) && !holds(&any, &["B"], &[]) && !holds(&any, &[], &[]));
    }

    #[test]
    fn one_value_is_compared_whole_and_must_be_there() {
        let within = json!({"StringEquals": {"dynamodb:EnclosingOperation": "TransactWriteItems"}});
        assert!(holds(&within, &[], &["TransactWriteItems"]));
        assert!(!holds(&within, &[], &["TransactGetItems"]));
        assert!(!holds(&within, &[], &[]), "outside a transaction the key is absent");
        let starred = json!({"StringEquals": {"dynamodb:EnclosingOperation": "Transact*"}});
        assert!(!holds(&starred, &[], &["TransactWriteItems"]), "only StringLike has wildcards");
    }

    #[test]
    fn what_is_not_known_is_an_error_that_names_it() {
        for (condition, named) in [
            (json!({"StringNotLike": {"dynamodb:LeadingKeys": "A"}}), "StringNotLike"),
            (json!({"ForSomeValues:StringLike": {"dynamodb:LeadingKeys": "A"}}), "ForSomeValues"),
            (json!({"StringEqualsIfExists": {"dynamodb:EnclosingOperation": "A"}}), "IfExists"),
            (json!({"StringEquals": {"aws:SourceIp": "A"}}), "aws:SourceIp"),
            (json!({"StringLike": {"dynamodb:LeadingKeys": "A"}}), "ForAllValues"),
            (json!({"ForAllValues:StringLike": {"dynamodb:LeadingKeys": []}}), "nothing"),
            (json!({"ForAllValues:StringLike": ["A"]}), "no keys"),
        ] {
            let error = read(&condition).unwrap_err();
            assert!(error.contains(named), "{error}");
        }
    }
}
