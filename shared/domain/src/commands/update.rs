//! `update`: news until the answer.

use chrono::NaiveDate;

use super::acknowledge::due;
use crate::case::{Event, Status};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, LetterOrder, Part};
use crate::parts;
use crate::refusal::Refusal;

/// Tells the person how it stands.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Update {
    /// What there is to say.
    pub text: String,
    /// The next news comes by then; as the policy has it when left out.
    pub next_on: Option<NaiveDate>,
}

impl Update {
    pub(super) fn read(fields: &mut Fields) -> Option<Update> {
        let text = fields.required_text("text", "Enter what there is to say");
        let next_on = fields.date("next_on");
        Some(Update { text: text?, next_on })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let (stage, record) = ctx.stage()?;
        let worked = matches!(ctx.case().status, Status::New | Status::Open);
        if worked && record.response.is_none() && ctx.rules.has_stages(ctx.case()) {
            return Ok(());
        }
        Err(Refusal::not_allowed("It is answered or closed: there is no news to send.", stage.respond.cites.clone()))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        if self.next_on.is_some_and(|next| next <= ctx.today()) {
            return Err(Refusal::field("next_on", "must be after today"));
        }
        let promised = ctx.stage()?.0.update.as_ref().filter(|update| update.in_policy);
        if let (Some(next), Some(update)) = (self.next_on, promised) {
            let latest = ctx.rules.count(ctx.today(), update.every).date;
            if next > latest {
                let date = crate::calendar::long_date(latest);
                let message =
                    format!("must be by {date}: the policy promises news every {} ({})", update.every, update.cites);
                return Err(Refusal::field("next_on", message));
            }
        }
        let letter = update_letter(ctx, Some(&self.text), self.next_on)?;
        let mut texts = Texts::after(ctx.case());
        let text = texts.add(self.text);
        let event = Event::Updated { text: Some(text), next_on: self.next_on };
        Ok(Decision::of(event).with_texts(texts).with_letter(letter))
    }
}

/// The letter with the news; the system's own has no words of an officer.
///
/// # Errors
/// When it would not say what it must.
pub fn update_letter(
    ctx: &Context<'_>,
    words: Option<&str>,
    next_on: Option<NaiveDate>,
) -> Result<LetterOrder, Refusal> {
    let (stage, _) = ctx.stage()?;
    let every = stage.update.as_ref().map(|update| ctx.rules.count(ctx.today(), update.every).date);
    let mut letter = parts::letter(ctx, LetterKind::Update)
        .text(Part::Words, words)
        .text(Part::Stage, Some(&stage.name))
        .text(Part::Handler, Some(&stage.handler_title))
        .date(Part::RespondBy, due(ctx, stage.n)?);
    if let Some(next) = next_on.or(every) {
        letter = letter.date(Part::NextUpdate, next);
    }
    letter.complete()
}
