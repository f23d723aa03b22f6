//! `transfer`: another team or service has it now. Whoever takes it over keeps every date.

use super::assign::{Assign, NewOwner};
use crate::decide::{Context, Decision};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Moves a case to another team or service: `assign`, where one of them has to be named.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Transfer {
    /// Who has it there; nobody when left out, so that the team takes it.
    pub owner: Option<NewOwner>,
    /// Which team; the service's when left out.
    pub team: Option<String>,
    /// Which service; as it stands when left out.
    pub service: Option<String>,
    /// Who works on it beside them.
    #[schema(required = false)]
    pub with: Vec<String>,
}

impl Transfer {
    pub(super) fn read(fields: &mut Fields) -> Option<Transfer> {
        let Assign { owner, team, service, with } = Assign::read(fields)?;
        if team.is_none() && service.is_none() && owner.is_none() {
            fields.error("team", "Enter the team, the service or the person it goes to");
        }
        Some(Transfer { owner, team, service, with })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        Assign::allowed(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let Transfer { owner, team, service, with } = self;
        Assign { owner, team, service, with }.decide(ctx)
    }
}
