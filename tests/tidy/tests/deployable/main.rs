//! The template holds together as CloudFormation, Lambda and SES will take it. Linters pass what these find: a runtime
//! that does not exist, an event of SES that nobody sends, an alarm of a metric that nobody tells.
//!
//! Each rule is a function over the template's text, so that `mutations` can show that each finds what it is for.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

mod agreement;
mod alarms;
mod globals;
mod heads;
mod history;
mod indexes;
mod mail;
mod mutations;
mod references;
mod sources;

use redress_local::template::plain;
use redress_tidy::routes::TEMPLATE;
use redress_tidy::{Finding, House, hold};
use serde_json::Value;

/// A template, as text and as what it says.
struct Reading {
    text: String,
    whole: Value,
}

impl Reading {
    fn of(text: &str) -> Reading {
        let whole = plain(text).unwrap_or_else(|error| panic!("{TEMPLATE}: {error}"));
        Reading { text: text.to_owned(), whole }
    }

    /// Every resource of a type, by name.
    fn of_type<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.resources().filter(move |(_, resource)| resource["Type"] == kind)
    }

    fn resources(&self) -> impl Iterator<Item = (&str, &Value)> {
        let resources = self.whole["Resources"].as_object().expect("a template has resources");
        resources.iter().map(|(name, resource)| (name.as_str(), resource))
    }

    fn functions(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.of_type("AWS::Serverless::Function")
    }

    /// Something wrong, at the first line that holds `at`.
    fn finding(&self, at: &str, what: impl Into<String>) -> Finding {
        let line = self.text.lines().position(|line| line.contains(at)).map_or(1, |line| line + 1);
        Finding::new(TEMPLATE, line, what)
    }
}

/// What a value refers to, so and by `!Sub`: `Table`, or `Table.Arn` for an attribute.
fn referred(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) if fields.len() == 1 => {
            let (name, inner) = fields.iter().next().expect("it has one");
            match (name.as_str(), inner) {
                ("Ref", Value::String(to)) => vec![to.clone()],
                ("Fn::GetAtt", Value::String(to)) => vec![to.clone()],
                ("Fn::GetAtt", Value::Array(parts)) => {
                    vec![parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(".")]
                }
                ("Fn::Sub", Value::String(text)) => substituted(text),
                _ => referred(inner),
            }
        }
        Value::Object(fields) => fields.values().flat_map(referred).collect(),
        Value::Array(items) => items.iter().flat_map(referred).collect(),
        _ => Vec::new(),
    }
}

/// What stands in `${…}`; `${!…}` is left as it is.
fn substituted(text: &str) -> Vec<String> {
    let parts = text.split("${").skip(1).filter_map(|part| part.split_once('}'));
    parts.map(|(name, _)| name.to_owned()).filter(|name| !name.starts_with('!')).collect()
}

/// Everything that is wrong with a template.
fn findings(text: &str, house: &House) -> Vec<Finding> {
    let template = Reading::of(text);
    let rules = [
        globals::runtime_and_handler,
        references::all_resolve,
        references::parameters_are_used,
        sources::streams_are_whole,
        sources::routes_fit_into_the_functions_policy,
        sources::what_is_not_delivered_is_kept,
        mail::events_are_those_of_ses,
        history::is_append_only,
        history::is_watched,
        heads::are_locked,
        alarms::name_metrics_that_somebody_tells,
        alarms::watch_every_function_and_queue,
    ];
    let mut found: Vec<Finding> = rules.iter().flat_map(|rule| rule(&template)).collect();
    found.extend(indexes::are_those_that_code_asks(&template, house));
    found.extend(agreement::with_the_code(&template, house));
    found
}

#[test]
fn the_template_holds_together() {
    let house = House::here();
    hold(findings(&house.read(TEMPLATE), &house));
}
