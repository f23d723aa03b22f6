//! `respond`: the answer goes out.

use super::answer::{Answer, answerable, letter, responded};
use crate::decide::{Context, Decision};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Answers the stage.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Respond(
    /// The answer.
    pub Answer,
);

impl Respond {
    pub(super) fn read(fields: &mut Fields) -> Option<Respond> {
        Some(Respond(Answer::read(fields)?))
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        answerable(ctx)?;
        let (stage, _) = ctx.stage()?;
        match &stage.sign_off {
            None => Ok(()),
            Some(sign_off) => Err(Refusal::not_allowed(
                format!("Answers at this stage are signed off by {}: `propose-response` first.", sign_off.by),
                sign_off.cites.clone(),
            )),
        }
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let (answer, texts) = self.0.compose(ctx, ctx.actor.staff_id().unwrap_or_default())?;
        let last = ctx.rules.is_last_stage(ctx.case().stage_n());
        let decision = Decision::of(responded(answer.clone(), None, last)).with_texts(texts);
        let letter = letter(ctx, &answer, &decision.texts)?;
        Ok(decision.with_letter(letter))
    }
}
