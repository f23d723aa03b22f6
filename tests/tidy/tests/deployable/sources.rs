//! What feeds a function: a record that fails is tried alone, then noted, and nothing stops the stream.

use redress_local::template::{Template, TemplateError};
use redress_tidy::Finding;
use serde_json::{Value, json};

use crate::Reading;

/// Each route adds a statement of some 400 bytes to its function's own policy, which may have 20,480.
const ROUTES_MAX: usize = 48;

fn events<'a>(template: &'a Reading, kind: &'a str) -> impl Iterator<Item = (String, &'a Value)> {
    template.functions().flat_map(move |(function, resource)| {
        let events = resource["Properties"]["Events"].as_object().into_iter().flatten();
        events
            .filter(move |(_, event)| event["Type"] == kind)
            .map(move |(name, event)| (format!("{function}.{name}"), &event["Properties"]))
    })
}

pub(crate) fn streams_are_whole(template: &Reading) -> Vec<Finding> {
    let mut found = Vec::new();
    for (name, stream) in events(template, "DynamoDB") {
        let event = name.rsplit('.').next().unwrap_or_default();
        let mut wrong =
            |what: &str| found.push(template.finding(&format!("        {event}:"), format!("{name} {what}")));
        if stream["FunctionResponseTypes"] != json!(["ReportBatchItemFailures"]) {
            wrong("does not say ReportBatchItemFailures, so one bad record brings back the whole batch");
        }
        if stream["BisectBatchOnFunctionError"] != json!(true) {
            wrong("does not bisect, so one record that ends the function ends the batch");
        }
        if stream["MaximumRetryAttempts"] != json!(1) {
            wrong("is not tried twice and then left to the sweep");
        }
        if stream["DestinationConfig"]["OnFailure"]["Destination"].is_null() {
            wrong("has no destination for what fails");
        }
        if stream["BatchSize"].as_u64().is_none_or(|size| size > 10) {
            wrong("takes more than ten records, and PutEvents takes ten");
        }
        let filters = stream["FilterCriteria"]["Filters"].as_array().cloned().unwrap_or_default();
        if filters.is_empty() {
            wrong("has no filter, so the function is paid for what it throws away");
        }
    }
    // The filters themselves are read by who delivers by them on the laptop.
    if let Err(error @ (TemplateError::Pattern { .. } | TemplateError::Unknown { .. })) =
        Template::parse(&template.text)
    {
        found.push(template.finding("FilterCriteria", error.to_string()));
    }
    // Two readers of one shard are the most.
    for table in template.of_type("AWS::DynamoDB::Table").map(|(name, _)| name) {
        let stream = json!({"Fn::GetAtt": format!("{table}.StreamArn")});
        let readers = events(template, "DynamoDB").filter(|(_, each)| each["Stream"] == stream).count();
        if readers > 2 {
            found
                .push(template.finding(table, format!("{table}'s stream has {readers} readers, and two are the most")));
        }
    }
    found
}

pub(crate) fn routes_fit_into_the_functions_policy(template: &Reading) -> Vec<Finding> {
    let mut found = Vec::new();
    for (name, _) in template.functions() {
        let own = format!("{name}.");
        let routes = events(template, "HttpApi").filter(|(event, _)| event.starts_with(&own)).count();
        if routes > ROUTES_MAX {
            let what = format!("{name} has {routes} routes, and from {ROUTES_MAX} on it cannot be deployed");
            found.push(template.finding(&format!("  {name}:"), what));
        }
    }
    found
}

pub(crate) fn what_is_not_delivered_is_kept(template: &Reading) -> Vec<Finding> {
    let called = ["ScheduleV2", "EventBridgeRule"].into_iter().flat_map(|kind| events(template, kind));
    let lost = called.filter(|(_, event)| event["DeadLetterConfig"]["Arn"].is_null() || event["RetryPolicy"].is_null());
    lost.map(|(name, _)| {
        let event = name.rsplit('.').next().unwrap_or_default();
        template.finding(
            &format!("        {event}:"),
            format!("{name} has no dead-letter queue or no retry policy, so what is not delivered is lost in silence"),
        )
    })
    .collect()
}
