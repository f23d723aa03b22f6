//! History is added to and never changed: by permission, and by an alarm for whoever has more of it.

use redress_tidy::Finding;
use serde_json::{Value, json};

use crate::Reading;

const NEVER: [&str; 6] = [
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:PartiQLInsert",
    "dynamodb:PartiQLUpdate",
    "dynamodb:PartiQLDelete",
];

pub(crate) fn is_append_only(template: &Reading) -> Vec<Finding> {
    let mut found = Vec::new();
    let ledger = &template.whole["Resources"]["LedgerTable"]["Properties"];
    let statements = ledger["ResourcePolicy"]["PolicyDocument"]["Statement"].as_array().cloned().unwrap_or_default();
    let denied = |action: &str| {
        statements.iter().any(|statement| {
            statement["Effect"] == "Deny"
                && statement["Principal"] == "*"
                && statement["Condition"].is_null()
                && all(&statement["Action"]).contains(&action)
        })
    };
    for action in NEVER.into_iter().filter(|action| !denied(action)) {
        found.push(template.finding("LedgerTable:", format!("the ledger's policy does not deny everybody {action}")));
    }
    for (name, function) in template.functions() {
        for statement in function["Properties"]["Policies"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|policy| policy["Statement"].as_array().into_iter().flatten())
        {
            if !redress_of_ledger(&statement["Resource"]) {
                continue;
            }
            let sid = statement["Sid"].as_str().unwrap_or_default();
            let whole = json!({"StringEquals": {"dynamodb:EnclosingOperation": "TransactWriteItems"}});
            for action in all(&statement["Action"]) {
                let reads = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"].contains(&action);
                let adds = action == "dynamodb:PutItem" && statement["Condition"] == whole;
                if !reads && !adds {
                    let what = format!("{name}.{sid} allows {action} on the ledger: read, or put within a transaction");
                    found.push(template.finding(sid, what));
                }
            }
        }
    }
    found
}

pub(crate) fn is_watched(template: &Reading) -> Vec<Finding> {
    let stream = json!({"Fn::GetAtt": "LedgerTable.StreamArn"});
    let watched = template.functions().any(|(_, function)| {
        function["Properties"]["Events"].as_object().into_iter().flatten().any(|(_, event)| {
            let filters = event["Properties"]["FilterCriteria"]["Filters"].as_array();
            event["Properties"]["Stream"] == stream
                && filters.into_iter().flatten().any(|filter| {
                    let pattern = filter["Pattern"].as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
                    pattern.is_some_and(|pattern| pattern == json!({"eventName": ["MODIFY", "REMOVE"]}))
                })
        })
    });
    if watched {
        return Vec::new();
    }
    vec![template.finding("LedgerTable.StreamArn", "nobody hears of an entry of the ledger that is changed or removed")]
}

pub(crate) fn all(action: &Value) -> Vec<&str> {
    action.as_str().into_iter().chain(action.as_array().into_iter().flatten().filter_map(Value::as_str)).collect()
}

fn redress_of_ledger(resource: &Value) -> bool {
    crate::referred(resource).iter().any(|to| to.starts_with("LedgerTable"))
}
