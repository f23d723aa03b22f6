//! Every command by every role at every place a case can be, for every policy: allowed, or
//! refused by which rule. And at each of these places something is owed, and somebody has a way on.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

mod walk;

use std::fmt::Write as _;

use redress_domain::case::{Actor, Status};
use redress_domain::commands::{TABLE, allowed, refusal};
use redress_domain::deadline::{deadlines, next_due};
use redress_domain::roles::Role;
use redress_domain::sweep::due_at;
use walk::{councils, places, staff};

const ROLES: [Role; 7] = [
    Role::Officer,
    Role::Manager,
    Role::Investigator,
    Role::ComplaintsManager,
    Role::Signatory,
    Role::Auditor,
    Role::Analyst,
];

#[test]
fn every_place_by_every_command_by_every_role() {
    for council in councils() {
        let mut table = String::new();
        for (place, walk) in places(&council) {
            writeln!(table, "{place}").unwrap();
            for row in TABLE {
                // Who may, or, where nobody may, the rule that stops even who runs the procedure.
                let actors = ROLES.map(|role| (format!("{role:?}"), staff(&walk, role)));
                let who: Vec<String> = actors
                    .into_iter()
                    .chain([("Resident".to_owned(), Actor::Resident)])
                    .filter(|(_, actor)| refusal(&walk.context(actor), row.name).is_none())
                    .map(|(name, _)| name)
                    .collect();
                let rule = refusal(&walk.context(&staff(&walk, Role::ComplaintsManager)), row.name);
                match rule.filter(|_| who.is_empty()) {
                    Some(rule) => writeln!(table, "  {}: refused. {rule}", row.name).unwrap(),
                    None => writeln!(table, "  {}: {}", row.name, who.join(", ")).unwrap(),
                }
            }
        }
        insta::assert_snapshot!(format!("table__{council}"), table);
    }
}

#[test]
fn no_open_case_is_without_a_next_due_date_or_a_way_out() {
    for council in councils() {
        for (place, walk) in places(&council) {
            let case = &walk.dossier.case;
            let timer = due_at(&walk.rules, case, walk.now);
            assert!(timer.is_some() || case.destroyed_on.is_some(), "{council}, {place}: nothing will ever happen");
            if !case.is_open() {
                continue;
            }
            let all = deadlines(&walk.rules, case, walk.today());
            assert!(next_due(&all).is_some() || !walk.rules.has_stages(case), "{council}, {place}: nothing is owed");
            let moves = |actor: &Actor| {
                let only_words = [
                    "note",
                    "message",
                    "record-contact",
                    "adjustments",
                    "change-contact",
                    "link",
                    "hold",
                    "raise-risk",
                    "received-on",
                ];
                allowed(&walk.context(actor)).into_iter().any(|name| !only_words.contains(&name))
            };
            assert!(ROLES.iter().any(|role| moves(&staff(&walk, *role))), "{council}, {place}: nobody can move it");
        }
    }
}

#[test]
fn an_auditor_and_an_analyst_change_nothing_anywhere() {
    for council in councils() {
        for (place, walk) in places(&council) {
            for role in [Role::Auditor, Role::Analyst] {
                assert_eq!(allowed(&walk.context(&staff(&walk, role))), Vec::<&str>::new(), "{council}, {place}");
            }
        }
    }
}

#[test]
fn left_alone_every_case_is_settled_in_bounded_steps_and_never_twice_for_one_thing() {
    for council in councils() {
        for (place, walk) in places(&council) {
            let mut walk = walk;
            let mut steps = 0;
            let until = walk.now + chrono::TimeDelta::days(400);
            while let Some(at) = due_at(&walk.rules, &walk.dossier.case, walk.now).filter(|at| *at <= until) {
                walk.now = at.max(walk.now);
                let before = walk.dossier.case.clone();
                assert!(walk.sweep(), "{council}, {place}: due at {at}, and nothing was settled");
                assert_ne!(before, walk.dossier.case);
                steps += 1;
                assert!(steps < 200, "{council}, {place}: it never comes to rest");
            }
        }
    }
}

#[test]
fn a_case_replayed_from_its_entries_is_the_same_case() {
    for council in councils() {
        for (place, walk) in places(&council) {
            let replayed = redress_domain::case::replay(&walk.entries).unwrap();
            assert_eq!(
                serde_json::to_string(&replayed).unwrap(),
                serde_json::to_string(&walk.dossier.case).unwrap(),
                "{council}, {place}"
            );
            assert!(matches!(replayed.status, Status::New | Status::Open | Status::Answered | Status::Closed));
        }
    }
}
