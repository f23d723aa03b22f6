//! Ten thousand dates as the Ministry of Justice's own crate counts them.

use chrono::NaiveDate;
use redress_domain::calendar::{Calendar, Counting, Roll, count};
use redress_domain::length::Length;

use crate::given::nation;

const DATES: &str = include_str!("govuk-bank-holidays.txt");

#[test]
fn ten_thousand_dates_are_those_of_the_ministry_of_justice() {
    let nations: [(&str, Calendar); 3] =
        [("E", nation("england-and-wales")), ("S", nation("scotland")), ("I", nation("northern-ireland"))];
    let mut checked = 0;
    for line in DATES.lines().filter(|line| !line.starts_with('#')) {
        let [letter, convention, from, n, to] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let calendar = &nations.iter().find(|(name, _)| *name == letter).unwrap().1;
        let counting = if convention == "R" { Counting::RolledStart } else { Counting::NextWorkingDay };
        let from: NaiveDate = from.parse().unwrap();
        let counted = count(calendar, counting, Roll::None, from, Length::working_days(n.parse().unwrap()));
        assert_eq!(counted.date, to.parse().unwrap(), "{line}");
        assert!(!counted.provisional, "{line}");
        checked += 1;
    }
    assert_eq!(checked, 10_000);
}
