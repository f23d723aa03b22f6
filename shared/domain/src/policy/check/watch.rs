//! The ladder a missed date climbs.

use std::cmp::Ordering;

use super::Found;
use super::units::{CHOOSE, compare};
use crate::policy::Policy;

/// A ladder without rungs, or with rungs out of order.
pub(super) fn check(policy: &Policy, found: &mut Vec<Found>) {
    let rungs = &policy.watch.escalation;
    let Some(first) = rungs.first() else {
        found.push(Found::at("watch", "nobody is told of a missed date: name a rung in `watch.escalation`"));
        return;
    };
    if first.after.n != 0 {
        found.push(Found::at(
            "watch.escalation.0.after",
            "the first rung is told when the date is missed: its `after` must be “0 working days”",
        ));
    }
    for (n, (lower, upper)) in rungs.iter().zip(rungs.iter().skip(1)).enumerate() {
        let message = match compare(lower.after, upper.after) {
            Some(Ordering::Less) => continue,
            // The first rung is told at once, in whatever unit.
            None if lower.after.n == 0 => continue,
            None => format!("one rung is told after “{}” and the next after “{}”. {CHOOSE}", lower.after, upper.after),
            Some(_) => format!(
                "a rung is told after “{}” and the next after “{}”: each must come later than the one before it",
                lower.after, upper.after
            ),
        };
        let at = |n: usize| format!("watch.escalation.{n}.after");
        found.push(Found::between(at(n), at(n + 1), message));
    }
}
