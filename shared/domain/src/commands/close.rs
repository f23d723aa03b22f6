//! `close`: for a reason that is no answer, told to the person with the Ombudsman.

use chrono::NaiveDate;

use crate::calendar::long_date;
use crate::case::{ClosedAs, Event, ReplyBy, Status};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::refusal::Refusal;

/// What a person reads who was taken for a machine.
const SPAM: &str = "This reached us as machines send things, and nobody here could find a question in it that we can \
                    answer. If you are a person and need an answer, please write to us again.";

/// Closes a case.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Close {
    /// How: `legal-proceedings`, `duplicate`, or `spam` for what is set aside.
    #[schema(value_type = String)]
    pub closed_as: ClosedAs,
    /// Why; the person reads it. May be left out where a court has the matter.
    pub reason: Option<String>,
    /// When a claim form and particulars of claim were filed at court (Housing Ombudsman Code 2.2).
    pub claim_filed_on: Option<NaiveDate>,
    /// What shows that: a threat of legal action closes nothing.
    pub evidence: Option<String>,
}

impl Close {
    pub(super) fn read(fields: &mut Fields) -> Option<Close> {
        let closed_as: Option<ClosedAs> = fields.required_word("closed_as", "Select how it is closed");
        let known = [ClosedAs::LegalProceedings, ClosedAs::Duplicate, ClosedAs::Spam];
        if closed_as.is_some_and(|how| !known.contains(&how)) {
            let message = "must be legal-proceedings, duplicate or spam; everything else has a command of its own";
            fields.error("closed_as", message);
        }
        let (claim_filed_on, evidence) = (fields.date("claim_filed_on"), fields.text("evidence"));
        let court = closed_as == Some(ClosedAs::LegalProceedings);
        if court && claim_filed_on.is_none() && !fields.has("claim_filed_on") {
            fields
                .error("claim_filed_on", "Enter the day the claim was filed at court: a threat of action is no reason");
        }
        if court && evidence.is_none() && !fields.has("evidence") {
            fields.error("evidence", "Enter what shows that a claim was filed");
        }
        let reason = fields.text("reason");
        let needed = closed_as == Some(ClosedAs::Duplicate);
        if needed && reason.is_none() && !fields.has("reason") {
            fields.error("reason", "Enter the reason");
        }
        Some(Close { closed_as: closed_as?, reason, claim_filed_on, evidence })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        while_open(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        if self.claim_filed_on.is_some_and(|on| on > ctx.today()) {
            return Err(Refusal::field("claim_filed_on", "must be today or in the past"));
        }
        let spam = self.closed_as == ClosedAs::Spam;
        if spam && !ctx.case().is_set_aside() {
            let message = "can be spam only for what is set aside and nobody has taken on";
            return Err(Refusal::field("closed_as", message));
        }
        let why = match (self.reason, self.claim_filed_on) {
            (Some(reason), _) => reason,
            (None, _) if spam => SPAM.to_owned(),
            (None, Some(on)) => format!("A court has the matter: a claim was filed on {}.", long_date(on)),
            (None, None) => String::new(),
        };
        let mut letter = parts::letter(ctx, LetterKind::Closed).text(Part::Reason, Some(&why)).complete()?;
        // An address that a machine filled in is somebody's who has nothing to do with it.
        letter.by = if spam { ReplyBy::Track } else { letter.by };
        let mut texts = Texts::after(ctx.case());
        let event = Event::Closed {
            how: self.closed_as,
            reason: texts.add(why),
            claim_filed_on: self.claim_filed_on,
            evidence: texts.add_some(self.evidence),
        };
        Ok(Decision::of(event).with_texts(texts).with_letter(letter))
    }
}

/// For every command that a closed case no longer takes.
///
/// # Errors
/// When the case is closed.
pub(super) fn while_open(ctx: &Context<'_>) -> Result<(), Refusal> {
    if ctx.case().status != Status::Closed {
        return Ok(());
    }
    Err(Refusal::not_allowed("The case is closed.", ctx.rules.policy.policy.title.clone()))
}
