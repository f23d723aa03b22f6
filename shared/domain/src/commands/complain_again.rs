//! `complain-again`: whoever took something back has changed their mind. What was closed stays closed.

use super::raise::{Raising, raise};
use crate::case::{Channel, ClosedAs};
use crate::decide::{Context, Decision};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Begins again, as a case of its own with today's dates: the person does not have to tell us everything twice.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct ComplainAgain {
    /// What has happened since, if they say.
    pub text: Option<String>,
}

impl ComplainAgain {
    #[expect(clippy::unnecessary_wraps, reason = "all commands are read in one shape")]
    pub(super) fn read(fields: &mut Fields) -> Option<ComplainAgain> {
        Some(ComplainAgain { text: fields.text("text") })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let case = ctx.case();
        let withdrawn = case.closed.as_ref().is_some_and(|closed| closed.how == ClosedAs::Withdrawn);
        let begun = case.begun_again().is_some();
        if withdrawn && !begun && case.destroyed_on.is_none() {
            return Ok(());
        }
        let why = if begun {
            "You have begun it again already. It has a reference of its own."
        } else {
            "It was not taken back."
        };
        Err(Refusal::not_allowed(why, ctx.rules.policy.policy.title.clone()))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let case = ctx.case();
        let about = self.text.map(|more| format!("{}\n\n{more}", ctx.dossier.text(case.about)));
        let channel = Some(Channel::Web);
        let (kind, trigger, wanted, service, received_at) = (case.kind, None, None, None, None);
        raise(ctx, Raising { kind, trigger, about, wanted, service, channel, received_at, again: true })
    }
}
