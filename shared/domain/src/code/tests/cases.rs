//! A case that keeps everything, spoiled one thing at a time.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::{CaseVerdict, Finding, judge_case};
use super::{GOOD, codes, policy};
use crate::calendar::calendars;
use crate::case::{Case, Reference};
use crate::roles::Roles;
use crate::rules::Rules;

fn rules() -> Rules {
    let json = include_str!("../../../../../policies/calendars/bank-holidays.json");
    let calendar = calendars(json).unwrap().into_iter().find(|found| found.name == "england-and-wales").unwrap();
    let roles = Roles::read(include_str!("../../../../../policies/roles.toml")).unwrap();
    Rules {
        policy: Arc::new(policy(GOOD)),
        calendar: Arc::new(calendar),
        ombudsmen: Arc::new(Vec::new()),
        roles: Arc::new(roles),
    }
}

/// Received on Monday 2 March 2026, answered twice, with a remedy done.
fn good() -> Value {
    let finding = json!([{"point": 1, "outcome": "upheld", "reason": 3}]);
    let answer =
        |on: &str, by: &str| json!({"on": on, "first_on": on, "by": by, "outcome": "upheld", "findings": finding});
    let letter = |n: u32, kind: &str, stage: u8| json!({"n": n, "kind": kind, "stage": stage, "by": "email", "on": "2026-03-04"});
    json!({
        "council": "ambridge", "reference": Reference::from_random("AMB", 1).unwrap(), "version": 9, "kind": "complaint",
        "status": "closed", "closed": {"how": "answered", "on": "2026-04-24"}, "channel": "web",
        "received_at": "2026-03-02T09:00:00Z", "received_on": "2026-03-02", "logged_at": "2026-03-02T09:00:00Z",
        "policy": 1, "team": "complaints", "tenant": true, "reply_by": "email", "about": 1, "definition": 2, "texts": 3,
        "points": [{"n": 1, "text": 1}],
        "stages": [
            {"n": 1, "from": "2026-03-02", "acknowledged_on": "2026-03-04", "response": answer("2026-03-18", "ann")},
            {"n": 2, "from": "2026-03-23", "acknowledged_on": "2026-03-25", "response": answer("2026-04-24", "ben")},
        ],
        "actions": [{"n": 1, "kind": "action", "what": 3, "by": "2026-03-31", "done_on": "2026-03-31"}],
        "letters": [letter(1, "acknowledgement", 1), letter(2, "response", 1), letter(3, "final", 2)],
    })
}

/// The good case with these places of it written otherwise.
fn case(changes: &[(&str, Value)]) -> Case {
    let mut value = good();
    for (place, new) in changes {
        let (parent, key) = place.rsplit_once('/').unwrap();
        match value.pointer_mut(parent).unwrap() {
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = new.clone(),
            parent => parent[key] = new.clone(),
        }
    }
    serde_json::from_value(value).unwrap()
}

fn judged(case: &Case, today: &str) -> Vec<Finding> {
    judge_case(&codes(), &rules(), case, today.parse().unwrap())
}

fn verdict(changes: &[(&str, Value)], rule: &str, today: &str) -> Option<CaseVerdict> {
    judged(&case(changes), today).into_iter().find(|found| found.rule == rule).map(|found| found.verdict)
}

fn broken(case: &Case, today: &str) -> Vec<String> {
    let found = judged(case, today).into_iter().filter(|found| matches!(found.verdict, CaseVerdict::Broken { .. }));
    found.map(|found| found.rule).collect()
}

#[test]
fn a_good_case_keeps_everything_that_applies_to_it() {
    let found = judged(&case(&[]), "2026-06-01");
    assert!(found.iter().all(|found| found.verdict == CaseVerdict::Kept), "{found:?}");
    let rules: Vec<&str> = found.iter().map(|found| found.rule.as_str()).collect();
    assert_eq!(rules, ["3.7", "3.7", "ho-5.6", "6.2", "6.3", "6.7", "6.11", "6.13", "6.14", "6.17", "6.17", "7.3"]);
    assert!(
        found.iter().all(|found| found.paragraph.regime == "housing"),
        "a tenant's case is the Housing Ombudsman's"
    );
}

