//! `ombudsman-complied`: everything an Ombudsman wanted was done, and this shows it.

use chrono::NaiveDate;

use super::ombudsman_replied::which;
use crate::case::{Beside, Enquiry};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Records that an Ombudsman's remedies were delivered.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct OmbudsmanComplied {
    /// The number of the enquiry; the one that waits when left out.
    pub enquiry: Option<u32>,
    /// When; today when left out.
    pub on: Option<NaiveDate>,
    /// What shows it.
    pub evidence: String,
}

impl OmbudsmanComplied {
    pub(super) fn read(fields: &mut Fields) -> Option<OmbudsmanComplied> {
        let enquiry = fields.number("enquiry").and_then(|n| u32::try_from(n).ok());
        let on = fields.date("on");
        let evidence = fields.required_text("evidence", "Enter what shows that it was done");
        Some(OmbudsmanComplied { enquiry, on, evidence: evidence? })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        if ctx.case().enquiries.iter().any(waits) {
            return Ok(());
        }
        Err(Refusal::not_allowed("No Ombudsman waits for anything to be done.", "Codes 7"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let enquiry = which(ctx, self.enquiry, waits)?.n;
        let on = self.on.unwrap_or_else(|| ctx.today());
        if on > ctx.today() {
            return Err(Refusal::field("on", "must be today or in the past"));
        }
        let mut texts = Texts::after(ctx.case());
        let evidence = texts.add(self.evidence);
        Ok(Decision::of(Beside::OmbudsmanComplied { enquiry, on, evidence }).with_texts(texts))
    }
}

fn waits(enquiry: &Enquiry) -> bool {
    enquiry.decision.is_some() && enquiry.complied_on.is_none()
}
