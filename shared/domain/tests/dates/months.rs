//! The corresponding date: Dodds v Walker [1981] 1 WLR 1027.

use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;
use redress_domain::calendar::{Calendar, Roll, count};
use redress_domain::length::{Length, Unit};

use crate::given::{convention, day};

/// Written anew from the judgment: the same number in the later month, or its last day.
fn corresponding(from: NaiveDate, months: i32) -> NaiveDate {
    let total = from.year() * 12 + i32::try_from(from.month0()).unwrap() + months;
    let (year, month0) = (total.div_euclid(12), u32::try_from(total.rem_euclid(12)).unwrap());
    let same = NaiveDate::from_ymd_opt(year, month0 + 1, from.day());
    same.unwrap_or_else(|| {
        let after = if month0 == 11 { (year + 1, 1) } else { (year, month0 + 2) };
        NaiveDate::from_ymd_opt(after.0, after.1, 1).unwrap() - Days::new(1)
    })
}

proptest! {
    #[test]
    fn months_end_on_the_corresponding_date_or_the_last_day(counting in convention().prop_map(|(counting, _)| counting), from in day(), n in -60i32..=60) {
        let calendar = Calendar::of("none", []);
        let months = count(&calendar, counting, Roll::None, from, Length { n, unit: Unit::CalendarMonths });
        prop_assert_eq!(months.date, corresponding(from, n));
        let years = count(&calendar, counting, Roll::None, from, Length { n, unit: Unit::Years });
        prop_assert_eq!(years.date, corresponding(from, n * 12));
    }

    #[test]
    fn a_month_never_reaches_into_the_month_after(from in day(), n in 0i32..=24) {
        let calendar = Calendar::of("none", []);
        let date = count(&calendar, Default::default(), Roll::None, from, Length { n, unit: Unit::CalendarMonths }).date;
        let months = (date.year() - from.year()) * 12 + i32::try_from(date.month()).unwrap() - i32::try_from(from.month()).unwrap();
        prop_assert_eq!(months, n);
        prop_assert!(date.day() <= from.day());
    }

    #[test]
    fn days_and_weeks_are_counted_off(from in day(), n in -400i32..=400) {
        let calendar = Calendar::of("none", []);
        let to = |unit| count(&calendar, Default::default(), Roll::None, from, Length { n, unit }).date;
        prop_assert_eq!((to(Unit::Days) - from).num_days(), i64::from(n));
        prop_assert_eq!((to(Unit::Weeks) - from).num_days(), i64::from(n) * 7);
    }
}

#[test]
fn the_vectors_of_the_brief() {
    for (from, months, to) in [
        ("2026-01-30", 1, "2026-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-02-28", 1, "2026-03-28"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2027-01-29", 1, "2027-02-28"),
        ("1978-09-30", 4, "1979-01-30"),
        ("2025-05-14", 12, "2026-05-14"),
        ("2028-02-29", 12, "2029-02-28"),
    ] {
        let (from, to): (NaiveDate, NaiveDate) = (from.parse().unwrap(), to.parse().unwrap());
        let calendar = Calendar::of("none", []);
        let counted =
            count(&calendar, Default::default(), Roll::None, from, Length { n: months, unit: Unit::CalendarMonths });
        assert_eq!((counted.date, corresponding(from, months)), (to, to), "{from} + {months}");
    }
}
