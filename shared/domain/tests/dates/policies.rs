//! The dates of every packed policy, under every nation's calendar and invented ones.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Days, TimeDelta, Utc};
use proptest::prelude::*;
use redress_domain::calendar::{Calendar, Counting, start_of_day};
use redress_domain::deadline::Deadline;
use redress_domain::length::Unit;
use redress_domain::policy::{Policy, read};
use redress_domain::roles::Roles;
use redress_domain::rules::{Ombudsmen, Rules};
use redress_domain::sample::sample;

use crate::given::{calendar, day};

/// Every packed policy.
pub(crate) static POLICIES: LazyLock<Vec<Arc<Policy>>> = LazyLock::new(packed);

fn packed() -> Vec<Arc<Policy>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let councils = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = councils.filter(|path| path.is_dir()).flat_map(|path| std::fs::read_dir(path).unwrap());
    let policies: Vec<Arc<Policy>> = files
        .map(|file| file.unwrap().path())
        .filter(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('v')))
        .filter(|file| file.extension().is_some_and(|extension| extension == "toml"))
        .map(|file| Arc::new(read(&file.display().to_string(), &std::fs::read_to_string(&file).unwrap()).unwrap()))
        .collect();
    assert!(policies.len() >= 5, "the first five customers");
    policies
}

/// A policy over a nation's calendar, with the days on which the council is closed.
pub(crate) fn rules(policy: &Arc<Policy>, calendar: &Calendar) -> Rules {
    let roles = Roles::read(include_str!("../../../../policies/roles.toml")).unwrap();
    let ombudsmen: Ombudsmen = toml::from_str(include_str!("../../../../policies/ombudsmen.toml")).unwrap();
    Rules {
        policy: Arc::clone(policy),
        calendar: Arc::new(calendar.closed_on(&policy.closures)),
        ombudsmen: Arc::new(ombudsmen.ombudsman),
        roles: Arc::new(roles),
    }
}

/// A complaint at an hour of a day, acknowledged and answered some days later or not at all.
pub(crate) fn life() -> impl Strategy<Value = (DateTime<Utc>, Option<u64>, Option<u64>)> {
    let received = (day(), 0i64..24 * 60).prop_map(|(day, minute)| start_of_day(day) + TimeDelta::minutes(minute));
    (received, proptest::option::of(0u64..20), proptest::option::of(20u64..60))
}

/// What is owed in such a life.
pub(crate) fn dates(
    rules: &Rules,
    (received, acknowledged, answered): (DateTime<Utc>, Option<u64>, Option<u64>),
) -> Vec<Deadline> {
    let day = redress_domain::calendar::local_date(received);
    let after = |days: Option<u64>| days.map(|days| day + Days::new(days));
    sample(rules, received, after(acknowledged), after(answered))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_date_explains_itself_and_falls_where_it_may(calendar in calendar(), life in life()) {
        for policy in POLICIES.iter() {
            let rules = rules(policy, &calendar);
            let found = dates(&rules, life);
            prop_assert!(found.len() >= 2, "{}", policy.policy.council);
            for deadline in found {
                prop_assert_eq!(deadline.provisional, deadline.due_on > calendar.horizon);
                let explain = &deadline.explain;
                let Some(amount) = explain.amount else { continue };
                prop_assert_eq!(rules.count(explain.from_on, amount).date, deadline.due_on);
                if amount.unit == Unit::WorkingDays {
                    prop_assert!(calendar.is_working(deadline.due_on), "{} {}", policy.policy.council, deadline.rule);
                    let counted = explain.days.iter().filter(|day| day.counted).count();
                    prop_assert_eq!(counted, usize::try_from(amount.n).unwrap());
                }
            }
        }
    }

    #[test]
    fn received_later_nothing_is_due_earlier(calendar in calendar(), life in life(), later in 0i64..40 * 24 * 60) {
        let (received, acknowledged, answered) = life;
        for policy in POLICIES.iter() {
            let rules = rules(policy, &calendar);
            let second = dates(&rules, (received + TimeDelta::minutes(later), acknowledged, answered));
            for first in dates(&rules, life) {
                let other = second.iter().find(|other| other.rule == first.rule).unwrap();
                prop_assert!(first.due_on <= other.due_on, "{} {}", policy.policy.council, first.rule);
                prop_assert!(first.target_on <= other.target_on);
            }
        }
    }

    #[test]
    fn a_target_is_never_past_its_limit(calendar in calendar(), life in life()) {
        for policy in POLICIES.iter() {
            for deadline in dates(&rules(policy, &calendar), life) {
                prop_assert!(deadline.target_on.is_none_or(|target| target <= deadline.due_on));
            }
        }
    }

    #[test]
    fn the_policies_convention_matters_on_days_off_alone(calendar in calendar(), life in life()) {
        let received = redress_domain::calendar::local_date(life.0);
        prop_assume!(calendar.is_working(received));
        for policy in POLICIES.iter() {
            let other = |counting| {
                let mut policy = Policy::clone(policy);
                policy.policy.counting = counting;
                let found = dates(&rules(&Arc::new(policy), &calendar), (life.0, None, None));
                found.into_iter().map(|deadline| (deadline.rule, deadline.due_on)).collect::<Vec<_>>()
            };
            prop_assert_eq!(other(Counting::NextWorkingDay), other(Counting::RolledStart));
        }
    }
}
