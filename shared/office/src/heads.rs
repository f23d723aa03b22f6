//! Heads of histories, in a bucket where nobody can change them.
//!
//! A chain of hashes shows that an entry was changed, unless all that follow it were written anew as well. So each new
//! entry's hash, which covers all before it, goes where whoever could rewrite the table cannot: into a bucket under
//! object lock. It holds references, numbers and hashes, and nothing about a person.

mod anchored;

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};

use redress_bucket::{Bucket, BucketError};
use redress_domain::case::seal;
use redress_store::CaseKey;
use redress_store::stream::Record;

pub use anchored::Anchored;

/// Under which all heads are, a day's under its date.
const ROOM: &str = "heads";

/// An object has at most so many lines, each under a hundred bytes.
const LINES_MAX: usize = 1000;

/// An entry of a history, by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Whose history.
    pub key: CaseKey,
    /// Which entry.
    pub n: u32,
    /// Its hash.
    pub hash: String,
}

impl Head {
    /// Of an entry as the stream brings it; nothing for any other item.
    pub fn of(record: &Record) -> Option<Head> {
        let body = record.body.as_deref().filter(|_| !record.changed)?;
        Some(Head { key: record.key.clone(), n: record.sk.parse().ok()?, hash: seal(body) })
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {}", self.key.council, self.key.reference, self.n, self.hash)
    }
}

impl FromStr for Head {
    type Err = ();

    fn from_str(line: &str) -> Result<Head, ()> {
        let parts: Vec<&str> = line.split(' ').collect();
        let [council, reference, n, hash] = parts[..] else { return Err(()) };
        let n = n.parse().map_err(|_| ())?;
        Ok(Head { key: CaseKey::new(council, reference), n, hash: hash.to_owned() })
    }
}

/// The bucket that heads are anchored in.
#[derive(Clone, Debug)]
pub struct Heads {
    bucket: Bucket,
}

impl Heads {
    /// In this bucket.
    pub fn new(bucket: Bucket) -> Heads {
        Heads { bucket }
    }

    /// In the bucket that the environment names: `REDRESS_HEADS`; nothing where it names none.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn from_environment() -> Result<Option<Heads>, String> {
        let bucket = Bucket::named_in("REDRESS_HEADS").map_err(|error| error.to_string())?;
        Ok(bucket.map(Heads::new))
    }

    /// Anchors heads. An object is named by the day and by the digest of what is in it: the same heads once more are
    /// the same object, and one that says something else has another name.
    ///
    /// # Errors
    /// When the bucket does not take them all; the same call again does the rest.
    pub async fn anchor(&self, heads: &[Head], now: DateTime<Utc>) -> Result<(), BucketError> {
        for some in heads.chunks(LINES_MAX) {
            let lines: String = some.iter().map(|head| format!("{head}\n")).collect();
            let key = format!("{ROOM}/{}/{}", now.format("%Y-%m-%d"), seal(&lines));
            self.bucket.put(&key, lines.into_bytes()).await?;
        }
        Ok(())
    }
}
