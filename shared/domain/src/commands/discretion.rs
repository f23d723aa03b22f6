//! `discretion`: something late was looked at by an officer, and goes on or does not.

use crate::case::{Event, Status};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::refusal::Refusal;

/// Decides on an old complaint, or a late request for a review.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Discretion {
    /// `accept` or `decline`.
    pub decision: Choice,
    /// Why; read by the person when it is declined.
    pub reason: String,
    /// For an old complaint: whether there is a good reason for the delay.
    pub good_reason: Option<bool>,
    /// For an old complaint: whether it can still be investigated fairly.
    pub fair_to_investigate: Option<bool>,
}

/// What discretion decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// It goes on.
    Accept,
    /// It does not.
    Decline,
}

impl Discretion {
    pub(super) fn read(fields: &mut Fields) -> Option<Discretion> {
        let decision = fields.required_word("decision", "Select accept or decline");
        let reason = fields.required_text("reason", "Enter the reason");
        let asked = |fields: &mut Fields, name| fields.has(name).then(|| fields.yes(name));
        let good_reason = asked(fields, "good_reason");
        let fair = asked(fields, "fair_to_investigate");
        fields.know(&["good_reason", "fair_to_investigate"]);
        Some(Discretion { decision: decision?, reason: reason?, good_reason, fair_to_investigate: fair })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let late = ctx.case().flags.iter().any(|flag| flag == "late" || flag == "historic");
        let decided = ctx.case().flags.iter().any(|flag| flag.starts_with("discretion-"));
        let open = matches!(ctx.case().status, Status::New | Status::Open);
        if open && (is_late_review(ctx) || (late && !decided)) {
            return Ok(());
        }
        Err(Refusal::not_allowed("Nothing about it is late, or that is decided already.", "Codes 2.2"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let review = is_late_review(ctx);
        if !review && (self.good_reason.is_none() || self.fair_to_investigate.is_none()) {
            let missing = if self.good_reason.is_none() { "good_reason" } else { "fair_to_investigate" };
            return Err(Refusal::field(missing, "Enter true or false: an old complaint answers both questions"));
        }
        let accepted = self.decision == Choice::Accept;
        let limit = ctx.rules.policy.time_limit.as_ref().filter(|limit| limit.always_taken && !review && !accepted);
        if let Some(limit) = limit {
            return Err(Refusal::not_allowed(
                "The policy takes an older complaint all the same: only a detailed answer is not certain.",
                limit.cites.clone(),
            ));
        }
        let letter = if accepted { None } else { Some(declined(ctx, &self.reason)?) };
        let mut texts = Texts::after(ctx.case());
        let reason = texts.add(self.reason);
        let decision = Decision::of(Event::Discretion { accepted, reason }).with_texts(texts);
        Ok(letter.into_iter().fold(decision, Decision::with_letter))
    }
}

fn declined(ctx: &Context<'_>, reason: &str) -> Result<crate::letter::LetterOrder, Refusal> {
    let why = if is_late_review(ctx) {
        "You asked for a review after the last day to ask."
    } else {
        "The matter is older than our complaints policy normally looks at."
    };
    parts::letter(ctx, LetterKind::NotAccepted)
        .date(Part::ReceivedOn, ctx.case().received_on)
        .text(Part::Reason, Some(why))
        .text(Part::Evidence, Some(reason))
        .complete()
}

fn is_late_review(ctx: &Context<'_>) -> bool {
    let late = ctx.case().flags.iter().any(|flag| flag == "late");
    late && ctx.case().stage().and_then(|record| record.ask.as_ref()).is_some_and(|ask| ask.late)
}
