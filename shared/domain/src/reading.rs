//! Who may read a case: need to know, another organisation's part, and never who it is about.

use serde::{Deserialize, Serialize};

use crate::case::{Actor, Case, Readers};
use crate::refusal::Refusal;
use crate::roles::Role;

/// What decides who may read a case; small enough to stand on a line of the queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The people it is about: opaque.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// Only these, where it is restricted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readers: Option<Readers>,
    /// The other organisations that have or had a part in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<String>,
}

impl Reading {
    /// Of a case.
    pub fn of(case: &Case) -> Reading {
        Reading {
            about: case.about_staff.clone(),
            readers: case.readers.clone(),
            organisations: case.stages.iter().filter_map(|stage| stage.organisation.clone()).collect(),
        }
    }

    /// Whether this person may read it.
    ///
    /// # Errors
    /// Why not.
    pub fn permits(&self, reader: &Actor) -> Result<(), Refusal> {
        let Actor::Staff { id, role, organisation } = reader else { return Ok(()) };
        let forbidden = |why: &str| Err(Refusal::Forbidden { why: why.to_owned() });
        if self.about.contains(id) {
            return forbidden("This case is not one you can read. The complaints manager can say why.");
        }
        if organisation.as_ref().is_some_and(|own| !self.organisations.contains(own)) {
            return forbidden("This case is not with your organisation.");
        }
        let Some(readers) = &self.readers else { return Ok(()) };
        let always = matches!(role, Role::ComplaintsManager | Role::Auditor);
        if always || readers.roles.contains(role) || readers.people.contains(id) {
            return Ok(());
        }
        forbidden("Only some people may read this case. The complaints manager can say who.")
    }
}
