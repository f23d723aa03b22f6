//! `pass-on`: to the people concerned, or to the body whose matter it is.

use super::close::while_open;
use crate::case::{Beside, Status};
use crate::decide::{Context, Decision, StaffMail, StaffMatter, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::policy::{Course, Mailbox};
use crate::refusal::Refusal;

/// Passes a comment or compliment to the people concerned, or another body's matter to that body.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct PassOn {
    /// To whom: the people, or the body.
    pub to: String,
    /// For another body's matter: that the person agreed, and what they said.
    pub consent: Option<String>,
    /// What else the person should know.
    pub text: Option<String>,
}

impl PassOn {
    pub(super) fn read(fields: &mut Fields) -> Option<PassOn> {
        let to = fields.required_text("to", "Enter to whom it goes");
        let (consent, text) = (fields.said("consent"), fields.text("text"));
        Some(PassOn { to: to?, consent, text })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let case = ctx.case();
        if ctx.rules.course(case) == Course::PassOn {
            return Ok(());
        }
        while_open(ctx)?;
        let unanswered = case.stage().is_none_or(|record| record.response.is_none());
        if matches!(case.status, Status::New | Status::Open) && case.stage_n() == 1 && unanswered {
            return Ok(());
        }
        Err(Refusal::not_allowed("It is answered, or at stage 2: it stays with the council.", "Codes 2.1"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let mut texts = Texts::after(ctx.case());
        if ctx.rules.course(ctx.case()) == Course::PassOn {
            let (to, consent) = (texts.add(self.to), texts.add_some(self.consent));
            let told = StaffMail::new(Mailbox::Team, StaffMatter::PassedOn);
            let event = Beside::Forwarded { to, consent, closes: ctx.case().is_open() };
            return Ok(Decision::of(event).with_texts(texts).with_staff(told));
        }
        if self.consent.as_deref().is_none_or(|said| said == "false") {
            return Err(Refusal::field(
                "consent",
                "Enter that the person agreed to it, and what they said; without that, `not-accepted` tells them whose \
                 matter it is",
            ));
        }
        let letter = parts::letter(ctx, LetterKind::Forwarded)
            .date(Part::ReceivedOn, ctx.case().received_on)
            .text(Part::Whom, Some(&self.to))
            .text(Part::Words, self.text.as_deref())
            .complete()?;
        let (to, consent) = (texts.add(self.to), texts.add_some(self.consent));
        let event = Beside::Forwarded { to, consent, closes: true };
        Ok(Decision::of(event).with_texts(texts).with_letter(letter))
    }
}
