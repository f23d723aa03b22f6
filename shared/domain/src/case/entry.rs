//! The ledger: one entry for each event, chained by hashes.
//!
//! An entry names the digests of the personal items it made, each taken with a
//! random salt that lives in the item. Destroy the item and its salt, and the
//! chain still verifies while the digest proves nothing about anyone.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use super::{Actor, Event, ReplyBy};
use crate::letter::LetterKind;

/// The version of the rules that fold entries into a case. An entry is folded for ever by those it was written under;
/// from 2 on, a case knows what its person wrote and nobody has heard yet, and which letters were told by telephone.
pub const FOLD_VERSION: u16 = 2;

/// One line of a case's history, for good.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// From 1, without gaps.
    pub n: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: Actor,
    /// Folded by these rules.
    pub fold: u16,
    /// What.
    pub event: Event,
    /// How many texts it made.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub texts: u32,
    /// The letters it issued.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub letters: Vec<LetterRef>,
    /// What its personal items were, provably and unreadably.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub digests: Vec<Digest>,
    /// The hash of the entry before; empty for the first.
    pub prev: String,
}

/// A letter an entry issued.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LetterRef {
    /// Its number in the case.
    pub n: u32,
    /// Which letter.
    pub kind: LetterKind,
    /// How it goes out.
    pub by: ReplyBy,
}

/// The salted digest of a personal item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The item's name: `CONTACT`, `TEXT#3`, `LETTER#2`.
    pub item: String,
    /// SHA-256 of salt and bytes, in hexadecimal.
    pub sha256: String,
}

impl Digest {
    /// The digest of an item's bytes under its salt.
    pub fn of(item: &str, salt: &[u8], bytes: &[u8]) -> Digest {
        let mut hasher = sha2::Sha256::new();
        hasher.update(salt);
        hasher.update(bytes);
        Digest { item: item.to_owned(), sha256: hex(&hasher.finalize()) }
    }
}

/// The hash of an entry's bytes, exactly as they are stored.
pub fn seal(body: &str) -> String {
    hex(&sha2::Sha256::digest(body.as_bytes()))
}

/// Checks a chain of stored entries, each with the hash stored beside it.
///
/// # Errors
/// A sentence that names the first entry that does not hold.
pub fn verify<'a>(stored: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Vec<Entry>, String> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut prev = String::new();
    for (n, (body, hash)) in (1u32..).zip(stored) {
        if seal(body) != hash {
            return Err(format!("entry {n} is not what was written: its hash differs"));
        }
        let entry: Entry = serde_json::from_str(body).map_err(|error| format!("entry {n} cannot be read: {error}"))?;
        if entry.n != n {
            return Err(format!("entry {n} is missing: {} stands in its place", entry.n));
        }
        if entry.prev != prev {
            return Err(format!("entry {n} does not follow from the one before it"));
        }
        prev = hash.to_owned();
        entries.push(entry);
    }
    Ok(entries)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
