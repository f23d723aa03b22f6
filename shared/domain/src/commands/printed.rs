//! `printed`: a letter on paper went into the post.

use crate::case::{Event, ReplyBy};
use crate::decide::{Context, Decision};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Marks a letter as posted.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Printed {
    /// The letter's number.
    pub letter: u32,
    /// By second-class post, which counts as received later.
    #[schema(required = false)]
    pub second_class: bool,
}

impl Printed {
    pub(super) fn read(fields: &mut Fields) -> Option<Printed> {
        let (letter, second_class) = (letter(fields), fields.yes("second_class"));
        Some(Printed { letter: letter?, second_class })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        if ctx.case().letters.iter().any(waiting) {
            return Ok(());
        }
        Err(Refusal::not_allowed("No letter waits to be posted.", "the queue of letters on paper"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        if !ctx.case().letters.iter().any(|found| found.n == self.letter && waiting(found)) {
            return Err(Refusal::field("letter", format!("letter {} does not wait to be posted", self.letter)));
        }
        Ok(Decision::of(Event::Printed { letter: self.letter, second_class: self.second_class }))
    }
}

fn waiting(letter: &crate::case::LetterMark) -> bool {
    letter.by == ReplyBy::Post && !letter.printed
}

/// The number of a letter.
pub(super) fn letter(fields: &mut Fields) -> Option<u32> {
    let n = fields.number("letter").and_then(|n| u32::try_from(n).ok());
    if n.is_none() {
        fields.error("letter", "Enter the number of the letter");
    }
    n
}
