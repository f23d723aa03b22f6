//! `set-representative`: somebody speaks for the person, by some right; or no longer does.

use crate::case::{Beside, Contact, OnBehalfOf, ReplyBy, Representative};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Appoints a representative, shows their right, or ends it.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct SetRepresentative {
    /// The representative, and how they are reached: letters go to them. Left out: whoever writes already.
    #[serde(flatten)]
    pub contact: Contact,
    /// Who they are to the person.
    pub relationship: Option<String>,
    /// By what right: `consent`, `parent`, `attorney`, `deputy`, `personal-representative`, `best-interests`, `elected`.
    pub authority: Option<String>,
    /// What shows the right, and where it is kept.
    pub evidence: Option<String>,
    /// They no longer speak for the person, who is reached as given here.
    #[schema(required = false)]
    pub ends: bool,
    /// The person has died.
    #[schema(required = false)]
    pub deceased: bool,
    /// How letters go from now on.
    pub reply_by: Option<ReplyBy>,
}

impl SetRepresentative {
    pub(super) fn read(fields: &mut Fields) -> Option<SetRepresentative> {
        let contact = crate::feedback::read_contact(fields);
        let relationship = fields.line("relationship");
        let authority = fields.line("authority");
        crate::feedback::check_authority(fields, authority.as_deref());
        let ends = fields.yes("ends");
        if authority.is_none() && !ends && !fields.has("authority") {
            fields.error("authority", "Enter by what right they speak for the person");
        }
        let (evidence, deceased) = (fields.text("evidence"), fields.yes("deceased"));
        let reply_by = fields.word("reply_by");
        Some(SetRepresentative { contact, relationship, authority, evidence, ends, deceased, reply_by })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        super::note::Note::allowed(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let old = ctx.dossier.contact.clone();
        if self.ends && old.on_behalf_of.is_none() {
            return Err(Refusal::field("ends", "has nothing to end: nobody speaks for the person"));
        }
        let needed = &ctx.rules.policy.representatives.shown;
        let shown = self.evidence.is_some() || self.authority.as_ref().is_some_and(|right| !needed.contains(right));
        let representative = (!self.ends).then(|| Representative { authority: self.authority.clone(), shown });
        let contact = if self.ends { ended(old, self.contact) } else { appointed(old, &self) };
        let first = [ReplyBy::Email, ReplyBy::Post, ReplyBy::Phone]
            .into_iter()
            .find(|way| contact.cannot_be_reached(*way).is_none());
        let stays = contact.cannot_be_reached(ctx.case().reply_by).is_none();
        let reply_by = self.reply_by.or_else(|| if stays { None } else { Some(first.unwrap_or(ReplyBy::Track)) });
        if let Some(missing) = reply_by.and_then(|way| contact.cannot_be_reached(way)) {
            return Err(Refusal::field("reply_by", missing));
        }
        let mut texts = Texts::after(ctx.case());
        let evidence = texts.add_some(self.evidence);
        let event = Beside::RepresentativeSet { representative, evidence, deceased: self.deceased, reply_by };
        Ok(Decision { contact: Some(contact), ..Decision::of(event).with_texts(texts) })
    }
}

/// The person is written to again: as given, under the name the representative gave.
fn ended(old: Contact, given: Contact) -> Contact {
    let name = given.name.or_else(|| old.on_behalf_of.map(|person| person.name));
    let adjustments = given.adjustments.or(old.adjustments);
    Contact { name, adjustments, on_behalf_of: None, ..given }
}

/// Letters go to the representative; the person they speak for is named.
fn appointed(old: Contact, command: &SetRepresentative) -> Contact {
    let given = command.contact.clone();
    let person = old.on_behalf_of.as_ref().map(|person| person.name.clone()).or_else(|| old.name.clone());
    let on_behalf_of = given.on_behalf_of.or_else(|| {
        Some(OnBehalfOf {
            name: person.unwrap_or_default(),
            relationship: command.relationship.clone(),
            authority: command.authority.clone(),
        })
    });
    let somebody_new = given.name.is_some() && given.name != old.name;
    if somebody_new {
        let adjustments = given.adjustments.or(old.adjustments);
        return Contact { on_behalf_of, adjustments, ..given };
    }
    Contact {
        name: given.name.or(old.name),
        email: given.email.or(old.email),
        phone: given.phone.or(old.phone),
        address: given.address.or(old.address),
        adjustments: given.adjustments.or(old.adjustments),
        on_behalf_of,
    }
}
