//! Whether one length of time is never longer than another, also across units.

use crate::length::{Length, Unit};

/// Whether `a` never ends after `b`, from whatever day both run. In doubt, no.
pub(super) fn never_longer(a: Length, b: Length) -> bool {
    if let (Some(a), Some(b)) = (months(a), months(b)) {
        return a <= b;
    }
    if a.unit == b.unit {
        return a.n <= b.n;
    }
    most_days(a).is_some_and(|most| most <= fewest_days(b))
}

/// The sum of two lengths of one unit.
pub(super) fn sum(a: Length, b: Length) -> Option<Length> {
    (a.unit == b.unit).then(|| Length { n: a.n.saturating_add(b.n), ..a })
}

fn months(length: Length) -> Option<i64> {
    match length.unit {
        Unit::CalendarMonths => Some(i64::from(length.n)),
        Unit::Years => Some(i64::from(length.n) * 12),
        Unit::WorkingDays | Unit::Days | Unit::Weeks => None,
    }
}

/// The most days it can be. Working days have no such number: nobody knows how many holidays come.
fn most_days(length: Length) -> Option<i64> {
    let n = i64::from(length.n);
    match length.unit {
        Unit::WorkingDays => None,
        Unit::Days => Some(n),
        Unit::Weeks => Some(n * 7),
        Unit::CalendarMonths => Some(n * 31),
        Unit::Years => Some(n * 366),
    }
}

/// The fewest days it can be. Working days that begin after a Sunday meet the fewest weekends.
fn fewest_days(length: Length) -> i64 {
    let n = i64::from(length.n);
    match length.unit {
        Unit::WorkingDays => n + 2 * ((n - 1).max(0) / 5),
        Unit::Days => n,
        Unit::Weeks => n * 7,
        Unit::CalendarMonths => n * 28,
        Unit::Years => n * 365,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn longer(a: &str, b: &str) -> bool {
        !never_longer(a.parse().unwrap(), b.parse().unwrap())
    }

    #[test]
    fn in_one_unit_the_number_decides() {
        assert!(!longer("10 working days", "10 working days"));
        assert!(longer("11 working days", "10 working days"));
        assert!(!longer("1 year", "12 calendar months") && !longer("12 calendar months", "1 year"));
        assert!(longer("13 calendar months", "1 year"));
    }

    #[test]
    fn across_units_only_what_is_certain_counts() {
        assert!(!longer("12 days", "10 working days"), "ten working days from a Sunday end on the twelfth day");
        assert!(longer("13 days", "10 working days"));
        assert!(longer("2 weeks", "10 working days"), "from a Sunday, two weeks end two days later");
        assert!(longer("1 working day", "30 days"), "holidays have no limit that is known");
        assert!(longer("1 calendar month", "30 days") && !longer("1 calendar month", "31 days"));
    }
}
