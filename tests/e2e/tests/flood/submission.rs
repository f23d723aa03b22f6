//! One generated submission: what somebody answers, and what is expected of it.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;

use crate::words::{line, words};
use crate::wrong::{strange, wrong};

/// What is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Taken, whatever words are in it.
    Valid,
    /// Refused, with every answer kept.
    Nearly,
    /// Taken or refused, but answered.
    Hostile,
}

/// What somebody answers: names of the contract's `Feedback`, a form's dots for what is inside.
#[derive(Clone, Debug)]
pub(crate) struct Submission {
    pub(crate) council: &'static str,
    pub(crate) kind: Kind,
    pub(crate) answers: Vec<(String, String)>,
    /// Written into the form as it stands, encoded or not.
    pub(crate) raw: String,
    /// Every field is asked for, whatever the kind.
    pub(crate) whole: bool,
}

impl Submission {
    /// The answer to one question.
    pub(crate) fn said(&self, name: &str) -> Option<&str> {
        self.answers.iter().find(|(known, _)| known == name).map(|(_, said)| said.as_str())
    }

    /// Whether the journey asks this of somebody with this kind of feedback; another door takes it all the same.
    pub(crate) fn asks(&self, name: &str) -> bool {
        self.whole || self.said("kind") == Some("complaint") || !["wanted", "on_behalf_of.name"].contains(&name)
    }

    /// The form as a browser writes it, and then what no browser writes.
    pub(crate) fn body(&self) -> String {
        let pairs: Vec<String> =
            self.answers.iter().map(|(name, said)| format!("{}={}", encoded(name), encoded(said))).collect();
        let mut body = pairs.join("&");
        if !self.raw.is_empty() {
            body = format!("{body}&{}", self.raw);
        }
        body
    }

    /// Answers a question, in the place of an earlier answer.
    pub(crate) fn set(&mut self, name: &str, said: impl Into<String>) {
        self.answers.retain(|(known, _)| known != name);
        self.answers.push((name.to_owned(), said.into()));
    }

    /// Answers these questions no more.
    pub(crate) fn leave_out(&mut self, gone: &[&str]) {
        self.answers.retain(|(name, _)| !gone.contains(&name.as_str()));
    }
}

/// Any of the three, for a council.
pub(crate) fn submission(councils: &'static [&'static str]) -> impl Strategy<Value = Submission> {
    prop_oneof![
        4 => valid(councils),
        3 => (valid(councils), wrong()).prop_map(|(submission, wrong)| wrong.put_into(submission)),
        3 => (valid(councils), strange()).prop_map(|(submission, strange)| strange.put_into(submission)),
    ]
}

fn valid(councils: &'static [&'static str]) -> impl Strategy<Value = Submission> {
    let matter = (words(), proptest::option::of(words()), proptest::option::of(day()), any::<bool>());
    let person = (line(), reach(), proptest::option::of(words()), proptest::option::of(line()));
    (select(councils), kind_of_feedback(), matter, person).prop_map(|(council, kind, matter, person)| {
        let (about, wanted, happened_on, aware) = matter;
        let (name, reach, adjustments, other) = person;
        let mut submission =
            Submission { council, kind: Kind::Valid, answers: Vec::new(), raw: String::new(), whole: true };
        submission.set("kind", kind);
        submission.set("about", about);
        wanted.into_iter().for_each(|wanted| submission.set("wanted", wanted));
        if let Some(day) = happened_on {
            if aware {
                submission.set("aware_on", day.clone());
            }
            submission.set("happened_on", day);
        }
        submission.set("name", name);
        reach.into_iter().for_each(|(field, said)| submission.set(field, said));
        adjustments.into_iter().for_each(|said| submission.set("adjustments", said));
        if let Some(other) = other {
            submission.set("on_behalf_of.name", other);
            submission.set("on_behalf_of.relationship", "Neighbour");
            submission.set("on_behalf_of.authority", "consent");
        }
        submission
    })
}

fn kind_of_feedback() -> impl Strategy<Value = &'static str> {
    prop_oneof![8 => Just("complaint"), 1 => Just("complaint"), 1 => Just("compliment")]
}

/// Long ago, or yesterday; never in the future.
fn day() -> impl Strategy<Value = String> {
    (1990..2026_u32, 1..13_u32, 1..29_u32).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

/// One way of reaching somebody, or several.
fn reach() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let email = (0..99_999_u32).prop_map(|n| ("email", format!("nadia.{n}+zap@example.com")));
    let phone = line().prop_map(|line| ("phone", format!("07700 900123 {line}").chars().take(290).collect()));
    let post = line().prop_map(|line| ("address.lines.0", line));
    prop_oneof![
        3 => email.clone().prop_map(|one| vec![one]),
        1 => post.clone().prop_map(|one| vec![one, ("address.postcode", "SW1A 2AA".to_owned())]),
        1 => phone.clone().prop_map(|one| vec![one]),
        1 => (email, post, phone).prop_map(|(one, two, three)| vec![one, two, three]),
    ]
}

/// Text as a form has it.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            _ => write!(out, "%{byte:02X}").expect("a string takes it"),
        }
    }
    out
}
