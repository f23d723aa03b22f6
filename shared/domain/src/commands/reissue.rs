//! `reissue`: a letter goes again, word for word, another way.

use super::printed::letter;
use crate::case::{Beside, ReplyBy};
use crate::decide::{Again, Context, Decision};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Sends a letter again.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Reissue {
    /// The letter's number.
    pub letter: u32,
    /// How it goes now; as the person wants to be reached when left out.
    pub channel: Option<ReplyBy>,
}

impl Reissue {
    pub(super) fn read(fields: &mut Fields) -> Option<Reissue> {
        let (letter, channel) = (letter(fields), fields.word("channel"));
        Some(Reissue { letter: letter?, channel })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        if ctx.case().letters.iter().any(|letter| letter.again.is_none()) {
            return Ok(());
        }
        Err(Refusal::not_allowed("There is no letter to send again.", "Codes 5.8"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        match ctx.case().letters.iter().find(|found| found.n == self.letter) {
            None => return Err(Refusal::field("letter", format!("there is no letter {}", self.letter))),
            Some(found) => {
                if let Some(again) = found.again {
                    return Err(Refusal::field("letter", format!("was sent again as letter {again}: name that one")));
                }
            }
        }
        let by = self.channel.unwrap_or(ctx.case().reply_by);
        if let Some(missing) = ctx.dossier.contact.cannot_be_reached(by) {
            return Err(Refusal::field("channel", missing));
        }
        let again = Some(Again { letter: self.letter, by });
        Ok(Decision { again, ..Decision::of(Beside::Reissued { letter: self.letter, by }) })
    }
}
