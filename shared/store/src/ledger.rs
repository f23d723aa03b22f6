//! A case's history, read whole: page after page until there is no more.

use aws_sdk_dynamodb::types::AttributeValue;

use crate::attribute::{s, text};
use crate::{CaseKey, Store, StoreError};

/// An entry as it is stored: its bytes, and the hash beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    /// The bytes the hash was taken over.
    pub body: String,
    /// The hash.
    pub hash: String,
}

impl Store {
    /// Every entry of a case, in order.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn history(&self, key: &CaseKey) -> Result<Vec<StoredEntry>, StoreError> {
        let mut entries = Vec::new();
        let mut from: Option<std::collections::HashMap<String, AttributeValue>> = None;
        loop {
            let page = self
                .client
                .query()
                .table_name(&self.ledger)
                .key_condition_expression("pk = :pk")
                .expression_attribute_values(":pk", s(key.pk()))
                .consistent_read(true)
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(|error| StoreError::of(&error))?;
            entries.extend(page.items().iter().map(|item| StoredEntry {
                body: text(item, "body").unwrap_or_default().to_owned(),
                hash: text(item, "hash").unwrap_or_default().to_owned(),
            }));
            match page.last_evaluated_key {
                Some(last) => from = Some(last),
                None => return Ok(entries),
            }
        }
    }

    /// The salts and bytes of a case's personal items that are still there: name, salt, bytes.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn personal_items(
        &self,
        key: &CaseKey,
        names: Vec<String>,
    ) -> Result<Vec<(String, Vec<u8>, String)>, StoreError> {
        let found = self.get_all(&key.pk(), names).await?;
        Ok(found
            .iter()
            .filter_map(|item| {
                let salt = item.get("salt").and_then(|salt| salt.as_b().ok())?;
                Some((text(item, "sk")?.to_owned(), salt.as_ref().to_vec(), text(item, "body")?.to_owned()))
            })
            .collect())
    }
}
