//! `extend`: the answer will come later; why, and when.

use chrono::NaiveDate;

use super::acknowledge::due;
use crate::calendar::long_date;
use crate::case::{Event, Status};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::length::Length;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::refusal::Refusal;
use crate::roles::Role;

/// Puts the answer off, measured from the current due date.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Extend {
    /// Why; the person reads it.
    pub reason: String,
    /// To this day.
    pub until: Option<NaiveDate>,
    /// Or by this much.
    #[schema(value_type = Option<String>, example = "5 working days")]
    pub by: Option<Length>,
    /// Why it is longer than the Code's measure, or the second (Codes 6.4).
    pub good_reason: Option<String>,
    /// The complaints manager who approved that.
    pub approved_by: Option<String>,
}

impl Extend {
    pub(super) fn read(fields: &mut Fields) -> Option<Extend> {
        let reason = fields.required_text("reason", "Enter why the answer will take longer");
        let until = fields.date("until");
        let by = fields.length("by");
        if fields.has("until") == fields.has("by") {
            fields.error("until", "Enter the new date, or by how much: one of the two");
        }
        if by.is_some_and(|by| by.n <= 0) {
            fields.error("by", "must be more than nothing");
        }
        let good_reason = fields.text("good_reason");
        let approved_by = fields.line("approved_by");
        Some(Extend { reason: reason?, until, by, good_reason, approved_by })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let (stage, record) = ctx.stage()?;
        let worked = matches!(ctx.case().status, Status::New | Status::Open);
        if worked && record.response.is_none() && ctx.rules.has_stages(ctx.case()) {
            return Ok(());
        }
        Err(Refusal::not_allowed("No answer is owed, so none can be put off.", stage.extend.cites.clone()))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let (stage, record) = ctx.stage()?;
        let due_on = due(ctx, stage.n)?;
        let until = match (self.until, self.by) {
            (Some(until), _) => until,
            (None, Some(by)) => ctx.rules.count(due_on, by).date,
            (None, None) => return Err(Refusal::field("until", "Enter the new date")),
        };
        let field = if self.until.is_some() { "until" } else { "by" };
        if until <= due_on || until < ctx.today() {
            let after = long_date(due_on.max(ctx.today()));
            return Err(Refusal::field(
                field,
                format!("must be after {after}: the new date is measured from the present due date"),
            ));
        }
        let longest = ctx.rules.count(due_on, stage.extend.at_most).date;
        let approver = self.approved_by.or_else(|| {
            let own = ctx.actor.role() == Some(Role::ComplaintsManager);
            ctx.actor.staff_id().filter(|_| own).map(str::to_owned)
        });
        let unusual = until > longest || !record.extensions.is_empty();
        if unusual && (self.good_reason.is_none() || approver.is_none()) {
            let why = if until > longest {
                format!("{} is further than {} from {}", long_date(until), stage.extend.at_most, long_date(due_on))
            } else {
                "It was put off once already".to_owned()
            };
            return Err(Refusal::not_allowed(
                format!("{why}: that needs a `good_reason`, and the complaints manager's name in `approved_by`."),
                stage.extend.cites.clone(),
            ));
        }
        let letter = parts::letter(ctx, LetterKind::Extension)
            .text(Part::Reason, Some(&self.reason))
            .text(Part::Stage, Some(&stage.name))
            .date(Part::OldDate, record.promised.unwrap_or(due_on))
            .date(Part::NewDate, until)
            .complete()?;
        let mut texts = Texts::after(ctx.case());
        let reason = texts.add(self.reason);
        let good_reason = texts.add_some(self.good_reason);
        let approved_by = approver.filter(|_| unusual);
        let event = Event::Extended { until, reason, good_reason, approved_by };
        Ok(Decision::of(event).with_texts(texts).with_letter(letter))
    }
}
