//! What time overtakes.

use super::super::{Warning, warnings};
use super::{GOOD, codes, policy, spoiled};

fn warned(policy: &crate::policy::Policy, today: &str) -> Vec<String> {
    let found: Vec<Warning> = warnings(&codes(), policy, today.parse().unwrap());
    found.into_iter().map(|warning| warning.message).collect()
}

#[test]
fn a_review_date_is_past_from_the_day_after() {
    let good = policy(GOOD);
    assert_eq!(warned(&good, "2027-04-01"), Vec::<String>::new());
    assert_eq!(warned(&good, "2027-04-02"), ["it was to be looked at again by 1 April 2027"]);
}

#[test]
fn a_policy_older_than_its_codes_and_what_it_says_of_former_times_are_told() {
    let old = spoiled("from = \"2025-04-01\"", "from = \"2024-03-01\"");
    assert_eq!(warned(&old, "2026-06-01").len(), 1, "the LGSCO's Code is older than that policy");
    let former = spoiled("Who may act for a person?", "Is a Designated Person needed?");
    assert!(warned(&former, "2026-06-01")[0].contains("ended on 1 October 2022"));
    let former = spoiled("8 The Ombudsmen", "8 The Local Government Ombudsman");
    assert!(warned(&former, "2026-06-01")[0].contains("Social Care"));
}
