//! `cover`: somebody acts for the owner while they are away. No clock restarts, and the owner gets it back.

use chrono::NaiveDate;

use super::assign::NewOwner;
use super::close::while_open;
use super::permit::{independent, not_about};
use crate::case::{Beside, Cover as Covering, Owner};
use crate::decide::{Context, Decision, StaffMail, StaffMatter};
use crate::input::Fields;
use crate::policy::Mailbox;
use crate::refusal::Refusal;

/// Gives a case to somebody until the owner is back.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Cover {
    /// Who acts.
    pub owner: NewOwner,
    /// Until and with this day.
    pub until: NaiveDate,
}

impl Cover {
    pub(super) fn read(fields: &mut Fields) -> Option<Cover> {
        let owner = fields.object("owner", NewOwner::read);
        if owner.is_none() && !fields.has("owner") {
            fields.error("owner", "Enter who acts while the owner is away");
        }
        let until = fields.date("until");
        if until.is_none() && !fields.has("until") {
            fields.error("until", "Enter the last day they act");
        }
        Some(Cover { owner: owner?, until: until? })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        while_open(ctx)?;
        if ctx.case().owner.is_some() {
            return Ok(());
        }
        Err(Refusal::not_allowed("Nobody owns it: assign it.", ctx.rules.policy.policy.title.clone()))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        independent(ctx, &self.owner.id)?;
        not_about(ctx, &self.owner.id)?;
        if self.until < ctx.today() {
            return Err(Refusal::field("until", "must be today or later"));
        }
        let owner = Owner { id: self.owner.id, role: self.owner.role };
        let told = StaffMail::new(Mailbox::Team, StaffMatter::Covered);
        Ok(Decision::of(Beside::Covered(Covering { owner, until: self.until })).with_staff(told))
    }
}
