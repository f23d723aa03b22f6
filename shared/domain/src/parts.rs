//! The parts that several letters share.

use serde_json::{Value, json};

use crate::case::{Case, Finding, OutcomeId, Response, TextRef};
use crate::decide::Context;
use crate::letter::{LetterKind, LetterOrder, Part};

/// A letter of this kind at the case's stage, with the Ombudsman in it.
pub(crate) fn letter(ctx: &Context<'_>, kind: LetterKind) -> LetterOrder {
    let case = ctx.case();
    LetterOrder::new(kind, case.stage_n(), case.reply_by).value(Part::Ombudsman, ombudsman(ctx))
}

/// The Ombudsman behind the case.
pub(crate) fn ombudsman(ctx: &Context<'_>) -> Value {
    ctx.rules.ombudsman(ctx.case()).map_or(Value::Null, |found| json!(found))
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
    let rule = format!("stage-{n}.request");
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
