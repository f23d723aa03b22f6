//! Where a count of days ends.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use redress_domain::calendar::{Calendar, Counting, Roll, count};
use redress_domain::length::{Length, Unit};

use crate::given::{calendar, convention, day, known_until, working};

fn any_length() -> impl Strategy<Value = Length> {
    let unit = vec![Unit::WorkingDays, Unit::Days, Unit::Weeks, Unit::CalendarMonths, Unit::Years];
    (-60i32..=60, proptest::sample::select(unit)).prop_map(|(n, unit)| Length { n, unit })
}

proptest! {
    #[test]
    fn a_date_counted_in_working_days_is_a_working_day(calendar in calendar(), (counting, roll) in convention(), from in day(), n in -120i32..=120) {
        prop_assume!(n != 0);
        let counted = count(&calendar, counting, roll, from, Length::working_days(n));
        prop_assert!(calendar.is_working(counted.date), "{from} + {n} = {}", counted.date);
        prop_assert_eq!(counted.date > from, n > 0);
    }

    #[test]
    fn a_date_that_rolls_is_a_working_day_whatever_was_counted(calendar in calendar(), (counting, _) in convention(), from in day(), length in any_length()) {
        let date = count(&calendar, counting, Roll::Forward, from, length).date;
        let stays = count(&calendar, counting, Roll::None, from, length).date;
        prop_assert!(calendar.is_working(date));
        prop_assert_eq!(date, working(&calendar, stays));
    }

    #[test]
    fn starting_later_never_ends_earlier(calendar in calendar(), (counting, roll) in convention(), from in day(), later in 0u64..60, length in any_length()) {
        let first = count(&calendar, counting, roll, from, length).date;
        let second = count(&calendar, counting, roll, from + Days::new(later), length).date;
        prop_assert!(first <= second, "{from} gives {first}, and {later} days later gives {second}");
    }

    #[test]
    fn counting_more_never_ends_earlier(calendar in calendar(), (counting, roll) in convention(), from in day(), length in any_length(), more in 0i32..30) {
        let first = count(&calendar, counting, roll, from, length).date;
        let second = count(&calendar, counting, roll, from, Length { n: length.n + more, ..length }).date;
        prop_assert!(first <= second, "{length} gives {first}, and {more} more gives {second}");
    }

    #[test]
    fn both_conventions_agree_from_a_working_day(calendar in calendar(), roll in convention().prop_map(|(_, roll)| roll), from in day(), length in any_length()) {
        let from = working(&calendar, from);
        let next = count(&calendar, Counting::NextWorkingDay, roll, from, length);
        let rolled = count(&calendar, Counting::RolledStart, roll, from, length);
        prop_assert_eq!((next.date, next.days), (rolled.date, rolled.days));
    }

    #[test]
    fn from_a_day_off_the_rolled_start_is_one_working_day_later(calendar in calendar(), from in day(), n in 1i32..=90) {
        prop_assume!(!calendar.is_working(from));
        let rolled = count(&calendar, Counting::RolledStart, Roll::None, from, Length::working_days(n));
        let next = count(&calendar, Counting::NextWorkingDay, Roll::None, from, Length::working_days(n + 1));
        prop_assert_eq!(rolled.date, next.date);
    }

    #[test]
    fn counting_back_undoes_counting_from_a_working_day(calendar in calendar(), (counting, roll) in convention(), from in day(), n in -90i32..=90) {
        let from = working(&calendar, from);
        let there = count(&calendar, counting, roll, from, Length::working_days(n)).date;
        prop_assert_eq!(count(&calendar, counting, roll, there, Length::working_days(-n)).date, from);
    }

    #[test]
    fn a_date_is_provisional_exactly_past_the_horizon(calendar in calendar(), (counting, roll) in convention(), from in day(), length in any_length()) {
        let counted = count(&calendar, counting, roll, from, length);
        prop_assert_eq!(counted.provisional, counted.date > calendar.horizon);
        let until = |horizon| count(&known_until(calendar.clone(), horizon), counting, roll, from, length).provisional;
        prop_assert!(!until(counted.date) && until(counted.date - Days::new(1)));
    }

    #[test]
    fn at_the_ends_of_time_a_count_still_ends(past in 0u64..500, (counting, roll) in convention(), length in any_length(), end in any::<bool>()) {
        let from = if end { NaiveDate::MAX - Days::new(past) } else { NaiveDate::MIN + Days::new(past) };
        let none = Calendar::of("none", []);
        let _total = count(&none, counting, roll, from, length);
    }
}
