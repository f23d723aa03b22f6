//! What waits for somebody beside its dates, for a list that shows it at a glance.

use super::{Case, LetterMark};

impl Case {
    /// In a word each: `message`, the person wrote; `undelivered`, a letter did not reach them; `call`, a letter is to
    /// be told by telephone; `sign-off`, an answer waits to be signed.
    pub fn waits(&self) -> Vec<&'static str> {
        let call = self.letters.iter().any(LetterMark::is_to_tell);
        let sign_off = self.is_open() && self.stage().is_some_and(|stage| stage.proposal.is_some());
        let waits = [
            ("message", self.unheard_since.is_some()),
            ("undelivered", self.is_open() && self.undelivered().next().is_some()),
            ("call", call),
            ("sign-off", sign_off),
        ];
        let kept = self.destroyed_on.is_none();
        waits.into_iter().filter(|(_, waits)| *waits && kept).map(|(name, _)| name).collect()
    }

    /// Letters that did not arrive, where neither they nor another one in their place went since.
    pub fn undelivered(&self) -> impl Iterator<Item = &LetterMark> {
        let lost = self.letters.iter().filter(|letter| letter.bounced && letter.again.is_none());
        lost.filter(|letter| {
            let instead =
                |later: &&LetterMark| later.n > letter.n && later.kind == letter.kind && later.stage == letter.stage;
            self.letters.iter().find(instead).is_none()
        })
    }
}
