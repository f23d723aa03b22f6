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
    /// Everything, reading audit included.
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
