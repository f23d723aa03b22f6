//! Checks of what a policy takes in, by which way, what it leaves out, and what it can decide.

use super::judge::{Looked, View};
use super::plain::{mid_sentence, way_in};
use crate::case::{Channel, FeedbackKind, OutcomeId, name_of};
use crate::policy::Exclusion;

/// The policy says what it does not deal with.
pub(super) fn exclusions_listed(view: &View<'_>) -> Looked {
    let own: Vec<&Exclusion> = own_exclusions(view).collect();
    match own.first() {
        Some(first) => Looked::met(format!("leaves out {}", count(own.len(), "matter")), &first.cites),
        None => Looked::not_stated("lists nothing it does not deal with", &view.policy.policy.title),
    }
}

/// The policy says that it does not deal with this.
pub(super) fn exclusion_listed(view: &View<'_>, id: &str) -> Looked {
    match own_exclusions(view).find(|exclusion| exclusion.id == id) {
        Some(found) => Looked::met(format!("leaves out: {}", mid_sentence(&found.what)), &found.cites),
        None => Looked::not_stated("nothing; Redress keeps the two apart", &view.policy.policy.title),
    }
}

/// The policy does not shut this out.
pub(super) fn no_exclusion(view: &View<'_>, id: &str, why: &str) -> Looked {
    match own_exclusions(view).find(|exclusion| exclusion.id == id) {
        Some(found) => Looked::weaker(why, format!("leaves out: {}", mid_sentence(&found.what)), &found.cites),
        None => Looked::met("leaves nothing of the kind out", &view.policy.policy.title),
    }
}

/// No decision is called this.
pub(super) fn no_outcome(view: &View<'_>, id: OutcomeId, why: &str) -> Looked {
    match view.policy.outcome(id).filter(|outcome| outcome.in_policy) {
        Some(found) => {
            let meaning = found.definition.as_ref().map_or_else(String::new, |meaning| format!(": {meaning}"));
            Looked::weaker(why, format!("can end “{}”{meaning}", found.label), &found.cites)
        }
        None => Looked::met("has no such outcome", &view.policy.policy.title),
    }
}

/// Decisions have these names.
pub(super) fn outcomes_named(view: &View<'_>, ids: &[OutcomeId]) -> Looked {
    let missing: Vec<String> =
        ids.iter().filter(|id| view.policy.outcome(**id).is_none()).map(|id| name_of(id).replace('-', " ")).collect();
    let labels = |own: bool| -> Vec<String> {
        let chosen = view.policy.outcomes.iter().filter(|outcome| outcome.in_policy == own);
        chosen.map(|outcome| format!("“{}”", outcome.label)).collect()
    };
    let (own, filled) = (labels(true), labels(false));
    let cites = |own: bool| {
        view.policy
            .outcomes
            .iter()
            .find(|outcome| outcome.in_policy == own)
            .map_or("", |outcome| outcome.cites.as_str())
    };
    if !missing.is_empty() {
        let how = format!("a complaint cannot be found {}", missing.join(" or "));
        return Looked::weaker(how, format!("decides {}", own.join(", ")), cites(true));
    }
    if filled.is_empty() {
        return Looked::met(format!("decides {}", own.join(", ")), cites(true));
    }
    let named = if own.is_empty() { "names no outcome".to_owned() } else { format!("decides {}", own.join(", ")) };
    Looked::not_stated(format!("{named}; Redress adds {}", filled.join(", ")), cites(false))
}

/// Every decision is explained.
pub(super) fn outcomes_defined(view: &View<'_>) -> Looked {
    let bare: Vec<String> = view
        .policy
        .outcomes
        .iter()
        .filter(|outcome| outcome.definition.is_none())
        .map(|outcome| format!("“{}”", outcome.label))
        .collect();
    let cites = view.policy.outcomes.first().map_or("", |outcome| outcome.cites.as_str());
    if bare.is_empty() {
        Looked::met("says what each outcome means", cites)
    } else {
        Looked::not_stated(format!("not what {} means", bare.join(", ")), cites)
    }
}

/// These channels are open.
pub(super) fn channels_include(view: &View<'_>, ids: &[Channel]) -> Looked {
    let channels = &view.policy.channels;
    if !view.is_own(&channels.cites) {
        return Looked::not_stated("lists no channels; Redress opens every ordinary one", &channels.cites);
    }
    let (open, shut): (Vec<Channel>, Vec<Channel>) = ids.iter().partition(|id| channels.accepted.contains(id));
    let names = |some: &[Channel]| some.iter().map(|id| way_in(*id)).collect::<Vec<_>>().join(", ");
    if shut.is_empty() {
        return Looked::met(format!("takes {}", names(&open)), &channels.cites);
    }
    Looked::weaker(
        format!("not among them: {}", names(&shut)),
        format!("takes {}", names(&channels.accepted)),
        &channels.cites,
    )
}

/// A complaint needs no name.
pub(super) fn anonymous_taken(view: &View<'_>) -> Looked {
    let channels = &view.policy.channels;
    if channels.anonymous {
        Looked::met("takes a complaint without a name", &channels.cites)
    } else {
        Looked::not_stated("nothing of a complaint without a name", &view.policy.policy.title)
    }
}

/// The Ombudsman is named.
pub(super) fn ombudsman_named(view: &View<'_>) -> Looked {
    let routes = &view.policy.ombudsman;
    if view.is_own(&routes.cites) {
        Looked::met("names the Ombudsman", &routes.cites)
    } else {
        Looked::not_stated("nothing; Redress names the Ombudsman in every letter", &routes.cites)
    }
}

/// A landlord names the Ombudsman for its tenants.
pub(super) fn landlord_ombudsman(view: &View<'_>, words: &[String]) -> Looked {
    let routes = &view.policy.ombudsman;
    if routes.landlord.is_some() {
        return Looked::met("names the Ombudsman for its tenants", &routes.cites);
    }
    let landlords = |name: &str| words.iter().any(|word| name.to_lowercase().contains(&word.to_lowercase()));
    match view.policy.services.iter().find(|service| landlords(&service.name)) {
        Some(service) => Looked::weaker(
            "names no Ombudsman for tenants",
            format!("has the service “{}”, which is a landlord's", service.name),
            &routes.cites,
        ),
        None => Looked::met("lets no homes", &routes.cites),
    }
}

/// How long complaints are kept is said.
pub(super) fn retention_stated(view: &View<'_>) -> Looked {
    let retention = &view.policy.retention;
    if retention.in_policy {
        Looked::met(format!("kept for {}", retention.complaint), &retention.cites)
    } else {
        Looked::not_stated(format!("not how long; Redress keeps {}", retention.complaint), &retention.cites)
    }
}

/// A request for a service is recorded apart from complaints, and has a time.
pub(super) fn requests_recorded(view: &View<'_>) -> Looked {
    let kind = view.policy.kind(FeedbackKind::ServiceRequest);
    match kind.and_then(|kind| Some((kind, kind.done_within?))) {
        Some((kind, within)) if kind.in_policy => {
            Looked::met(format!("records requests, and deals with each within {within}"), &kind.cites)
        }
        Some((kind, within)) => {
            Looked::not_stated(format!("no time for a request; Redress records it and keeps {within}"), &kind.cites)
        }
        None => Looked::weaker(
            "a request for a service is not recorded",
            "has no kind `service-request` with a time",
            &view.policy.policy.title,
        ),
    }
}

fn own_exclusions<'a>(view: &'a View<'_>) -> impl Iterator<Item = &'a Exclusion> {
    view.policy.exclusions.iter().filter(|exclusion| view.is_own(&exclusion.cites))
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
