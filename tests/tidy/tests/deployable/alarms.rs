//! An alarm watches a metric that somebody tells, and whatever can fail has one.

use redress_platform::metrics::{DIMENSION, Metric, NAMESPACE};
use redress_tidy::Finding;
use serde_json::{Value, json};

use crate::Reading;

/// AWS's own metrics that are watched here: namespace, metric, the dimension they are told by.
const THEIRS: &[(&str, &str, &str)] = &[
    ("AWS/Lambda", "Errors", "FunctionName"),
    ("AWS/Lambda", "Throttles", "FunctionName"),
    ("AWS/Lambda", "IteratorAge", "FunctionName"),
    ("AWS/Lambda", "Duration", "FunctionName"),
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName"),
    ("AWS/SES", "Reputation.BounceRate", "ses:configuration-set"),
    ("AWS/SES", "Reputation.ComplaintRate", "ses:configuration-set"),
    ("AWS/ApiGateway", "Count", "ApiId"),
    ("AWS/ApiGateway", "4xx", "ApiId"),
    ("AWS/ApiGateway", "5xx", "ApiId"),
    ("AWS/ApiGateway", "Latency", "ApiId"),
];

/// Our own metrics that the dashboard alone shows.
const ONLY_SHOWN: [Metric; 1] = [Metric::SweepDone];

fn known(namespace: &str, metric: &str, dimension: &str) -> bool {
    let ours = namespace == NAMESPACE && dimension == DIMENSION && Metric::ALL.iter().any(|each| each.name() == metric);
    ours || THEIRS.contains(&(namespace, metric, dimension))
}

pub(crate) fn name_metrics_that_somebody_tells(template: &Reading) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut watched = Vec::new();
    for (name, alarm) in template.of_type("AWS::CloudWatch::Alarm") {
        let alarm = &alarm["Properties"];
        let text = |field: &str| alarm[field].as_str().unwrap_or_default();
        let dimension = alarm["Dimensions"][0]["Name"].as_str().unwrap_or_default();
        if !known(text("Namespace"), text("MetricName"), dimension) {
            let what = format!(
                "{name} watches {} {} by {dimension:?}, and nobody tells that",
                text("Namespace"),
                text("MetricName")
            );
            found.push(template.finding(&format!("  {name}:"), what));
        }
        if alarm["AlarmActions"] != json!([{"Ref": "Alarms"}]) {
            found.push(template.finding(&format!("  {name}:"), format!("{name} tells nobody")));
        }
        if alarm["AlarmName"]["Fn::Sub"] != format!("${{AWS::StackName}}-{name}") || text("AlarmDescription").is_empty()
        {
            found.push(template.finding(
                &format!("  {name}:"),
                format!("{name} is not called by its name, or does not say what it means"),
            ));
        }
        watched.push(text("MetricName").to_owned());
    }
    for metric in Metric::ALL.into_iter().filter(|metric| !ONLY_SHOWN.contains(metric)) {
        if !watched.iter().any(|name| name == metric.name()) {
            found.push(template.finding("Alarm", format!("{} is told, and no alarm watches it", metric.name())));
        }
    }
    found.extend(shown(template));
    found
}

/// The dashboard's lines.
fn shown(template: &Reading) -> Vec<Finding> {
    let mut found = Vec::new();
    for (name, board) in template.of_type("AWS::CloudWatch::Dashboard") {
        let body = board["Properties"]["DashboardBody"]["Fn::Sub"].as_str().unwrap_or_default();
        let Ok(body) = serde_json::from_str::<Value>(body) else {
            found.push(template.finding("DashboardBody", format!("{name}'s body is not JSON")));
            continue;
        };
        let lines = body["widgets"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|widget| widget["properties"]["metrics"].as_array().into_iter().flatten());
        for line in lines {
            let text = |at: usize| line[at].as_str().unwrap_or_default();
            if !known(text(0), text(1), text(2)) {
                found.push(template.finding(
                    text(1),
                    format!("{name} shows {} {} by {:?}, and nobody tells that", text(0), text(1), text(2)),
                ));
            }
        }
    }
    found
}

pub(crate) fn watch_every_function_and_queue(template: &Reading) -> Vec<Finding> {
    let mut found = Vec::new();
    let watches = |metric: &str, of: &Value| {
        template.of_type("AWS::CloudWatch::Alarm").any(|(_, alarm)| {
            alarm["Properties"]["MetricName"] == metric && alarm["Properties"]["Dimensions"][0]["Value"] == *of
        })
    };
    for (name, function) in template.functions() {
        let of = json!({"Ref": name});
        let streams = function["Properties"]["Events"]
            .as_object()
            .into_iter()
            .flatten()
            .any(|(_, event)| event["Type"] == "DynamoDB");
        for metric in ["Errors", "Throttles"].into_iter().chain(streams.then_some("IteratorAge")) {
            if !watches(metric, &of) {
                found.push(template.finding(&format!("  {name}:"), format!("no alarm watches {metric} of {name}")));
            }
        }
        let log = &function["Properties"]["LoggingConfig"]["LogGroup"]["Ref"];
        let group = log.as_str().map(|log| &template.whole["Resources"][log]);
        if !group.is_some_and(|group| {
            group["Type"] == "AWS::Logs::LogGroup"
                && group["Properties"]["RetentionInDays"] == json!({"Ref": "LogDays"})
        }) {
            found
                .push(template.finding(&format!("  {name}:"), format!("{name} has no log group that forgets in time")));
        }
    }
    for (name, _) in template.of_type("AWS::SQS::Queue") {
        if !watches("ApproximateNumberOfMessagesVisible", &json!({"Fn::GetAtt": format!("{name}.QueueName")})) {
            found.push(template.finding(
                &format!("  {name}:"),
                format!("no alarm watches {name}, so what waits there waits for ever"),
            ));
        }
    }
    found
}
