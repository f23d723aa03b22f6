//! `propose-response`: the answer is written, and waits for whoever signs it off.

use super::answer::{Answer, answerable, letter};
use crate::case::Event;
use crate::decide::{Context, Decision, StaffMail, StaffMatter};
use crate::input::Fields;
use crate::letter::LetterOrder;
use crate::policy::Mailbox;
use crate::refusal::Refusal;

/// Writes an answer for somebody else to sign off.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct ProposeResponse(
    /// The answer.
    pub Answer,
);

impl ProposeResponse {
    pub(super) fn read(fields: &mut Fields) -> Option<ProposeResponse> {
        Some(ProposeResponse(Answer::read(fields)?))
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        answerable(ctx)
    }

    /// The letter that goes out once it is signed off.
    pub(super) fn letter(self, ctx: &Context<'_>) -> Result<LetterOrder, Refusal> {
        let (answer, texts) = self.0.compose(ctx, ctx.actor.staff_id().unwrap_or_default())?;
        let made = Decision::of(Event::Proposed(Box::new(answer.clone()))).with_texts(texts).texts;
        letter(ctx, &answer, &made)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let (answer, texts) = self.0.compose(ctx, ctx.actor.staff_id().unwrap_or_default())?;
        let decision = Decision::of(Event::Proposed(Box::new(answer.clone()))).with_texts(texts);
        // An answer whose letter could not go is not worth anybody's signature.
        letter(ctx, &answer, &decision.texts)?;
        Ok(decision.with_staff(StaffMail::new(Mailbox::ChiefExecutive, StaffMatter::Proposed)))
    }
}
