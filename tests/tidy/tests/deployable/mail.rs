//! What SES is asked to tell, what it calls that, and who hears it.

use redress_tidy::Finding;
use serde_json::Value;

use crate::Reading;

/// What an event destination may ask for, and what the event is then called on the bus.
const EVENTS: [(&str, &str); 10] = [
    ("send", "Email Sent"),
    ("reject", "Email Rejected"),
    ("bounce", "Email Bounced"),
    ("complaint", "Email Complaint Received"),
    ("delivery", "Email Delivered"),
    ("open", "Email Opened"),
    ("click", "Email Clicked"),
    ("renderingFailure", "Email Rendering Failed"),
    ("deliveryDelay", "Email Delivery Delayed"),
    ("subscription", "Email Subscribed"),
];

pub(crate) fn events_are_those_of_ses(template: &Reading) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut told = Vec::new();
    for (name, destination) in template.of_type("AWS::SES::ConfigurationSetEventDestination") {
        for kind in texts(&destination["Properties"]["EventDestination"]["MatchingEventTypes"]) {
            match EVENTS.iter().find(|(known, _)| *known == kind) {
                Some((_, called)) => told.push(*called),
                None => found.push(
                    template
                        .finding("MatchingEventTypes", format!("{name} asks SES for `{kind}`, which it does not tell")),
                ),
            }
        }
    }
    let mut heard = Vec::new();
    for (name, function) in template.functions() {
        for event in function["Properties"]["Events"].as_object().into_iter().flatten().map(|(_, event)| event) {
            let pattern = &event["Properties"]["Pattern"];
            if event["Type"] != "EventBridgeRule" || !texts(&pattern["source"]).contains(&"aws.ses") {
                continue;
            }
            for kind in texts(&pattern["detail-type"]) {
                if !EVENTS.iter().any(|(_, called)| *called == kind) {
                    found.push(
                        template.finding("detail-type", format!("{name} waits for `{kind}`, which SES does not send")),
                    );
                }
                heard.push(kind);
            }
        }
    }
    for kind in told.iter().filter(|kind| !heard.contains(kind)) {
        found
            .push(template.finding("MatchingEventTypes", format!("SES is asked to tell “{kind}”, and nobody listens")));
    }
    for kind in heard.iter().filter(|kind| !told.contains(kind)) {
        found.push(template.finding("detail-type", format!("“{kind}” is waited for, and SES is not asked to tell it")));
    }
    found
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}
