//! `ask`: somebody else's part is wanted: a contractor, another service, another body. The council stays responsible.

use chrono::NaiveDate;

use super::close::while_open;
use crate::case::{Asked, Beside};
use crate::decide::{Context, Decision, StaffMail, StaffMatter, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::policy::Mailbox;
use crate::refusal::Refusal;

/// Asks somebody for their part, by a day of their own. The answer to the resident stays due as it was (Codes 5.4).
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Ask {
    /// Who: the contractor, the service, the body.
    pub whom: String,
    /// What is asked.
    pub question: String,
    /// By when.
    pub by: NaiveDate,
    /// They are given the person's details; the person is told.
    #[schema(required = false)]
    pub shares_details: bool,
}

impl Ask {
    pub(super) fn read(fields: &mut Fields) -> Option<Ask> {
        let whom = fields.line("whom");
        if whom.is_none() && !fields.has("whom") {
            fields.error("whom", "Enter who is asked");
        }
        let question = fields.required_text("question", "Enter what they are asked");
        let by = fields.date("by");
        if by.is_none() && !fields.has("by") {
            fields.error("by", "Enter the day by which they should answer");
        }
        let shares_details = fields.yes("shares_details");
        Some(Ask { whom: whom?, question: question?, by: by?, shares_details })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        while_open(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        if self.by < ctx.today() {
            return Err(Refusal::field("by", "must be today or later"));
        }
        let letter = parts::letter(ctx, LetterKind::DetailsShared)
            .text(Part::Whom, Some(&self.whom))
            .date(Part::NewDate, self.by)
            .complete()?;
        let mut texts = Texts::after(ctx.case());
        let asked = Asked {
            n: ctx.case().asks.last().map_or(1, |asked| asked.n + 1),
            whom: texts.add(self.whom),
            question: texts.add(self.question),
            on: ctx.today(),
            by: self.by,
            shared: self.shares_details,
            answered_on: None,
        };
        let told = StaffMail::new(Mailbox::Team, StaffMatter::Asked);
        let decision = Decision::of(Beside::Asked(asked)).with_texts(texts).with_staff(told);
        Ok(if self.shares_details { decision.with_letter(letter) } else { decision })
    }
}
