//! What a complaint is made of: points, stages, answers, remedies.

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::case::{Excluded, Finding, OutcomeId, RemedyKind};
use redress_domain::decide::Context;

use super::people::Directory;

/// A point and its words.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct PointView {
    pub n: u32,
    pub text: String,
    pub service: Option<String>,
    pub responsible: Option<String>,
    pub tenant: bool,
    pub excluded: Option<ExcludedView>,
}

/// Why a point is outside the policy.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ExcludedView {
    /// An exclusion of the policy, or `other`.
    pub reason: String,
    /// The same in words.
    pub what: String,
    /// What shows it.
    pub evidence: Option<String>,
}

/// When the matter was, as the person says.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct MatterView {
    pub happened_on: Option<NaiveDate>,
    pub aware_on: Option<NaiveDate>,
    pub first_reported_on: Option<NaiveDate>,
    /// Which of these are known to the month only.
    pub approximate: Vec<String>,
    pub late_reason: Option<String>,
}

/// When it was.
pub(super) fn matter(ctx: &Context<'_>) -> MatterView {
    let matter = &ctx.case().matter;
    MatterView {
        happened_on: matter.happened_on,
        aware_on: matter.aware_on,
        first_reported_on: matter.first_reported_on,
        approximate: matter.approximate.clone(),
        late_reason: ctx.dossier.maybe(matter.late_reason).map(str::to_owned),
    }
}

/// A stage so far.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct StageView {
    /// 1 or 2.
    pub n: u8,
    /// What the council calls it.
    pub name: String,
    /// The clocks run from this day.
    pub from: NaiveDate,
    /// When it was acknowledged.
    pub acknowledged_on: Option<NaiveDate>,
    /// The date for the answer that the latest letter promised.
    pub promised: Option<NaiveDate>,
    /// The organisation that runs it, where it is not the council.
    pub organisation: Option<String>,
    /// When it was handed over to them.
    pub handed_over_on: Option<NaiveDate>,
    /// When somebody last spoke with the person.
    pub spoke_on: Option<NaiveDate>,
}

/// The answer of a stage.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct ResponseView {
    pub stage: u8,
    pub on: NaiveDate,
    pub by: String,
    pub outcome: OutcomeId,
    pub findings: Vec<FindingView>,
}

/// The decision on a point.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct FindingView {
    pub point: u32,
    pub outcome: OutcomeId,
    pub reason: String,
    pub references: Option<String>,
}

/// What was promised as a remedy.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct ActionView {
    pub n: u32,
    pub kind: RemedyKind,
    pub what: String,
    pub owner: Option<String>,
    pub by: Option<NaiveDate>,
    /// In pounds.
    pub amount: Option<String>,
    pub done_on: Option<NaiveDate>,
    /// Who approved the payment.
    pub approved_by: Option<String>,
    /// It cannot be done, and the person was told.
    pub undeliverable: bool,
}

pub(super) fn points(ctx: &Context<'_>) -> Vec<PointView> {
    let dossier = ctx.dossier;
    let point = |point: &redress_domain::case::Point| PointView {
        n: point.n,
        text: dossier.text(point.text).to_owned(),
        service: point.service.clone(),
        responsible: dossier.maybe(point.responsible).map(str::to_owned),
        tenant: point.tenant,
        excluded: point.excluded.as_ref().map(|found| excluded(ctx, found)),
    };
    ctx.case().points.iter().map(point).collect()
}

/// Why a point is outside the policy, in the words its letter has.
fn excluded(ctx: &Context<'_>, found: &Excluded) -> ExcludedView {
    let named = ctx.rules.policy.exclusion(&found.reason).map(|exclusion| exclusion.what.clone());
    ExcludedView {
        reason: found.reason.clone(),
        what: named.unwrap_or_else(|| "It is outside our complaints policy.".to_owned()),
        evidence: ctx.dossier.maybe(found.evidence).map(str::to_owned),
    }
}

pub(super) fn stages(ctx: &Context<'_>) -> Vec<StageView> {
    let policy = &ctx.rules.policy;
    let organisation = |id: &String| policy.organisation(id).map_or(id, |found| &found.name).clone();
    let stage = |record: &redress_domain::case::StageRecord| StageView {
        n: record.n,
        name: policy.stage(record.n).map_or_else(String::new, |stage| stage.name.clone()),
        from: record.from,
        acknowledged_on: record.acknowledged_on,
        promised: record.promised,
        organisation: record.organisation.as_ref().map(organisation),
        handed_over_on: record.handed_over_on,
        spoke_on: record.spoke_on,
    };
    ctx.case().stages.iter().map(stage).collect()
}

pub(super) fn responses(ctx: &Context<'_>) -> Vec<ResponseView> {
    let answered = ctx.case().stages.iter().filter_map(|stage| Some((stage.n, stage.response.as_ref()?)));
    answered
        .map(|(stage, response)| ResponseView {
            stage,
            on: response.on,
            by: response.by.clone(),
            outcome: response.outcome,
            findings: findings(ctx, &response.findings),
        })
        .collect()
}

/// The answer that waits to be signed off.
pub(super) fn proposal(ctx: &Context<'_>) -> Option<ResponseView> {
    let record = ctx.case().stage()?;
    let proposal = record.proposal.as_deref()?;
    Some(ResponseView {
        stage: record.n,
        on: ctx.today(),
        by: proposal.by.clone(),
        outcome: proposal.outcome,
        findings: findings(ctx, &proposal.findings),
    })
}

fn findings(ctx: &Context<'_>, findings: &[Finding]) -> Vec<FindingView> {
    findings
        .iter()
        .map(|finding| FindingView {
            point: finding.point,
            outcome: finding.outcome,
            reason: ctx.dossier.text(finding.reason).to_owned(),
            references: ctx.dossier.maybe(finding.references).map(str::to_owned),
        })
        .collect()
}

pub(super) fn actions(ctx: &Context<'_>, names: &Directory) -> Vec<ActionView> {
    let action = |action: &redress_domain::case::Action| ActionView {
        n: action.n,
        kind: action.kind,
        what: ctx.dossier.text(action.what).to_owned(),
        owner: action.owner.clone(),
        by: action.by,
        amount: action.pence.map(|pence| format!("{}.{:02}", pence / 100, pence % 100)),
        done_on: action.done_on,
        approved_by: action.approved_by.as_deref().map(|id| names.name(id)),
        undeliverable: action.undeliverable,
    };
    ctx.case().actions.iter().map(action).collect()
}
