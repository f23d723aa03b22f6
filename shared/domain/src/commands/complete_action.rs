//! `complete-action`: what was promised as a remedy was done, and this shows it.

use chrono::NaiveDate;

use crate::case::Event;
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Records that an action was done.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct CompleteAction {
    /// Its number.
    pub action: u32,
    /// When it was done; today when left out.
    pub on: Option<NaiveDate>,
    /// What shows it (Codes 7.3).
    pub evidence: String,
}

impl CompleteAction {
    pub(super) fn read(fields: &mut Fields) -> Option<CompleteAction> {
        let action = fields.number("action").and_then(|n| u32::try_from(n).ok());
        if action.is_none() {
            fields.error("action", "Enter the number of the action");
        }
        let on = fields.date("on");
        let evidence = fields.required_text("evidence", "Enter what shows that it was done");
        Some(CompleteAction { action: action?, on, evidence: evidence? })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        if ctx.case().actions.iter().any(|action| action.done_on.is_none()) {
            return Ok(());
        }
        Err(Refusal::not_allowed("No action is open.", "Codes 7.3"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let on = self.on.unwrap_or_else(|| ctx.today());
        if on > ctx.today() {
            return Err(Refusal::field("on", "must be today or in the past"));
        }
        if !ctx.case().actions.iter().any(|action| action.n == self.action && action.done_on.is_none()) {
            return Err(Refusal::field("action", format!("there is no open action {}", self.action)));
        }
        let mut texts = Texts::after(ctx.case());
        let evidence = texts.add(self.evidence);
        Ok(Decision::of(Event::ActionCompleted { action: self.action, on, evidence }).with_texts(texts))
    }
}
