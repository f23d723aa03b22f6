//! A case raised from another one: what `raise-complaint`, `raise-service-request` and `complain-again`
//! share.

use chrono::{DateTime, Utc};

use crate::case::{Beside, FeedbackKind, Link, TAKEN_BACK};
use crate::decide::{Context, Decision, Raises, Texts};
use crate::feedback::{Feedback, Noticed};
use crate::refusal::Refusal;

/// The new case as it is raised.
pub(super) struct Raising {
    pub(super) kind: FeedbackKind,
    pub(super) trigger: Option<String>,
    pub(super) about: Option<String>,
    pub(super) wanted: Option<String>,
    pub(super) service: Option<String>,
    pub(super) channel: Option<crate::case::Channel>,
    pub(super) received_at: Option<DateTime<Utc>>,
    /// The person begins again what they took back.
    pub(super) again: bool,
}

/// Opens the new case beside this one. Each keeps its own person, letters and clocks, and they are linked both ways.
///
/// # Errors
/// When no case can be raised here, or its receipt would not say what it must.
pub(super) fn raise(ctx: &Context<'_>, raising: Raising) -> Result<Decision, Refusal> {
    let case = ctx.case();
    let Some(fresh) = ctx.fresh else {
        return Err(Refusal::not_allowed("No case can be raised from here.", "Codes 1.7"));
    };
    if let Some(id) = raising.service.as_ref().filter(|id| fresh.rules.policy.service(id).is_none()) {
        return Err(super::accept::unknown_service(ctx, "service", id));
    }
    if raising.received_at.is_some_and(|at| at > ctx.now) {
        return Err(Refusal::field("received_at", "must be now or in the past"));
    }
    let feedback = Feedback {
        kind: raising.kind,
        about: raising.about.unwrap_or_else(|| ctx.dossier.text(case.about).to_owned()),
        service: raising.service.or_else(|| case.service.clone()),
        happened_on: case.matter.happened_on,
        aware_on: case.matter.aware_on,
        first_reported_on: Some(case.matter.first_reported_on.unwrap_or(case.received_on)),
        approximate: case.matter.approximate.clone(),
        late_reason: None,
        wanted: raising.wanted.or_else(|| ctx.dossier.maybe(case.wanted).map(str::to_owned)),
        contact: ctx.dossier.contact.clone(),
        reply_by: case.reply_by,
        anonymous: case.anonymous,
        tenant: case.tenant,
        previous_reference: raising.again.then(|| case.reference.clone()),
        channel: Some(raising.channel.unwrap_or(case.channel)),
        received_at: Some(raising.received_at.unwrap_or(ctx.now)),
        reported_by: None,
        // What put somebody in danger does so still.
        noticed: Noticed { danger: raising.again && case.flags.iter().any(|flag| flag == "vulnerable"), spam: false },
    };
    let why = if raising.again { TAKEN_BACK.to_owned() } else { crate::case::name_of(case.kind) };
    let from = Link { reference: case.reference.clone(), why };
    let decision = feedback.raised(fresh.rules, fresh.reference.clone(), ctx.now, Some(from))?;
    let mut texts = Texts::after(case);
    let trigger = texts.add_some(raising.trigger);
    let event =
        Beside::Raised { reference: fresh.reference.clone(), kind: raising.kind, trigger, again: raising.again };
    let raises = Some(Box::new(Raises { reference: fresh.reference.clone(), decision }));
    Ok(Decision { raises, ..Decision::of(event).with_texts(texts) })
}
