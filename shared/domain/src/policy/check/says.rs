//! What a policy says of itself, left unsaid.

use super::Found;
use crate::policy::{Definition, Policy};

/// A definition that is not the policy's, a promise without words, and a review that nothing is reviewed by.
pub(super) fn check(policy: &Policy, found: &mut Vec<Found>) {
    let definition = &policy.definition;
    if definition.text.trim().is_empty() {
        found.push(Found::at(
            "definition.text",
            "say what a complaint is, or leave `text` out: the Codes' sense stands in",
        ));
    }
    if definition.in_policy && definition.text == Definition::default().text {
        found.push(Found::at(
            "definition.in_policy",
            "the policy is said to define a complaint, and `text` is not there: write its sense in your own words, or say `in_policy = false`",
        ));
    }
    if policy.no_detriment.as_ref().is_some_and(|promise| promise.text.trim().is_empty()) {
        found.push(Found::at("no_detriment.text", "say what is promised, in a sentence that a resident reads"));
    }
    if policy.restrictions.as_ref().is_some_and(|limits| limits.review_in_policy() && !limits.in_policy) {
        found.push(Found::between(
            "restrictions.review_in_policy",
            "restrictions.in_policy",
            "a policy that does not speak of limits cannot promise to look at them again",
        ));
    }
}
