//! What waits for somebody who runs the service: letters that came back, spam set aside, mail that did not go.
//!
//! One sparse index for the three. An item is on it from the write that makes it wait to the one that ends that.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use redress_domain::case::Case;

use crate::attribute::{Item, at, body, item, number, s, text};
use crate::key::instant;
use crate::{CaseKey, OutId, Store, StoreError};

/// The attribute that puts an item on the index.
pub(crate) const ATTENTION: &str = "attention_pk";

/// Since when it waits.
pub(crate) const ATTENTION_AT: &str = "attention_at";

/// What waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attention {
    /// Feedback that was sent as a machine sends it.
    Spam,
    /// A letter that came back and was not sent again.
    Returned,
    /// Mail that the mail service rejected or did not answer for.
    Failed,
}

/// One thing that waits, with its case, which says who may read it.
#[derive(Clone, Debug)]
pub struct Waits {
    /// The case; nothing where a mail is of no case.
    pub case: Option<Case>,
    /// The case, or the mailbox whose digest it is.
    pub key: CaseKey,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// The letter, where it is one.
    pub letter: Option<u32>,
    /// The item of the outbox, where it is one: which, its state, and how often it was tried.
    pub out: Option<(OutId, String, u32)>,
}

impl Attention {
    /// Its partition of the index.
    pub(crate) fn pk(self, council: &str) -> String {
        let what = match self {
            Attention::Spam => "spam",
            Attention::Returned => "returned",
            Attention::Failed => "failed",
        };
        format!("N#{council}#{what}")
    }

    /// What puts an item on the index.
    pub(crate) fn mark(
        self,
        council: &str,
        since: DateTime<Utc>,
    ) -> [(String, aws_sdk_dynamodb::types::AttributeValue); 2] {
        [(ATTENTION.to_owned(), s(self.pk(council))), (ATTENTION_AT.to_owned(), s(instant(since)))]
    }
}

impl Store {
    /// A page of what waits, longest first, and where to go on.
    ///
    /// # Errors
    /// When the index or the table cannot be read.
    pub async fn attention(
        &self,
        council: &str,
        what: Attention,
        after: Option<&str>,
        limit: i32,
    ) -> Result<(Vec<Waits>, Option<String>), StoreError> {
        let page = self
            .client
            .query()
            .table_name(&self.cases)
            .index_name("attention")
            .key_condition_expression("attention_pk = :what")
            .expression_attribute_values(":what", s(what.pk(council)))
            .set_exclusive_start_key(after.and_then(|place| start(council, what, place)))
            .limit(limit)
            .send()
            .await
            .map_err(|error| StoreError::of(&error))?;
        let next = page.last_evaluated_key().and_then(place);
        let named = |line: &Item| Some((text(line, "pk")?.to_owned(), text(line, "sk")?.to_owned()));
        let lines: Vec<(String, String)> = page.items().iter().filter_map(named).collect();
        let mut keys: Vec<(String, String)> = lines.iter().map(|(pk, _)| (pk.clone(), "CASE".to_owned())).collect();
        keys.extend(lines.iter().filter(|(_, sk)| sk != "CASE").cloned());
        keys.sort();
        keys.dedup();
        let mut found = HashMap::new();
        for one in self.get_keys(keys.iter().map(|(pk, sk)| item(pk, sk)).collect()).await? {
            if let Some(name) = named(&one) {
                found.insert(name, one);
            }
        }
        let mut waiting = Vec::new();
        for (pk, sk) in lines {
            let Some(key) = CaseKey::from_pk(&pk) else { continue };
            let case = found.get(&(pk.clone(), "CASE".to_owned())).map(body::<Case>).transpose()?;
            let Some(one) = found.get(&(pk, sk.clone())) else { continue };
            let attempts = number(one, "attempt").unwrap_or(0);
            let state = text(one, "state").unwrap_or_default().to_owned();
            waiting.push(Waits {
                case,
                key,
                since: at(one, ATTENTION_AT),
                letter: sk.strip_prefix("LETTER#").and_then(|n| n.parse().ok()).or_else(|| number(one, "letter")),
                out: sk.strip_prefix("OUT#").and_then(|id| Some((id.parse().ok()?, state, attempts))),
            });
        }
        Ok((waiting, next))
    }

    /// How many letters wait to be posted, counted up to a limit.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub async fn count_to_post(&self, council: &str, limit: i32) -> Result<i32, StoreError> {
        let counted = self
            .client
            .query()
            .table_name(&self.cases)
            .index_name("print")
            .key_condition_expression("print_pk = :council")
            .expression_attribute_values(":council", s(crate::key::print_pk(council)))
            .select(aws_sdk_dynamodb::types::Select::Count)
            .limit(limit)
            .send()
            .await
            .map_err(|error| StoreError::of(&error))?;
        Ok(counted.count())
    }
}

/// A place on the index, as a cursor can carry it: since when, which case, which item.
fn place(last: &Item) -> Option<String> {
    let key = CaseKey::from_pk(text(last, "pk")?)?;
    Some(format!("{} {} {}", text(last, ATTENTION_AT)?, key.reference, text(last, "sk")?))
}

fn start(council: &str, what: Attention, place: &str) -> Option<Item> {
    let mut parts = place.splitn(3, ' ');
    let (since, reference, sk) = (parts.next()?, parts.next()?, parts.next()?);
    let mut key = item(&CaseKey::new(council, reference).pk(), sk);
    key.insert(ATTENTION.to_owned(), s(what.pk(council)));
    key.insert(ATTENTION_AT.to_owned(), s(since));
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_among_what_waits_is_found_again() {
        let place_of = "2026-03-20T10:00:00.000Z SSC-7QK4-2F9T OUT#000003-1";
        let key = start("south-staffordshire", Attention::Failed, place_of).unwrap();
        assert_eq!(text(&key, "pk"), Some("C#south-staffordshire#SSC-7QK4-2F9T"));
        assert_eq!(place(&key).as_deref(), Some(place_of));
        assert!(start("south-staffordshire", Attention::Spam, "nowhere").is_none());
    }
}
