//! `add-point`: something new belongs to a complaint that is not answered yet.

use super::accept::NewPoint;
use crate::case::{Beside, Status};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Adds a point. Once stage 1 is answered, something new is a new case (Codes 6.8).
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct AddPoint {
    /// The point.
    #[serde(flatten)]
    pub point: NewPoint,
    /// Why it belongs here.
    pub reason: Option<String>,
}

impl AddPoint {
    pub(super) fn read(fields: &mut Fields) -> Option<AddPoint> {
        let point = NewPoint::read(fields);
        let reason = fields.text("reason");
        Some(AddPoint { point: point?, reason })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let case = ctx.case();
        let unanswered = case.stage().is_none_or(|record| record.response.is_none() && record.proposal.is_none());
        if case.status == Status::Open && case.stage_n() == 1 && unanswered && ctx.rules.has_stages(case) {
            return Ok(());
        }
        Err(Refusal::not_allowed(
            "Points are added to an accepted complaint before stage 1 is answered. Something new after that is a new \
             complaint: log it and link it.",
            "Codes 6.8",
        ))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        self.point.check(ctx, "")?;
        let n = ctx.case().points.last().map_or(1, |point| point.n + 1);
        let mut texts = Texts::after(ctx.case());
        let point = self.point.keep(n, &mut texts);
        let reason = texts.add_some(self.reason);
        Ok(Decision::of(Beside::PointAdded { point, reason }).with_texts(texts))
    }
}
