//! `link`: another case belongs with this one. Closes nothing: each keeps its person, its letters and its clocks.
//!
//! A campaign is the same complaint from many people: each of their cases is linked with the first of them, and that one
//! with all of theirs. Both ends are linked by one request, so neither is read here.

use crate::case::{CAMPAIGN, CAMPAIGN_CASE, Case, Event, Reference};
use crate::decide::{Context, Decision};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Why cases belong together.
const REASONS: [&str; 3] = ["duplicate", "related", "service-request"];

/// At most so many cases in a campaign: the first of them names all the others.
const CAMPAIGN_MAX: usize = 1000;

/// Links two cases.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Link {
    /// The other case.
    #[schema(value_type = String)]
    pub reference: Reference,
    /// More of them, where this is the first case of a campaign.
    #[schema(ignore)]
    pub others: Vec<Reference>,
    /// `duplicate`, `related` or `service-request`.
    pub why: String,
}

impl Link {
    /// A case is part of the campaign of another one.
    pub fn to_campaign(first: Reference) -> Link {
        Link { reference: first, others: Vec::new(), why: CAMPAIGN.to_owned() }
    }

    /// The first case of a campaign has these; nothing where there are none.
    pub fn campaign_of(mut others: Vec<Reference>) -> Option<Link> {
        let reference = others.pop()?;
        Some(Link { reference, others, why: CAMPAIGN_CASE.to_owned() })
    }

    pub(super) fn read(fields: &mut Fields) -> Option<Link> {
        let reference = fields.reference("reference", "Enter the reference of the other case");
        let why = fields.line("why");
        if why.as_ref().is_none_or(|why| !REASONS.contains(&why.as_str())) {
            fields.error("why", format!("must be one of {}", REASONS.join(", ")));
        }
        Some(Link { reference: reference?, others: Vec::new(), why: why? })
    }

    pub(super) fn allowed(_ctx: &Context<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let case = ctx.case();
        match self.why.as_str() {
            CAMPAIGN => joins(case, self.reference),
            CAMPAIGN_CASE => gathers(case, self.others.into_iter().chain([self.reference])),
            _ if self.reference == case.reference => Err(Refusal::field("reference", "is this very case")),
            _ if case.links.iter().any(|link| link.reference == self.reference) => {
                Err(Refusal::field("reference", "is linked already"))
            }
            _ => Ok(Decision::of(Event::Linked { reference: self.reference, why: self.why })),
        }
    }
}

/// A case is in one campaign, and is not the first of another.
fn joins(case: &Case, first: Reference) -> Result<Decision, Refusal> {
    if first == case.reference {
        return Err(Refusal::field("reference", "is this very case"));
    }
    if let Some(other) = case.campaign() {
        return Err(Refusal::field("reference", format!("This case is in the campaign of {other} already")));
    }
    if case.campaign_cases().next().is_some() {
        let why = "This case is the first of a campaign itself: link the others to it";
        return Err(Refusal::field("reference", why));
    }
    Ok(Decision::of(Event::Linked { reference: first, why: CAMPAIGN.to_owned() }))
}

fn gathers(case: &Case, others: impl Iterator<Item = Reference>) -> Result<Decision, Refusal> {
    if let Some(first) = case.campaign() {
        return Err(Refusal::field(
            "reference",
            format!("This case is in the campaign of {first}: link them to that one"),
        ));
    }
    let known: Vec<&Reference> = case.campaign_cases().chain([&case.reference]).collect();
    let mut references: Vec<Reference> = others.filter(|other| !known.contains(&other)).collect();
    references.sort();
    references.dedup();
    if references.is_empty() {
        return Err(Refusal::field("reference", "is linked already"));
    }
    if case.campaign_cases().count() + references.len() > CAMPAIGN_MAX {
        return Err(Refusal::field("reference", format!("A campaign has {CAMPAIGN_MAX} cases or fewer")));
    }
    Ok(Decision::of(Event::Gathered { references }))
}
