//! `send-link`: the address of the person's own page goes again to where they are on file, and nowhere else.

use serde_json::{Value, json};

use crate::case::{Beside, Contact, ReplyBy};
use crate::decide::{Context, Decision};
use crate::input::Fields;
use crate::letter::{LetterKind, LetterOrder, Part};
use crate::refusal::Refusal;

/// Sends the tracking link again.
#[derive(Clone, Copy, Debug, PartialEq, utoipa::ToSchema)]
pub struct SendLink {
    /// With a new key, so that whoever has an earlier letter opens nothing with it any more.
    #[schema(required = false)]
    pub new_key: bool,
}

impl SendLink {
    #[expect(clippy::unnecessary_wraps, reason = "all commands are read in one shape")]
    pub(super) fn read(fields: &mut Fields) -> Option<SendLink> {
        Some(SendLink { new_key: fields.yes("new_key") })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        super::note::Note::allowed(ctx)?;
        way(ctx).map(|_| ())
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let by = way(ctx)?;
        let case = ctx.case();
        let letter = LetterOrder::new(LetterKind::Link, case.stage_n(), by)
            .date(Part::ReceivedOn, case.received_on)
            .value(Part::NewKey, if self.new_key { json!(true) } else { Value::Null })
            .complete()?;
        Ok(Decision::of(Beside::LinkSent { by, new_key: self.new_key }).with_letter(letter))
    }
}

/// As the person wants to be reached, where a link can go that way; else by what is on file.
fn way(ctx: &Context<'_>) -> Result<ReplyBy, Refusal> {
    let contact: &Contact = &ctx.dossier.contact;
    let wanted = ctx.case().reply_by;
    let ways =
        [wanted, ReplyBy::Email, ReplyBy::Post].into_iter().filter(|by| matches!(by, ReplyBy::Email | ReplyBy::Post));
    let found = ways.into_iter().find(|by| contact.cannot_be_reached(*by).is_none());
    found.ok_or_else(|| Refusal::not_allowed("There is no email or postal address to send the link to.", "Codes 3.2"))
}
