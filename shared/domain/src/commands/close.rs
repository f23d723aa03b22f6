//! `close`: for a reason that is no answer, told to the person with the Ombudsman.

use crate::case::{ClosedAs, Event, Status};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::refusal::Refusal;

/// Closes a case.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Close {
    /// How: `legal-proceedings` or `duplicate`.
    #[schema(value_type = String)]
    pub closed_as: ClosedAs,
    /// Why; the person reads it.
    pub reason: String,
}

impl Close {
    pub(super) fn read(fields: &mut Fields) -> Option<Close> {
        let closed_as: Option<ClosedAs> = fields.required_word("closed_as", "Select how it is closed");
        if closed_as.is_some_and(|how| !matches!(how, ClosedAs::LegalProceedings | ClosedAs::Duplicate)) {
            fields
                .error("closed_as", "must be legal-proceedings or duplicate; everything else has a command of its own");
        }
        let reason = fields.required_text("reason", "Enter the reason");
        Some(Close { closed_as: closed_as?, reason: reason? })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        while_open(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let letter = parts::letter(ctx, LetterKind::Closed).text(Part::Reason, Some(&self.reason)).complete()?;
        let mut texts = Texts::after(ctx.case());
        let reason = texts.add(self.reason);
        Ok(Decision::of(Event::Closed { how: self.closed_as, reason }).with_texts(texts).with_letter(letter))
    }
}

/// For every command that a closed case no longer takes.
///
/// # Errors
/// When the case is closed.
pub(super) fn while_open(ctx: &Context<'_>) -> Result<(), Refusal> {
    if ctx.case().status != Status::Closed {
        return Ok(());
    }
    Err(Refusal::not_allowed("The case is closed.", ctx.rules.policy.policy.title.clone()))
}
