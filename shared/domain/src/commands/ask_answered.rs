//! `ask-answered`: whoever was asked has answered.

use chrono::NaiveDate;

use crate::case::Beside;
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Records the answer of somebody who was asked.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct AskAnswered {
    /// The number of the ask.
    pub ask: u32,
    /// When they answered; today when left out.
    pub on: Option<NaiveDate>,
    /// What they said.
    pub text: Option<String>,
}

impl AskAnswered {
    pub(super) fn read(fields: &mut Fields) -> Option<AskAnswered> {
        let ask = fields.number("ask").and_then(|n| u32::try_from(n).ok());
        if ask.is_none() {
            fields.error("ask", "Enter the number of what was asked");
        }
        let (on, text) = (fields.date("on"), fields.text("text"));
        Some(AskAnswered { ask: ask?, on, text })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        if ctx.case().asks.iter().any(|asked| asked.answered_on.is_none()) {
            return Ok(());
        }
        Err(Refusal::not_allowed("Nobody was asked who has not answered.", "Codes 5.4"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        if !ctx.case().asks.iter().any(|asked| asked.n == self.ask && asked.answered_on.is_none()) {
            return Err(Refusal::field("ask", format!("there is no open ask {}", self.ask)));
        }
        let on = self.on.unwrap_or_else(|| ctx.today());
        if on > ctx.today() {
            return Err(Refusal::field("on", "must be today or in the past"));
        }
        let mut texts = Texts::after(ctx.case());
        let text = texts.add_some(self.text);
        Ok(Decision::of(Beside::AskAnswered { ask: self.ask, on, text }).with_texts(texts))
    }
}
