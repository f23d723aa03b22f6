//! `ombudsman-decision`: an Ombudsman decided; what they want put right becomes actions with dates.

use chrono::NaiveDate;

use super::answer::NewRemedy;
use super::ombudsman_enquiry::body;
use super::ombudsman_replied::which;
use crate::case::{Action, Beside, OmbudsmanDecision as Verdict};
use crate::decide::{Context, Decision, StaffMail, StaffMatter, Texts};
use crate::input::Fields;
use crate::policy::Mailbox;
use crate::refusal::Refusal;

/// Records an Ombudsman's decision.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct OmbudsmanDecision {
    /// The number of the enquiry; the one that is not decided when left out.
    pub enquiry: Option<u32>,
    /// Which Ombudsman; as the enquiry has it.
    pub body: Option<String>,
    /// What they decided.
    pub decision: Verdict,
    /// When; today when left out.
    pub on: Option<NaiveDate>,
    /// What they want put right.
    #[schema(required = false)]
    pub remedies: Vec<NewRemedy>,
    /// In their words.
    pub text: Option<String>,
}

impl OmbudsmanDecision {
    pub(super) fn read(fields: &mut Fields) -> Option<OmbudsmanDecision> {
        let enquiry = fields.number("enquiry").and_then(|n| u32::try_from(n).ok());
        let body = fields.line("body");
        let decision = fields.required_word("decision", "Select what the Ombudsman decided");
        let (on, text) = (fields.date("on"), fields.text("text"));
        let remedies = fields.list("remedies", NewRemedy::read);
        Some(OmbudsmanDecision { enquiry, body, decision: decision?, on, remedies, text })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        if ctx.case().enquiries.iter().any(|found| found.decision.is_none()) {
            return Ok(());
        }
        Err(Refusal::not_allowed("No Ombudsman's enquiry is recorded: `ombudsman-enquiry` first.", "Codes 3.7"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let named = self.body.map(|named| body(ctx, Some(named))).transpose()?;
        let fits = |found: &crate::case::Enquiry| {
            found.decision.is_none() && named.as_ref().is_none_or(|named| *named == found.body)
        };
        let enquiry = which(ctx, self.enquiry, fits)?.n;
        let on = self.on.unwrap_or_else(|| ctx.today());
        if on > ctx.today() {
            return Err(Refusal::field("on", "must be today or in the past"));
        }
        let mut texts = Texts::after(ctx.case());
        let next = ctx.case().actions.last().map_or(1, |action| action.n + 1);
        let actions: Vec<Action> = (next..).zip(self.remedies).map(|(n, remedy)| remedy.keep(n, &mut texts)).collect();
        let text = texts.add_some(self.text);
        let event = Beside::OmbudsmanDecided { enquiry, decision: self.decision, on, actions, text };
        let told = StaffMail::new(Mailbox::ComplaintsManager, StaffMatter::Ombudsman);
        Ok(Decision::of(event).with_texts(texts).with_staff(told))
    }
}
