//! Is a history what was written, and does it give the case that is stored?

use std::collections::BTreeMap;

use redress_domain::case::{Case, Digest, Entry, replay, verify};
use redress_store::{CaseKey, Store, StoreError, StoredEntry};

use crate::heads::{Anchored, Head};

/// What was found of one case.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Which case.
    pub key: CaseKey,
    /// How many entries it has.
    pub entries: usize,
    /// What does not hold; nothing when all does.
    pub why: Option<String>,
    /// The last entry, when all holds and it is not anchored yet.
    pub to_anchor: Option<Head>,
}

/// Checks the chain of a case, that each entry is the one that was anchored, that replaying gives the stored case byte
/// for byte, and that each personal item still there is the one that was written.
///
/// # Errors
/// When the tables cannot be read.
pub async fn examine(store: &Store, key: CaseKey, anchored: &Anchored) -> Result<Verdict, StoreError> {
    let entries = store.history(&key).await?;
    let why = match anchored.why(&key, &entries) {
        Some(why) => Some(why),
        None => within(store, &key, &entries).await?,
    };
    let open = why.is_none() && !anchored.covers(&key, &entries);
    let last = entries.last().zip(u32::try_from(entries.len()).ok()).filter(|_| open);
    let to_anchor = last.map(|(entry, n)| Head { key: key.clone(), n, hash: entry.hash.clone() });
    Ok(Verdict { entries: entries.len(), why, to_anchor, key })
}

/// What does not hold by the tables alone.
async fn within(store: &Store, key: &CaseKey, entries: &[StoredEntry]) -> Result<Option<String>, StoreError> {
    let stored = store.case_as_stored(key).await?;
    let chain = verify(entries.iter().map(|entry| (entry.body.as_str(), entry.hash.as_str())));
    let last = entries.last().map(|entry| entry.hash.clone()).unwrap_or_default();
    match (chain, stored) {
        (Err(why), _) => Ok(Some(why)),
        (Ok(_), None) => Ok(Some("there is a history and no case".to_owned())),
        (Ok(chain), Some((body, hash))) => match folds_into(&chain, &body, &hash, &last) {
            Err(why) => Ok(Some(why)),
            Ok(case) => digests(store, key, &chain, &case).await,
        },
    }
}

fn folds_into(chain: &[Entry], body: &str, hash: &str, last: &str) -> Result<Case, String> {
    if hash != last {
        return Err("the case does not follow from the last entry of its history".to_owned());
    }
    let case = replay(chain).map_err(|error| error.to_string())?;
    let again = serde_json::to_string(&case).map_err(|error| error.to_string())?;
    if again != body {
        return Err("the history folds into another case than the one stored".to_owned());
    }
    Ok(case)
}

async fn digests(store: &Store, key: &CaseKey, chain: &[Entry], case: &Case) -> Result<Option<String>, StoreError> {
    let latest: BTreeMap<&str, &Digest> =
        chain.iter().flat_map(|entry| &entry.digests).map(|digest| (digest.item.as_str(), digest)).collect();
    let names = latest.keys().map(|name| (*name).to_owned()).collect();
    let found = store.personal_items(key, names).await?;
    if case.destroyed_on.is_none() && found.len() < latest.len() {
        return Ok(Some("a personal item is missing, and the case was not destroyed".to_owned()));
    }
    for (name, salt, body) in found {
        let written = latest.get(name.as_str());
        if written.is_some_and(|digest| **digest != Digest::of(&name, &salt, body.as_bytes())) {
            return Ok(Some(format!("{name} is not what was written")));
        }
    }
    Ok(None)
}
