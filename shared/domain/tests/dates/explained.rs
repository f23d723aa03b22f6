//! A date that explains itself explains every day, once, in order.

use chrono::NaiveDate;
use proptest::prelude::*;
use redress_domain::calendar::{Calendar, Counting, count};
use redress_domain::length::Length;

use crate::given::{calendar, convention, day, working};

/// The day that is day 0.
fn day_zero(calendar: &Calendar, counting: Counting, from: NaiveDate) -> NaiveDate {
    match counting {
        Counting::NextWorkingDay => from,
        Counting::RolledStart => working(calendar, from),
    }
}

proptest! {
    #[test]
    fn as_many_days_count_as_were_asked_for(calendar in calendar(), (counting, roll) in convention(), from in day(), n in -120i32..=120) {
        let counted = count(&calendar, counting, roll, from, Length::working_days(n));
        let days: Vec<_> = counted.days.iter().filter(|day| day.counted).collect();
        prop_assert_eq!(days.len(), usize::try_from(n.abs()).unwrap());
        for (number, day) in (1..).zip(&days) {
            prop_assert_eq!(&day.why, &format!("day {}", number * n.signum()));
            prop_assert!(calendar.is_working(day.date));
        }
        if let Some(last) = days.last() {
            prop_assert_eq!(last.date, counted.date);
        }
    }

    #[test]
    fn each_day_from_the_start_to_the_date_is_explained_once_in_order(calendar in calendar(), (counting, roll) in convention(), from in day(), n in -120i32..=120) {
        prop_assume!(n != 0);
        let counted = count(&calendar, counting, roll, from, Length::working_days(n));
        let zero = day_zero(&calendar, counting, from);
        let explained: Vec<NaiveDate> = counted.days.iter().map(|day| day.date).collect();
        let expected: Vec<NaiveDate> = if n > 0 {
            from.iter_days().take_while(|day| *day <= counted.date).filter(|day| *day != zero).collect()
        } else {
            let back = std::iter::successors(zero.pred_opt(), NaiveDate::pred_opt);
            back.take_while(|day| *day >= counted.date).collect()
        };
        prop_assert_eq!(explained, expected);
    }

    #[test]
    fn a_day_that_does_not_count_says_why(calendar in calendar(), (counting, roll) in convention(), from in day(), n in -120i32..=120) {
        let counted = count(&calendar, counting, roll, from, Length::working_days(n));
        for day in counted.days.iter().filter(|day| !day.counted) {
            prop_assert_eq!(Some(day.why.as_str()), calendar.day_off(day.date));
        }
    }

    #[test]
    fn a_month_that_rolls_explains_the_days_it_rolled_over(calendar in calendar(), (counting, roll) in convention(), from in day(), n in 0i32..=12) {
        let counted = count(&calendar, counting, roll, from, format!("{n} months").parse().unwrap());
        let over: Vec<NaiveDate> = counted.days.iter().map(|day| day.date).collect();
        let first = over.first().copied().unwrap_or(counted.date);
        prop_assert!(counted.days.iter().all(|day| !day.counted && !calendar.is_working(day.date)));
        prop_assert_eq!(over, first.iter_days().take_while(|day| *day < counted.date).collect::<Vec<_>>());
    }
}
