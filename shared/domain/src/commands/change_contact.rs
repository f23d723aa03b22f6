//! `change-contact`: people move, change numbers, and ask to be reached another way.

use crate::case::{Contact, Event, ReplyBy};
use crate::decide::{Context, Decision};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Changes how a person is reached. What is left out stays.
#[derive(Clone, Debug, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct ChangeContact {
    /// What is new.
    #[serde(flatten)]
    pub contact: Contact,
    /// How they want to be answered from now on.
    pub reply_by: Option<ReplyBy>,
}

impl ChangeContact {
    pub(super) fn read(fields: &mut Fields) -> Option<ChangeContact> {
        let contact = crate::feedback::read_contact(fields);
        Some(ChangeContact { contact, reply_by: fields.word("reply_by") })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        super::note::Note::allowed(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let old = ctx.dossier.contact.clone();
        let contact = Contact {
            name: self.contact.name.or(old.name),
            email: self.contact.email.or(old.email),
            phone: self.contact.phone.or(old.phone),
            address: self.contact.address.or(old.address),
            on_behalf_of: self.contact.on_behalf_of.or(old.on_behalf_of),
            adjustments: self.contact.adjustments.or(old.adjustments),
        };
        let missing = self.reply_by.and_then(|way| contact.cannot_be_reached(way));
        if let Some(message) = missing {
            return Err(Refusal::field("reply_by", message));
        }
        let event = Event::ContactChanged { review_on: None, reply_by: self.reply_by };
        Ok(Decision { contact: Some(contact), ..Decision::of(event) })
    }
}
