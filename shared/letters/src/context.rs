//! What a template can name: the letter's parts and what is written on its envelope.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use minijinja::value::{Serde, Value};
use redress_domain::case::{Contact, name_of};
use redress_domain::decide::StaffMail;
use redress_domain::key::in_fours;
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

/// Around the morning's digest. There is no room for anything about a person here either.
#[derive(Clone, Copy, Debug)]
pub struct DigestEnvelope<'a> {
    /// The council's id: whose own template comes first.
    pub council_id: &'a str,
    /// The council's name.
    pub council: &'a str,
    /// Whose mailbox it goes to: a team, or an office.
    pub whose: &'a str,
    /// The day.
    pub on: NaiveDate,
    /// The address of the desk.
    pub desk: &'a str,
    /// How many cases are overdue, in words for more than are counted.
    pub overdue: &'a str,
    /// How many are due today.
    pub due_today: &'a str,
    /// There is more than is listed.
    pub more: bool,
}

/// One thing in a digest.
#[derive(Clone, Debug)]
pub struct DigestItem {
    /// The case.
    pub reference: String,
    /// The address of its page for staff.
    pub url: String,
    /// What about.
    pub mail: StaffMail,
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
            ("track_at", envelope.track_url.map_or(Value::from(()), |at| words(Some(asked_at(at))))),
            ("track_key", envelope.track_url.map_or(Value::from(()), |at| words(key_of(at).as_deref()))),
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

/// Where whoever has the letter on paper enters reference and key: short enough to type.
fn asked_at(track_url: &str) -> &str {
    let page = track_url.split_once('?').map_or(track_url, |(page, _)| page);
    let at = page.rsplit_once('/').map_or(page, |(at, _)| at);
    at.split_once("://").map_or(at, |(_, at)| at)
}

/// The key at the end of the address, as it is read out and typed.
fn key_of(track_url: &str) -> Option<String> {
    track_url.split_once("key=").map(|(_, key)| in_fours(key))
}

/// What the template of a digest can name: `items` by what they are about.
pub(crate) fn of_digest(items: &[DigestItem], envelope: &DigestEnvelope<'_>) -> Names {
    let mut by_matter: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for item in items {
        let named: Names = [
            ("reference", Value::from(item.reference.as_str())),
            ("url", url(&item.url)),
            ("rule", words(item.mail.rule.as_deref().map(rule::in_words).as_deref())),
            ("due_on", words(item.mail.due_on.map(|date| date.to_string()).as_deref())),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        by_matter.entry(name_of(item.mail.about)).or_default().push(Value::from(named));
    }
    let by_matter: Names = by_matter.into_iter().map(|(matter, items)| (matter, Value::from(items))).collect();
    [
        ("items", Value::from(by_matter)),
        ("count", Value::from(items.len())),
        ("council", Value::from(envelope.council)),
        ("whose", Value::from(envelope.whose)),
        ("on", Value::from(envelope.on.to_string())),
        ("desk", url(envelope.desk)),
        ("overdue", Value::from(envelope.overdue)),
        ("due_today", Value::from(envelope.due_today)),
        ("more", Value::from(envelope.more)),
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
