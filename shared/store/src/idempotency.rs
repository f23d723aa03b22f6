//! The same request twice is one request.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::attribute::{Item, at, item, json, n, s};
use crate::key::instant;
use crate::{Store, StoreError};

/// A request is remembered this long.
const REMEMBERED_HOURS: i64 = 24;

/// What makes a request the same: who, where, its key, and its body.
#[derive(Clone, Debug)]
pub struct Idempotency {
    council: String,
    scope: String,
    digest: String,
}

/// What became of a request that was taken before. The answer itself is rendered again, never stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// The digest of its body.
    pub digest: String,
    /// The case it made or moved.
    pub reference: String,
    /// The event it wrote.
    pub n: u32,
}

impl Idempotency {
    /// A request under an `Idempotency-Key`.
    pub fn new(council: &str, route: &str, actor: &str, key: &str, body: &[u8]) -> Idempotency {
        Idempotency {
            council: council.to_owned(),
            scope: format!("{route}\n{actor}\n{key}"),
            digest: Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }

    /// Whether an earlier request had the same body.
    pub fn is_same(&self, earlier: &Earlier) -> bool {
        self.digest == earlier.digest
    }
}

impl Store {
    /// What became of the same request, if it was taken before.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn earlier(&self, request: &Idempotency, now: DateTime<Utc>) -> Result<Option<Earlier>, StoreError> {
        let Some(found) = self.get(&self.idempotency_pk(request), "IDEM").await? else { return Ok(None) };
        // The table forgets within days; what has expired is forgotten already.
        if at(&found, "forget_at").is_none_or(|at| at <= now) {
            return Ok(None);
        }
        crate::attribute::body(&found).map(Some)
    }

    pub(crate) fn idempotency_item(
        &self,
        request: &Idempotency,
        reference: &str,
        entry: u32,
        now: DateTime<Utc>,
    ) -> Result<Item, StoreError> {
        let forget_at = now + TimeDelta::hours(REMEMBERED_HOURS);
        let earlier = Earlier { digest: request.digest.clone(), reference: reference.to_owned(), n: entry };
        let mut made = item(&self.idempotency_pk(request), "IDEM");
        made.insert("body".to_owned(), s(json(&earlier)?));
        made.insert("forget_at".to_owned(), s(instant(forget_at)));
        made.insert("expires_at".to_owned(), n(forget_at.timestamp()));
        Ok(made)
    }

    fn idempotency_pk(&self, request: &Idempotency) -> String {
        let hash = self.keys.hash("idempotency", &[&request.council, &request.scope]);
        format!("I#{}#{hash}", request.council)
    }
}
