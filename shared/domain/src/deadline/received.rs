//! The day an answer counts as received, from which a window may run.

use chrono::NaiveDate;

use crate::calendar::{Sent, deemed_received, long_date};
use crate::case::Response;
use crate::rules::Rules;

/// The day, and how it is known. Evidence of another day wins over the day a letter is taken to have arrived.
pub(super) fn received(rules: &Rules, response: &Response) -> (NaiveDate, String) {
    if let Some(on) = response.received_on {
        return (on, "the answer was received, as the evidence shows".to_owned());
    }
    let (sent, how) = match (response.by_post, response.second_class) {
        (false, _) => (Sent::Email, ""),
        (true, false) => (Sent::FirstClass, " by first-class post"),
        (true, true) => (Sent::SecondClass, " by second-class post"),
    };
    let went = response.posted_on.unwrap_or(response.on);
    let on = deemed_received(&rules.calendar, &rules.policy.deemed, went, sent);
    (on, format!("the answer, sent{how} on {}, counts as received", long_date(went)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::calendar::calendars;
    use crate::case::OutcomeId;
    use crate::policy::{Closure, read};
    use crate::roles::Roles;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn rules(more: &str) -> Rules {
        let text = include_str!("../policy/read/plain.toml").replacen("[watch]", &format!("{more}\n[watch]"), 1);
        let policy = read("x/v1.toml", &text).unwrap();
        let nations = calendars(include_str!("../../../../policies/calendars/bank-holidays.json")).unwrap();
        let nation = nations.into_iter().find(|nation| nation.name == policy.policy.calendar).unwrap();
        let closures: &[Closure] = &policy.closures;
        Rules {
            calendar: Arc::new(nation.closed_on(closures)),
            policy: Arc::new(policy),
            ombudsmen: Arc::default(),
            roles: Arc::new(Roles::read(include_str!("../../../../policies/roles.toml")).unwrap()),
        }
    }

    fn response(on: &str, by_post: bool, second_class: bool, received_on: Option<&str>) -> Response {
        Response {
            on: day(on),
            first_on: day(on),
            by: String::new(),
            outcome: OutcomeId::Upheld,
            findings: Vec::new(),
            received_on: received_on.map(day),
            letter: 1,
            by_post,
            posted_on: None,
            second_class,
        }
    }

    #[test]
    fn an_answer_counts_as_received_by_the_way_it_went() {
        let rules = rules("");
        for (by_post, second_class, on, how) in [
            (false, false, "2026-04-02", "the answer, sent on 2 April 2026, counts as received"),
            (true, false, "2026-04-08", "the answer, sent by first-class post on 2 April 2026, counts as received"),
            (true, true, "2026-04-10", "the answer, sent by second-class post on 2 April 2026, counts as received"),
        ] {
            let found = received(&rules, &response("2026-04-02", by_post, second_class, None));
            assert_eq!(found, (day(on), how.to_owned()));
        }
        assert_eq!(received(&rules, &response("2026-04-04", false, false, None)).0, day("2026-04-07"));
    }

    #[test]
    fn the_policy_and_its_closures_count_for_post() {
        let deemed = "[deemed]\nfirst_class = \"3 working days\"\nsecond_class = \"5 working days\"\nin_policy = true\ncites = \"x\"\n";
        assert_eq!(received(&rules(deemed), &response("2026-04-02", true, false, None)).0, day("2026-04-09"));
        let closed = "[[closures]]\ndate = \"2026-04-07\"\ntitle = \"Flood\"\n";
        assert_eq!(received(&rules(closed), &response("2026-04-02", true, false, None)).0, day("2026-04-09"));
    }

    #[test]
    fn evidence_of_another_day_wins() {
        let found = received(&rules(""), &response("2026-04-02", true, true, Some("2026-04-20")));
        assert_eq!(found, (day("2026-04-20"), "the answer was received, as the evidence shows".to_owned()));
    }
}
