//! Destroying what is personal in a case, when its time has come.
//!
//! Bounded pages that can be taken up again: a second run finds less to do. The
//! event is written last, so that a case is said to be destroyed only when it is.

use aws_sdk_dynamodb::types::{DeleteRequest, WriteRequest};

use crate::attribute::{Item, item, s, text};
use crate::{CaseKey, Store, StoreError};

/// BatchWriteItem takes this many.
const BATCH_MAX: usize = 25;

impl Store {
    /// Deletes contact, texts, letters and outbox of a case. The folded case and the ledger stay.
    ///
    /// # Errors
    /// When the table cannot be read or written; what was deleted stays deleted.
    pub async fn destroy(&self, key: &CaseKey) -> Result<usize, StoreError> {
        let mut destroyed = 0;
        loop {
            let page = self
                .client
                .query()
                .table_name(&self.cases)
                .key_condition_expression("pk = :pk")
                .filter_expression("NOT sk IN (:case)")
                .projection_expression("sk")
                .expression_attribute_values(":pk", s(key.pk()))
                .expression_attribute_values(":case", s("CASE"))
                .consistent_read(true)
                .limit(100)
                .send()
                .await
                .map_err(|error| StoreError::of(&error))?;
            let names: Vec<String> =
                page.items().iter().filter_map(|item| text(item, "sk").map(str::to_owned)).collect();
            if names.is_empty() {
                return Ok(destroyed);
            }
            for names in names.chunks(BATCH_MAX) {
                self.delete(key, names).await?;
                destroyed += names.len();
            }
        }
    }

    async fn delete(&self, key: &CaseKey, names: &[String]) -> Result<(), StoreError> {
        let mut requests = Vec::new();
        for sk in names {
            let place: Item = item(&key.pk(), sk);
            let delete = DeleteRequest::builder().set_key(Some(place)).build();
            let delete = delete.map_err(|error| StoreError::Other(error.to_string()))?;
            requests.push(WriteRequest::builder().delete_request(delete).build());
        }
        let write = self.client.batch_write_item().request_items(&self.cases, requests);
        // What is left unprocessed is still there when the next page is read.
        write.send().await.map(|_| ()).map_err(|error| StoreError::of(&error))
    }
}