#[test]
fn each_thing_that_was_not_done_is_found_and_only_that() {
    for (changes, rule) in [
        (vec![("/stages/0/acknowledged_on", json!("2026-03-10"))], vec!["6.2"]),
        (vec![("/stages/0/response/first_on", json!("2026-03-19"))], vec!["5.5", "6.3"]),
        (vec![("/stages/1/acknowledged_on", json!("2026-03-31"))], vec!["6.11"]),
        (vec![("/stages/1/response/first_on", json!("2026-04-27"))], vec!["5.5", "6.14"]),
        (vec![("/stages/1/response/by", json!("ann"))], vec!["6.13"]),
        (vec![("/stages/0/response/findings", json!([]))], vec!["6.7"]),
        (vec![("/stages/1/response/findings/0/point", json!(2))], vec!["6.17"]),
        (vec![("/definition", Value::Null)], vec!["ho-5.6"]),
        (vec![("/actions/0/done_on", json!("2026-04-01"))], vec!["7.3"]),
    ] {
        assert_eq!(broken(&case(&changes), "2026-06-01"), rule, "{changes:?}");
    }
}

#[test]
fn a_declined_review_owes_no_findings() {
    let declined =
        [("/stages/1/response/outcome", json!("not-investigated")), ("/stages/1/response/findings", json!([]))];
    assert_eq!(broken(&case(&declined), "2026-06-01"), Vec::<String>::new());
}

#[test]
fn a_late_acknowledgement_gives_no_more_time_to_answer() {
    let late =
        [("/stages/0/acknowledged_on", json!("2026-03-20")), ("/stages/0/response/first_on", json!("2026-03-24"))];
    assert_eq!(broken(&case(&late), "2026-06-01"), ["6.2", "6.3"], "15 working days from receipt end on 23 March");
}

#[test]
fn a_fair_extension_lengthens_the_time_and_an_unfair_one_does_not() {
    let extended = |on: &str, until: &str, answered: &str| {
        let extensions = json!([{"on": on, "until": until, "reason": 3}]);
        [("/stages/0/extensions", extensions), ("/stages/0/response/first_on", json!(answered))]
    };
    let fair = extended("2026-03-17", "2026-04-01", "2026-04-01");
    assert_eq!(verdict(&fair, "6.3", "2026-06-01"), Some(CaseVerdict::Kept));
    assert_eq!(verdict(&fair, "6.4", "2026-06-01"), Some(CaseVerdict::Kept));
    let after = extended("2026-03-19", "2026-04-01", "2026-04-01");
    assert!(matches!(verdict(&after, "6.3", "2026-06-01"), Some(CaseVerdict::Broken { .. })), "it was late already");
    let missed = extended("2026-03-17", "2026-04-01", "2026-04-02");
    assert!(matches!(verdict(&missed, "6.3", "2026-06-01"), Some(CaseVerdict::Broken { .. })));
    let long = extended("2026-03-17", "2026-04-10", "2026-04-09");
    assert!(
        matches!(verdict(&long, "6.3", "2026-06-01"), Some(CaseVerdict::Unknown { .. })),
        "a good reason may allow it"
    );
}

#[test]
fn an_extension_beyond_the_measure_had_a_good_reason_where_the_policy_asks_for_one() {
    let extensions = json!([{"on": "2026-03-17", "until": "2026-05-01", "reason": 3}]);
    assert_eq!(verdict(&[("/stages/0/extensions", extensions.clone())], "6.4", "2026-06-01"), Some(CaseVerdict::Kept));
    let mut rules = rules();
    rules.policy = Arc::new(policy(&GOOD.replace("at_most = \"10 working days\"", "at_most = \"3 calendar months\"")));
    let found =
        judge_case(&codes(), &rules, &case(&[("/stages/0/extensions", extensions)]), "2026-06-01".parse().unwrap());
    let found = found.into_iter().find(|found| found.rule == "6.4").unwrap();
    assert!(matches!(found.verdict, CaseVerdict::Unknown { .. }));
}

