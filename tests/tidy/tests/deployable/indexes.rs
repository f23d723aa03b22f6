//! The store asks indexes that the template has, and the template has none that nobody asks.

use redress_tidy::{Finding, House};
use serde_json::Value;

use crate::Reading;

/// Indexes that are written and not asked yet, and why they are there all the same.
const NOT_ASKED_YET: [(&str, &str); 1] =
    [("register", "reports list what a month received; an index added to a full table takes hours and one deployment")];

pub(crate) fn are_those_that_code_asks(template: &Reading, house: &House) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut there = Vec::new();
    for (table, resource) in template.of_type("AWS::DynamoDB::Table") {
        let defined = names(&resource["Properties"]["AttributeDefinitions"]);
        let mut used = names(&resource["Properties"]["KeySchema"]);
        for index in resource["Properties"]["GlobalSecondaryIndexes"].as_array().into_iter().flatten() {
            used.extend(names(&index["KeySchema"]));
            there.push(index["IndexName"].as_str().unwrap_or_default());
        }
        for name in used.iter().filter(|name| !defined.contains(name)) {
            found.push(template.finding(name, format!("{table} has a key `{name}` that it does not define")));
        }
        for name in defined.iter().filter(|name| !used.contains(name)) {
            found.push(
                template
                    .finding(name, format!("{table} defines `{name}`, which is no key: CloudFormation refuses that")),
            );
        }
    }
    let store: Vec<_> =
        house.sources().into_iter().filter(|source| source.path.starts_with("shared/store/src/")).collect();
    let says = |name: &str| store.iter().any(|source| source.literals.iter().any(|literal| literal.value == name));
    for (name, _) in NOT_ASKED_YET.iter().filter(|(name, _)| says(name)) {
        found.push(template.finding(name, format!("the index `{name}` is asked now: take it out of NOT_ASKED_YET")));
    }
    let waits = |name: &str| NOT_ASKED_YET.iter().any(|(waiting, _)| *waiting == name);
    for name in there.iter().filter(|name| !says(name) && !waits(name)) {
        found.push(template.finding(name, format!("no query of the store names the index `{name}`")));
    }
    for source in &store {
        for at in source.places(".index_name(") {
            let literal = source.literals.iter().find(|literal| literal.at > at && literal.at < at + 14);
            if let Some(literal) = literal.filter(|literal| !there.contains(&literal.value.as_str())) {
                found.push(Finding::new(
                    &source.path,
                    source.line(at),
                    format!("asks the index `{}`, which no table has", literal.value),
                ));
            }
        }
    }
    // What a policy names beneath a table is an index of it.
    for to in text_of(&template.whole).into_iter().filter(|text| text.contains(".Arn}/index/")) {
        let name = to.rsplit('/').next().unwrap_or_default();
        if name != "*" && !there.contains(&name) {
            found.push(template.finding(&to, format!("a policy names the index `{name}`, which no table has")));
        }
    }
    found
}

fn names(schema: &Value) -> Vec<&str> {
    schema.as_array().into_iter().flatten().filter_map(|each| each["AttributeName"].as_str()).collect()
}

fn text_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(text_of).collect(),
        Value::Object(fields) => fields.values().flat_map(text_of).collect(),
        _ => Vec::new(),
    }
}
