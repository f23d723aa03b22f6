//! `not-accepted`: it is outside the policy; why, where it goes instead, and that this decision
//! can itself go to the Ombudsman.

use crate::case::{Beside, Channel, Event, Excluded, Status};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::policy::Exclusion;
use crate::refusal::Refusal;
use crate::roles::Role;

/// The exclusion that every policy has: a list is never full.
const OTHER: &str = "other";

/// Does not take feedback as a complaint.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct NotAccepted {
    /// An exclusion of the policy, or `other`.
    pub reason: String,
    /// What shows that it is one (Codes 2.1); the person reads it.
    pub evidence: String,
    /// Where it goes instead.
    pub route: Option<Route>,
    /// That they were offered to complain all the same, and what they said (LGSCO Code 5.3).
    pub complaint_offered: Option<String>,
    /// The complaints manager who approved it; the sender, when they are one.
    pub approved_by: Option<String>,
    /// Something to remember.
    pub note: Option<String>,
    /// Only these points are outside; the rest of the complaint stays in. All of it when left out.
    #[schema(required = false)]
    pub points: Vec<OutsidePoint>,
}

/// A point that is outside the policy.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct OutsidePoint {
    /// Its number, from 1.
    pub point: u32,
    /// Why; as the whole says when left out.
    pub excluded: Option<super::accept::NewExcluded>,
}

/// Where a matter goes instead.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Route {
    /// To whom it was handed.
    pub handed_to: Option<String>,
    /// The body that decides it.
    pub body: Option<String>,
    /// By when the person must act there: rights are lost by lateness.
    pub limit: Option<String>,
}

impl NotAccepted {
    pub(super) fn read(fields: &mut Fields) -> Option<NotAccepted> {
        let points = fields.list("points", |point| {
            let n = point.number("point").or_else(|| point.number("n")).and_then(|n| u32::try_from(n).ok());
            if n.is_none() {
                point.error("point", "Enter the number of the point, from 1");
            }
            let excluded = point.object("excluded", super::accept::NewExcluded::read);
            Some(OutsidePoint { point: n?, excluded })
        });
        let named = points.iter().find_map(|point| Some(point.excluded.as_ref()?.reason.clone()));
        let reason = fields.line("reason").or(named);
        if reason.is_none() {
            fields.error("reason", "Select why it is outside the policy");
        }
        let evidence = fields.required_text("evidence", "Enter what shows that it is outside the policy");
        let route = fields.object("route", |route| {
            Some(Route { handed_to: route.line("handed_to"), body: route.line("body"), limit: route.line("limit") })
        });
        let complaint_offered = fields.said("complaint_offered");
        let (approved_by, note) = (fields.line("approved_by"), fields.text("note"));
        Some(NotAccepted { reason: reason?, evidence: evidence?, route, complaint_offered, approved_by, note, points })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let case = ctx.case();
        // New information can put a matter outside at any time before the answer (LGSCO guide 14).
        let unanswered = case.stage().is_none_or(|record| record.response.is_none());
        if matches!(case.status, Status::New | Status::Open)
            && case.stage_n() == 1
            && unanswered
            && ctx.rules.has_stages(case)
        {
            return Ok(());
        }
        Err(Refusal::not_allowed("It is answered, closed, or at stage 2: `decline-review` is for that.", "Codes 2.1"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let exclusion = exclusion(ctx, "reason", &self.reason)?;
        let sent_back = ctx.case().channel == Channel::Ombudsman;
        if sent_back && ["ombudsman-considered", "already-considered"].contains(&self.reason.as_str()) {
            return Err(Refusal::not_allowed(
                "The Ombudsman sent it back: it is taken whatever was considered before.",
                exclusion.map_or_else(|| "Codes 2.1".to_owned(), |found| found.cites.clone()),
            ));
        }
        let own = (ctx.actor.role() == Some(Role::ComplaintsManager)).then(|| ctx.actor.staff_id()).flatten();
        let Some(approved_by) = self.approved_by.or_else(|| own.map(str::to_owned)) else {
            return Err(Refusal::not_allowed(
                "Not accepting a complaint needs the complaints manager: name them in `approved_by`.",
                "Codes 2.1",
            ));
        };
        if self.reason == "service-request" && self.complaint_offered.is_none() {
            return Err(Refusal::field(
                "complaint_offered",
                "Enter that they were offered to complain all the same, and what they said (LGSCO Code 5.3)",
            ));
        }
        let route = self.route.and_then(|route| {
            let says = [
                route.handed_to.map(|who| format!("We have passed it to {who}.")),
                route.body.map(|body| format!("It is decided by {body}.")),
                route.limit.map(|limit| format!("You must act by {limit}, so do not wait.")),
            ];
            let says: Vec<String> = says.into_iter().flatten().collect();
            (!says.is_empty()).then(|| says.join(" "))
        });
        if !self.points.is_empty() {
            return points_outside(ctx, &self.points, (self.reason, self.evidence, route), approved_by);
        }
        let instead = [exclusion.map(|exclusion| exclusion.instead.clone()), route.clone()];
        let instead: Vec<String> = instead.into_iter().flatten().collect();
        let letter = parts::letter(ctx, LetterKind::NotAccepted)
            .date(Part::ReceivedOn, ctx.case().received_on)
            .text(Part::Reason, Some(exclusion.map_or("It is outside our complaints policy.", |found| &found.what)))
            .text(Part::Evidence, Some(&self.evidence))
            .text(Part::Instead, Some(&instead.join("\n\n")))
            .complete()?;
        let mut texts = Texts::after(ctx.case());
        let event = Event::NotAccepted {
            reason: self.reason,
            evidence: texts.add(self.evidence),
            route: texts.add_some(route),
            offered: texts.add_some(match (self.complaint_offered, self.note) {
                (Some(offered), Some(note)) => Some(format!("{offered}\n\n{note}")),
                (offered, note) => offered.or(note),
            }),
            approved_by,
        };
        Ok(Decision::of(event).with_texts(texts).with_letter(letter))
    }
}

/// The exclusion of that name; nothing for `other`, which every policy has.
///
/// # Errors
/// When the policy has none of that name.
pub(super) fn exclusion<'a>(ctx: &Context<'a>, field: &str, id: &str) -> Result<Option<&'a Exclusion>, Refusal> {
    let policy = &ctx.rules.policy;
    let found = policy.exclusion(id);
    if found.is_none() && id != OTHER {
        let known: Vec<&str> = policy.exclusions.iter().map(|exclusion| exclusion.id.as_str()).chain([OTHER]).collect();
        return Err(Refusal::field(field, format!("must be one of {}", known.join(", "))));
    }
    Ok(found)
}