#[test]
fn whoever_was_told_that_it_is_late_was_told() {
    let letters = json!([{"n": 1, "kind": "holding", "stage": 1, "by": "email", "on": "2026-03-19"}]);
    let told = [("/stages/0/response/first_on", json!("2026-03-20")), ("/letters", letters)];
    assert_eq!(verdict(&told, "5.5", "2026-06-01"), Some(CaseVerdict::Kept));
    let bounced = json!([{"n": 1, "kind": "holding", "stage": 1, "by": "email", "on": "2026-03-19", "bounced": true}]);
    let told = [("/stages/0/response/first_on", json!("2026-03-20")), ("/letters", bounced)];
    assert!(matches!(verdict(&told, "5.5", "2026-06-01"), Some(CaseVerdict::Broken { .. })));
}

#[test]
fn what_is_still_to_come_is_open_and_what_was_withdrawn_is_owed_no_more() {
    let begun = json!([{"n": 1, "from": "2026-03-02"}]);
    let open = [
        ("/stages", begun.clone()),
        ("/status", json!("open")),
        ("/closed", Value::Null),
        ("/definition", Value::Null),
        ("/letters", json!([])),
        ("/actions/0/done_on", Value::Null),
    ];
    assert!(judged(&case(&open), "2026-03-09").iter().all(|found| found.verdict == CaseVerdict::Open));
    assert_eq!(broken(&case(&open), "2026-04-13"), ["5.5", "6.2", "6.3", "7.3"]);
    let withdrawn = |on: &str| {
        [("/stages", begun.clone()), ("/closed", json!({"how": "withdrawn", "on": on})), ("/actions", json!([]))]
    };
    assert_eq!(broken(&case(&withdrawn("2026-03-06")), "2026-06-01"), Vec::<String>::new());
    assert_eq!(broken(&case(&withdrawn("2026-03-11")), "2026-06-01"), ["6.2"]);
}

#[test]
fn a_case_that_is_no_tenants_is_the_lgscos_and_a_comment_is_nobodys() {
    let found = judged(&case(&[("/tenant", json!(false))]), "2026-06-01");
    assert!(found.iter().all(|found| found.paragraph.regime == "lgsco" && found.rule != "ho-5.6"));
    assert_eq!(judged(&case(&[("/kind", json!("comment"))]), "2026-06-01"), []);
}

#[test]
fn a_point_left_out_needs_no_finding_but_a_reason_and_a_letter() {
    let points = |excluded: Value| json!([{"n": 1, "text": 1}, {"n": 2, "text": 1, "excluded": excluded}]);
    let left_out = [("/points", points(json!({"reason": "insurance", "evidence": 3})))];
    assert_eq!(broken(&case(&left_out), "2026-06-01"), Vec::<String>::new());
    assert_eq!(verdict(&left_out, "6.7", "2026-06-01"), Some(CaseVerdict::Kept), "the other point has its finding");
    let unexplained = [("/points", points(json!({"reason": "insurance"})))];
    assert_eq!(broken(&case(&unexplained), "2026-06-01"), ["2.4"]);
    let untold = [left_out[0].clone(), ("/letters", json!([]))];
    assert_eq!(broken(&case(&untold), "2026-06-01"), ["2.4"]);
}

#[test]
fn a_limit_on_contact_is_looked_at_again_in_time() {
    let limit = |ended: Value| {
        let restriction = json!({"n": 1, "what": 1, "why": 2, "from": "2026-03-02", "review_on": "2026-05-01", "decided_by": ["ann"], "ended_on": ended});
        [("/restrictions", json!([restriction]))]
    };
    assert_eq!(verdict(&limit(Value::Null), "5.14", "2026-05-01"), Some(CaseVerdict::Open));
    assert_eq!(broken(&case(&limit(Value::Null)), "2026-05-02"), ["5.14"]);
    assert_eq!(verdict(&limit(json!("2026-04-30")), "5.14", "2026-06-01"), Some(CaseVerdict::Kept));
}
