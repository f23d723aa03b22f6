//! `raise-risk`: somebody may be in danger. Goes out at once, day or night.

use crate::case::Event;
use crate::decide::{Context, Decision, StaffMail, StaffMatter, Texts};
use crate::input::Fields;
use crate::policy::Mailbox;
use crate::refusal::Refusal;

/// Raises a risk: safeguarding, threats, a hazard at home.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct RaiseRisk {
    /// What it is.
    pub text: String,
    /// Where it was referred to.
    pub referred_to: Option<String>,
}

impl RaiseRisk {
    pub(super) fn read(fields: &mut Fields) -> Option<RaiseRisk> {
        let text = fields.required_text("text", "Enter what the risk is");
        let referred_to = fields.text("referred_to");
        Some(RaiseRisk { text: text?, referred_to })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        super::note::Note::allowed(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let mut texts = Texts::after(ctx.case());
        let text = texts.add(self.text);
        let referred = texts.add_some(self.referred_to);
        let told = |to| StaffMail::new(to, StaffMatter::Risk);
        Ok(Decision::of(Event::RiskRaised { text, referred })
            .with_texts(texts)
            .with_staff(told(Mailbox::ComplaintsManager))
            .with_staff(told(Mailbox::Team)))
    }
}
