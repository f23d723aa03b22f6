//! Keys, written by hand. A key without a council cannot be built.

use std::fmt;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

/// How many partitions the `due` index is spread over.
pub(crate) const DUE_SHARDS: u32 = 4;

/// Where a case lives.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CaseKey {
    /// Whose case.
    pub council: String,
    /// Its reference.
    pub reference: String,
}

impl CaseKey {
    /// The place of a case.
    pub fn new(council: &str, reference: &str) -> CaseKey {
        CaseKey { council: council.to_owned(), reference: reference.to_owned() }
    }

    /// The partition key, in both tables.
    pub(crate) fn pk(&self) -> String {
        format!("C#{}#{}", self.council, self.reference)
    }

    /// Back from a partition key.
    pub(crate) fn from_pk(pk: &str) -> Option<CaseKey> {
        let (council, reference) = pk.strip_prefix("C#")?.split_once('#')?;
        Some(CaseKey::new(council, reference))
    }

    /// The partition of the `due` index that a case and its outbox share.
    pub(crate) fn due_pk(&self) -> String {
        let sum = self.reference.bytes().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
        due_shard(sum % DUE_SHARDS)
    }
}

impl fmt::Display for CaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.council, self.reference)
    }
}

/// A partition of the `due` index.
pub(crate) fn due_shard(n: u32) -> String {
    format!("D#{n}")
}

/// The sort key of a ledger entry.
pub(crate) fn entry_sk(n: u32) -> String {
    format!("{n:06}")
}

/// The queue of a team.
pub(crate) fn queue_pk(council: &str, team: &str) -> String {
    format!("Q#{council}#{team}")
}

/// The cases of a person, or those a team has not given to anyone.
pub(crate) fn mine_pk(council: &str, owner: Option<&str>, team: &str) -> String {
    match owner {
        Some(id) => format!("M#{council}#o#{id}"),
        None => format!("M#{council}#t#{team}"),
    }
}

/// The letters of a council that wait to be posted.
pub(crate) fn print_pk(council: &str) -> String {
    format!("L#{council}")
}

/// The place in a queue: by date, then by reference.
pub(crate) fn queue_sk(due_on: NaiveDate, reference: &str) -> String {
    format!("{due_on}#{reference}")
}

/// The register of a month.
pub(crate) fn register_pk(council: &str, received_on: NaiveDate) -> String {
    format!("R#{council}#{}", received_on.format("%Y-%m"))
}

/// An instant that sorts as text.
pub(crate) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
