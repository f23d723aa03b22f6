//! Whatever is referred to is there, in policies too, where linters do not look.

use redress_tidy::Finding;

use crate::{Reading, referred};

/// Resources that SAM makes of the routes.
const MADE_BY_SAM: [&str; 2] = ["ServerlessHttpApi", "ServerlessHttpApi.Stage"];

/// Attributes by type of resource, of those that are asked for here.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("AWS::Serverless::Function", &["Arn"]),
    ("AWS::DynamoDB::Table", &["Arn", "StreamArn"]),
    ("AWS::Events::EventBus", &["Arn", "Name"]),
    ("AWS::SQS::Queue", &["Arn", "QueueName"]),
    ("AWS::Logs::LogGroup", &["Arn"]),
    ("AWS::S3::Bucket", &["Arn", "RegionalDomainName", "DomainName"]),
    ("AWS::CloudFront::Distribution", &["DomainName"]),
    ("AWS::ApiGatewayV2::DomainName", &["RegionalDomainName"]),
    (
        "AWS::SES::EmailIdentity",
        &[
            "DkimDNSTokenName1",
            "DkimDNSTokenName2",
            "DkimDNSTokenName3",
            "DkimDNSTokenValue1",
            "DkimDNSTokenValue2",
            "DkimDNSTokenValue3",
        ],
    ),
];

pub(crate) fn all_resolve(template: &Reading) -> Vec<Finding> {
    let mut found = Vec::new();
    for to in referred(&template.whole) {
        if MADE_BY_SAM.contains(&to.as_str()) || to.starts_with("AWS::") {
            continue;
        }
        let (name, attribute) = to.split_once('.').map_or((to.as_str(), None), |(name, rest)| (name, Some(rest)));
        let resource = template.whole["Resources"].get(name);
        let there = match (resource, attribute) {
            (Some(resource), Some(attribute)) => {
                ATTRIBUTES.iter().any(|(kind, attributes)| resource["Type"] == *kind && attributes.contains(&attribute))
            }
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => template.whole["Parameters"].get(name).is_some(),
        };
        if !there {
            found.push(template.finding(&to, format!("`{to}` is referred to, and is not there")));
        }
    }
    for name in conditions(&template.whole) {
        if template.whole["Conditions"].get(&name).is_none() {
            found.push(template.finding(&name, format!("the condition `{name}` is not there")));
        }
    }
    found
}

/// A parameter that changes nothing is a promise to whoever sets it.
pub(crate) fn parameters_are_used(template: &Reading) -> Vec<Finding> {
    let used = referred(&template.whole);
    let parameters = template.whole["Parameters"].as_object().into_iter().flatten();
    parameters
        .filter(|(name, _)| !used.contains(name))
        .map(|(name, _)| template.finding(&format!("  {name}:"), format!("the parameter {name} is used nowhere")))
        .collect()
}

/// Every condition that is named: at a resource, in `!If`, by `!Condition`.
fn conditions(value: &serde_json::Value) -> Vec<String> {
    use serde_json::Value;
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, inner)| match (name.as_str(), inner) {
                ("Condition", Value::String(named)) => vec![named.clone()],
                ("Fn::If", Value::Array(parts)) => {
                    let named = parts.first().and_then(Value::as_str).map(str::to_owned);
                    named.into_iter().chain(parts.iter().skip(1).flat_map(conditions)).collect()
                }
                _ => conditions(inner),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(conditions).collect(),
        _ => Vec::new(),
    }
}
