//! `assign`: somebody has it now. No clock restarts.

use super::accept::{unknown_service, unknown_team};
use super::permit::{independent, not_about};
use crate::case::{Event, Owner};
use crate::decide::{Context, Decision, StaffMail, StaffMatter};
use crate::input::Fields;
use crate::policy::Mailbox;
use crate::refusal::Refusal;
use crate::roles::Role;

/// Gives a case to a person, a team or a service.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Assign {
    /// Who has it; nobody when left out, so that the team takes it.
    pub owner: Option<NewOwner>,
    /// Which team; as it stands when left out.
    pub team: Option<String>,
    /// Which service; as it stands when left out.
    pub service: Option<String>,
    /// Who works on it beside them: people, teams, other bodies. As it stands when left out.
    #[schema(required = false)]
    pub with: Vec<String>,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct NewOwner {
    /// The subject of their token.
    pub id: String,
    /// Their name, kept in the staff directory and not in the ledger.
    pub name: Option<String>,
    /// Their role.
    pub role: Role,
}

impl NewOwner {
    pub(super) fn read(owner: &mut Fields) -> Option<NewOwner> {
        let id = owner.line("id");
        if id.is_none() {
            owner.error("id", "Enter who has it: the subject of their token");
        }
        let name = owner.line("name");
        let role = owner.required_word("role", "Enter the role they have it in");
        Some(NewOwner { id: id?, name, role: role? })
    }
}

impl Assign {
    pub(super) fn read(fields: &mut Fields) -> Option<Assign> {
        let owner = fields.object("owner", NewOwner::read);
        Some(Assign { owner, team: fields.line("team"), service: fields.line("service"), with: fields.lines("with") })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        super::close::while_open(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let case = ctx.case();
        let policy = &ctx.rules.policy;
        if let Some(owner) = &self.owner {
            independent(ctx, &owner.id)?;
            not_about(ctx, &owner.id)?;
        }
        if let Some(id) = self.service.as_ref().filter(|id| policy.service(id).is_none()) {
            return Err(unknown_service(ctx, "service", id));
        }
        let of_service = self.service.as_ref().and_then(|id| policy.service(id)).map(|found| found.team.clone());
        let team = self.team.or(of_service).unwrap_or_else(|| case.team.clone());
        if policy.team(&team).is_none() {
            return Err(unknown_team(ctx, "team", &team));
        }
        let owner = self.owner.map(|owner| Owner { id: owner.id, role: owner.role });
        let service = self.service.or_else(|| case.service.clone());
        let with = if self.with.is_empty() { case.with.clone() } else { self.with };
        let told = StaffMail::new(Mailbox::Team, StaffMatter::Assigned);
        Ok(Decision::of(Event::Assigned { owner, team, service, with }).with_staff(told))
    }
}
