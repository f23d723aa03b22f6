//! People who do not exist.

use redress_domain::case::{Address, Contact, OnBehalfOf};

/// A person with a name, an e-mail address, a postal address and something that makes it easier for them.
pub fn person() -> Contact {
    Contact {
        name: Some("Ann Okafor".to_owned()),
        email: Some("ann@example.com".to_owned()),
        address: Some(address()),
        adjustments: Some("Please write in large print.\nI cannot use the phone.".to_owned()),
        ..Contact::default()
    }
}

/// A person who writes for somebody else.
pub fn representative() -> Contact {
    Contact {
        name: Some("Ben Lewis".to_owned()),
        address: Some(address()),
        on_behalf_of: Some(OnBehalfOf { name: "Mary Lewis".to_owned(), relationship: None, authority: None }),
        ..Contact::default()
    }
}

/// The person's name and address as they stand on an envelope.
pub fn addressee() -> String {
    let person = person();
    let address = person.address.iter().flat_map(|address| address.lines.iter().chain(&address.postcode));
    person.name.iter().chain(address).cloned().collect::<Vec<_>>().join("\n")
}

// No postcode begins with ZZ.
fn address() -> Address {
    Address { lines: vec!["2 High Street".to_owned(), "Anytown".to_owned()], postcode: Some("ZZ1 1ZZ".to_owned()) }
}
