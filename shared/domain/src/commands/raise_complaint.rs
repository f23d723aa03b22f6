//! `raise-complaint`: a complaint of its own, from a request, a contact or an earlier case.

use chrono::{DateTime, Utc};

use super::raise::{Raising, raise};
use crate::case::{Channel, FeedbackKind, Status};
use crate::decide::{Context, Decision};
use crate::input::Fields;
use crate::policy::Course;
use crate::refusal::Refusal;

/// Raises a complaint beside this case, which stays as it is: a request goes on (Codes 1.7), a closed case stays
/// closed. The council itself may raise one.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct RaiseComplaint {
    /// What made it one: the person is dissatisfied, the service failed a second time, the council's own decision.
    pub trigger: String,
    /// What the complaint is; as this case has it when left out.
    pub about: Option<String>,
    /// What the person wants.
    pub wanted: Option<String>,
    /// Which service; this case's when left out.
    pub service: Option<String>,
    /// How it came.
    pub channel: Option<Channel>,
    /// When it reached the council; now when left out.
    pub received_at: Option<DateTime<Utc>>,
}

impl RaiseComplaint {
    pub(super) fn read(fields: &mut Fields) -> Option<RaiseComplaint> {
        let trigger = fields.line("trigger").or_else(|| fields.line("reason"));
        if trigger.is_none() && !fields.has("trigger") {
            fields.error("trigger", "Enter what made it a complaint");
        }
        let (about, wanted) = (fields.text("about"), fields.text("wanted"));
        let (service, channel) = (fields.line("service"), fields.word("channel"));
        let received_at = fields.instant("received_at");
        Some(RaiseComplaint { trigger: trigger?, about, wanted, service, channel, received_at })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let case = ctx.case();
        if ctx.rules.course(case) != Course::Stages || case.status == Status::Closed {
            return Ok(());
        }
        Err(Refusal::not_allowed(
            "It is a complaint already. What is new joins it with `add-point`, or is a complaint of its own.",
            "Codes 6.8",
        ))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let RaiseComplaint { trigger, about, wanted, service, channel, received_at } = self;
        let (kind, trigger) = (FeedbackKind::Complaint, Some(trigger));
        raise(ctx, Raising { kind, trigger, about, wanted, service, channel, received_at, again: false })
    }
}
