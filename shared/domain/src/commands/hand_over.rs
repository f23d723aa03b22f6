//! `hand-over`: a review goes to the organisation that runs it.

use crate::case::{Beside, Status};
use crate::decide::{Context, Decision, StaffMail, StaffMatter};
use crate::input::Fields;
use crate::policy::Mailbox;
use crate::refusal::Refusal;

/// Hands a review over.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct HandOver {
    /// Which organisation; the service's own when left out.
    pub organisation: Option<String>,
}

impl HandOver {
    pub(super) fn read(fields: &mut Fields) -> Option<HandOver> {
        Some(HandOver { organisation: fields.line("organisation") })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let (stage, record) = ctx.stage()?;
        if record.organisation.is_none() {
            return Err(Refusal::not_allowed("The council runs this stage itself.", stage.respond.cites.clone()));
        }
        if ctx.case().status == Status::Open && record.response.is_none() {
            return Ok(());
        }
        Err(Refusal::not_allowed("It is answered or closed.", stage.respond.cites.clone()))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let policy = &ctx.rules.policy;
        let own = ctx.stage()?.1.organisation.clone();
        let organisation = self.organisation.or(own).unwrap_or_default();
        if policy.organisation(&organisation).is_none() {
            let known: Vec<&str> = policy.organisations.iter().map(|found| found.id.as_str()).collect();
            return Err(Refusal::field("organisation", format!("must be one of {}", known.join(", "))));
        }
        let told = StaffMail::new(Mailbox::Team, StaffMatter::HandedOver);
        Ok(Decision::of(Beside::HandedOver { organisation }).with_staff(told))
    }
}
