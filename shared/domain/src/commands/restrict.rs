//! `restrict`: how a person may reach the council is limited, with reasons, for a time, and in writing.
//! A new complaint is logged all the same.

use chrono::NaiveDate;

use crate::case::{Beside, Restriction};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::refusal::Refusal;

/// Limits contact with a person (Codes 5.14).
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Restrict {
    /// What is limited, and how far; the person reads it.
    pub what: String,
    /// Why; the person reads it.
    pub why: String,
    /// Until when; until a review ends it when left out.
    pub until: Option<NaiveDate>,
    /// When it is looked at again; as the policy has it when left out.
    pub review_on: Option<NaiveDate>,
    /// Who decided it together; the person reads it.
    pub decided_by: Vec<String>,
}

impl Restrict {
    pub(super) fn read(fields: &mut Fields) -> Option<Restrict> {
        let what = fields.required_text("what", "Enter what is limited, and how far");
        let why = fields.required_text("why", "Enter why");
        let (until, review_on) = (fields.date("until"), fields.date("review_on"));
        let decided_by = fields.lines("decided_by");
        if decided_by.is_empty() {
            fields.error("decided_by", "Enter who decided it");
        }
        Some(Restrict { what: what?, why: why?, until, review_on, decided_by })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        if ctx.rules.policy.restrictions.is_some() {
            return Ok(());
        }
        Err(Refusal::not_allowed("The policy has no rule for limiting contact.", "Codes 5.14"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let today = ctx.today();
        let Some(rule) = &ctx.rules.policy.restrictions else {
            return Err(Refusal::not_allowed("The policy has no rule for limiting contact.", "Codes 5.14"));
        };
        if self.decided_by.len() < usize::from(rule.at_least) {
            let message =
                format!("needs {} of {} together ({})", rule.at_least, rule.decided_by.join(", "), rule.cites);
            return Err(Refusal::field("decided_by", message));
        }
        let latest = ctx.rules.count(today, rule.review_within).date;
        let review_on = self.review_on.unwrap_or_else(|| self.until.map_or(latest, |until| until.min(latest)));
        if review_on <= today || review_on > latest {
            let message = format!("must be after today and by {} ({})", crate::calendar::long_date(latest), rule.cites);
            return Err(Refusal::field("review_on", message));
        }
        if rule.length_said && self.until.is_none() {
            return Err(Refusal::field("until", format!("Enter for how long: the person is told ({})", rule.cites)));
        }
        if self.until.is_some_and(|until| until <= today) {
            return Err(Refusal::field("until", "must be after today"));
        }
        let mut letter = parts::letter(ctx, LetterKind::Restriction)
            .text(Part::Words, Some(&self.what))
            .text(Part::Reason, Some(&self.why))
            .text(Part::Whom, Some(&self.decided_by.join(", ")))
            .date(Part::ReviewOn, review_on);
        if let Some(until) = self.until {
            letter = letter.date(Part::Until, until);
        }
        let letter = letter.complete()?;
        let mut texts = Texts::after(ctx.case());
        let restriction = Restriction {
            n: ctx.case().restrictions.last().map_or(1, |found| found.n + 1),
            what: texts.add(self.what),
            why: texts.add(self.why),
            from: today,
            until: self.until,
            review_on,
            decided_by: self.decided_by,
            ended_on: None,
        };
        Ok(Decision::of(Beside::Restricted(restriction)).with_texts(texts).with_letter(letter))
    }
}
