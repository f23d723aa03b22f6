//! What requests of SES and EventBridge ask for.

use serde_json::Value;

use super::{Ask, Permissions};

/// A `SendEmail`: from an identity, and with a configuration set when it names one.
pub(crate) fn to_send(permissions: &Permissions, body: &Value) -> Vec<Ask> {
    let named = |kind: &str, name: &str| Ask::new("ses:SendEmail", permissions.arn_of(kind, name));
    let from = body["FromEmailAddress"].as_str().unwrap_or_default().trim_end_matches('>');
    // A council verifies its domain, not each mailbox.
    let domain = from.rsplit('@').next().unwrap_or_default();
    let mut asks = vec![named("AWS::SES::EmailIdentity", domain)];
    asks.extend(body["ConfigurationSetName"].as_str().map(|set| named("AWS::SES::ConfigurationSet", set)));
    asks
}

/// A `PutEvents`: onto each bus that an entry names.
pub(crate) fn to_tell(permissions: &Permissions, body: &Value) -> Vec<Ask> {
    let buses = body["Entries"].as_array().into_iter().flatten().map(|entry| entry["EventBusName"].as_str());
    let arn = |bus: Option<&str>| match bus {
        Some(bus) => permissions.arn("AWS::Events::EventBus", bus),
        None => permissions.arn_of("AWS::Events::EventBus", "default"),
    };
    buses.map(|bus| Ask::new("events:PutEvents", arn(bus))).collect()
}
