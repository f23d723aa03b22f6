//! `adjustments`: what makes it easier for the person, and when that is looked at again (Equality Act 2010).

use chrono::NaiveDate;

use crate::case::Event;
use crate::decide::{Context, Decision};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Writes down what helps a person.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Adjustments {
    /// What helps, in their words.
    pub text: String,
    /// When it is looked at again.
    pub review_on: Option<NaiveDate>,
}

impl Adjustments {
    pub(super) fn read(fields: &mut Fields) -> Option<Adjustments> {
        // The feedback's own word for it will do as well.
        let text = fields.text("adjustments");
        let text = if text.is_some() { text } else { fields.required_text("text", "Enter what helps") };
        fields.know(&["text"]);
        let review_on = fields.date("review_on");
        Some(Adjustments { text: text?, review_on })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        super::note::Note::allowed(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let mut contact = ctx.dossier.contact.clone();
        contact.adjustments = Some(self.text);
        let event = Event::ContactChanged { review_on: self.review_on, reply_by: None };
        Ok(Decision { contact: Some(contact), ..Decision::of(event) })
    }
}
