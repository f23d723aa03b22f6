//! What the properties are tried on: days, calendars, conventions.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use redress_domain::calendar::{Calendar, Counting, Roll, calendars};

/// The file gov.uk publishes, as it is packed.
pub(crate) const HOLIDAYS: &str = include_str!("../../../../policies/calendars/bank-holidays.json");

/// The first day of what is tried.
pub(crate) fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2012, 1, 1).unwrap()
}

/// Days in the first 18 years of the packed calendars: some lie past their horizon.
pub(crate) fn day() -> impl Strategy<Value = NaiveDate> {
    (0u64..18 * 365).prop_map(|n| first_day() + Days::new(n))
}

/// The calendar of a nation.
pub(crate) fn nation(name: &str) -> Calendar {
    calendars(HOLIDAYS).unwrap().into_iter().find(|calendar| calendar.name == name).unwrap()
}

/// England and Wales, Scotland, Northern Ireland, or one in which anything may be off and the future unknown.
pub(crate) fn calendar() -> impl Strategy<Value = Calendar> {
    let nations = calendars(HOLIDAYS).unwrap();
    assert_eq!(nations.len(), 3);
    prop_oneof![proptest::sample::select(nations), invented()]
}

fn invented() -> impl Strategy<Value = Calendar> {
    let off = proptest::collection::btree_set(day(), 0..900);
    // Whole weeks off as well: a shutdown, or a calendar nobody would want.
    let shut = proptest::collection::vec((day(), 1u64..40), 0..8);
    (off, shut, day()).prop_map(|(off, shut, horizon)| {
        let mut days: BTreeMap<NaiveDate, String> = off.into_iter().map(|day| (day, "Invented".to_owned())).collect();
        for (from, length) in shut {
            days.extend((0..length).map(|n| (from + Days::new(n), "Shut".to_owned())));
        }
        known_until(Calendar::of("invented", days), horizon)
    })
}

/// The same calendar, known until another day.
pub(crate) fn known_until(mut calendar: Calendar, horizon: NaiveDate) -> Calendar {
    calendar.horizon = horizon;
    calendar
}

/// Every convention a policy can name, and so those of every policy that is packed.
pub(crate) fn convention() -> impl Strategy<Value = (Counting, Roll)> {
    let counting = proptest::sample::select(vec![Counting::NextWorkingDay, Counting::RolledStart]);
    (counting, proptest::sample::select(vec![Roll::None, Roll::Forward]))
}

/// A day somebody works.
pub(crate) fn working(calendar: &Calendar, from: NaiveDate) -> NaiveDate {
    calendar.working_on_or_after(from)
}
