//! What a case is found by, and what somebody looks for: the same words made plain in the same way.
//!
//! Nothing here is stored as it stands. The store keeps a keyed hash of each token, so whole words are found and
//! beginnings of words are not.

mod plain;
mod sought;

use std::collections::BTreeSet;

use crate::case::{Beside, Case, Contact, Event, TextRef};
use crate::decide::Dossier;

pub use plain::{name_words, phone_numbers};
pub use sought::{Sought, TERMS_MAX, Term, seek};

/// A case is found by at most this many tokens, so that what indexing it costs is bounded: with as many to take
/// away, and the list of them, they still fit into one transaction of a hundred actions.
pub const TOKENS_MAX: usize = 48;

/// Of these, at most this many are words of what it is about.
pub const WORDS_MAX: usize = 36;

/// Names of at most this many words.
const NAMES_MAX: usize = 8;

/// Words of the address.
const STREETS_MAX: usize = 6;

/// In which sense something is found. Apart, so that a name is no street and a street no word of the complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A word of a name.
    Name,
    /// A whole e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A home: the first line of the address with its postcode.
    Place,
    /// A postcode.
    Postcode,
    /// A word of the address.
    Street,
    /// A word of what it is about.
    Word,
}

impl Class {
    /// What stands before a token of this class.
    pub fn prefix(self) -> &'static str {
        match self {
            Class::Name => "name",
            Class::Email => "email",
            Class::Phone => "phone",
            Class::Place => "place",
            Class::Postcode => "postcode",
            Class::Street => "street",
            Class::Word => "word",
        }
    }

    /// What was found, in a reader's words.
    pub fn label(self) -> &'static str {
        match self {
            Class::Name => "name",
            Class::Email => "email address",
            Class::Phone => "phone number",
            Class::Place => "home",
            Class::Postcode => "postcode",
            Class::Street => "address",
            Class::Word => "words of the case",
        }
    }
}

/// Something a case is found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token {
    /// In which sense.
    pub class: Class,
    /// Made plain.
    pub text: String,
}

impl Token {
    /// Of a class.
    pub fn new(class: Class, text: impl Into<String>) -> Token {
        Token { class, text: text.into() }
    }
}

/// Everything a case is found by; nothing once it is destroyed.
pub fn tokens(dossier: &Dossier) -> BTreeSet<Token> {
    let contact = &dossier.contact;
    let mut found: BTreeSet<Token> = reached_by(contact).into_iter().collect();
    let mut names = BTreeSet::new();
    let on_behalf_of = contact.on_behalf_of.as_ref().map(|other| &other.name);
    for name in contact.name.iter().chain(on_behalf_of) {
        names.extend(name_words(name));
    }
    found.extend(names.into_iter().take(NAMES_MAX).map(|word| Token::new(Class::Name, word)));
    let lines = contact.address.iter().flat_map(|address| &address.lines);
    let mut streets: Vec<String> = Vec::new();
    for word in lines.flat_map(|line| plain::street_words(line)) {
        if streets.len() < STREETS_MAX && !streets.contains(&word) {
            streets.push(word);
        }
    }
    found.extend(streets.into_iter().map(|word| Token::new(Class::Street, word)));
    let room = TOKENS_MAX.saturating_sub(found.len()).min(WORDS_MAX);
    found.extend(summary(dossier).into_iter().take(room).map(|word| Token::new(Class::Word, word)));
    found
}

/// The ways a person is reached that nobody else has, or only those they live with.
pub fn reached_by(contact: &Contact) -> Vec<Token> {
    let mut found = Vec::new();
    found.extend(contact.email.as_deref().map(|email| Token::new(Class::Email, plain::email(email))));
    found.extend(contact.phone.iter().flat_map(|phone| phone_numbers(phone)).map(|n| Token::new(Class::Phone, n)));
    let Some(address) = &contact.address else { return found };
    let written = address.postcode.iter().chain(address.lines.iter().rev());
    if let Some(postcode) = written.filter_map(|line| plain::ending_postcode(line)).map(|(_, code)| code).next() {
        let first = address.lines.first().map(|line| plain::line(line)).unwrap_or_default();
        if !first.is_empty() {
            found.push(Token::new(Class::Place, format!("{first} {postcode}")));
        }
        found.push(Token::new(Class::Postcode, postcode));
    }
    found
}

/// The texts whose words a case is found by, those that say most first: our own understanding, the points, the
/// person's words.
pub fn texts(case: &Case) -> impl Iterator<Item = TextRef> + '_ {
    case.definition.into_iter().chain(case.points.iter().map(|point| point.text)).chain([case.about])
}

fn summary(dossier: &Dossier) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for word in texts(&dossier.case).flat_map(|n| plain::words(dossier.text(n))) {
        if words.len() == WORDS_MAX {
            break;
        }
        if seen.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

/// Whether a case may be found by something else after this.
pub fn may_change(event: &Event) -> bool {
    match event {
        Event::Received(_) | Event::Accepted { .. } | Event::ContactChanged { .. } => true,
        Event::Acknowledged { definition, .. } => definition.is_some(),
        Event::Corrected { field, .. } => field == "received_at",
        Event::Beside(Beside::PointAdded { .. } | Beside::RepresentativeSet { .. }) => true,
        _ => false,
    }
}
