//! `letter-returned`: a letter came back, or went to somebody else.

use chrono::NaiveDate;

use super::printed::letter;
use crate::case::Beside;
use crate::decide::{Context, Decision, StaffMail, StaffMatter, Texts};
use crate::input::Fields;
use crate::policy::Mailbox;
use crate::refusal::Refusal;

/// Records that a letter did not reach the person. An acknowledgement that came back is none.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct LetterReturned {
    /// The letter's number.
    pub letter: u32,
    /// When it came back; today when left out.
    pub on: Option<NaiveDate>,
    /// Somebody else read it: a breach, which the complaints manager hears of.
    #[schema(required = false)]
    pub wrong_person: bool,
    /// What is known of it.
    pub reason: Option<String>,
}

impl LetterReturned {
    pub(super) fn read(fields: &mut Fields) -> Option<LetterReturned> {
        let letter = letter(fields);
        let (on, wrong_person, reason) = (fields.date("on"), fields.yes("wrong_person"), fields.text("reason"));
        Some(LetterReturned { letter: letter?, on, wrong_person, reason })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        if ctx.case().letters.iter().any(|letter| !letter.bounced) {
            return Ok(());
        }
        Err(Refusal::not_allowed("There is no letter that could have come back.", "Codes 5.8"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let on = self.on.unwrap_or_else(|| ctx.today());
        if on > ctx.today() {
            return Err(Refusal::field("on", "must be today or in the past"));
        }
        match ctx.case().letters.iter().find(|found| found.n == self.letter) {
            None => return Err(Refusal::field("letter", format!("there is no letter {}", self.letter))),
            Some(found) if found.bounced => {
                return Err(Refusal::not_allowed("That it did not arrive is recorded already.", "Codes 5.8"));
            }
            Some(_) => {}
        }
        let mut texts = Texts::after(ctx.case());
        let reason = texts.add_some(self.reason);
        let to = if self.wrong_person { Mailbox::ComplaintsManager } else { Mailbox::Team };
        let event = Beside::Returned { letter: self.letter, on, breach: self.wrong_person, reason };
        Ok(Decision::of(event).with_texts(texts).with_staff(StaffMail::new(to, StaffMatter::Returned)))
    }
}
