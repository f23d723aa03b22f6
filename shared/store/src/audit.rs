//! Who read, listed, was refused: written before the answer goes out, or there is no answer.

mod trail;

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use redress_domain::calendar::local_date;

use crate::attribute::{item, json, s};
use crate::key::instant;
use crate::{Store, StoreError};

pub use trail::{Trail, TrailPage, Within};

/// Rows of one instant stand in the order in which this process wrote them.
static TURN: AtomicU32 = AtomicU32::new(0);

/// One act of reading, or of trying to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// When.
    pub at: DateTime<Utc>,
    /// Who: opaque.
    pub actor: String,
    /// In which role.
    pub role: String,
    /// What: `sign-in`, `list`, `search`, `read`, `print`, `export`, `audit`, `command`, `refused`.
    pub what: String,
    /// Of what: which list, which command, or what was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Which case, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// How many lines were shown, where it was a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<usize>,
    /// The entry of the case's history that a command made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<u32>,
}

impl AuditRow {
    /// What somebody did, and nothing more about it yet.
    pub fn new(at: DateTime<Utc>, actor: &str, role: String, what: &str) -> AuditRow {
        let what = what.to_owned();
        AuditRow { at, actor: actor.to_owned(), role, what, of: None, reference: None, shown: None, entry: None }
    }
}

impl Store {
    /// Writes it down.
    ///
    /// # Errors
    /// When the table cannot be written: then nothing may be answered.
    pub async fn audit(&self, council: &str, row: &AuditRow) -> Result<(), StoreError> {
        let turn = TURN.fetch_add(1, Ordering::Relaxed);
        let sk = format!("{}#{turn:08x}{}", instant(row.at), uuid::Uuid::new_v4().simple());
        let mut made = item(&trail::day_pk(council, local_date(row.at)), &sk);
        made.insert("body".to_owned(), s(json(row)?));
        made.insert("audit_actor_pk".to_owned(), s(trail::actor_pk(council, &row.actor)));
        if let Some(reference) = &row.reference {
            made.insert("audit_case_pk".to_owned(), s(trail::case_pk(council, reference)));
        }
        let put = self.client.put_item().table_name(&self.cases).set_item(Some(made));
        let put = put.condition_expression("attribute_not_exists(pk)");
        put.send().await.map(|_| ()).map_err(|error| StoreError::of(&error))
    }
}
