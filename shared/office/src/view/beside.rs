//! What stands beside the stages: people asked, limits on contact, the Ombudsman.

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::case::{Enquiry, OmbudsmanDecision};
use redress_domain::decide::Context;
use redress_domain::rules::Ombudsman;

use super::people::Directory;

/// By what right somebody speaks for the person.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RepresentativeView {
    /// In the contract's word.
    pub authority: Option<String>,
    /// What shows it is on file.
    pub shown: bool,
}

/// Somebody was asked for their part.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct AskView {
    pub n: u32,
    pub whom: String,
    pub question: String,
    pub on: NaiveDate,
    pub by: NaiveDate,
    /// They were given the person's details, and the person was told.
    pub shared: bool,
    pub answered_on: Option<NaiveDate>,
}

/// A limit on how the person may reach the council.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct RestrictionView {
    pub n: u32,
    pub what: String,
    pub why: String,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    pub review_on: NaiveDate,
    pub decided_by: Vec<String>,
    pub ended_on: Option<NaiveDate>,
}

/// The Ombudsman behind a case, with what Ombudsmen asked and decided.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OmbudsmanView {
    /// Who it is.
    #[serde(flatten)]
    pub ombudsman: Ombudsman,
    /// What was asked, by any Ombudsman.
    pub enquiries: Vec<EnquiryView>,
}

/// What an Ombudsman asked and decided.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct EnquiryView {
    pub n: u32,
    /// Which Ombudsman: an id like `lgsco`.
    pub body: String,
    pub name: String,
    pub their_reference: Option<String>,
    pub received_on: NaiveDate,
    pub reply_by: Option<NaiveDate>,
    pub replied_on: Option<NaiveDate>,
    pub decision: Option<OmbudsmanDecision>,
    pub decided_on: Option<NaiveDate>,
    /// The remedies they asked for: numbers of actions.
    pub actions: Vec<u32>,
    pub complied_on: Option<NaiveDate>,
}

pub(super) fn representative(ctx: &Context<'_>) -> Option<RepresentativeView> {
    let found = ctx.case().representative.as_ref()?;
    Some(RepresentativeView { authority: found.authority.clone(), shown: found.shown })
}

pub(super) fn asks(ctx: &Context<'_>) -> Vec<AskView> {
    let asks = ctx.case().asks.iter();
    asks.map(|asked| AskView {
        n: asked.n,
        whom: ctx.dossier.text(asked.whom).to_owned(),
        question: ctx.dossier.text(asked.question).to_owned(),
        on: asked.on,
        by: asked.by,
        shared: asked.shared,
        answered_on: asked.answered_on,
    })
    .collect()
}

pub(super) fn restrictions(ctx: &Context<'_>, names: &Directory) -> Vec<RestrictionView> {
    let restrictions = ctx.case().restrictions.iter();
    restrictions
        .map(|found| RestrictionView {
            n: found.n,
            what: ctx.dossier.text(found.what).to_owned(),
            why: ctx.dossier.text(found.why).to_owned(),
            from: found.from,
            until: found.until,
            review_on: found.review_on,
            decided_by: names.names(&found.decided_by),
            ended_on: found.ended_on,
        })
        .collect()
}

pub(super) fn ombudsman(ctx: &Context<'_>) -> Option<OmbudsmanView> {
    let ombudsman = ctx.rules.ombudsman(ctx.case())?.clone();
    let enquiries = ctx.case().enquiries.iter().map(|found| enquiry(ctx, found)).collect();
    Some(OmbudsmanView { ombudsman, enquiries })
}

fn enquiry(ctx: &Context<'_>, found: &Enquiry) -> EnquiryView {
    EnquiryView {
        n: found.n,
        body: found.body.clone(),
        name: ombudsman_name(ctx, &found.body).to_owned(),
        their_reference: ctx.dossier.maybe(found.their_reference).map(str::to_owned),
        received_on: found.received_on,
        reply_by: found.reply_by,
        replied_on: found.replied_on,
        decision: found.decision,
        decided_on: found.decided_on,
        actions: found.actions.clone(),
        complied_on: found.complied_on,
    }
}

/// What an Ombudsman is called.
pub(crate) fn ombudsman_name<'a>(ctx: &Context<'a>, id: &'a str) -> &'a str {
    ctx.rules.ombudsmen.iter().find(|found| found.id == id).map_or(id, |found| found.name.as_str())
}
