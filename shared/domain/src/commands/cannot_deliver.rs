//! `cannot-deliver`: a remedy cannot be done; the person is told why, what is done instead, and of the Ombudsman.

use crate::case::Event;
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::refusal::Refusal;

/// Says that an action cannot be delivered (LGSCO Code 7.4).
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct CannotDeliver {
    /// Its number.
    pub action: u32,
    /// Why; the person reads it.
    pub reason: String,
    /// What is done instead.
    pub alternative: Option<String>,
}

impl CannotDeliver {
    pub(super) fn read(fields: &mut Fields) -> Option<CannotDeliver> {
        let action = fields.number("action").and_then(|n| u32::try_from(n).ok());
        if action.is_none() {
            fields.error("action", "Enter the number of the action");
        }
        let reason = fields.required_text("reason", "Enter why it cannot be done");
        let alternative = fields.text("alternative");
        Some(CannotDeliver { action: action?, reason: reason?, alternative })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        if ctx.case().actions.iter().any(|action| action.is_open()) {
            return Ok(());
        }
        Err(Refusal::not_allowed("No action is open.", "LGSCO Code 7.4"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let open = ctx.case().actions.iter().find(|action| action.n == self.action && action.is_open());
        let Some(action) = open else {
            return Err(Refusal::field("action", format!("there is no open action {}", self.action)));
        };
        let letter = parts::letter(ctx, LetterKind::CannotDeliver)
            .text(Part::Definition, Some(ctx.dossier.text(action.what)))
            .text(Part::Reason, Some(&self.reason))
            .text(Part::Words, self.alternative.as_deref())
            .complete()?;
        let mut texts = Texts::after(ctx.case());
        let reason = texts.add(self.reason);
        let alternative = texts.add_some(self.alternative);
        let event = Event::CannotDeliver { action: self.action, reason, alternative };
        Ok(Decision::of(event).with_texts(texts).with_letter(letter))
    }
}
