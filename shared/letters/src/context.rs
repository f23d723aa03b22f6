//! What a template can name: the letter's parts and what is written on its envelope.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use minijinja::value::{Serde, Value};
use redress_domain::case::{Contact, name_of};
use redress_domain::decide::StaffMail;
use redress_domain::letter::LetterOrder;
use redress_domain::policy::Council;

use crate::{clean, rule};

/// Around a letter: whose, to whom, on which day.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// Who writes.
    pub council: &'a Council,
    /// Its id: whose own templates come first.
    pub council_id: &'a str,
    /// The title of the policy the case is decided by.
    pub policy_title: &'a str,
    /// The case.
    pub reference: &'a str,
    /// The person.
    pub contact: &'a Contact,
    /// The address of their page, with its key; nothing when they have none.
    pub track_url: Option<&'a str>,
    /// The day the letter is dated.
    pub on: NaiveDate,
}

/// Around a mail to staff. There is no room for anything about the person.
#[derive(Clone, Copy, Debug)]
pub struct StaffEnvelope<'a> {
    /// The council's id: whose own template comes first.
    pub council_id: &'a str,
    /// The council's name.
    pub council: &'a str,
    /// The case.
    pub reference: &'a str,
    /// The address of the case's page for staff.
    pub url: &'a str,
    /// The name of the team that has the case.
    pub team: &'a str,
}

/// Names and values.
pub(crate) type Names = BTreeMap<String, Value>;

/// What a letter's template can name. Neither the way it goes nor the postal address is among it: a letter
/// that goes again another way is word for word the same, and an address belongs on the envelope.
pub(crate) fn of_letter(order: &LetterOrder, envelope: &Envelope<'_>) -> Names {
    let parts = order.parts.iter().map(|(part, value)| (name_of(part).replace('-', "_"), Value::from(Serde(value))));
    let mut names: Names = parts.collect();
    let contact = envelope.contact;
    let represented = contact.on_behalf_of.as_ref().map(|other| other.name.as_str());
    names.extend(
        [
            ("stage_n", Value::from(order.stage)),
            ("council", Value::from(Serde(envelope.council))),
            ("policy_title", Value::from(envelope.policy_title)),
            ("reference", Value::from(envelope.reference)),
            ("name", words(contact.name.as_deref())),
            ("on_behalf_of", words(represented)),
            ("adjustments", words(contact.adjustments.as_deref())),
            ("track_url", envelope.track_url.map_or(Value::from(()), url)),
            ("on", Value::from(envelope.on.to_string())),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    names
}

/// What the template of mail to staff can name.
pub(crate) fn of_staff(mail: &StaffMail, envelope: &StaffEnvelope<'_>) -> Names {
    [
        ("matter", Value::from(name_of(mail.about))),
        ("rule", words(mail.rule.as_deref().map(rule::in_words).as_deref())),
        ("due_on", words(mail.due_on.map(|date| date.to_string()).as_deref())),
        ("council", Value::from(envelope.council)),
        ("reference", Value::from(envelope.reference)),
        ("team", Value::from(envelope.team)),
        ("url", url(envelope.url)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// The text, or nothing when no word is in it.
fn words(text: Option<&str>) -> Value {
    text.filter(|text| !clean::line(text).is_empty()).map_or(Value::from(()), Value::from)
}

/// An address that we made ourselves, and so the only value that can be a link.
fn url(url: &str) -> Value {
    Value::from_safe_string(clean::line(url))
}
