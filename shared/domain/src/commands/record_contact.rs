//! `record-contact`: somebody spoke with the person.

use crate::case::{Channel, Event};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Records a conversation.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct RecordContact {
    /// How they spoke.
    pub channel: Channel,
    /// What was said.
    pub text: String,
}

impl RecordContact {
    pub(super) fn read(fields: &mut Fields) -> Option<RecordContact> {
        let channel = fields.required_word("channel", "Select how you spoke");
        let text = fields.required_text("text", "Enter what was said");
        Some(RecordContact { channel: channel?, text: text? })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        super::note::Note::allowed(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let mut texts = Texts::after(ctx.case());
        let text = texts.add(self.text);
        Ok(Decision::of(Event::Contacted { channel: self.channel, text }).with_texts(texts))
    }
}
