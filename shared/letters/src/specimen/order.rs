//! What each made-up letter says, as the domain fills its parts.

use chrono::Months;
use redress_domain::case::{OutcomeId, ReplyBy, name_of};
use redress_domain::letter::{LetterKind, LetterOrder, Part};
use redress_domain::policy::{Policy, Stage};
use redress_domain::rules::Rules;
use serde_json::{Value, json};

use super::dates::Dates;

const ABOUT: &str = "I have had no answer to my letter for three weeks.\n\nI called twice and nobody called me back.";
const UNANSWERED: &str = "No answer to my letter of 4 May";
const DECIDED: &str = "What was decided in the letter of 12 May is wrong";
const NOT_HOW: &str = "This is about what our letter of 12 May decided, and not about how we dealt with you.";
const NOT_RUNG: &str = "Nobody called me back";

/// A plausible complete letter of a kind at a stage. A policy without that stage gives one that says little.
pub fn order(rules: &Rules, kind: LetterKind, n: u8) -> LetterOrder {
    let policy = &rules.policy;
    let begun = LetterOrder::new(kind, n, ReplyBy::Email)
        .value(Part::Ombudsman, rules.ombudsman_for(false).map_or(Value::Null, |found| json!([found])));
    let Some(stage) = policy.stage(n) else { return begun };
    let dates = Dates::of(rules, n);
    match kind {
        LetterKind::Receipt | LetterKind::Acknowledgement | LetterKind::Clarification => going(begun, rules, stage),
        LetterKind::Extension | LetterKind::Update | LetterKind::Holding => late(begun, stage, &dates),
        LetterKind::Response | LetterKind::Final => answer(policy, begun, stage, &dates),
        LetterKind::PassedOn | LetterKind::ServiceRequest | LetterKind::Forwarded | LetterKind::Resolved => {
            no_complaint(begun, stage, &dates)
        }
        LetterKind::NotAccepted | LetterKind::PartNotAccepted => outside(begun, policy, &dates),
        LetterKind::DetailsShared => begun
            .text(Part::Whom, Some("the contractor that opens and scans our post"))
            .text(Part::Words, Some("When your letter reached them, and to whom they passed it."))
            .date(Part::NewDate, dates.acknowledge.max(dates.late.min(dates.respond))),
        LetterKind::ExternalSupport => begun
            .text(Part::Whom, Some("Dr Hannah Moss, who advises organisations on how they handle their post"))
            .text(Part::Reason, Some("Your complaint raises questions about our records that need a specialist."))
            .text(Part::Stage, Some(&stage.name)),
        LetterKind::RemedyDone => begun
            .text(Part::Definition, Some("We will answer your letter of 4 May in full."))
            .date(Part::NewDate, dates.late)
            .text(Part::Words, Some("Our answer went to you by first-class post.")),
        LetterKind::CannotDeliver => begun
            .text(Part::Definition, Some("We will send you a copy of the record of your first call."))
            .text(Part::Reason, Some("The recording was deleted after 30 days, before you complained."))
            .text(Part::Words, Some("We will send you the note that our officer wrote during the call.")),
        LetterKind::Correction => begun
            .date(Part::OldDate, dates.respond)
            .text(Part::Kind, Some(if rules.is_last_stage(n) { "final" } else { "response" }))
            .text(Part::Words, Some("We rang you on 15 May, not on 14 May."))
            .text(Part::Reason, Some("We misread our own record of the call.")),
        LetterKind::Withdrawn | LetterKind::Link => begun.date(Part::ReceivedOn, Dates::of(rules, 1).received),
        LetterKind::Closed => begun.text(Part::Reason, Some("A court is now dealing with the same matter.")),
        LetterKind::Restriction | LetterKind::RestrictionReview => limited(begun, policy, &dates),
    }
}

