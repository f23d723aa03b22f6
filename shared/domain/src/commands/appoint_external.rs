//! `appoint-external`: somebody from outside supports the review, and the person is told.

use crate::case::{Beside, Status};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::refusal::Refusal;

/// Appoints support from outside.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct AppointExternal {
    /// Who; the person reads it.
    pub who: String,
    /// Why; the person reads it.
    pub reason: Option<String>,
}

impl AppointExternal {
    pub(super) fn read(fields: &mut Fields) -> Option<AppointExternal> {
        let who = fields.required_text("who", "Enter who supports the review");
        let reason = fields.text("reason");
        Some(AppointExternal { who: who?, reason })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let (stage, record) = ctx.stage()?;
        let Some(external) = &stage.external else {
            return Err(Refusal::not_allowed(
                "The policy speaks of no support from outside at this stage.",
                stage.respond.cites.clone(),
            ));
        };
        if ctx.case().status == Status::Open && record.response.is_none() {
            return Ok(());
        }
        Err(Refusal::not_allowed("It is answered or closed.", external.cites.clone()))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let (stage, _) = ctx.stage()?;
        let letter = parts::letter(ctx, LetterKind::ExternalSupport)
            .text(Part::Whom, Some(&self.who))
            .text(Part::Reason, self.reason.as_deref())
            .text(Part::Stage, Some(&stage.name))
            .complete()?;
        let mut texts = Texts::after(ctx.case());
        let who = texts.add(self.who);
        let reason = texts.add_some(self.reason);
        Ok(Decision::of(Beside::ExternalAppointed { who, reason }).with_texts(texts).with_letter(letter))
    }
}
