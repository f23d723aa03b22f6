//! How often one source sent something this hour, without knowing which source it is.

use chrono::{DateTime, TimeDelta, Utc};

use crate::attribute::{item, n, number};
use crate::{Store, StoreError};

/// A count is kept this long after its hour began.
const KEPT_HOURS: i64 = 2;

impl Store {
    /// Counts once more what came from a source in this hour, and says how often that is now.
    /// The source is kept as a keyed hash, which the next hour makes another.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub async fn count(&self, council: &str, source: &str, now: DateTime<Utc>) -> Result<u32, StoreError> {
        let hour = now.format("%Y-%m-%dT%H").to_string();
        let hash = self.keys.hash("source", &[council, source, &hour]);
        let expires_at = (now + TimeDelta::hours(KEPT_HOURS)).timestamp();
        let counted = self
            .client
            .update_item()
            .table_name(&self.cases)
            .set_key(Some(item(&format!("N#{council}#{hash}"), "COUNT")))
            .update_expression("ADD times :one SET expires_at = :expires_at")
            .expression_attribute_values(":one", n(1))
            .expression_attribute_values(":expires_at", n(expires_at))
            .return_values(aws_sdk_dynamodb::types::ReturnValue::UpdatedNew)
            .send()
            .await
            .map_err(|error| StoreError::of(&error))?;
        Ok(counted.attributes.as_ref().and_then(|found| number(found, "times")).unwrap_or(1))
    }
}
