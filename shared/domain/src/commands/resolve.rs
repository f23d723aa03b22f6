//! `resolve`: put right at first contact. The person was offered to complain all the same.

use crate::case::{Event, Status};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::policy::Course;
use crate::refusal::Refusal;

/// Records that a matter was put right at first contact.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Resolve {
    /// What was done; the person reads it.
    pub what_was_done: String,
    /// That they were offered to complain all the same, and what they said (LGSCO Code 5.3).
    pub complaint_offered: String,
}

impl Resolve {
    pub(super) fn read(fields: &mut Fields) -> Option<Resolve> {
        let what_was_done = fields.required_text("what_was_done", "Enter what was done");
        let complaint_offered = fields.said("complaint_offered");
        if complaint_offered.is_none() {
            fields.error(
                "complaint_offered",
                "Enter that they were offered to complain all the same, and what they said",
            );
        }
        Some(Resolve { what_was_done: what_was_done?, complaint_offered: complaint_offered? })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let case = ctx.case();
        let first_contact = case.status == Status::New && ctx.rules.has_stages(case);
        let request = case.is_open() && ctx.rules.course(case) == Course::Request;
        if first_contact || request {
            return Ok(());
        }
        Err(Refusal::not_allowed("It is past first contact: it gets an answer.", "Codes 5.2"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let letter = parts::letter(ctx, LetterKind::Resolved)
            .date(Part::ReceivedOn, ctx.case().received_on)
            .text(Part::Words, Some(&self.what_was_done))
            .complete()?;
        let mut texts = Texts::after(ctx.case());
        let what = texts.add(self.what_was_done);
        let offered = Some(texts.add(self.complaint_offered));
        Ok(Decision::of(Event::Resolved { what, offered }).with_texts(texts).with_letter(letter))
    }
}
