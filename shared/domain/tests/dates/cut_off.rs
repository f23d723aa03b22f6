//! What comes after the cut-off hour counts from the next day.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use proptest::prelude::*;
use redress_domain::calendar::{local_date, parse_moment, start_of_day};
use redress_domain::policy::Policy;
use redress_domain::rules::Rules;

use crate::given::{calendar, day, nation};
use crate::policies::{POLICIES, dates, life, rules};

/// A policy that counts what comes from this hour on from the next day.
fn until(policy: &Arc<Policy>, cut_off: Option<NaiveTime>) -> Arc<Policy> {
    let mut policy = Policy::clone(policy);
    policy.policy.cut_off = cut_off;
    Arc::new(policy)
}

fn four() -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(16, 0, 0)
}

fn england(cut_off: Option<NaiveTime>) -> Rules {
    rules(&until(POLICIES.first().unwrap(), cut_off), &nation("england-and-wales"))
}

fn at(text: &str) -> DateTime<Utc> {
    parse_moment(text).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_minute_to_four_counts_that_day_and_four_the_next() {
    let rules = england(four());
    for (what, day, next) in [
        ("a Wednesday", "2026-03-18", "2026-03-19"),
        ("a Friday", "2026-03-20", "2026-03-21"),
        ("the Thursday before Good Friday", "2026-04-02", "2026-04-03"),
        ("the day the clocks go forward", "2026-03-29", "2026-03-30"),
        ("the day the clocks go back", "2026-10-25", "2026-10-26"),
        ("New Year's Eve", "2026-12-31", "2027-01-01"),
    ] {
        assert_eq!(rules.clock_from(at(&format!("{day}T00:00"))), date(day), "{what}");
        assert_eq!(rules.clock_from(at(&format!("{day}T15:59:59"))), date(day), "{what}");
        assert_eq!(rules.clock_from(at(&format!("{day}T16:00"))), date(next), "{what}");
        assert_eq!(rules.clock_from(at(&format!("{day}T23:59"))), date(next), "{what}");
    }
}

#[test]
fn the_hour_is_londons() {
    let rules = england(four());
    // Half past three in London is half past two or half past three elsewhere.
    assert_eq!(rules.clock_from(at("2026-07-01T14:59:00Z")), date("2026-07-01"));
    assert_eq!(rules.clock_from(at("2026-07-01T15:00:00Z")), date("2026-07-02"));
    assert_eq!(rules.clock_from(at("2026-12-01T15:59:00Z")), date("2026-12-01"));
    assert_eq!(rules.clock_from(at("2026-12-01T16:00:00Z")), date("2026-12-02"));
}

#[test]
fn without_a_cut_off_a_minute_to_midnight_counts_that_day() {
    let rules = england(None);
    for day in ["2026-03-20", "2026-04-02", "2026-03-29", "2026-10-25"] {
        assert_eq!(rules.clock_from(at(&format!("{day}T23:59"))), date(day));
    }
}

#[test]
fn a_friday_after_four_is_a_saturday_and_costs_nobody_a_day() {
    let due = |received: &str| {
        let found = dates(&england(four()), (at(received), None, None));
        found.into_iter().map(|deadline| (deadline.rule, deadline.due_on)).collect::<Vec<_>>()
    };
    // The first working day after either is Monday.
    assert_eq!(due("2026-03-20T15:59"), due("2026-03-20T16:00"));
    assert_eq!(due("2026-03-20T16:00"), due("2026-03-21T10:00"));
    assert_eq!(due("2026-04-02T15:59"), due("2026-04-02T16:00"));
    // Within the week it is a day.
    assert!(due("2026-03-18T15:59") < due("2026-03-18T16:00"));
    assert_eq!(due("2026-03-18T16:00"), due("2026-03-19T15:59"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_clock_starts_that_day_or_the_next_and_never_runs_back(day in day(), minute in 0i64..24 * 60, later in 0i64..3 * 24 * 60, hour in 1u32..24) {
        let rules = england(NaiveTime::from_hms_opt(hour, 0, 0));
        let received = start_of_day(day) + TimeDelta::minutes(minute);
        let from = rules.clock_from(received);
        prop_assert!(from == local_date(received) || from == local_date(received) + Days::new(1));
        prop_assert!(from <= rules.clock_from(received + TimeDelta::minutes(later)));
    }

    #[test]
    fn received_later_across_the_cut_off_nothing_is_due_earlier(calendar in calendar(), life in life(), later in 0i64..40 * 24 * 60, hour in 1u32..24) {
        let (received, acknowledged, answered) = life;
        for policy in POLICIES.iter() {
            let rules = rules(&until(policy, NaiveTime::from_hms_opt(hour, 0, 0)), &calendar);
            let second = dates(&rules, (received + TimeDelta::minutes(later), acknowledged, answered));
            for first in dates(&rules, life) {
                let other = second.iter().find(|other| other.rule == first.rule).unwrap();
                prop_assert!(first.due_on <= other.due_on, "{} {}", policy.policy.council, first.rule);
            }
        }
    }

    #[test]
    fn a_cut_off_never_shortens_a_promise(calendar in calendar(), life in life()) {
        for policy in POLICIES.iter() {
            let with = dates(&rules(&until(policy, four()), &calendar), life);
            for without in dates(&rules(&until(policy, None), &calendar), life) {
                let other = with.iter().find(|other| other.rule == without.rule).unwrap();
                prop_assert!(without.due_on <= other.due_on, "{} {}", policy.policy.council, without.rule);
            }
        }
    }
}
