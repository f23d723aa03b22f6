//! `complete-action`: what was promised as a remedy was done, and this shows it.

use chrono::NaiveDate;

use crate::case::{Action, Event, RemedyKind};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::refusal::{FieldError, Refusal};

/// Records that an action was done.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct CompleteAction {
    /// Its number.
    pub action: u32,
    /// When it was done; today when left out.
    pub on: Option<NaiveDate>,
    /// What shows it (Codes 7.3).
    pub evidence: String,
    /// Who approved it, where it is a payment.
    pub approved_by: Option<String>,
    /// When the money went, where it is a payment.
    pub paid_on: Option<NaiveDate>,
    /// What the person is told beside that it is done.
    pub tell: Option<String>,
}

impl CompleteAction {
    pub(super) fn read(fields: &mut Fields) -> Option<CompleteAction> {
        let action = fields.number("action").and_then(|n| u32::try_from(n).ok());
        if action.is_none() {
            fields.error("action", "Enter the number of the action");
        }
        let on = fields.date("on");
        let evidence = fields.required_text("evidence", "Enter what shows that it was done");
        let (approved_by, paid_on, tell) = (fields.line("approved_by"), fields.date("paid_on"), fields.text("tell"));
        Some(CompleteAction { action: action?, on, evidence: evidence?, approved_by, paid_on, tell })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        if ctx.case().actions.iter().any(Action::is_open) {
            return Ok(());
        }
        Err(Refusal::not_allowed("No action is open.", "Codes 7.3"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let Some(action) = ctx.case().actions.iter().find(|action| action.n == self.action && action.is_open()) else {
            return Err(Refusal::field("action", format!("there is no open action {}", self.action)));
        };
        let payment = action.kind == RemedyKind::Payment;
        if payment {
            self.was_approved()?;
        }
        let on = self.paid_on.filter(|_| payment).or(self.on).unwrap_or_else(|| ctx.today());
        if on > ctx.today() {
            let field = if payment { "paid_on" } else { "on" };
            return Err(Refusal::field(field, "must be today or in the past"));
        }
        let letter = parts::letter(ctx, LetterKind::RemedyDone)
            .text(Part::Definition, Some(ctx.dossier.text(action.what)))
            .date(Part::NewDate, on)
            .text(Part::Words, self.tell.as_deref())
            .complete()?;
        let mut texts = Texts::after(ctx.case());
        let evidence = texts.add(self.evidence);
        let event = Event::ActionCompleted { action: self.action, on, evidence, approved_by: self.approved_by };
        let decision = Decision::of(event).with_texts(texts);
        // What has no date of its own was done with the letter that said so.
        Ok(if action.by.is_some() { decision.with_letter(letter) } else { decision })
    }

    /// Money goes only when somebody said so, and the day is known.
    fn was_approved(&self) -> Result<(), Refusal> {
        let missing = [
            ("approved_by", "Enter who approved the payment", self.approved_by.is_none()),
            ("paid_on", "Enter the day it was paid", self.paid_on.is_none()),
        ];
        let errors: Vec<FieldError> = missing
            .into_iter()
            .filter(|(_, _, missing)| *missing)
            .map(|(field, message, _)| FieldError { field: field.to_owned(), message: message.to_owned() })
            .collect();
        if errors.is_empty() { Ok(()) } else { Err(Refusal::Fields(errors)) }
    }
}
