//! Heads of histories are locked as they come, and no function reads, changes or takes one away.

use redress_tidy::Finding;
use serde_json::Value;

use crate::history::all;
use crate::{Reading, referred};

const BUCKET: &str = "HeadsBucket";

pub(crate) fn are_locked(template: &Reading) -> Vec<Finding> {
    let bucket = &template.whole["Resources"][BUCKET]["Properties"];
    let lock = &bucket["ObjectLockConfiguration"];
    let retention = &lock["Rule"]["DefaultRetention"];
    let kept = ["Mode", "Years"].iter().all(|field| !retention[field].is_null());
    let mut found = Vec::new();
    if bucket["ObjectLockEnabled"] != Value::Bool(true) || lock["ObjectLockEnabled"] != "Enabled" || !kept {
        let what = "whoever can rewrite history can change what was anchored of it: no lock by default";
        found.push(template.finding("HeadsBucket:", what));
    }
    for (name, function) in template.functions() {
        let policies = function["Properties"]["Policies"].as_array().into_iter().flatten();
        for statement in policies.flat_map(|policy| policy["Statement"].as_array().into_iter().flatten()) {
            let of_heads = referred(&statement["Resource"]).iter().any(|to| to.starts_with(BUCKET));
            for action in all(&statement["Action"]).into_iter().filter(|action| of_heads && *action != "s3:PutObject") {
                let sid = statement["Sid"].as_str().unwrap_or_default();
                let what = format!("{name}.{sid} allows {action} on what was anchored: a function only adds");
                found.push(template.finding(sid, what));
            }
        }
    }
    found
}
