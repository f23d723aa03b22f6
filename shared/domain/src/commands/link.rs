//! `link`: another case belongs with this one. Closes nothing: each keeps its person, its letters and its clocks.

use crate::case::{Event, Reference};
use crate::decide::{Context, Decision};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Why cases belong together.
const REASONS: [&str; 3] = ["duplicate", "related", "service-request"];

/// Links two cases.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Link {
    /// The other case.
    #[schema(value_type = String)]
    pub reference: Reference,
    /// `duplicate`, `related` or `service-request`.
    pub why: String,
}

impl Link {
    pub(super) fn read(fields: &mut Fields) -> Option<Link> {
        let reference = fields.reference("reference", "Enter the reference of the other case");
        let why = fields.line("why");
        if why.as_ref().is_none_or(|why| !REASONS.contains(&why.as_str())) {
            fields.error("why", format!("must be one of {}", REASONS.join(", ")));
        }
        Some(Link { reference: reference?, why: why? })
    }

    pub(super) fn allowed(_ctx: &Context<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        if self.reference == ctx.case().reference {
            return Err(Refusal::field("reference", "is this very case"));
        }
        if ctx.case().links.iter().any(|link| link.reference == self.reference) {
            return Err(Refusal::field("reference", "is linked already"));
        }
        Ok(Decision::of(Event::Linked { reference: self.reference, why: self.why }))
    }
}
