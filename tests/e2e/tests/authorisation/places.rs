//! Where each route of staff stands: who may, by the table of roles and by nothing else. A route that is not here
//! fails the test, and says so.

use redress_domain::roles::{Reads, Role, Roles};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Whoever comes: signing in and out.
    Anybody,
    /// Any role at all, and only to find their own council.
    Own,
    /// Any role of the council.
    Staff,
    /// Roles that read cases.
    Cases,
    /// Roles that read everything.
    Everything,
    /// Roles that read who read what.
    Audits,
    /// Roles that may give this command, at whichever stage.
    May(&'static str),
    /// Roles that may give this command at stage 1, where the case is.
    MayNow(&'static str),
    /// One of the commands, which have a table of their own.
    Command,
}

/// A route, where it stands, and what is asked of it besides.
pub(crate) const PLACES: &[(&str, &str, Place)] = &[
    ("GET", "/staff/sign-in", Place::Anybody),
    ("GET", "/staff/callback", Place::Anybody),
    ("POST", "/staff/sign-out", Place::Anybody),
    ("GET", "/staff", Place::Own),
    ("GET", "/staff/{council}", Place::Cases),
    ("GET", "/api/{council}/cases", Place::Cases),
    ("GET", "/staff/{council}/cases/{reference}", Place::Cases),
    ("GET", "/staff/{council}/cases/{reference}/person", Place::Cases),
    ("GET", "/staff/{council}/cases/{reference}/files", Place::Cases),
    ("GET", "/staff/{council}/cases/{reference}/files/{n}", Place::Cases),
    ("GET", "/api/{council}/cases/{reference}", Place::Cases),
    ("GET", "/staff/{council}/new", Place::May("log")),
    ("POST", "/staff/{council}/new", Place::May("log")),
    ("GET", "/staff/{council}/print", Place::May("printed")),
    ("GET", "/staff/{council}/print/all", Place::May("printed")),
    ("GET", "/api/{council}/letters/print", Place::May("printed")),
    ("GET", "/staff/{council}/cases/{reference}/letters/{n}/print", Place::Cases),
    ("GET", "/staff/{council}/audit", Place::Audits),
    ("GET", "/staff/{council}/audit.csv", Place::Audits),
    ("GET", "/api/{council}/audit", Place::Audits),
    ("GET", "/api/{council}/admin", Place::Everything),
    ("GET", "/staff/{council}/admin", Place::Everything),
    ("POST", "/staff/{council}/admin/retry", Place::May("retry")),
    ("GET", "/staff/{council}/cases.csv", Place::Cases),
    ("POST", "/staff/{council}/views", Place::Cases),
    ("POST", "/staff/{council}/views/remove", Place::Cases),
    ("GET", "/staff/{council}/keys", Place::Staff),
    ("GET", "/staff/{council}/search", Place::Cases),
    ("POST", "/staff/{council}/search", Place::Cases),
    ("POST", "/api/{council}/next", Place::May("assign")),
    ("POST", "/staff/{council}/next", Place::May("assign")),
    ("POST", "/api/{council}/assign", Place::May("assign")),
    ("POST", "/staff/{council}/assign", Place::May("assign")),
    ("POST", "/api/{council}/campaign", Place::May("link")),
    ("POST", "/staff/{council}/campaign", Place::May("link")),
    // The page of a command, which is tried with a note.
    ("GET", "/staff/{council}/cases/{reference}/{command}", Place::MayNow("note")),
    ("GET", "/staff/{council}/cases/{reference}/why-not", Place::Cases),
    ("POST", "/api/{council}/cases/{reference}/{command}", Place::Command),
    ("POST", "/staff/{council}/cases/{reference}/{command}", Place::Command),
];

impl Place {
    /// Whether a role may, as the table of roles has it.
    pub(crate) fn may(self, roles: &Roles, role: Role) -> bool {
        let row = roles.row(role).expect("every role has a row");
        match self {
            Place::Anybody | Place::Own | Place::Staff => true,
            Place::Cases => matches!(row.reads, Reads::Cases | Reads::Everything),
            Place::Audits => row.audits,
            Place::Everything => row.reads == Reads::Everything,
            Place::May(command) => (1..=2).any(|stage| roles.may(role, command, stage)),
            Place::MayNow(command) => roles.may(role, command, 1),
            Place::Command => unreachable!("commands have a table of their own"),
        }
    }
}
