//! The parts that several letters share.

use serde_json::{Value, json};

use crate::case::{Case, Finding, OutcomeId, Point, ReplyBy, Response, TextRef};
use crate::decide::Context;
use crate::letter::{LetterKind, LetterOrder, Part};

/// A letter of this kind at the case's stage, with the Ombudsman in it.
pub(crate) fn letter(ctx: &Context<'_>, kind: LetterKind) -> LetterOrder {
    let case = ctx.case();
    // Of what is set aside, only what staff decide goes to an address that may be somebody else's.
    let by = if case.is_set_aside() && ctx.actor.role().is_none() { ReplyBy::Track } else { case.reply_by };
    LetterOrder::new(kind, case.stage_n(), by).value(Part::Ombudsman, ombudsman(ctx))
}

/// The Ombudsmen behind the case: two where some points are a landlord's matter and some are not.
pub(crate) fn ombudsman(ctx: &Context<'_>) -> Value {
    json!(ctx.rules.ombudsmen_of(ctx.case()))
}

/// Points with who is responsible for each, and where what is outside the policy goes instead.
pub(crate) fn points(ctx: &Context<'_>, wanted: impl Fn(&Point) -> bool) -> Value {
    let policy = &ctx.rules.policy;
    let points = ctx.case().points.iter().filter(|point| wanted(point));
    points
        .map(|point| {
            let service = point.service.as_ref().and_then(|id| policy.service(id)).map(|service| &service.name);
            let excluded = point.excluded.as_ref().map(|excluded| {
                let named = policy.exclusion(&excluded.reason);
                json!({
                    "what": named.map_or("It is outside our complaints policy.", |exclusion| &exclusion.what),
                    "instead": named.map(|exclusion| &exclusion.instead),
                    "evidence": ctx.dossier.maybe(excluded.evidence),
                })
            });
            json!({
                "n": point.n,
                "text": ctx.dossier.text(point.text),
                "service": service,
                "responsible": ctx.dossier.maybe(point.responsible),
                "tenant": point.tenant,
                "excluded": excluded,
            })
        })
        .collect()
}

/// Every point, where a letter has reason to list them.
pub(crate) fn points_to_tell(ctx: &Context<'_>) -> Value {
    let points = &ctx.case().points;
    let told = points.len() > 1 || points.iter().any(|point| point.responsible.is_some() || point.excluded.is_some());
    if told { self::points(ctx, |_| true) } else { Value::Null }
}

/// The privacy notice of the organisation that runs a stage, where it is not the council.
pub(crate) fn privacy(ctx: &Context<'_>, n: u8) -> Value {
    let policy = &ctx.rules.policy;
    let id = policy.organisation_at(n, ctx.case().service.as_deref());
    let organisation = id.and_then(|id| policy.organisation(id));
    organisation.map_or(Value::Null, |found| json!({"name": found.name, "notice": found.privacy_notice}))
}

/// Our understanding of the complaint: as written, or the person's own words.
pub(crate) fn definition<'a>(ctx: &Context<'a>) -> &'a str {
    let case = ctx.case();
    ctx.dossier.maybe(case.definition).unwrap_or_else(|| ctx.dossier.text(case.about))
}

/// What the policy calls an outcome, and what it says that means.
pub(crate) fn outcome(ctx: &Context<'_>, id: OutcomeId) -> Value {
    match ctx.rules.policy.outcome(id) {
        Some(outcome) => json!({"id": id, "label": outcome.label, "definition": outcome.definition}),
        None => json!({"id": id, "label": crate::case::name_of(id).replace('-', " ")}),
    }
}

/// Each finding with the words of its point and its reason.
pub(crate) fn findings(ctx: &Context<'_>, findings: &[Finding], text: impl Fn(TextRef) -> String) -> Value {
    let points = &ctx.case().points;
    findings
        .iter()
        .map(|finding| {
            let point = points.iter().find(|point| point.n == finding.point);
            json!({
                "n": finding.point,
                "point": point.map_or_else(|| definition(ctx).to_owned(), |point| text(point.text)),
                "outcome": outcome(ctx, finding.outcome),
                "reason": text(finding.reason),
                "references": finding.references.map(&text),
            })
        })
        .collect()
}

/// How to ask for the next stage, and until when.
pub(crate) fn next_step(ctx: &Context<'_>, response: &Response) -> Value {
    let case: &Case = ctx.case();
    let n = case.stage_n();
    let next = ctx.rules.policy.stage(n + 1);
    let (Some(next), Some(request)) = (next, ctx.rules.policy.stage(n).and_then(|stage| stage.request.as_ref())) else {
        return Value::Null;
    };
    let mut answered = case.clone();
    if let Some(record) = answered.stages.last_mut() {
        record.response = Some(response.clone());
    }
    let rule = format!("stage-{}.request", n + 1);
    let until = crate::deadline::deadlines(ctx.rules, &answered, ctx.today())
        .into_iter()
        .find(|deadline| deadline.rule == rule)
        .map(|deadline| deadline.due_on);
    json!({
        "stage": next.name,
        "handler": next.handler_title,
        "until": until,
        "within": request.within,
        "test": request.test,
        "grounds": request.grounds,
        "prompt": request.reasons_prompt,
    })
}
