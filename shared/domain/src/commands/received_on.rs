//! `received-on`: evidence that our letter arrived later than it is taken to have.

use chrono::NaiveDate;

use crate::case::Event;
use crate::decide::{Context, Decision};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Records when a letter arrived.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct ReceivedOn {
    /// The letter's number.
    pub letter: u32,
    /// The day it arrived.
    pub on: NaiveDate,
}

impl ReceivedOn {
    pub(super) fn read(fields: &mut Fields) -> Option<ReceivedOn> {
        let letter = super::printed::letter(fields);
        let on = fields.date("on");
        if on.is_none() && !fields.has("on") {
            fields.error("on", "Enter the day it arrived");
        }
        Some(ReceivedOn { letter: letter?, on: on? })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        if ctx.case().letters.is_empty() {
            return Err(Refusal::not_allowed("No letter was sent.", "Codes 5.8"));
        }
        Ok(())
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let Some(letter) = ctx.case().letters.iter().find(|letter| letter.n == self.letter) else {
            return Err(Refusal::field("letter", format!("there is no letter {}", self.letter)));
        };
        if self.on < letter.on || self.on > ctx.today() {
            return Err(Refusal::field("on", "must be between the day it was sent and today"));
        }
        Ok(Decision::of(Event::ReceivedOn { letter: self.letter, on: self.on }))
    }
}
