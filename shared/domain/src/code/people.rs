//! Checks of the stages and the people in them: who answers, who may ask again, and who is refused.

use super::judge::{Looked, View};
use super::times::no_stage;
use crate::policy::By;

/// A person acknowledges, and not the system. Where a Code wants a person, Redress waits for one.
pub(super) fn acknowledged_by_person(view: &View<'_>, n: u8) -> Looked {
    let Some(stage) = view.policy.stage(n) else { return no_stage(view, n) };
    let entry = &stage.acknowledge;
    match (entry.by, entry.in_policy) {
        (By::Service, true) => Looked::met(format!("stage {n}: the service acknowledges"), &entry.cites),
        _ => Looked::not_stated(format!("stage {n}: not who; Redress leaves it to a person"), &entry.cites),
    }
}

/// There are no more stages than the Code has.
pub(super) fn stages_at_most(view: &View<'_>, n: usize) -> Looked {
    let stages = &view.policy.stages;
    let names: Vec<&str> = stages.iter().map(|stage| stage.name.as_str()).collect();
    let says = names.join(", then ");
    let title = &view.policy.policy.title;
    if stages.len() > n {
        return Looked::weaker(format!("{} stages: the Code has {n}", stages.len()), says, title);
    }
    Looked::met(says, title)
}

/// A next stage can be asked for.
pub(super) fn next_stage(view: &View<'_>, after: u8) -> Looked {
    let request = view.policy.stage(after).and_then(|stage| stage.request.as_ref());
    match (request, view.policy.stage(after + 1)) {
        (Some(request), Some(next)) => Looked::met(format!("“{}” can be asked for", next.name), &request.cites),
        _ => Looked::weaker(
            format!("nobody can go on after stage {after}"),
            format!("stage {after} is the last"),
            &view.policy.policy.title,
        ),
    }
}

/// Whoever answered one stage does not answer another.
pub(super) fn answered_by_another(view: &View<'_>, n: u8, than: u8) -> Looked {
    let Some(stage) = view.policy.stage(n) else { return no_stage(view, n) };
    match stage.different_from.as_ref().filter(|different| different.stage == than) {
        Some(different) if different.in_policy => {
            Looked::met(format!("{}, and never whoever answered stage {than}", stage.handler_title), &different.cites)
        }
        Some(different) => {
            Looked::not_stated(format!("nothing; Redress keeps out whoever answered stage {than}"), &different.cites)
        }
        None => Looked::weaker(
            format!("whoever answered stage {than} may answer stage {n} too"),
            stage.handler_title.clone(),
            &view.policy.policy.title,
        ),
    }
}

/// A review needs none of a list of grounds: being dissatisfied is enough.
pub(super) fn no_grounds_listed(view: &View<'_>, after: u8) -> Looked {
    let Some(request) = view.policy.stage(after).and_then(|stage| stage.request.as_ref()) else {
        return no_stage(view, after + 1);
    };
    if request.grounds.is_empty() {
        return Looked::met("no grounds are asked for", &request.cites);
    }
    let listed: Vec<String> = request.grounds.iter().map(|ground| format!("“{ground}”")).collect();
    Looked::weaker(
        format!("a review is tied to {} grounds: being dissatisfied is enough", listed.len()),
        listed.join(", "),
        &request.cites,
    )
}

/// A stage is declined for nothing but what the policy excludes.
pub(super) fn declined_only_by_exclusion(view: &View<'_>, n: u8) -> Looked {
    let Some(stage) = view.policy.stage(n) else { return no_stage(view, n) };
    let Some(decline) = &stage.decline else {
        return Looked::met(format!("stage {n} is declined for nothing"), &view.policy.policy.title);
    };
    let others: Vec<String> = decline
        .grounds
        .iter()
        .filter(|ground| !view.policy.exclusions.iter().any(|exclusion| exclusion.id == ground.id))
        .map(|ground| format!("“{}”", ground.what.trim_end_matches('.')))
        .collect();
    if others.is_empty() {
        return Looked::met(format!("stage {n} is declined only for what is excluded"), &decline.cites);
    }
    let how = "none of these is an exclusion of the policy";
    Looked::weaker(how, format!("stage {n} can be declined: {}", others.join(", ")), &decline.cites)
}

/// Somebody may act for a person.
pub(super) fn representatives_taken(view: &View<'_>) -> Looked {
    let entry = &view.policy.representatives;
    if entry.in_policy {
        Looked::met("somebody may act for a person", &entry.cites)
    } else {
        Looked::not_stated("nothing; Redress takes a representative", &entry.cites)
    }
}

/// A limit on contact is decided by somebody and looked at again.
pub(super) fn restrictions_reviewed(view: &View<'_>) -> Looked {
    let Some(entry) = &view.policy.restrictions else {
        return Looked::not_stated("nothing of how contact may be limited", &view.policy.policy.title);
    };
    let who = entry.decided_by.join(", ");
    if entry.in_policy {
        let says = format!("a limit is decided by {who}, and looked at again within {}", entry.review_within);
        Looked::met(says, &entry.cites)
    } else {
        let says = format!("nothing; Redress has {who} decide, and look at it again within {}", entry.review_within);
        Looked::not_stated(says, &entry.cites)
    }
}

/// A stage that somebody else runs is one of the stages, and it is said who that is.
pub(super) fn hand_over_named(view: &View<'_>) -> Looked {
    let title = &view.policy.policy.title;
    let mut handed = view.policy.stages.iter().filter_map(|stage| Some((stage.n, stage.organisation.as_deref()?)));
    let Some((n, id)) = handed.next() else { return Looked::met("no stage is somebody else's", title) };
    match view.policy.organisation(id) {
        Some(found) => {
            Looked::met(format!("stage {n} is run by {}, and is one of the stages", found.name), &found.cites)
        }
        None => Looked::weaker(
            "it is not said who that is, nor how they use what people tell them",
            format!("stage {n} is run by somebody else"),
            title,
        ),
    }
}
