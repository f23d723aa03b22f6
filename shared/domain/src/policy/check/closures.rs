//! The days on which the council is closed.

use std::cmp::Ordering;

use chrono::{Datelike as _, Weekday};

use super::Found;
use crate::calendar::long_date;
use crate::policy::Policy;

/// Days out of order, twice, or off in any case.
pub(super) fn check(policy: &Policy, found: &mut Vec<Found>) {
    let closures = &policy.closures;
    for (n, closure) in closures.iter().enumerate() {
        let at = format!("closures.{n}.date");
        let date = long_date(closure.date);
        if matches!(closure.date.weekday(), Weekday::Sat | Weekday::Sun) {
            found.push(Found::at(
                at.clone(),
                format!(
                    "{date} is a {}, which is off in any case: this closure changes nothing, so take it out",
                    closure.date.format("%A")
                ),
            ));
        }
        if closure.title.trim().is_empty() {
            found.push(Found::at(format!("closures.{n}.title"), format!("say why the council is closed on {date}")));
        }
        let Some(before) = n.checked_sub(1).and_then(|n| closures.get(n)) else { continue };
        let message = match before.date.cmp(&closure.date) {
            Ordering::Less => continue,
            Ordering::Equal => format!("{date} is there twice"),
            Ordering::Greater => format!("closures are not in order: {} stands before {date}", long_date(before.date)),
        };
        found.push(Found::between(at, format!("closures.{}.date", n - 1), message));
    }
}
