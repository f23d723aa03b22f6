//! What names something that is not there.

use super::Found;
use crate::policy::Policy;

/// Every name of nothing.
pub(super) fn check(policy: &Policy, found: &mut Vec<Found>) {
    if policy.teams.iter().filter(|team| team.default).count() != 1 {
        found.push(Found::at("teams", "exactly one team must say `default = true`"));
    }
    services(policy, found);
    for (n, stage) in policy.stages.iter().enumerate() {
        if let Some(id) = stage.organisation.as_deref().filter(|id| policy.organisation(id).is_none()) {
            found.push(Found::at(
                format!("stages.{n}.organisation"),
                format!("stage {} is run by `{id}`, {}", stage.n, missing("organisations", organisations(policy))),
            ));
        }
    }
    for (n, triage) in policy.triage.iter().enumerate() {
        if let Some(id) = triage.exclusion.as_deref().filter(|id| policy.exclusion(id).is_none()) {
            let ids = policy.exclusions.iter().map(|exclusion| exclusion.id.as_str()).collect();
            found.push(Found::at(
                format!("triage.{n}.exclusion"),
                format!("a question leads to the exclusion `{id}`, {}", missing("exclusions", ids)),
            ));
        }
        for (m, id) in triage.services.iter().enumerate().filter(|(_, id)| policy.service(id).is_none()) {
            let ids = policy.services.iter().map(|service| service.id.as_str()).collect();
            found.push(Found::at(
                format!("triage.{n}.services.{m}"),
                format!("a question is about the service `{id}`, {}", missing("services", ids)),
            ));
        }
    }
}

fn services(policy: &Policy, found: &mut Vec<Found>) {
    for (n, service) in policy.services.iter().enumerate() {
        if policy.team(&service.team).is_none() {
            let ids = policy.teams.iter().map(|team| team.id.as_str()).collect();
            found.push(Found::at(
                format!("services.{n}.team"),
                format!("service `{}` goes to team `{}`, {}", service.id, service.team, missing("teams", ids)),
            ));
        }
        let Some(sponsor) = service.sponsor.as_deref() else { continue };
        if policy.organisation(sponsor).is_none() {
            found.push(Found::at(
                format!("services.{n}.sponsor"),
                format!(
                    "service `{}` is sponsored by `{sponsor}`, {}",
                    service.id,
                    missing("organisations", organisations(policy))
                ),
            ));
        } else if policy.stages.iter().all(|stage| stage.organisation.is_none()) {
            found.push(Found::at(
                format!("services.{n}.sponsor"),
                format!("service `{}` has a sponsor, but no stage has an `organisation` that runs it", service.id),
            ));
        }
    }
}

fn organisations(policy: &Policy) -> Vec<&str> {
    policy.organisations.iter().map(|other| other.id.as_str()).collect()
}

fn missing(list: &str, known: Vec<&str>) -> String {
    if known.is_empty() {
        format!("which is not in `{list}`: there are none")
    } else {
        format!("which is not in `{list}`: there are {}", known.join(", "))
    }
}
