//! Days on which a council is closed: its own days off, and nobody else's.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate};
use proptest::prelude::*;
use redress_domain::calendar::{Calendar, Counting, Roll, count, parse_moment};
use redress_domain::deadline::Deadline;
use redress_domain::length::{Length, Unit};
use redress_domain::policy::{Closure, Policy};

use crate::given::{calendar, convention, day, nation, working};
use crate::policies::{POLICIES, dates, life, rules};

fn closed(policy: &Arc<Policy>, closures: &[Closure]) -> Arc<Policy> {
    let mut policy = Policy::clone(policy);
    policy.closures = closures.to_vec();
    Arc::new(policy)
}

fn christmas() -> Vec<Closure> {
    ["2026-12-24", "2026-12-29", "2026-12-30", "2026-12-31"]
        .map(|date| Closure { date: date.parse().unwrap(), title: "Christmas shutdown".to_owned() })
        .to_vec()
}

/// Any days, weekends and holidays among them.
fn closures() -> impl Strategy<Value = Vec<Closure>> {
    let weeks = proptest::collection::btree_map(day(), 1u64..12, 0..12);
    weeks.prop_map(|weeks| {
        let days = weeks.into_iter().flat_map(|(from, length)| (0..length).map(move |n| from + Days::new(n)));
        days.map(|date| Closure { date, title: "shutdown".to_owned() }).collect()
    })
}

fn stage_one_answer(found: Vec<Deadline>) -> Deadline {
    found.into_iter().find(|deadline| deadline.rule == "stage-1.respond").unwrap()
}

#[test]
fn a_closure_moves_that_councils_date_and_is_named_in_its_explanation() {
    let nation = nation("england-and-wales");
    let received: DateTime<_> = parse_moment("2026-12-21T10:00").unwrap();
    for policy in POLICIES.iter().filter(|policy| policy.stage(1).unwrap().respond.within.unit == Unit::WorkingDays) {
        let open = stage_one_answer(dates(&rules(&closed(policy, &[]), &nation), (received, None, None)));
        let shut = stage_one_answer(dates(&rules(&closed(policy, &christmas()), &nation), (received, None, None)));
        assert_eq!(nation.day_off("2026-12-29".parse().unwrap()), None, "the nation works that day");
        assert_eq!(
            count(&nation, Counting::NextWorkingDay, Roll::None, open.due_on, Length::working_days(4)).date,
            shut.due_on
        );
        let named: Vec<NaiveDate> = shut
            .explain
            .days
            .iter()
            .filter(|day| !day.counted && day.why == "Council closed (Christmas shutdown)")
            .map(|day| day.date)
            .collect();
        assert_eq!(named, christmas().iter().map(|closure| closure.date).collect::<Vec<_>>());
        assert!(open.explain.days.iter().all(|day| !day.why.contains("closed")));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_closure_never_brings_a_date_forward_nor_moves_the_horizon(calendar in calendar(), closures in closures(), life in life()) {
        for policy in POLICIES.iter() {
            let shut = rules(&closed(policy, &closures), &calendar);
            prop_assert_eq!(shut.calendar.horizon, calendar.horizon);
            let with = dates(&shut, life);
            for without in dates(&rules(&closed(policy, &[]), &calendar), life) {
                let other = with.iter().find(|other| other.rule == without.rule).unwrap();
                prop_assert!(without.due_on <= other.due_on, "{} {}", policy.policy.council, without.rule);
                prop_assert_eq!(other.provisional, other.due_on > calendar.horizon);
            }
        }
    }

    #[test]
    fn with_closures_both_conventions_agree_from_a_working_day(calendar in calendar(), closures in closures(), from in day(), n in -60i32..=60) {
        let calendar = calendar.closed_on(&closures);
        let from = working(&calendar, from);
        let next = count(&calendar, Counting::NextWorkingDay, Roll::None, from, Length::working_days(n));
        let rolled = count(&calendar, Counting::RolledStart, Roll::None, from, Length::working_days(n));
        prop_assert_eq!((next.date, next.days), (rolled.date, rolled.days));
    }

    #[test]
    fn with_closures_as_many_days_count_as_were_asked_for(calendar in calendar(), closures in closures(), (counting, roll) in convention(), from in day(), n in -60i32..=60) {
        let calendar = calendar.closed_on(&closures);
        let counted = count(&calendar, counting, roll, from, Length::working_days(n));
        let days = counted.days.iter().filter(|day| day.counted).count();
        prop_assert_eq!(days, usize::try_from(n.abs()).unwrap());
        for day in &counted.days {
            prop_assert_eq!(day.counted, calendar.is_working(day.date));
            prop_assert!(!day.counted || closures.iter().all(|closure| closure.date != day.date));
        }
    }

    #[test]
    fn a_day_that_is_off_in_any_case_keeps_its_name(calendar in calendar(), closures in closures()) {
        let shut: Calendar = calendar.closed_on(&closures);
        for closure in &closures {
            let name = shut.day_off(closure.date);
            prop_assert_eq!(name, Some(calendar.day_off(closure.date).unwrap_or("Council closed (shutdown)")));
        }
    }
}
