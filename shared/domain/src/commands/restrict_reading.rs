//! `restrict-reading`: only some may read a case. It is hidden from the rest, and still counted.

use crate::case::{Beside, Readers};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::refusal::Refusal;
use crate::roles::Role;

/// Says who may read a case. The complaints manager and the auditor always may, unless it is about them.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct RestrictReading {
    /// In these roles.
    #[schema(required = false)]
    pub roles: Vec<Role>,
    /// These people: the subjects of their tokens.
    #[schema(required = false)]
    pub people: Vec<String>,
    /// Everybody who works cases may read it again.
    #[schema(required = false)]
    pub lift: bool,
    /// Why.
    pub reason: String,
}

impl RestrictReading {
    pub(super) fn read(fields: &mut Fields) -> Option<RestrictReading> {
        let mut roles = Vec::new();
        for name in fields.lines("roles") {
            match crate::case::word::<Role>(&name) {
                Ok(role) => roles.push(role),
                Err(message) => fields.error("roles", message),
            }
        }
        let people = fields.lines("people");
        let lift = fields.yes("lift");
        let reason = fields.required_text("reason", "Enter why");
        Some(RestrictReading { roles, people, lift, reason: reason? })
    }

    pub(super) fn allowed(_ctx: &Context<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        if self.lift && ctx.case().readers.is_none() {
            return Err(Refusal::field("lift", "has nothing to lift: everybody who works cases may read it"));
        }
        let readers = (!self.lift).then_some(Readers { roles: self.roles, people: self.people });
        let mut texts = Texts::after(ctx.case());
        let reason = texts.add(self.reason);
        Ok(Decision::of(Beside::ReadingRestricted { readers, reason }).with_texts(texts))
    }
}
