//! `raise-service-request`: something is to be done, whatever becomes of the complaint.

use super::raise::{Raising, raise};
use crate::case::FeedbackKind;
use crate::decide::{Context, Decision};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Opens a request for a service beside this case. Neither waits for the other (Codes 1.7).
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct RaiseServiceRequest {
    /// What is to be done.
    pub about: String,
    /// Which service; this case's when left out.
    pub service: Option<String>,
}

impl RaiseServiceRequest {
    pub(super) fn read(fields: &mut Fields) -> Option<RaiseServiceRequest> {
        let about = fields.text("about").or_else(|| fields.text("what"));
        if about.is_none() && !fields.has("about") {
            fields.error("about", "Enter what is to be done");
        }
        let service = fields.line("service");
        Some(RaiseServiceRequest { about: about?, service })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let policy = ctx.fresh.map_or(&ctx.rules.policy, |fresh| &fresh.rules.policy);
        if policy.kind(FeedbackKind::ServiceRequest).is_some() {
            return Ok(());
        }
        Err(Refusal::not_allowed("The policy has no requests for a service.", "Codes 1.2"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let raising = Raising {
            kind: FeedbackKind::ServiceRequest,
            trigger: None,
            about: Some(self.about),
            wanted: None,
            service: self.service,
            channel: None,
            received_at: None,
            again: false,
        };
        raise(ctx, raising)
    }
}