fn going(begun: LetterOrder, rules: &Rules, stage: &Stage) -> LetterOrder {
    let dates = Dates::of(rules, stage.n);
    let policy = &rules.policy;
    let known = begun.text(Part::Stage, Some(&stage.name)).date(Part::RespondBy, dates.respond);
    let privacy = privacy(policy, stage.n);
    match known.kind {
        LetterKind::Receipt => known
            .date(Part::ReceivedOn, dates.received)
            .date(Part::AcknowledgeBy, dates.acknowledge)
            .value(Part::Privacy, privacy),
        LetterKind::Acknowledgement => known
            .date(Part::ReceivedOn, dates.received)
            .text(Part::Definition, Some(ABOUT))
            .text(Part::Wanted, Some("Answer my letter, and tell me who to call."))
            .text(Part::Handler, Some(&stage.handler_title))
            .value(Part::Points, points(policy))
            .value(Part::Privacy, privacy),
        _ => known
            .text(Part::Words, Some("On which days did you call us, and which number did you ring?"))
            .text(Part::Handler, Some(&stage.handler_title)),
    }
}

fn late(begun: LetterOrder, stage: &Stage, dates: &Dates) -> LetterOrder {
    let begun = begun.text(Part::Stage, Some(&stage.name));
    match begun.kind {
        LetterKind::Extension => begun
            .text(
                Part::Reason,
                Some("The contractor that scans our post has not sent us its records yet.\n\nWe have asked again."),
            )
            .date(Part::OldDate, dates.respond)
            .date(Part::NewDate, dates.extended),
        LetterKind::Update => begun
            .text(Part::Handler, Some(&stage.handler_title))
            .date(Part::RespondBy, dates.respond)
            .date(Part::NextUpdate, dates.next_update)
            .text(Part::Words, Some("We have found your letter and are waiting for the records of your calls.")),
        _ => begun.date(Part::OldDate, dates.respond).text(Part::Handler, Some(&stage.handler_title)),
    }
}

fn no_complaint(begun: LetterOrder, stage: &Stage, dates: &Dates) -> LetterOrder {
    let begun = begun.date(Part::ReceivedOn, dates.received);
    match begun.kind {
        LetterKind::PassedOn => begun.text(Part::Kind, Some("Comment")).value(Part::Offered, true.into()),
        LetterKind::ServiceRequest => {
            let begun = begun
                .text(Part::Definition, Some("The door of your reception sticks. I cannot open it with a pushchair."))
                .text(Part::Handler, Some("the team that looks after our buildings"))
                .value(Part::Offered, true.into());
            dates.done.into_iter().fold(begun, |begun, done| begun.date(Part::RespondBy, done))
        }
        LetterKind::Forwarded => begun
            .text(Part::Whom, Some("Network Rail, which owns the bridge"))
            .text(Part::Words, Some("They gave us the number 00417 for it.")),
        _ => begun
            .text(Part::Words, Some("The officer rang you this morning and answered your letter."))
            .text(Part::Stage, Some(&stage.name)),
    }
}

fn outside(begun: LetterOrder, policy: &Policy, dates: &Dates) -> LetterOrder {
    let (what, instead) = left_out(policy);
    let begun = begun
        .text(Part::Reason, Some(&what))
        .text(Part::Evidence, Some(NOT_HOW))
        .text(Part::Instead, instead.as_deref());
    match begun.kind {
        LetterKind::NotAccepted => begun.date(Part::ReceivedOn, dates.received),
        _ => begun.value(
            Part::Points,
            json!([{"n": 3, "text": DECIDED, "service": null,
                "responsible": null, "tenant": false, "excluded": null}]),
        ),
    }
}

fn limited(begun: LetterOrder, policy: &Policy, dates: &Dates) -> LetterOrder {
    let in_months = |n: u32| dates.busy.checked_add_months(Months::new(n)).unwrap_or(dates.busy);
    let deciders = policy.restrictions.as_ref().map(|found| {
        let enough: Vec<&str> = found.decided_by.iter().take(found.at_least.into()).map(String::as_str).collect();
        enough.join(" and ")
    });
    let begun = begun
        .text(
            Part::Words,
            Some("You can ring us on Wednesdays between 10am and noon. We read every e-mail, and answer once a week."),
        )
        .text(
            Part::Reason,
            Some("In May you rang us 140 times about one letter. Our officers could not do their other work."),
        )
        .date(Part::Until, in_months(6))
        .date(Part::ReviewOn, in_months(3));
    match begun.kind {
        LetterKind::Restriction => {
            begun.text(Part::Whom, Some(deciders.as_deref().unwrap_or("the complaints manager")))
        }
        _ => begun.value(Part::Decision, json!({"id": "kept", "label": "Kept"})),
    }
}

