//! What the forms and pages of a case choose from, as its policy has it.

use serde_json::{Value, json};

use redress_domain::rules::Rules;

/// Teams, services, outcomes with their meaning, exclusions, offices, Ombudsmen.
pub fn known(rules: &Rules) -> Value {
    let policy = &rules.policy;
    let ombudsmen: Vec<Value> =
        rules.ombudsmen.iter().map(|found| json!({"id": found.id, "name": found.name})).collect();
    json!({
        "teams": policy.teams,
        "services": policy.services,
        "outcomes": policy.outcomes,
        "exclusions": policy.exclusions,
        "categories": policy.categories,
        "organisations": policy.organisations,
        "representatives": policy.representatives,
        "restrictions": policy.restrictions,
        "ombudsmen": ombudsmen,
    })
}
