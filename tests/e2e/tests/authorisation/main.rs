//! The whole table: every route of staff and every command, by nobody, by each role, and by another council. The
//! routes come from the template and the commands from the domain, so that a new one fails here until it is placed.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

mod commands;
mod forged;
mod places;
mod routes;

use redress_domain::roles::Role;
use redress_e2e::{Client, World};

/// Where it is tried. Its stage 2 is the council's own, and investigators answer it.
pub(crate) const COUNCIL: &str = "south-staffordshire";

/// Whose people have no business there.
pub(crate) const ELSEWHERE: &str = "westminster";

pub(crate) const ROLES: [Role; 7] = [
    Role::Officer,
    Role::Manager,
    Role::Investigator,
    Role::ComplaintsManager,
    Role::Signatory,
    Role::Auditor,
    Role::Analyst,
];

/// Everybody who may try: a column of the table each.
pub(crate) struct Everybody {
    pub(crate) nobody: Client,
    pub(crate) elsewhere: Client,
    pub(crate) staff: Vec<(Role, Client)>,
}

impl Everybody {
    pub(crate) async fn of(world: &World) -> Everybody {
        let mut staff = Vec::new();
        for role in ROLES {
            let name = redress_domain::case::name_of(role);
            staff.push((role, world.staff(COUNCIL, &name, &format!("One {name}")).await));
        }
        let elsewhere = world.staff(ELSEWHERE, "complaints-manager", "Mallory").await;
        Everybody { nobody: world.nobody.clone(), elsewhere, staff }
    }
}

/// The head of a table.
pub(crate) fn head(what: &str) -> String {
    format!("{what:<68} nobody elsew. | office manage invest compla signat audito analys\n")
}

/// A line of it: statuses, in the order of the head.
pub(crate) fn line(what: &str, nobody: u16, elsewhere: u16, staff: &[u16]) -> String {
    let staff: Vec<String> = staff.iter().map(|status| format!("{status:>6}")).collect();
    format!("{what:<68} {nobody:>6} {elsewhere:>6} | {}\n", staff.join(" "))
}
