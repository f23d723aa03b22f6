//! What is named twice.

use std::collections::BTreeMap;

use super::Found;
use crate::case::name_of;
use crate::policy::Policy;

/// Every id that is there twice.
pub(super) fn check(policy: &Policy, found: &mut Vec<Found>) {
    let mut list = |path: &str, what: &str, ids: Vec<String>| twice(path, what, &ids, found);
    list("kinds", "kind", policy.kinds.iter().map(|kind| name_of(kind.id)).collect());
    list("outcomes", "outcome", policy.outcomes.iter().map(|outcome| name_of(outcome.id)).collect());
    list("remedies", "remedy", policy.remedies.iter().map(|remedy| name_of(remedy.id)).collect());
    list("teams", "team", policy.teams.iter().map(|team| team.id.clone()).collect());
    list("services", "service", policy.services.iter().map(|service| service.id.clone()).collect());
    list("exclusions", "exclusion", policy.exclusions.iter().map(|exclusion| exclusion.id.clone()).collect());
    list("categories", "category", policy.categories.iter().map(|category| category.id.clone()).collect());
    list("organisations", "organisation", policy.organisations.iter().map(|other| other.id.clone()).collect());
    for (n, stage) in policy.stages.iter().enumerate() {
        if let Some(decline) = &stage.decline {
            let path = format!("stages.{n}.decline.grounds");
            list(&path, "ground", decline.grounds.iter().map(|ground| ground.id.clone()).collect());
        }
    }
}

fn twice(path: &str, what: &str, ids: &[String], found: &mut Vec<Found>) {
    let mut seen = BTreeMap::new();
    for (n, id) in ids.iter().enumerate() {
        if let Some(first) = seen.insert(id, n) {
            found.push(Found::between(
                format!("{path}.{n}.id"),
                format!("{path}.{first}.id"),
                format!("{what} `{id}` is there twice"),
            ));
        }
    }
}
