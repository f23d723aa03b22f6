//! Warnings, and whom a missed date reaches.

use serde::{Deserialize, Serialize};

use crate::length::{Length, Unit};

/// Warnings and escalation.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    /// How long before a date the people working a case are warned.
    pub warn_before: Length,
    /// From the complaint to the end of both stages, a case is called long after this. Left out: 12 weeks, which
    /// the LGSCO calls reasonable for the whole of a procedure.
    #[serde(default = "twelve_weeks")]
    pub long_case: Length,
    /// Whom a missed date reaches, rung by rung.
    pub escalation: Vec<Rung>,
}

/// One rung of the escalation ladder.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rung {
    /// How long after the date was missed.
    pub after: Length,
    /// Whose mailbox.
    pub to: Mailbox,
}

/// Whose mailbox a staff mail goes to; `deployment.toml` says which address that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mailbox {
    /// The team that has the case.
    Team,
    /// The complaints manager.
    ComplaintsManager,
    /// The chief executive's office.
    ChiefExecutive,
}

const fn twelve_weeks() -> Length {
    Length { n: 12, unit: Unit::Weeks }
}