/// Some points leave, and the rest of the complaint goes on.
fn points_outside(
    ctx: &Context<'_>,
    outside: &[OutsidePoint],
    (reason, evidence, route): (String, String, Option<String>),
    approved_by: String,
) -> Result<Decision, Refusal> {
    let case = ctx.case();
    let numbers: Vec<u32> = outside.iter().map(|point| point.point).collect();
    for (at, n) in numbers.iter().enumerate() {
        if !case.answered_points().any(|point| point.n == *n) {
            let message = format!("there is no point {n} that is inside the policy");
            return Err(Refusal::field(format!("points.{at}.point"), message));
        }
    }
    if case.answered_points().all(|point| numbers.contains(&point.n)) {
        return Err(Refusal::field("points", "are all there are: leave them out to not accept the whole"));
    }
    let named = exclusion(ctx, "reason", &reason)?;
    let instead: Vec<String> =
        [named.map(|exclusion| exclusion.instead.clone()), route].into_iter().flatten().collect();
    let mut texts = Texts::after(case);
    let excluded = Excluded { reason, evidence: Some(texts.add(evidence.clone())) };
    let letter = parts::letter(ctx, LetterKind::PartNotAccepted)
        .value(Part::Points, parts::points(ctx, |point| numbers.contains(&point.n)))
        .text(Part::Reason, Some(named.map_or("It is outside our complaints policy.", |exclusion| &exclusion.what)))
        .text(Part::Evidence, Some(&evidence))
        .text(Part::Instead, Some(&instead.join("\n\n")))
        .complete()?;
    let event = Beside::PointsExcluded { points: numbers, excluded, approved_by };
    Ok(Decision::of(event).with_texts(texts).with_letter(letter))
}
