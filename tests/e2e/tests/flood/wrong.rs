//! What makes a submission nearly valid, and what makes it one that no browser would send.

use proptest::prelude::*;
use proptest::sample::select;

use crate::submission::{Kind, Submission};
use crate::words::{absurd_date, too_long, words};

/// One thing wrong, that a person may well do.
#[derive(Clone, Debug)]
pub(crate) enum Wrong {
    NoWords,
    NoName,
    NoWayToAnswer,
    Date([&'static str; 3]),
    Email(&'static str),
    Kind(String),
}

pub(crate) fn wrong() -> impl Strategy<Value = Wrong> {
    let emails = ["nadia", "nadia@", "@example.com", "a b@example.com", "nadia@example", "<zap-tag>@example.com"];
    prop_oneof![
        Just(Wrong::NoWords),
        Just(Wrong::NoName),
        Just(Wrong::NoWayToAnswer),
        absurd_date().prop_map(Wrong::Date),
        select(emails.to_vec()).prop_map(Wrong::Email),
        words().prop_map(Wrong::Kind),
    ]
}

impl Wrong {
    pub(crate) fn put_into(self, mut submission: Submission) -> Submission {
        submission.kind = Kind::Nearly;
        // A complaint is asked everything, so what is wrong is asked for.
        submission.set("kind", "complaint");
        match self {
            Wrong::NoWords => submission.leave_out(&["about"]),
            Wrong::NoName => submission.leave_out(&["name"]),
            Wrong::NoWayToAnswer => submission.leave_out(&["email", "phone", "address.lines.0", "address.postcode"]),
            Wrong::Date([day, month, year]) => submission.set("happened_on", format!("{year}-{month}-{day}")),
            Wrong::Email(email) => submission.set("email", email),
            Wrong::Kind(kind) => submission.set("kind", kind),
        }
        submission
    }
}

/// What no browser sends.
#[derive(Clone, Debug)]
pub(crate) enum Strange {
    /// The same field twice.
    Twice(&'static str, String),
    TooLong(&'static str, String),
    /// A field that there is not.
    Unknown(String, String),
    /// A list and an object where a text belongs.
    Nested(&'static str, String),
    /// Not written as a form is.
    Raw(&'static str),
    /// More fields than any page has.
    Many,
}

const RAW: [&str; 30] = [
    "about=%FF%FE%80",
    "about=%",
    "about=%zz&%=%",
    "%00=%00",
    "&&&===&",
    "about=%ED%A0%80",
    "name=%C0%AF%C0%AE",
    "about[]=x&about[$gt]=1",
    "__proto__.x=1&constructor.prototype.x=1",
    "points.999999.text=a",
    "address=x&address.lines.0=y&address.lines=z",
    "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p=1",
    "on_behalf_of=x",
    "about.0=x&about.1=y",
    "kind.0=complaint",
    "name.first=x",
    "_key=%00%FF",
    "_key=",
    "channel=web&received_at=now",
    "address.lines.0.x=1",
    "=nothing",
    ".=.",
    "..=..",
    "0=0",
    "about=x&about.text=y&about.0=z",
    "anonymous=maybe",
    "reply_by=pigeon",
    "tenant=1&anonymous=on",
    "previous_reference=%27%20OR%201",
    "service=%3Czap-tag%3E",
];

pub(crate) fn strange() -> impl Strategy<Value = Strange> {
    let field = select(vec!["kind", "about", "name", "email", "wanted", "service", "happened_on", "adjustments"]);
    prop_oneof![
        2 => (field.clone(), words()).prop_map(|(field, said)| Strange::Twice(field, said)),
        1 => (field.clone(), too_long()).prop_map(|(field, said)| Strange::TooLong(field, said)),
        2 => (words(), words()).prop_map(|(name, said)| Strange::Unknown(name, said)),
        2 => (field, words()).prop_map(|(field, said)| Strange::Nested(field, said)),
        4 => select(RAW.to_vec()).prop_map(Strange::Raw),
        1 => Just(Strange::Many),
    ]
}

impl Strange {
    pub(crate) fn put_into(self, mut submission: Submission) -> Submission {
        submission.kind = Kind::Hostile;
        match self {
            Strange::Twice(field, said) => submission.answers.push((field.to_owned(), said)),
            Strange::TooLong(field, said) => submission.set(field, said),
            Strange::Unknown(name, said) => submission.answers.push((name, said)),
            Strange::Nested(field, said) => {
                submission.leave_out(&[field]);
                submission.answers.push((format!("{field}.0"), said.clone()));
                submission.answers.push((format!("{field}.x"), said));
            }
            Strange::Raw(raw) => raw.clone_into(&mut submission.raw),
            Strange::Many => submission.raw = (0..600).map(|n| format!("f{n}=x")).collect::<Vec<_>>().join("&"),
        }
        submission
    }
}