fn answer(policy: &Policy, begun: LetterOrder, stage: &Stage, dates: &Dates) -> LetterOrder {
    let next = policy.stage(stage.n + 1).zip(stage.request.as_ref()).map_or(Value::Null, |(next, request)| {
        json!({
            "stage": next.name,
            "handler": next.handler_title,
            "until": dates.ask_until,
            "within": request.within,
            "test": request.test,
            "grounds": request.grounds,
            "prompt": request.reasons_prompt,
        })
    });
    let outside: Vec<Value> =
        points(policy).as_array().into_iter().flatten().filter(|point| !point["excluded"].is_null()).cloned().collect();
    begun
        .text(Part::Stage, Some(&stage.name))
        .text(Part::Handler, Some(&stage.handler_title))
        .text(Part::Definition, Some(ABOUT))
        .value(Part::Decision, outcome(policy, OutcomeId::PartiallyUpheld))
        .value(
            Part::Findings,
            json!([
                {"n": 1, "point": UNANSWERED, "outcome": outcome(policy, OutcomeId::Upheld),
                 "reason": "Your letter reached us on 6 May and was put on the wrong pile. Nobody looked there until 29 May.",
                 "references": "Our standards for answering letters, section 3"},
                {"n": 2, "point": NOT_RUNG, "outcome": outcome(policy, OutcomeId::NotUpheld),
                 "reason": "Our records show two calls to you, on 15 and 22 May, that were not answered. We left a message each time.",
                 "references": null},
            ]),
        )
        .value(Part::Points, outside.into())
        .value(
            Part::Remedies,
            json!([
                {"kind": "action", "what": "we will answer your letter in full", "by": dates.action, "pence": null},
                {"kind": "payment", "what": "We will pay you for the stamps and calls", "by": dates.action, "pence": 1250},
            ]),
        )
        .value(Part::NextStep, next)
}

/// Two points that are ours to answer, and one that is outside the policy.
fn points(policy: &Policy) -> Value {
    let service = policy.services.first().map(|service| &service.name);
    let (what, instead) = left_out(policy);
    json!([
        {"n": 1, "text": UNANSWERED, "service": service, "responsible": null, "tenant": false, "excluded": null},
        {"n": 2, "text": NOT_RUNG, "service": null,
         "responsible": "the company that runs our telephone line, for us", "tenant": false, "excluded": null},
        {"n": 3, "text": DECIDED, "service": null, "responsible": null,
         "tenant": false, "excluded": {"what": what, "instead": instead,
         "evidence": NOT_HOW}},
    ])
}

/// A matter that the policy leaves out, and where it goes instead.
fn left_out(policy: &Policy) -> (String, Option<String>) {
    let found = policy.exclusion("appeal-right").or(policy.exclusions.first());
    match found {
        Some(exclusion) => (exclusion.what.clone(), Some(exclusion.instead.clone())),
        None => ("It is outside our complaints policy.".to_owned(), None),
    }
}

/// The privacy notice of the organisation that runs a stage, where it is not the council.
fn privacy(policy: &Policy, n: u8) -> Value {
    let found = policy.organisation_at(n, None).and_then(|id| policy.organisation(id));
    found.map_or(Value::Null, |found| json!({"name": found.name, "notice": found.privacy_notice}))
}

/// An outcome as the domain puts it into a letter.
pub fn outcome(policy: &Policy, id: OutcomeId) -> Value {
    match policy.outcome(id) {
        Some(outcome) => json!({"id": id, "label": outcome.label, "definition": outcome.definition}),
        None => json!({"id": id, "label": name_of(id).replace('-', " ")}),
    }
}
