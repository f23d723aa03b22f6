//! Eight in the morning, London time, of a working day; clocks changing or not.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use proptest::prelude::*;
use redress_domain::calendar::{local_date, local_instant, local_time, next_morning, start_of_day};

use crate::given::{calendar, first_day};

/// The last Sunday of a month of 31 days.
fn last_sunday(year: i32, month: u32) -> NaiveDate {
    let last = NaiveDate::from_ymd_opt(year, month, 31).unwrap();
    last - Days::new(u64::from(last.weekday().days_since(Weekday::Sun)))
}

/// Summer time as the law has it, without the time zone database: at eight the clocks have changed already.
fn eight_in_utc(date: NaiveDate) -> u32 {
    let summer = last_sunday(date.year(), 3) <= date && date < last_sunday(date.year(), 10);
    if summer { 7 } else { 8 }
}

fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0i64..18 * 365 * 86_400)
        .prop_map(|second| first_day().and_hms_opt(0, 0, 0).unwrap().and_utc() + TimeDelta::seconds(second))
}

/// Within three days of a change of the clocks.
fn near_a_change() -> impl Strategy<Value = DateTime<Utc>> {
    (2012i32..2030, proptest::sample::select(vec![3u32, 10]), -3i64 * 86_400..3 * 86_400).prop_map(
        |(year, month, second)| {
            last_sunday(year, month).and_hms_opt(1, 0, 0).unwrap().and_utc() + TimeDelta::seconds(second)
        },
    )
}

proptest! {
    #[test]
    fn it_is_eight_of_a_working_day_and_the_first_there_is(calendar in calendar(), at in prop_oneof![any_instant(), near_a_change()]) {
        let morning = next_morning(&calendar, at);
        let date = local_date(morning);
        prop_assert!(morning >= at);
        prop_assert!(calendar.is_working(date));
        prop_assert_eq!(local_time(morning), date.and_hms_opt(8, 0, 0).unwrap());
        prop_assert_eq!(morning, date.and_hms_opt(eight_in_utc(date), 0, 0).unwrap().and_utc());
        for earlier in local_date(at).iter_days().take_while(|day| *day < date) {
            let eight = local_instant(earlier.and_hms_opt(8, 0, 0).unwrap());
            prop_assert!(!calendar.is_working(earlier) || eight < at, "{earlier} would have done");
        }
    }

    #[test]
    fn waiting_for_the_morning_in_the_morning_is_no_waiting(calendar in calendar(), at in any_instant()) {
        let morning = next_morning(&calendar, at);
        prop_assert_eq!(next_morning(&calendar, morning), morning);
        prop_assert!(next_morning(&calendar, morning + TimeDelta::milliseconds(1)) > morning);
    }

    #[test]
    fn a_day_begins_at_its_first_instant(at in prop_oneof![any_instant(), near_a_change()]) {
        let day = local_date(at);
        prop_assert!(start_of_day(day) <= at && at < start_of_day(day + Days::new(1)));
        prop_assert_eq!(local_date(start_of_day(day)), day);
        prop_assert_eq!(local_date(start_of_day(day) - TimeDelta::milliseconds(1)), day - Days::new(1));
    }
}

#[test]
fn the_changes_of_the_clocks_are_where_gov_uk_says() {
    for (year, spring, autumn) in [(2026, (29, 3), (25, 10)), (2027, (28, 3), (31, 10))] {
        for (day, month) in [spring, autumn] {
            assert_eq!(last_sunday(year, month).day(), day);
        }
    }
}
