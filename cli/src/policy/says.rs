//! What a policy does for a resident, each thing as the rest of a sentence that its council begins.

pub(super) mod beside;

use redress_domain::case::name_of;
use redress_domain::policy::{MatterDate, Policy, Request, RequestFrom, RequestTest, RunsFrom, Stage};

pub(super) fn anonymous(policy: &Policy) -> String {
    let takes = if policy.channels.anonymous {
        "takes a complaint without a name"
    } else {
        "says nothing of a complaint without a name"
    };
    takes.to_owned()
}

pub(super) fn time_limit(policy: &Policy) -> String {
    let Some(limit) = &policy.time_limit else { return "takes a matter of any age".to_owned() };
    let from = match limit.runs_from {
        MatterDate::Happened => "it happened",
        MatterDate::Aware => "you knew of it",
    };
    let (within, older) = (limit.within, "takes an older one too, without promising a full answer to it");
    if limit.always_taken {
        return format!("takes a matter within {within} of the day {from}, and {older}");
    }
    format!("takes a matter within {within} of the day {from}, and leaves an older one to an officer")
}

/// Who runs a stage: the council, or others, which may differ from service to service.
pub(super) fn runs(policy: &Policy, stage: &Stage) -> String {
    let Some(usual) = stage.organisation.as_deref() else { return format!("runs stage {} itself", stage.n) };
    let name = |id: &str| policy.organisation(id).map_or_else(|| id.to_owned(), |found| found.name.clone());
    let mut others: Vec<String> = Vec::new();
    for sponsor in policy.services.iter().filter_map(|service| service.sponsor.as_deref()) {
        if sponsor != usual && !others.contains(&name(sponsor)) {
            others.push(name(sponsor));
        }
    }
    let some =
        if others.is_empty() { String::new() } else { format!(", or for some services {}", others.join(" or ")) };
    format!("has {} run stage {}{some}", name(usual), stage.n)
}

pub(super) fn handler(_: &Policy, stage: &Stage) -> String {
    format!("leaves stage {} to {}", stage.n, stage.handler_title)
}

pub(super) fn talk_first(_: &Policy, stage: &Stage) -> String {
    match stage.talk_first.as_ref().map(|talk| talk.promised) {
        Some(true) => format!("promises to talk with you before it answers stage {}", stage.n),
        Some(false) => format!("wants to talk with you before it answers stage {}, where that helps", stage.n),
        None => format!("does not say that it talks with you at stage {}", stage.n),
    }
}

pub(super) fn answer_by(_: &Policy, stage: &Stage) -> String {
    if stage.answer_by.as_ref().is_some_and(|rule| rule.writing) {
        format!("always answers stage {} in writing", stage.n)
    } else {
        format!("does not say that stage {} is always answered in writing", stage.n)
    }
}

pub(super) fn external(_: &Policy, stage: &Stage) -> String {
    if stage.external.is_some() {
        format!("may bring in somebody from outside at stage {}, and tells you", stage.n)
    } else {
        format!("says nothing of help from outside at stage {}", stage.n)
    }
}

pub(super) fn sign_off(_: &Policy, stage: &Stage) -> String {
    match &stage.sign_off {
        Some(sign_off) => format!("has {} sign the answer of stage {}", sign_off.by, stage.n),
        None => format!("has nobody else sign the answer of stage {}", stage.n),
    }
}

pub(super) fn receipt(_: &Policy, stage: &Stage) -> String {
    match stage.receipt.as_ref().map(|receipt| receipt.in_policy) {
        Some(true) => format!("promises to confirm stage {} at once", stage.n),
        Some(false) => format!("confirms stage {} at once, without having promised it", stage.n),
        None => format!("sends nothing before the acknowledgement of stage {}", stage.n),
    }
}

pub(super) fn acknowledge(_: &Policy, stage: &Stage) -> String {
    let promised = if stage.acknowledge.in_policy { "" } else { ", the Code's time, having promised none" };
    format!("acknowledges stage {} within {}{promised}", stage.n, stage.acknowledge.within)
}

pub(super) fn respond(_: &Policy, stage: &Stage) -> String {
    let from = match stage.respond.runs_from {
        RunsFrom::Received => "receipt",
        RunsFrom::Acknowledged => "the acknowledgement",
    };
    let aim = stage.respond.target.map_or_else(String::new, |target| format!(", and aims at {target}"));
    format!("answers stage {} within {} of {from}{aim}", stage.n, stage.respond.within)
}

pub(super) fn update(_: &Policy, stage: &Stage) -> String {
    match &stage.update {
        Some(update) => format!("sends news every {} while stage {} is late", update.every, stage.n),
        None => format!("says once that stage {} is late", stage.n),
    }
}

pub(super) fn decline(_: &Policy, stage: &Stage) -> String {
    let Some(decline) = &stage.decline else { return format!("gives no ground for declining stage {}", stage.n) };
    let grounds: Vec<&str> = decline.grounds.iter().map(|ground| ground.what.trim_end_matches('.')).collect();
    format!("can decline stage {}, saying “{}”", stage.n, grounds.join("” or “"))
}

pub(super) fn request(_: &Policy, stage: &Stage) -> String {
    let Some(request) = &stage.request else { return format!("has nothing after stage {}", stage.n) };
    let Some(within) = request.within else { return "lets you ask for a review at any time".to_owned() };
    let test = match request.test {
        RequestTest::Asked => "lets you ask for a review",
        RequestTest::Received => "wants your request for a review to arrive",
    };
    let from = match request.runs_from {
        RequestFrom::LatestSent => "of the latest answer",
        RequestFrom::InitialSent => "of the first answer, even if that is corrected",
        RequestFrom::LatestReceived => "of receiving the latest answer",
    };
    format!("{test} within {within} {from}")
}

pub(super) fn unanswered(_: &Policy, stage: &Stage) -> String {
    if stage.request.as_ref().is_some_and(|request| request.when_unanswered) {
        format!("lets you go on when stage {} was not answered in time", stage.n)
    } else {
        format!("has you wait for the answer of stage {}, however late", stage.n)
    }
}

pub(super) fn grounds(_: &Policy, stage: &Stage) -> String {
    match stage.request.as_ref().map_or(0, |request| request.grounds.len()) {
        0 => "lists no grounds for a review".to_owned(),
        n => format!("lists {n} grounds for a review, which are prompts here"),
    }
}

pub(super) fn reasons(_: &Policy, stage: &Stage) -> String {
    let asks = |request: &Request| request.reasons_prompt.is_some();
    let asked = if stage.request.as_ref().is_some_and(asks) {
        "asks why you want a review"
    } else {
        "does not ask why you want a review"
    };
    asked.to_owned()
}

pub(super) fn outcomes(policy: &Policy) -> String {
    let labels: Vec<String> =
        policy.outcomes.iter().map(|outcome| format!("“{}”", outcome.label.to_lowercase())).collect();
    format!("decides {}", labels.join(", "))
}

pub(super) fn ombudsman(policy: &Policy) -> String {
    let sends = match &policy.ombudsman.landlord {
        Some(_) => "sends its tenants to an Ombudsman of their own",
        None => "has one Ombudsman for everything",
    };
    sends.to_owned()
}

pub(super) fn retention(policy: &Policy) -> String {
    format!("keeps a closed complaint for {}", policy.retention.complaint)
}

pub(super) fn counting(policy: &Policy) -> String {
    let header = &policy.policy;
    format!(
        "counts working days of {} from the {}",
        header.calendar.replace('-', " "),
        name_of(header.counting).replace('-', " ")
    )
}
