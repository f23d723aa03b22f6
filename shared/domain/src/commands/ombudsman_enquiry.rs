//! `ombudsman-enquiry`: an Ombudsman asks. What they wait for is a date like any other.

use chrono::NaiveDate;

use crate::case::{Beside, Enquiry};
use crate::decide::{Context, Decision, StaffMail, StaffMatter, Texts};
use crate::input::Fields;
use crate::policy::Mailbox;
use crate::refusal::Refusal;

/// Records an Ombudsman's enquiry.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct OmbudsmanEnquiry {
    /// Which Ombudsman: an id like `lgsco`. The one behind the case when left out.
    pub body: Option<String>,
    /// Their reference.
    pub their_reference: Option<String>,
    /// When it reached the council; today when left out.
    pub received_on: Option<NaiveDate>,
    /// By when they want an answer.
    pub reply_by: Option<NaiveDate>,
}

impl OmbudsmanEnquiry {
    pub(super) fn read(fields: &mut Fields) -> Option<OmbudsmanEnquiry> {
        Some(OmbudsmanEnquiry {
            body: fields.line("body"),
            their_reference: fields.line("their_reference"),
            received_on: fields.date("received_on"),
            reply_by: fields.date("reply_by"),
        })
    }

    pub(super) fn allowed(_ctx: &Context<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let body = body(ctx, self.body)?;
        let received_on = self.received_on.unwrap_or_else(|| ctx.today());
        if received_on > ctx.today() {
            return Err(Refusal::field("received_on", "must be today or in the past"));
        }
        if self.reply_by.is_some_and(|by| by < received_on) {
            return Err(Refusal::field("reply_by", "must not be before it was received"));
        }
        let mut texts = Texts::after(ctx.case());
        let enquiry = Enquiry {
            n: ctx.case().enquiries.last().map_or(1, |found| found.n + 1),
            body,
            their_reference: texts.add_some(self.their_reference),
            received_on,
            reply_by: self.reply_by,
            replied_on: None,
            decision: None,
            decided_on: None,
            actions: Vec::new(),
            complied_on: None,
        };
        let told = StaffMail::new(Mailbox::ComplaintsManager, StaffMatter::Ombudsman);
        Ok(Decision::of(Beside::OmbudsmanEnquired(enquiry)).with_texts(texts).with_staff(told))
    }
}

/// The Ombudsman's id: as named, or the one behind the case.
pub(super) fn body(ctx: &Context<'_>, named: Option<String>) -> Result<String, Refusal> {
    let Some(named) = named else {
        return Ok(ctx.rules.ombudsman(ctx.case()).map_or_else(String::new, |found| found.id.clone()));
    };
    let same = |text: &str| text.eq_ignore_ascii_case(&named);
    match ctx.rules.ombudsmen.iter().find(|found| same(&found.id) || same(&found.name)) {
        Some(found) => Ok(found.id.clone()),
        None => {
            let known: Vec<&str> = ctx.rules.ombudsmen.iter().map(|found| found.id.as_str()).collect();
            Err(Refusal::field("body", format!("must be one of {}", known.join(", "))))
        }
    }
}
