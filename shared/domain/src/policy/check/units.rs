//! One clock has one unit: ten days and ten working days are not the same promise.

use std::cmp::Ordering;

use super::Found;
use crate::length::{Length, Unit};
use crate::policy::Policy;

/// Clocks that two places count in different units, and ranges that are none.
pub(super) fn check(policy: &Policy, found: &mut Vec<Found>) {
    for (n, stage) in policy.stages.iter().enumerate() {
        let at = |rest: &str| format!("stages.{n}.{rest}");
        let respond = &stage.respond;
        if let Some(target) = respond.target {
            match compare(target, respond.within) {
                None => found.push(Found::between(
                    at("respond.target"),
                    at("respond.within"),
                    format!(
                        "stage {}: under “{}” `target` is “{target}” and `within` is “{}”. {CHOOSE}",
                        stage.n, respond.cites, respond.within
                    ),
                )),
                Some(Ordering::Greater) => found.push(Found::between(
                    at("respond.target"),
                    at("respond.within"),
                    format!(
                        "stage {}: `respond.target` ({target}) and `respond.within` ({}) are no range: the target comes first",
                        stage.n, respond.within
                    ),
                )),
                Some(_) => {}
            }
        }
        // An extension goes on from the day that `within` ends on. A month after ten working days can be
        // meant; ten days after ten working days is one of the two written carelessly.
        let extend = &stage.extend;
        if [[respond.within.unit, extend.at_most.unit], [extend.at_most.unit, respond.within.unit]]
            .contains(&[Unit::Days, Unit::WorkingDays])
        {
            found.push(Found::between(
                at("respond.within"),
                at("extend.at_most"),
                format!(
                    "stage {}: `respond.within` is “{}” under “{}”, and `extend.at_most` goes on with “{}” under “{}”. {CHOOSE}",
                    stage.n, respond.within, respond.cites, extend.at_most, extend.cites
                ),
            ));
        }
    }
    let deemed = &policy.deemed;
    match compare(deemed.first_class, deemed.second_class) {
        Some(Ordering::Less | Ordering::Equal) => {}
        order => found.push(Found::between(
            "deemed.first_class",
            "deemed.second_class",
            match order {
                None => format!(
                    "first-class post takes “{}” and second-class “{}”. {CHOOSE}",
                    deemed.first_class, deemed.second_class
                ),
                Some(_) => "second-class post is never faster than first-class".to_owned(),
            },
        )),
    }
}

/// What to do about it.
pub(super) const CHOOSE: &str =
    "One clock has one unit: choose one, and add a `[[readings]]` entry that cites both headings";

/// Which is longer, where that can be said without a calendar.
pub(super) fn compare(one: Length, other: Length) -> Option<Ordering> {
    let (unit, one) = plain(one);
    let (other_unit, other) = plain(other);
    (unit == other_unit).then(|| one.cmp(&other))
}

/// Weeks are days and years are months; nothing else is anything else.
fn plain(length: Length) -> (Unit, i64) {
    let n = i64::from(length.n);
    match length.unit {
        Unit::Weeks => (Unit::Days, n * 7),
        Unit::Years => (Unit::CalendarMonths, n * 12),
        unit => (unit, n),
    }
}
