//! `note`: something to remember. Never leaves the council, but is disclosed on request.

use crate::case::{Event, Status};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Adds a note.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Note {
    /// What to remember.
    pub text: String,
}

impl Note {
    pub(super) fn read(fields: &mut Fields) -> Option<Note> {
        Some(Note { text: fields.required_text("text", "Enter the note")? })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        if ctx.case().destroyed_on.is_none() || ctx.case().status != Status::Closed {
            return Ok(());
        }
        Err(Refusal::not_allowed("The case has been destroyed.", ctx.rules.policy.retention.cites.clone()))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let mut texts = Texts::after(ctx.case());
        let text = texts.add(self.text);
        Ok(Decision::of(Event::Noted { text }).with_texts(texts))
    }
}
