//! `clarify`: something is not clear, and the person is asked. No clock stops: neither Code has a pause.

use super::acknowledge::due;
use super::update::Update;
use crate::case::Beside;
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::refusal::Refusal;

/// Asks the person.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Clarify {
    /// What we need to know; the person reads it.
    pub question: String,
}

impl Clarify {
    pub(super) fn read(fields: &mut Fields) -> Option<Clarify> {
        Some(Clarify { question: fields.required_text("question", "Enter what we need to know")? })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        Update::allowed(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let (stage, _) = ctx.stage()?;
        let letter = parts::letter(ctx, LetterKind::Clarification)
            .text(Part::Words, Some(&self.question))
            .text(Part::Stage, Some(&stage.name))
            .text(Part::Handler, Some(&stage.handler_title))
            .date(Part::RespondBy, due(ctx, stage.n)?)
            .complete()?;
        let mut texts = Texts::after(ctx.case());
        let question = texts.add(self.question);
        Ok(Decision::of(Beside::Clarified { question }).with_texts(texts).with_letter(letter))
    }
}
