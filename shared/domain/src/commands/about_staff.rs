//! `about-staff`: the people a case is about are kept from it: they cannot read, own, answer or sign it.

use crate::case::Beside;
use crate::decide::{Context, Decision, StaffMail, StaffMatter};
use crate::input::Fields;
use crate::policy::Mailbox;
use crate::refusal::Refusal;

/// Names the people a case is about, or who stand too near to it.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct AboutStaff {
    /// Everybody it is about, anew: an empty list is nobody.
    pub people: Vec<Colleague>,
}

/// A member of staff, by the subject of their token.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Colleague {
    /// The subject of their token.
    pub id: String,
    /// Their name, for the staff directory only.
    pub name: Option<String>,
}

impl AboutStaff {
    pub(super) fn read(fields: &mut Fields) -> Option<AboutStaff> {
        let people = fields.list("people", |one| {
            let id = one.line("id");
            if id.is_none() {
                one.error("id", "Enter who it is: the subject of their token");
            }
            let name = one.line("name");
            Some(Colleague { id: id?, name })
        });
        Some(AboutStaff { people })
    }

    pub(super) fn allowed(_ctx: &Context<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    pub(super) fn decide(self, _ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let mut people: Vec<String> = self.people.into_iter().map(|one| one.id).collect();
        people.sort();
        people.dedup();
        // Whoever ran it may have been one of them: somebody else looks at it.
        let told = StaffMail::new(Mailbox::ComplaintsManager, StaffMatter::Assigned);
        Ok(Decision::of(Beside::AboutStaff { people }).with_staff(told))
    }
}
