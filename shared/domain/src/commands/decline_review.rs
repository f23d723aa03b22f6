//! `decline-review`: stage 2 is not opened; a decision with a ground, reasons, and the Ombudsman.

use serde_json::json;

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
}

impl DeclineReview {
    pub(super) fn read(fields: &mut Fields) -> Option<DeclineReview> {
        let ground = fields.line("ground");
        if ground.is_none() {
            fields.error("ground", "Select the ground");
        }
        let reasons = fields.required_text("reasons", "Enter the reasons, as the person reads them");
        Some(DeclineReview { ground: ground?, reasons: reasons? })
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
        let decision = json!({"id": OutcomeId::NotInvestigated, "label": "Not investigated again", "definition": null});
        let finding = json!([{
            "n": 1,
            "point": parts::definition(ctx),
            "outcome": decision,
            "reason": format!("{what}\n\n{}", self.reasons),
            "references": null,
        }]);
        let letter = LetterOrder::new(LetterKind::Final, stage.n, ctx.case().reply_by)
            .value(Part::Ombudsman, parts::ombudsman(ctx))
            .text(Part::Stage, Some(&stage.name))
            .text(Part::Definition, Some(parts::definition(ctx)))
            .value(Part::Decision, decision)
            .value(Part::Findings, finding)
            .complete()?;
        let mut texts = Texts::after(ctx.case());
        let reasons = texts.add(self.reasons);
        Ok(Decision::of(Event::ReviewDeclined { ground: self.ground, reasons }).with_texts(texts).with_letter(letter))
    }
}
