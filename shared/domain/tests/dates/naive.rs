//! The same dates by somebody who knows no calendar crate: days numbered from 1970, counted off one by one.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use redress_domain::calendar::{Calendar, Counting, Roll, count};
use redress_domain::length::Length;

use crate::given::first_day;

/// A generator that is the same everywhere: case for case, the same ten thousand.
pub(crate) struct Dice(u64);

impl Dice {
    /// From a seed.
    pub(crate) fn of(seed: u64) -> Dice {
        Dice(seed)
    }

    /// A number below `below`.
    pub(crate) fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// One date to count: days since 1 January 1970, how many, and by which convention.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub(crate) from: i64,
    pub(crate) n: i64,
    pub(crate) rolled: bool,
}

/// Ten thousand dates to count.
pub(crate) fn ten_thousand(seed: u64) -> Vec<Asked> {
    let mut dice = Dice::of(seed);
    let first = number(first_day());
    let mut ask = || {
        let n = i64::try_from(dice.roll(160)).unwrap() - 60;
        Asked {
            from: first + i64::try_from(dice.roll(6_000)).unwrap(),
            n: if n == 0 { 1 } else { n },
            rolled: dice.roll(2) == 1,
        }
    };
    (0..10_000).map(|_| ask()).collect()
}

/// Days off from Monday to Friday, about one in twenty, some of them in rows.
pub(crate) fn some_days_off(seed: u64) -> HashSet<i64> {
    let mut dice = Dice::of(seed);
    let first = number(first_day());
    let mut off = HashSet::new();
    for _ in 0..300 {
        let at = first + i64::try_from(dice.roll(6_200)).unwrap();
        off.extend((0..1 + i64::try_from(dice.roll(4)).unwrap()).map(|n| at + n));
    }
    off
}

/// The house's calendar of the same days.
pub(crate) fn calendar(off: &HashSet<i64>) -> Calendar {
    Calendar::of("invented", off.iter().map(|n| (date(*n), "off".to_owned())))
}

/// The house's answer.
pub(crate) fn house(calendar: &Calendar, asked: Asked) -> i64 {
    let counting = if asked.rolled { Counting::RolledStart } else { Counting::NextWorkingDay };
    let length = Length::working_days(i32::try_from(asked.n).unwrap());
    number(count(calendar, counting, Roll::None, date(asked.from), length).date)
}

fn number(date: NaiveDate) -> i64 {
    (date - NaiveDate::from_ymd_opt(1970, 1, 1).unwrap()).num_days()
}

/// The civil date of a numbered day.
pub(crate) fn date(number: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + Days::new(u64::try_from(number).unwrap())
}

/// 1 January 1970 was a Thursday.
fn works(off: &HashSet<i64>, day: i64) -> bool {
    !matches!((day + 3).rem_euclid(7), 5 | 6) && !off.contains(&day)
}

fn naive(off: &HashSet<i64>, asked: Asked) -> i64 {
    let mut day = asked.from;
    while asked.rolled && !works(off, day) {
        day += 1;
    }
    let mut left = asked.n.abs();
    while left > 0 {
        day += asked.n.signum();
        left -= i64::from(works(off, day));
    }
    day
}

#[test]
fn ten_thousand_dates_are_those_counted_off_one_by_one() {
    for seed in 0..3 {
        let off = some_days_off(seed);
        let calendar = calendar(&off);
        for asked in ten_thousand(seed) {
            assert_eq!(house(&calendar, asked), naive(&off, asked), "{asked:?} in calendar {seed}");
        }
    }
}
