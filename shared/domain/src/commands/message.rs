//! `message`: the person writes again.

use crate::case::Event;
use crate::decide::{Context, Decision, StaffMail, StaffMatter, Texts};
use crate::input::Fields;
use crate::policy::Mailbox;
use crate::refusal::Refusal;

/// Adds information to a case.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Message {
    /// What they write.
    pub text: String,
}

impl Message {
    pub(super) fn read(fields: &mut Fields) -> Option<Message> {
        Some(Message { text: fields.required_text("text", "Enter what you want to add")? })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        super::note::Note::allowed(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let mut texts = Texts::after(ctx.case());
        let text = texts.add(self.text);
        let told = StaffMail::new(Mailbox::Team, StaffMatter::Messaged);
        Ok(Decision::of(Event::Messaged { text }).with_texts(texts).with_staff(told))
    }
}
