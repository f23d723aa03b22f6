//! `review-restriction`: a limit on contact is looked at again, and the person is told what came of it.

use chrono::NaiveDate;
use serde_json::json;

use crate::case::Beside;
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::refusal::Refusal;

/// Looks at a restriction again (Codes 5.14).
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct ReviewRestriction {
    /// Its number; the only one that goes on when left out.
    pub restriction: Option<u32>,
    /// Whether it goes on: `keep`, or `end`.
    pub decision: Verdict,
    /// Why; the person reads it.
    pub reason: String,
    /// Until when, if it goes on.
    pub until: Option<NaiveDate>,
    /// When it is looked at next, if it goes on.
    pub review_on: Option<NaiveDate>,
}

/// What becomes of a restriction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It goes on.
    Keep,
    /// It ends today.
    End,
}

impl ReviewRestriction {
    pub(super) fn read(fields: &mut Fields) -> Option<ReviewRestriction> {
        let restriction = fields.number("restriction").and_then(|n| u32::try_from(n).ok());
        let decision = fields.required_word("decision", "Select whether it goes on: keep or end");
        let reason = fields.required_text("reason", "Enter why");
        let (until, review_on) = (fields.date("until"), fields.date("review_on"));
        Some(ReviewRestriction { restriction, decision: decision?, reason: reason?, until, review_on })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        if ctx.case().restrictions.iter().any(|found| found.ended_on.is_none()) {
            return Ok(());
        }
        Err(Refusal::not_allowed("No limit on contact goes on here.", "Codes 5.14"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let today = ctx.today();
        let mut open = ctx.case().restrictions.iter().filter(|found| found.ended_on.is_none());
        let found = match self.restriction {
            Some(n) => open.find(|found| found.n == n),
            None => open.next(),
        };
        let Some(found) = found else {
            return Err(Refusal::field("restriction", "is no limit that goes on"));
        };
        let kept = self.decision == Verdict::Keep;
        let within = ctx.rules.policy.restrictions.as_ref().map(|rule| rule.review_within);
        let latest = within.map_or(today, |within| ctx.rules.count(today, within).date);
        let review_on = kept.then(|| self.review_on.unwrap_or_else(|| self.until.map_or(latest, |on| on.min(latest))));
        if review_on.is_some_and(|on| on <= today || on > latest) {
            let message = format!("must be after today and by {}", crate::calendar::long_date(latest));
            return Err(Refusal::field("review_on", message));
        }
        if self.until.is_some_and(|until| until <= today) {
            return Err(Refusal::field("until", "must be after today"));
        }
        let changed = kept && self.until.is_some() && self.until != found.until;
        let (id, label) = match (kept, changed) {
            (false, _) => ("ended", "The limit has ended"),
            (true, true) => ("changed", "The limit goes on until another day"),
            (true, false) => ("kept", "The limit goes on"),
        };
        let until = self.until.or(found.until).filter(|_| kept);
        let letter = parts::letter(ctx, LetterKind::RestrictionReview)
            .text(Part::Words, Some(ctx.dossier.text(found.what)))
            .value(Part::Decision, json!({"id": id, "label": label}))
            .text(Part::Reason, Some(&self.reason));
        let letter = until.into_iter().fold(letter, |letter, on| letter.date(Part::Until, on));
        let letter = review_on.into_iter().fold(letter, |letter, on| letter.date(Part::ReviewOn, on)).complete()?;
        let mut texts = Texts::after(ctx.case());
        let reason = texts.add(self.reason);
        let event = Beside::RestrictionReviewed { restriction: found.n, kept, reason, until, review_on };
        Ok(Decision::of(event).with_texts(texts).with_letter(letter))
    }
}
