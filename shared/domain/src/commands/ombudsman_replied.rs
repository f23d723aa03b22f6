//! `ombudsman-replied`: an Ombudsman's enquiry was answered.

use chrono::NaiveDate;

use crate::case::{Beside, Enquiry};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Records that an Ombudsman was answered.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct OmbudsmanReplied {
    /// The number of the enquiry; the one that waits when left out.
    pub enquiry: Option<u32>,
    /// When; today when left out.
    pub on: Option<NaiveDate>,
    /// What was sent.
    pub text: Option<String>,
}

impl OmbudsmanReplied {
    pub(super) fn read(fields: &mut Fields) -> Option<OmbudsmanReplied> {
        let enquiry = fields.number("enquiry").and_then(|n| u32::try_from(n).ok());
        Some(OmbudsmanReplied { enquiry, on: fields.date("on"), text: fields.text("text") })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        if ctx.case().enquiries.iter().any(waits) {
            return Ok(());
        }
        Err(Refusal::not_allowed("No Ombudsman waits for an answer.", "the Ombudsman's own letter"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let enquiry = which(ctx, self.enquiry, waits)?.n;
        let on = self.on.unwrap_or_else(|| ctx.today());
        if on > ctx.today() {
            return Err(Refusal::field("on", "must be today or in the past"));
        }
        let mut texts = Texts::after(ctx.case());
        let text = texts.add_some(self.text);
        Ok(Decision::of(Beside::OmbudsmanReplied { enquiry, on, text }).with_texts(texts))
    }
}

fn waits(enquiry: &Enquiry) -> bool {
    enquiry.replied_on.is_none() && enquiry.decided_on.is_none()
}

/// The enquiry that is meant: the one named, or the first that fits.
pub(super) fn which<'a>(
    ctx: &Context<'a>,
    named: Option<u32>,
    fits: impl Fn(&Enquiry) -> bool,
) -> Result<&'a Enquiry, Refusal> {
    let mut fitting = ctx.case().enquiries.iter().filter(|found| fits(found));
    let found = match named {
        Some(n) => fitting.find(|found| found.n == n),
        None => fitting.next(),
    };
    found.ok_or_else(|| Refusal::field("enquiry", "is none that this can be about"))
}
