//! What has come due: cases and outbox alike, in bounded pages, and nothing that has not.

use chrono::{DateTime, Utc};

use crate::attribute::{Item, at, s, text};
use crate::key::{DUE_SHARDS, due_shard, instant};
use crate::{CaseKey, OutId, Store, StoreError};

/// Something whose time has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Due {
    /// A case with something to settle.
    Case(CaseKey),
    /// An outbox item nobody has settled.
    Out(CaseKey, OutId),
}

/// What waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Since when the first of it does.
    pub first: Option<DateTime<Utc>>,
    /// Since when the oldest letter does.
    pub letter: Option<DateTime<Utc>>,
}

/// Of what waits, this much of each part of the index is looked at.
const WAITING_MAX: i32 = 25;

impl Store {
    /// The first of what has come due by `now`, at most `limit` from each part of the index.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub async fn due(&self, now: DateTime<Utc>, limit: i32) -> Result<Vec<Due>, StoreError> {
        let mut found = Vec::new();
        for shard in 0..DUE_SHARDS {
            found.extend(self.due_of(shard, now, limit).await?);
        }
        // In the order in which it came due, so that catching up tells a true story.
        found.sort_by_key(|(at, _)| *at);
        Ok(found.into_iter().map(|(_, due)| due).collect())
    }

    /// What waits first, and which letter has waited longest.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub async fn waiting(&self, now: DateTime<Utc>) -> Result<Waiting, StoreError> {
        let mut waiting = Waiting { first: None, letter: None };
        for shard in 0..DUE_SHARDS {
            for (at, due) in self.due_of(shard, now, WAITING_MAX).await? {
                waiting.first = earliest(waiting.first, at);
                if matches!(due, Due::Out(..)) {
                    waiting.letter = earliest(waiting.letter, at);
                }
            }
        }
        Ok(waiting)
    }

    /// The moment at which something comes due next, if anything ever does.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut next = None;
        for shard in 0..DUE_SHARDS {
            let page = self
                .client
                .query()
                .table_name(&self.cases)
                .index_name("due")
                .key_condition_expression("due_pk = :shard")
                .expression_attribute_values(":shard", s(due_shard(shard)))
                .limit(1)
                .send()
                .await
                .map_err(|error| StoreError::of(&error))?;
            let first = page.items().first().and_then(|item| at(item, "due_at"));
            next = first.map_or(next, |first| earliest(next, first));
        }
        Ok(next)
    }

    async fn due_of(
        &self,
        shard: u32,
        now: DateTime<Utc>,
        limit: i32,
    ) -> Result<Vec<(DateTime<Utc>, Due)>, StoreError> {
        let page = self
            .client
            .query()
            .table_name(&self.cases)
            .index_name("due")
            .key_condition_expression("due_pk = :shard AND due_at <= :now")
            .expression_attribute_values(":shard", s(due_shard(shard)))
            .expression_attribute_values(":now", s(instant(now)))
            .limit(limit)
            .send()
            .await
            .map_err(|error| StoreError::of(&error))?;
        let due = |item: &Item| {
            let key = CaseKey::from_pk(text(item, "pk")?)?;
            let due = match text(item, "sk")? {
                "CASE" => Due::Case(key),
                sk => Due::Out(key, sk.parse().ok()?),
            };
            Some((at(item, "due_at")?, due))
        };
        Ok(page.items().iter().filter_map(due).collect())
    }
}

fn earliest(known: Option<DateTime<Utc>>, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    Some(known.map_or(at, |known| known.min(at)))
}
