//! `decline-review`: stage 2 is not opened; a decision with a ground, reasons, and the Ombudsman.

use serde_json::{Value, json};

use crate::case::{Event, OutcomeId, Status};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, LetterOrder, Part};
use crate::parts;
use crate::refusal::Refusal;

/// Declines a review.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct DeclineReview {
    /// One of the policy's grounds, or an exclusion of it (Codes 5.7).
    pub ground: String,
    /// Why, in this case; the person reads it.
    pub reasons: String,
    /// For a landlord's matter: why the Code, to which dissatisfaction is reason enough, does not apply.
    pub override_reason: Option<String>,
}

impl DeclineReview {
    pub(super) fn read(fields: &mut Fields) -> Option<DeclineReview> {
        let ground = fields.line("ground");
        if ground.is_none() {
            fields.error("ground", "Select the ground");
        }
        let reasons = fields.required_text("reasons", "Enter the reasons, as the person reads them");
        let override_reason = fields.text("override_reason");
        Some(DeclineReview { ground: ground?, reasons: reasons?, override_reason })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let (stage, record) = ctx.stage()?;
        if stage.n > 1 && ctx.case().status == Status::Open && record.response.is_none() {
            return Ok(());
        }
        Err(Refusal::not_allowed("No review waits to be opened.", "Codes 5.7"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let (stage, _) = ctx.stage()?;
        let policy = &ctx.rules.policy;
        let own =
            stage.decline.as_ref().and_then(|decline| decline.grounds.iter().find(|ground| ground.id == self.ground));
        let what =
            own.map(|ground| &ground.what).or_else(|| policy.exclusion(&self.ground).map(|exclusion| &exclusion.what));
        let Some(what) = what else {
            let grounds = stage.decline.iter().flat_map(|decline| &decline.grounds).map(|ground| ground.id.as_str());
            let known: Vec<&str> =
                grounds.chain(policy.exclusions.iter().map(|exclusion| exclusion.id.as_str())).collect();
            return Err(Refusal::field("ground", format!("must be one of {}", known.join(", "))));
        };
        if ctx.case().tenant && self.override_reason.is_none() {
            return Err(Refusal::field(
                "override_reason",
                "Enter why a landlord's matter is not looked at again: a tenant who is not satisfied is reason enough \
                 (Housing Ombudsman Code 6.10)",
            ));
        }
        let decision = match policy.outcome(OutcomeId::NotInvestigated) {
            Some(_) => parts::outcome(ctx, OutcomeId::NotInvestigated),
            None => json!({"id": OutcomeId::NotInvestigated, "label": "Not investigated again", "definition": null}),
        };
        let reason = format!("{what}\n\n{}", self.reasons);
        let told = |n: u32, point: &str| json!({"n": n, "point": point, "outcome": decision, "reason": reason, "references": null});
        let points = ctx.case().answered_points().map(|point| told(point.n, ctx.dossier.text(point.text)));
        let mut finding: Vec<Value> = points.collect();
        if finding.len() < 2 {
            finding = vec![told(1, parts::definition(ctx))];
        }
        let letter = LetterOrder::new(LetterKind::Final, stage.n, ctx.case().reply_by)
            .value(Part::Ombudsman, parts::ombudsman(ctx))
            .text(Part::Stage, Some(&stage.name))
            .text(Part::Definition, Some(parts::definition(ctx)))
            .value(Part::Decision, decision.clone())
            .value(Part::Findings, Value::Array(finding))
            .complete()?;
        let mut texts = Texts::after(ctx.case());
        let reasons = match self.override_reason {
            Some(also) => texts.add(format!("{}\n\n{also}", self.reasons)),
            None => texts.add(self.reasons),
        };
        Ok(Decision::of(Event::ReviewDeclined { ground: self.ground, reasons }).with_texts(texts).with_letter(letter))
    }
}
