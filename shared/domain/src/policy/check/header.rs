//! Who the policy is of, and who stands behind it.

use chrono::NaiveTime;

use super::Found;
use crate::case::FeedbackKind;
use crate::policy::Policy;

/// What cannot be meant of it.
pub(super) fn check(policy: &Policy, found: &mut Vec<Found>) {
    let header = &policy.policy;
    let prefix = &header.reference_prefix;
    if !(2..=4).contains(&prefix.len()) || !prefix.bytes().all(|byte| byte.is_ascii_uppercase()) {
        found.push(Found::at(
            "policy.reference_prefix",
            format!("`reference_prefix` is “{prefix}”: it must be two to four capital letters"),
        ));
    }
    if header.review_by.is_some_and(|by| by < header.from) {
        found.push(Found::between(
            "policy.review_by",
            "policy.from",
            "`review_by` is before `from`: a policy is looked at again after it came into force",
        ));
    }
    if header.cut_off == Some(NaiveTime::MIN) {
        found.push(Found::at(
            "policy.cut_off",
            "`cut_off` is midnight, so that everything would count from the next day: name an hour of the working day, like \"16:00\", or leave it out",
        ));
    }
    if policy.ombudsman.general.trim().is_empty() {
        found.push(Found::at(
            "ombudsman.general",
            "no Ombudsman is named: every answer must say who can be asked next. Name one from `ombudsmen.toml`, like \"lgsco\"",
        ));
    }
    kinds(policy, found);
    if policy.outcomes.is_empty() {
        found.push(Found::at("outcomes", "no outcome: a decision must be able to say something"));
    }
    if let Some(restrictions) = &policy.restrictions {
        let named = restrictions.decided_by.len();
        if restrictions.at_least == 0 || usize::from(restrictions.at_least) > named {
            found.push(Found::at(
                "restrictions.at_least",
                format!(
                    "`at_least` is {} and `decided_by` names {named}: it must be from 1 to {named}",
                    restrictions.at_least
                ),
            ));
        }
    }
}

fn kinds(policy: &Policy, found: &mut Vec<Found>) {
    match policy.kinds.iter().position(|kind| kind.id == FeedbackKind::Complaint) {
        None => found.push(Found::at("kinds", "no kind `complaint`: this is a complaints procedure")),
        Some(n) if policy.kinds.get(n).is_some_and(|kind| kind.pass_on || kind.done_within.is_some()) => {
            found.push(Found::at(
                format!("kinds.{n}"),
                "a complaint goes through the stages: it has neither `pass_on` nor `done_within`",
            ));
        }
        Some(_) => {}
    }
    for (n, kind) in policy.kinds.iter().enumerate() {
        if kind.pass_on && kind.done_within.is_some() {
            found.push(Found::between(
                format!("kinds.{n}.pass_on"),
                format!("kinds.{n}.done_within"),
                format!(
                    "“{}” has both `pass_on` and `done_within`: it is passed on, or done within a time",
                    kind.label
                ),
            ));
        }
    }
}
