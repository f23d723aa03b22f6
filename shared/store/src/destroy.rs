//! Destroying what is personal in a case, when its time has come.
//!
//! Bounded pages that can be taken up again: a second run finds less to do. The
//! event is written last, so that a case is said to be destroyed only when it is.

use aws_sdk_dynamodb::types::{DeleteRequest, WriteRequest};

use crate::attribute::{Item, s, text};
use crate::search::SEARCH;
use crate::{CaseKey, Store, StoreError};

/// BatchWriteItem takes this many.
pub(crate) const BATCH_MAX: usize = 25;

/// What a busy table left of a batch is asked for again this often.
const ATTEMPTS_MAX: u32 = 5;

impl Store {
    /// Deletes contact, texts, letters and outbox of a case, and everything it is found by. The folded case and
    /// the ledger stay.
    ///
    /// # Errors
    /// When the table cannot be read or written; what was deleted stays deleted.
    pub async fn destroy(&self, key: &CaseKey) -> Result<usize, StoreError> {
        let mut destroyed = 0;
        let mut from: Option<Item> = None;
        loop {
            let page = self
                .client
                .query()
                .table_name(&self.cases)
                .key_condition_expression("pk = :pk")
                .projection_expression("pk, sk")
                .expression_attribute_values(":pk", s(key.pk()))
                .consistent_read(true)
                .limit(100)
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(|error| StoreError::of(&error))?;
            // A sort key cannot be filtered by the table.
            let stays = |item: &Item| matches!(text(item, "sk"), Some("CASE" | SEARCH) | None);
            let gone: Vec<Item> = page.items().iter().filter(|item| !stays(item)).cloned().collect();
            for some in gone.chunks(BATCH_MAX) {
                self.delete(some.to_vec()).await?;
            }
            destroyed += gone.len();
            from = page.last_evaluated_key;
            if from.is_none() {
                // Last: once the contact is gone nothing new can be found of the case, so no row is left behind.
                return Ok(destroyed + self.forget_search(key).await?);
            }
        }
    }

    /// Deletes these items, at most as many as one batch takes: all of them, or it says so.
    pub(crate) async fn delete(&self, keys: Vec<Item>) -> Result<(), StoreError> {
        let mut requests = Vec::new();
        for place in keys {
            let delete = DeleteRequest::builder().set_key(Some(place)).build();
            let delete = delete.map_err(|error| StoreError::Other(error.to_string()))?;
            requests.push(WriteRequest::builder().delete_request(delete).build());
        }
        for _ in 0..ATTEMPTS_MAX {
            let write = self.client.batch_write_item().request_items(&self.cases, requests);
            let left = write.send().await.map_err(|error| StoreError::of(&error))?.unprocessed_items;
            requests = left.and_then(|mut tables| tables.remove(&self.cases)).unwrap_or_default();
            if requests.is_empty() {
                return Ok(());
            }
        }
        Err(StoreError::Other("a batch was not written whole".to_owned()))
    }
}
