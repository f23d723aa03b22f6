//! Who read, listed, was refused: written before the answer goes out, or there is no answer.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use redress_domain::calendar::local_date;

use crate::attribute::{item, json, s};
use crate::key::instant;
use crate::{Store, StoreError};

/// One act of reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// When.
    pub at: DateTime<Utc>,
    /// Who: opaque.
    pub actor: String,
    /// In which role.
    pub role: String,
    /// What: `read`, `list`, `refused`.
    pub what: String,
    /// Which case, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl Store {
    /// Writes it down.
    ///
    /// # Errors
    /// When the table cannot be written: then nothing may be answered.
    pub async fn audit(&self, council: &str, row: &AuditRow) -> Result<(), StoreError> {
        let pk = format!("A#{council}#{}", local_date(row.at));
        let mut made = item(&pk, &format!("{}#{}", instant(row.at), uuid::Uuid::new_v4().simple()));
        made.insert("body".to_owned(), s(json(row)?));
        let put = self.client.put_item().table_name(&self.cases).set_item(Some(made));
        let put = put.condition_expression("attribute_not_exists(pk)");
        put.send().await.map(|_| ()).map_err(|error| StoreError::of(&error))
    }
}
