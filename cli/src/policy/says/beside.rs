//! What a policy does beside its stages, each thing as the rest of a sentence that its council begins.

use redress_domain::calendar::long_date;
use redress_domain::case::{FeedbackKind, RemedyKind, name_of};
use redress_domain::length::Length;
use redress_domain::policy::Policy;

pub(in crate::policy) fn definition(policy: &Policy) -> String {
    let definition = &policy.definition;
    if definition.in_policy {
        format!("says what a complaint is (in our words: “{}”)", definition.text)
    } else {
        "does not say what a complaint is, so that the Codes' sense holds".to_owned()
    }
}

pub(in crate::policy) fn service_requests(policy: &Policy) -> String {
    let kind = policy.kind(FeedbackKind::ServiceRequest);
    match kind.and_then(|kind| Some((kind, kind.done_within?))) {
        Some((kind, within)) => {
            let promised = if kind.in_policy { "" } else { ", a time that it did not promise" };
            format!("deals with a request for a service within {within}{promised}")
        }
        None => "does not keep requests for a service apart from complaints".to_owned(),
    }
}

pub(in crate::policy) fn representatives(policy: &Policy) -> String {
    let says = if policy.representatives.in_policy {
        "says that somebody may act for you"
    } else {
        "says nothing of somebody who acts for you, who may all the same"
    };
    says.to_owned()
}

/// By which rights somebody acts for a person that something has to show.
pub(in crate::policy) fn authority(policy: &Policy) -> String {
    match list(policy.representatives.shown.iter().map(|right| right.replace('-', " ")), "or") {
        shown if shown.is_empty() => "wants nothing shown by somebody who acts for you".to_owned(),
        shown => format!("wants it shown when somebody acts for you as, or by, {shown}"),
    }
}

pub(in crate::policy) fn restrictions(policy: &Policy) -> String {
    let Some(entry) = &policy.restrictions else { return "never limits how you can reach it".to_owned() };
    let who = if usize::from(entry.at_least) < entry.decided_by.len() {
        format!("{} of {} together", entry.at_least, list(entry.decided_by.iter().cloned(), "and"))
    } else {
        list(entry.decided_by.iter().cloned(), "and")
    };
    let review = format!("a review within {}", entry.review_within);
    match (entry.in_policy, entry.review_in_policy()) {
        (false, _) => format!("says nothing of limiting how you can reach it; here {who} would decide, with {review}"),
        (true, true) => format!("can limit how you can reach it, decided by {who}, with {review}"),
        (true, false) => {
            format!("can limit how you can reach it, decided by {who}, with {review} that it did not promise")
        }
    }
}

pub(in crate::policy) fn no_detriment(policy: &Policy) -> String {
    match &policy.no_detriment {
        Some(promise) => format!("promises something to everybody who complains (in our words: “{}”)", promise.text),
        None => "does not promise that complaining costs you nothing".to_owned(),
    }
}

pub(in crate::policy) fn equality(policy: &Policy) -> String {
    let asks = if policy.equality.asked {
        "asks on its form who you are, and leaves it to you to say"
    } else {
        "does not ask who you are"
    };
    asks.to_owned()
}

pub(in crate::policy) fn reporting(policy: &Policy) -> String {
    let (reporting, published) = (&policy.reporting, every(policy.reporting.published));
    if reporting.in_policy {
        format!("promises a public report on complaints {published}")
    } else {
        format!("promises no report on complaints; the Codes want a public one {published}")
    }
}

pub(in crate::policy) fn cut_off(policy: &Policy) -> String {
    match policy.policy.cut_off {
        Some(hour) => format!("counts what comes at {} or later from the next day", hour.format("%H:%M")),
        None => "counts what comes on a day from that day, up to midnight".to_owned(),
    }
}

pub(in crate::policy) fn closures(policy: &Policy) -> String {
    match policy.closures.as_slice() {
        [] => "counts every working day, whether it is open or not".to_owned(),
        closures => {
            let days = list(closures.iter().map(|closure| long_date(closure.date)), "and");
            format!("does not count {days}, when it is closed")
        }
    }
}

/// The ways of putting things right that the policy itself names.
pub(in crate::policy) fn remedies(policy: &Policy) -> Vec<(String, String)> {
    let own = policy.remedies.iter().filter(|remedy| remedy.in_policy);
    own.map(|remedy| {
        (name_of(remedy.id), format!("names this way of putting things right: {}", remedy_in_words(remedy.id)))
    })
    .collect()
}

/// A remedy, as it is said to a person.
pub(in crate::policy) fn remedy_in_words(kind: RemedyKind) -> &'static str {
    match kind {
        RemedyKind::Apology => "an apology",
        RemedyKind::Acknowledgement => "saying that it went wrong",
        RemedyKind::Explanation => "an explanation",
        RemedyKind::Action => "doing what should have been done",
        RemedyKind::DecisionChanged => "another decision",
        RemedyKind::RecordAmended => "a corrected record",
        RemedyKind::Payment => "a payment",
        RemedyKind::PolicyChanged => "a change to a policy or procedure",
    }
}

/// “every year”, “every 3 calendar months”.
fn every(length: Length) -> String {
    format!("every {}", length.to_string().trim_start_matches("1 "))
}

/// Several things in a row: “a, b and c”.
fn list(items: impl Iterator<Item = String>, and: &str) -> String {
    let items: Vec<String> = items.collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} {and} {last}", before.join(", ")),
    }
}
