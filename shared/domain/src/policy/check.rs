//! What a policy file can say that is well written and still cannot be meant.

use std::collections::BTreeSet;

use super::{Policy, PolicyError};

/// Something found, with a word of the file to find it by.
pub(super) struct Found {
    needle: String,
    message: String,
}

impl Found {
    fn new(needle: impl Into<String>, message: impl Into<String>) -> Found {
        Found { needle: needle.into(), message: message.into() }
    }

    pub(super) fn locate(self, file: &str, text: &str) -> PolicyError {
        PolicyError::at(file, text, text.find(&self.needle).unwrap_or(0), self.message)
    }
}

/// Everything that cannot be meant.
pub(super) fn check(policy: &Policy) -> Vec<Found> {
    let mut found = Vec::new();
    header(policy, &mut found);
    teams(policy, &mut found);
    stages(policy, &mut found);
    if policy.outcomes.is_empty() {
        found.push(Found::new("[policy]", "no outcome: a decision must be able to say something"));
    }
    if policy.watch.escalation.is_empty() {
        found.push(Found::new("[watch]", "nobody is told of a missed date: name a rung in `watch.escalation`"));
    }
    if policy.watch.escalation.first().is_some_and(|rung| rung.after.n != 0) {
        found.push(Found::new(
            "[[watch.escalation]]",
            "the first rung is told when the date is missed: its `after` must be “0 working days”",
        ));
    }
    found
}

fn header(policy: &Policy, found: &mut Vec<Found>) {
    let prefix = &policy.policy.reference_prefix;
    if !(2..=4).contains(&prefix.len()) || !prefix.bytes().all(|byte| byte.is_ascii_uppercase()) {
        found.push(Found::new(
            "reference_prefix",
            format!("`reference_prefix` is “{prefix}”: it must be two to four capital letters"),
        ));
    }
    if policy.kind(crate::case::FeedbackKind::Complaint).is_none() {
        found.push(Found::new("[[kinds]]", "no kind `complaint`: this is a complaints procedure"));
    }
}

fn teams(policy: &Policy, found: &mut Vec<Found>) {
    let mut seen = BTreeSet::new();
    for team in &policy.teams {
        if !seen.insert(&team.id) {
            found.push(Found::new(format!("\"{}\"", team.id), format!("team `{}` is there twice", team.id)));
        }
    }
    if policy.teams.iter().filter(|team| team.default).count() != 1 {
        found.push(Found::new("[[teams]]", "exactly one team must say `default = true`"));
    }
    for service in &policy.services {
        if policy.team(&service.team).is_none() {
            found.push(Found::new(
                format!("\"{}\"", service.id),
                format!("service `{}` goes to team `{}`, which is not in `teams`", service.id, service.team),
            ));
        }
    }
}

fn stages(policy: &Policy, found: &mut Vec<Found>) {
    let numbers: Vec<u8> = policy.stages.iter().map(|stage| stage.n).collect();
    if numbers.is_empty() || numbers != (1..=2).take(numbers.len()).collect::<Vec<u8>>() {
        found.push(Found::new(
            "[[stages]]",
            format!("stages are numbered {numbers:?}: they must be 1, or 1 and 2 (Codes 5.2: no extra named stages)"),
        ));
    }
    for stage in &policy.stages {
        let last = policy.stages.iter().all(|other| other.n <= stage.n);
        let at = format!("n = {}", stage.n);
        if stage.handler.is_empty() {
            found.push(Found::new(&at, format!("stage {} has no `handler`: nobody could answer it", stage.n)));
        }
        match &stage.request {
            None if !last => found.push(Found::new(
                &at,
                format!("stage {} has no `request`: nobody could ask for the next stage", stage.n),
            )),
            Some(_) if last => found.push(Found::new(
                &at,
                format!("stage {} is the last and has a `request`: the Ombudsman comes next", stage.n),
            )),
            Some(request) if request.within.is_none() && request.file_after.is_none() => {
                found.push(Found::new(
                    &at,
                    format!("stage {}: `request` has neither `within` nor `file_after`, so an answered case would stay open for ever", stage.n),
                ));
            }
            _ => {}
        }
        if let Some(target) = stage.respond.target
            && (target.unit != stage.respond.within.unit || target.n > stage.respond.within.n)
        {
            found.push(Found::new(
                &at,
                format!(
                    "stage {}: `respond.target` ({target}) and `respond.within` ({}) are no range",
                    stage.n, stage.respond.within
                ),
            ));
        }
    }
}
