//! Who may do what: one table, in data (`policies/roles.toml`).

use serde::{Deserialize, Serialize};

/// What a member of staff may act as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Logs and looks after complaints.
    Officer,
    /// Answers for a service.
    Manager,
    /// Answers stage 2.
    Investigator,
    /// Runs the procedure.
    ComplaintsManager,
    /// Signs answers off.
    Signatory,
    /// Reads everything, changes nothing.
    Auditor,
    /// Reads figures, no case.
    Analyst,
}

/// The whole table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    /// A row for each role.
    pub role: Vec<RoleRow>,
}

/// One role.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleRow {
    /// Which role.
    pub id: Role,
    /// What people call it.
    pub name: String,
    /// What it may read.
    pub reads: Reads,
    /// It reads the trail: who read and did what.
    #[serde(default)]
    pub audits: bool,
    /// What it may do.
    #[serde(default)]
    pub may: Vec<May>,
}

/// Commands a role may give.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct May {
    /// Their names.
    pub commands: Vec<String>,
    /// Only at these stages; absent: at any.
    pub stages: Option<Vec<u8>>,
}

/// What a role may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reads {
    /// Cases it has need to know of.
    Cases,
    /// Every case, its bundle and the reports.
    Everything,
    /// Reports only.
    Reports,
}

impl Roles {
    /// Reads the table.
    ///
    /// # Errors
    /// A sentence with line and column.
    pub fn read(text: &str) -> Result<Roles, String> {
        toml::from_str(text).map_err(|error| format!("roles.toml: {error}"))
    }

    /// The row of a role.
    pub fn row(&self, role: Role) -> Option<&RoleRow> {
        self.role.iter().find(|row| row.id == role)
    }

    /// Which of several roles somebody acts in: the one with the most commands, for whoever is manager and officer is
    /// a manager. Between equals, the one that reads more.
    pub fn most_fitting(&self, held: &[Role]) -> Option<Role> {
        let weight = |role: &&Role| {
            let row = self.row(**role);
            let commands: usize = row.map_or(0, |row| row.may.iter().map(|may| may.commands.len()).sum());
            let reads = match row.map(|row| row.reads) {
                Some(Reads::Everything) => 2,
                Some(Reads::Cases) => 1,
                Some(Reads::Reports) | None => 0,
            };
            // At last by name, so that the order in which an issuer lists them says nothing.
            (commands, reads, std::cmp::Reverse(**role))
        };
        held.iter().max_by_key(weight).copied()
    }

    /// Whether a role may give a command at any stage at all.
    pub fn may_somewhere(&self, role: Role, command: &str) -> bool {
        self.row(role).is_some_and(|row| row.may.iter().any(|may| may.commands.iter().any(|name| name == command)))
    }

    /// Whether a role may give a command at a stage.
    pub fn may(&self, role: Role, command: &str, stage: u8) -> bool {
        self.row(role).is_some_and(|row| {
            row.may.iter().any(|may| {
                may.commands.iter().any(|name| name == command)
                    && may.stages.as_ref().is_none_or(|stages| stages.contains(&stage))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_roles_the_one_that_may_do_most_is_acted_in_whatever_their_order() {
        let roles = Roles::read(include_str!("../../../policies/roles.toml")).unwrap();
        for (held, fitting) in [
            (vec![], None),
            (vec![Role::Officer, Role::Manager], Some(Role::Manager)),
            (vec![Role::Manager, Role::ComplaintsManager, Role::Auditor], Some(Role::ComplaintsManager)),
            (vec![Role::Analyst, Role::Auditor], Some(Role::Auditor)),
            (vec![Role::Auditor, Role::Signatory], Some(Role::Signatory)),
        ] {
            assert_eq!(roles.most_fitting(&held), fitting, "{held:?}");
            let reversed: Vec<Role> = held.iter().rev().copied().collect();
            assert_eq!(roles.most_fitting(&reversed), fitting, "{reversed:?}");
        }
    }
}
