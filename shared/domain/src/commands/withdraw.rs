//! `withdraw`: the person takes it back, and is told the way back.

use crate::case::Event;
use crate::decide::{Context, Decision, StaffMail, StaffMatter, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::policy::Mailbox;
use crate::refusal::Refusal;

/// Takes a complaint back.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Withdraw {
    /// Why, if they say.
    pub reason: Option<String>,
}

impl Withdraw {
    pub(super) fn read(fields: &mut Fields) -> Option<Withdraw> {
        Some(Withdraw { reason: fields.text("reason") })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        super::close::while_open(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let mut texts = Texts::after(ctx.case());
        let letter =
            parts::letter(ctx, LetterKind::Withdrawn).date(Part::ReceivedOn, ctx.case().received_on).complete()?;
        let reason = texts.add_some(self.reason);
        Ok(Decision::of(Event::Withdrawn { reason })
            .with_texts(texts)
            .with_letter(letter)
            .with_staff(StaffMail::new(Mailbox::Team, StaffMatter::Withdrawn)))
    }
}
