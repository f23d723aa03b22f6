//! The staff directory: what an opaque subject is called. The ledger holds no names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use redress_domain::roles::Role;

use crate::attribute::{body, item, json, s, text};
use crate::{Store, StoreError};

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
}

impl Store {
    /// Remembers what somebody is called.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub async fn remember(&self, council: &str, id: &str, colleague: &Colleague) -> Result<(), StoreError> {
        let mut made = item(&format!("S#{council}"), id);
        made.insert("body".to_owned(), s(json(colleague)?));
        let put = self.client.put_item().table_name(&self.cases).set_item(Some(made));
        put.send().await.map(|_| ()).map_err(|error| StoreError::of(&error))
    }

    /// What these people are called, as far as anyone knows.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn colleagues(&self, council: &str, ids: Vec<String>) -> Result<BTreeMap<String, Colleague>, StoreError> {
        let mut found = BTreeMap::new();
        for item in self.get_all(&format!("S#{council}"), ids).await? {
            if let Some(id) = text(&item, "sk") {
                found.insert(id.to_owned(), body(&item)?);
            }
        }
        Ok(found)
    }
}
