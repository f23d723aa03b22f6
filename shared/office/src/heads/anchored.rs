//! What was anchored, and whether the histories there are still agree with it.

use std::collections::{BTreeMap, BTreeSet};

use tokio::task::JoinSet;

use redress_bucket::{BucketError, Version};
use redress_domain::case::seal;
use redress_store::{CaseKey, StoredEntry};

use super::{Head, Heads, ROOM};

/// So many objects are read at the same time.
const AT_ONCE: usize = 32;

/// A thousand lines are less than this.
const BYTES_MAX: u64 = 256 * 1024;

/// Every head that was anchored.
#[derive(Clone, Debug, Default)]
pub struct Anchored {
    /// By case and entry. Of one entry there are two where somebody wrote another in its place.
    heads: BTreeMap<CaseKey, BTreeMap<u32, BTreeSet<String>>>,
    /// How many heads.
    pub count: usize,
    /// Objects that are not what their names say, which somebody else must have put there.
    pub strange: Vec<String>,
}

impl Anchored {
    /// Adds what an object holds.
    pub fn take(&mut self, key: &str, bytes: &[u8]) {
        let lines = std::str::from_utf8(bytes).ok().filter(|lines| key.ends_with(&seal(lines)));
        let heads = lines.and_then(|lines| lines.lines().map(str::parse).collect::<Result<Vec<Head>, ()>>().ok());
        let Some(heads) = heads else {
            self.strange.push(key.to_owned());
            return;
        };
        for Head { key, n, hash } in heads {
            if self.heads.entry(key).or_default().entry(n).or_default().insert(hash) {
                self.count += 1;
            }
        }
    }

    /// The cases whose heads were anchored.
    pub fn cases(&self) -> impl Iterator<Item = &CaseKey> {
        self.heads.keys()
    }

    /// Whether the last of these entries, and with it all of them, is anchored.
    pub fn covers(&self, key: &CaseKey, entries: &[StoredEntry]) -> bool {
        let last = u32::try_from(entries.len()).ok().zip(entries.last());
        let anchored = |n: u32| self.heads.get(key)?.get(&n);
        last.is_none_or(|(n, entry)| anchored(n).is_some_and(|hashes| hashes.contains(&entry.hash)))
    }

    /// What in a history is not what was anchored; nothing when all agrees.
    pub fn why(&self, key: &CaseKey, entries: &[StoredEntry]) -> Option<String> {
        self.heads.get(key)?.iter().find_map(|(n, hashes)| {
            let place = usize::try_from(*n).ok()?.checked_sub(1)?;
            match entries.get(place) {
                None => Some(format!("entry {n} is gone: it was anchored, and the history has {}", entries.len())),
                Some(entry) if hashes.iter().any(|hash| *hash != entry.hash) => {
                    Some(format!("entry {n} is not the one that was anchored: the history was written anew"))
                }
                Some(_) => None,
            }
        })
    }
}

impl Heads {
    /// All that was ever anchored, whatever was put or deleted over it since.
    ///
    /// # Errors
    /// When the bucket cannot be read whole: half of it would say less than it knows.
    pub async fn anchored(&self) -> Result<Anchored, BucketError> {
        let mut anchored = Anchored::default();
        for some in self.bucket.versions(&format!("{ROOM}/")).await?.chunks(AT_ONCE) {
            let mut reading = JoinSet::new();
            for version in some.iter().cloned() {
                let bucket = self.bucket.clone();
                reading.spawn(async move {
                    let read = bucket.read_version(&version, BYTES_MAX).await;
                    (version, read)
                });
            }
            while let Some(read) = reading.join_next().await {
                let (Version { key, .. }, read) = read.map_err(|error| BucketError::NoAnswer(error.to_string()))?;
                match read {
                    Ok(bytes) => anchored.take(&key, &bytes),
                    // Ours are never so large.
                    Err(BucketError::TooLarge) => anchored.strange.push(key),
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(anchored)
    }
}
