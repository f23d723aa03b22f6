//! `bounced`: a letter did not arrive. Given by the system when the mail service says so.

use crate::case::{Actor, Event};
use crate::decide::{Context, Decision, StaffMail, StaffMatter};
use crate::input::Fields;
use crate::policy::Mailbox;
use crate::refusal::Refusal;

/// Records that a letter did not arrive.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Bounced {
    /// The letter's number.
    pub letter: u32,
}

impl Bounced {
    pub(super) fn read(fields: &mut Fields) -> Option<Bounced> {
        Some(Bounced { letter: super::printed::letter(fields)? })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        match ctx.actor {
            Actor::System => Ok(()),
            _ => Err(Refusal::Forbidden { why: "Only the mail service says this.".to_owned() }),
        }
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let sent = ctx.case().letters.iter().find(|found| found.n == self.letter);
        match sent {
            Some(letter) if !letter.bounced => Ok(Decision::of(Event::Bounced { letter: self.letter })
                .with_staff(StaffMail::new(Mailbox::Team, StaffMatter::Bounced))),
            Some(_) => Err(Refusal::not_allowed("That it bounced is recorded already.", "each event counts once")),
            None => Err(Refusal::field("letter", format!("there is no letter {}", self.letter))),
        }
    }
}
