//! What all functions have in common.

use redress_tidy::Finding;

use crate::Reading;

/// Runtimes that take a binary of ours and are not on their way out.
const RUNTIMES: [&str; 1] = ["provided.al2023"];

pub(crate) fn runtime_and_handler(template: &Reading) -> Vec<Finding> {
    let common = &template.whole["Globals"]["Function"];
    let mut found = Vec::new();
    let wrong = |what: &str, said: &serde_json::Value| {
        template
            .finding("Runtime:", format!("Globals say {what} {said}, and there is no such: {RUNTIMES:?}, bootstrap"))
    };
    if !common["Runtime"].as_str().is_some_and(|runtime| RUNTIMES.contains(&runtime)) {
        found.push(wrong("Runtime", &common["Runtime"]));
    }
    if common["Handler"] != "bootstrap" {
        found.push(wrong("Handler", &common["Handler"]));
    }
    for (name, function) in template.functions() {
        for own in ["Runtime", "Handler", "Architectures"] {
            if function["Properties"].get(own).is_some() {
                found.push(
                    template
                        .finding(&format!("  {name}:"), format!("{name} has a {own} of its own: leave it to Globals")),
                );
            }
        }
    }
    found
}
