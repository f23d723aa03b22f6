//! `hold`: a case that must not be destroyed for now: a court, an Ombudsman, an inquiry.

use crate::case::Event;
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Holds a case back from destruction, or lets it go again.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Hold {
    /// Whether it is held.
    pub hold: bool,
    /// Why.
    pub reason: String,
}

impl Hold {
    pub(super) fn read(fields: &mut Fields) -> Option<Hold> {
        // Without a word it is held: that is what the command is called.
        let hold = if fields.has("hold") { fields.yes("hold") } else { true };
        fields.know(&["hold"]);
        let reason = fields.required_text("reason", "Enter why");
        Some(Hold { hold, reason: reason? })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        super::note::Note::allowed(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        if self.hold == ctx.case().held {
            return Err(Refusal::field("hold", "is so already"));
        }
        let mut texts = Texts::after(ctx.case());
        let reason = texts.add(self.reason);
        Ok(Decision::of(Event::Held { held: self.hold, reason }).with_texts(texts))
    }
}
