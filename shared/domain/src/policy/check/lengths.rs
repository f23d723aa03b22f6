//! Lengths of time that are none.

use super::Found;
use crate::length::Length;
use crate::policy::Policy;

/// Promises of no time, and times that run backwards.
pub(super) fn check(policy: &Policy, found: &mut Vec<Found>) {
    let mut promised = |path: String, length: Option<Length>| {
        if let Some(length) = length.filter(|length| length.n <= 0) {
            found.push(Found::at(path, format!("“{length}” is no time to do anything in: write one or more")));
        }
    };
    for (n, stage) in policy.stages.iter().enumerate() {
        let at = |rest: &str| format!("stages.{n}.{rest}");
        promised(at("acknowledge.within"), Some(stage.acknowledge.within));
        promised(at("respond.target"), stage.respond.target);
        promised(at("respond.within"), Some(stage.respond.within));
        promised(at("update.every"), stage.update.as_ref().map(|update| update.every));
        promised(at("request.within"), stage.request.as_ref().and_then(|request| request.within));
        promised(at("request.file_after"), stage.request.as_ref().and_then(|request| request.file_after));
    }
    for (n, kind) in policy.kinds.iter().enumerate() {
        promised(format!("kinds.{n}.done_within"), kind.done_within);
    }
    promised("time_limit.within".to_owned(), policy.time_limit.as_ref().map(|limit| limit.within));
    promised("restrictions.review_within".to_owned(), policy.restrictions.as_ref().map(|found| found.review_within));
    promised("watch.long_case".to_owned(), Some(policy.watch.long_case));
    promised("reporting.every".to_owned(), Some(policy.reporting.every));
    promised("reporting.published".to_owned(), Some(policy.reporting.published));
    promised("retention.complaint".to_owned(), Some(policy.retention.complaint));
    promised("retention.other".to_owned(), Some(policy.retention.other));

    // “On the same day” is a length here, and not to be put off at all is one too.
    let mut forwards = |path: String, length: Length| {
        if length.n < 0 {
            found.push(Found::at(path, format!("“{length}” runs backwards: write none or more")));
        }
    };
    for (n, stage) in policy.stages.iter().enumerate() {
        forwards(format!("stages.{n}.extend.at_most"), stage.extend.at_most);
    }
    for (n, organisation) in policy.organisations.iter().enumerate() {
        forwards(format!("organisations.{n}.hand_over_within"), organisation.hand_over_within);
    }
    for (n, rung) in policy.watch.escalation.iter().enumerate() {
        forwards(format!("watch.escalation.{n}.after"), rung.after);
    }
    forwards("watch.warn_before".to_owned(), policy.watch.warn_before);
    forwards("deemed.first_class".to_owned(), policy.deemed.first_class);
    forwards("deemed.second_class".to_owned(), policy.deemed.second_class);
}
