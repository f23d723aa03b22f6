//! `sign-off`: the answer that was written goes out, or goes back.

use super::answer::{letter, responded};
use crate::case::{Event, Proposal};
use crate::decide::{Context, Decision, StaffMail, StaffMatter, Texts};
use crate::input::Fields;
use crate::policy::Mailbox;
use crate::refusal::Refusal;

/// Signs an answer off, or sends it back.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct SignOff {
    /// It goes out.
    pub approve: bool,
    /// Why it goes back.
    pub comment: Option<String>,
}

impl SignOff {
    pub(super) fn read(fields: &mut Fields) -> Option<SignOff> {
        if !fields.has("approve") {
            fields.error("approve", "Enter true to sign it off, or false to send it back");
        }
        let (approve, comment) = (fields.yes("approve"), fields.text("comment"));
        if !approve && comment.is_none() {
            fields.error("comment", "Enter why it goes back");
        }
        Some(SignOff { approve, comment })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        proposal(ctx).map(|_| ())
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let answer = proposal(ctx)?.clone();
        if ctx.actor.staff_id() == Some(answer.by.as_str()) {
            return Err(Refusal::not_allowed("Whoever wrote an answer does not sign it off.", cites(ctx)));
        }
        if self.approve {
            let by = Some(answer.by.clone());
            let last = ctx.rules.is_last_stage(ctx.case().stage_n());
            let letter = letter(ctx, &answer, &[])?;
            return Ok(Decision::of(responded(answer, by, last)).with_letter(letter));
        }
        let mut texts = Texts::after(ctx.case());
        let comment = texts.add(self.comment.unwrap_or_default());
        let told = StaffMail::new(Mailbox::Team, StaffMatter::SentBack);
        Ok(Decision::of(Event::SentBack { comment }).with_texts(texts).with_staff(told))
    }
}

fn proposal<'a>(ctx: &Context<'a>) -> Result<&'a Proposal, Refusal> {
    let waiting = ctx.case().stage().and_then(|record| record.proposal.as_deref());
    waiting
        .filter(|_| ctx.case().is_open())
        .ok_or_else(|| Refusal::not_allowed("No answer waits to be signed off.", cites(ctx)))
}

fn cites(ctx: &Context<'_>) -> String {
    let stage = ctx.rules.stage_of(ctx.case());
    stage
        .and_then(|stage| stage.sign_off.as_ref())
        .map_or_else(|| "Codes 6.14".to_owned(), |sign_off| sign_off.cites.clone())
}
