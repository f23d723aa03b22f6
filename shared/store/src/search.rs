//! What a case is found by: keyed hashes of its words, each a row of its own with nothing else in it.
//!
//! The rows are made from the stream, after the case, so nobody waits for them. The case's own `SEARCH` item says
//! which rows there are and of which version they were made: it is written in one transaction with them, so a row
//! that it does not name cannot be, an older version never stands over a newer one, and destruction finds them all.

mod find;
mod found;

use std::collections::BTreeSet;
use std::time::Duration;

use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Delete, Put, TransactWriteItem};
use chrono::NaiveDate;

use redress_domain::case::{Case, Contact};
use redress_domain::search::Token;
use redress_platform::random;

use crate::attribute::{Item, item, key as key_of, n, number, s, text, texts};
use crate::destroy::BATCH_MAX;
use crate::error::{Cancelled, condition_failed, sort};
use crate::{CaseKey, Store, StoreError};

pub use find::{FOUND_READ_MAX, Match, Matches};
pub use found::Known;

/// The sort key of the item that says what a case is found by.
pub(crate) const SEARCH: &str = "SEARCH";

/// Letters and digits of a hash that are kept: 80 bits tell every token of a council from every other, and half
/// the length keeps the list of them under a kilobyte.
const HASH: usize = 16;

/// A busy table is tried this often; then the sweep repairs it.
const ATTEMPTS_MAX: u32 = 5;

/// What a case is found by now.
#[derive(Debug, Default, PartialEq, Eq)]
struct Rows {
    version: u32,
    received_on: Option<NaiveDate>,
    hashes: BTreeSet<String>,
}

impl Store {
    /// Makes the rows of a case what its tokens say, and tells whether any had to change.
    ///
    /// # Errors
    /// [`StoreError::MovedOn`] when somebody made them of another version meanwhile, or the case is being destroyed.
    pub async fn index(&self, key: &CaseKey, case: &Case, tokens: &BTreeSet<Token>) -> Result<bool, StoreError> {
        let before = self.rows(key).await?;
        let seen = before.as_ref().map(|rows| rows.version);
        if seen.is_some_and(|seen| seen > case.version) {
            return Ok(false);
        }
        let after = self.rows_of(key, case, tokens);
        let before = before.unwrap_or_default();
        if before.hashes == after.hashes && (before.received_on == after.received_on || after.hashes.is_empty()) {
            if seen.is_some_and(|seen| seen < case.version) {
                self.still(key, case.version).await?;
            }
            return Ok(false);
        }
        self.exchange(key, seen, &before, &after).await?;
        Ok(true)
    }

    /// Whether the rows of a case are those its tokens say, whatever version they were made of.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn is_indexed(&self, key: &CaseKey, case: &Case, tokens: &BTreeSet<Token>) -> Result<bool, StoreError> {
        let Some(now) = self.rows(key).await? else { return Ok(tokens.is_empty()) };
        Ok(now.hashes == self.rows_of(key, case, tokens).hashes && now.received_on == Some(case.received_on))
    }

    /// Takes every row of a case away, and then what said which they are.
    pub(crate) async fn forget_search(&self, key: &CaseKey) -> Result<usize, StoreError> {
        let Some(rows) = self.rows(key).await? else { return Ok(0) };
        let places: Vec<Item> = rows.places(key).into_iter().map(|(pk, sk)| item(&pk, &sk)).collect();
        for places in places.chunks(BATCH_MAX) {
            self.delete(places.to_vec()).await?;
        }
        self.delete(vec![item(&key.pk(), SEARCH)]).await?;
        Ok(places.len() + 1)
    }

    /// The place of a person in the `person` index, if there is a way to know them again.
    pub(crate) fn person_pk(&self, council: &str, contact: &Contact) -> Option<String> {
        Some(format!("P#{council}#{}", self.keys.hash("person", &[council, &person(contact)?])))
    }

    fn hash_of(&self, council: &str, token: &Token) -> String {
        let mut hash = self.keys.hash("search", &[council, token.class.prefix(), &token.text]);
        hash.truncate(HASH);
        hash
    }

    fn rows_of(&self, key: &CaseKey, case: &Case, tokens: &BTreeSet<Token>) -> Rows {
        let hashes = tokens.iter().map(|token| self.hash_of(&key.council, token)).collect();
        Rows { version: case.version, received_on: Some(case.received_on), hashes }
    }

    async fn rows(&self, key: &CaseKey) -> Result<Option<Rows>, StoreError> {
        let found = self.get(&key.pk(), SEARCH).await?;
        Ok(found.map(|found| Rows {
            version: number(&found, "version").unwrap_or_default(),
            received_on: text(&found, "received_on").and_then(|on| on.parse().ok()),
            hashes: texts(&found, "hashes"),
        }))
    }

    /// Says that the rows there are hold for a later version too.
    async fn still(&self, key: &CaseKey, version: u32) -> Result<(), StoreError> {
        let said = self
            .client
            .update_item()
            .table_name(&self.cases)
            .set_key(key_of(&key.pk(), SEARCH))
            .update_expression("SET version = :version")
            .condition_expression("version < :version")
            .expression_attribute_values(":version", n(version))
            .send()
            .await;
        match said {
            Err(error) if !condition_failed(&error) => Err(StoreError::of(&error)),
            _ => Ok(()),
        }
    }

    /// One transaction: what the case is found by now, what is new, and what is no more.
    async fn exchange(&self, key: &CaseKey, seen: Option<u32>, before: &Rows, after: &Rows) -> Result<(), StoreError> {
        let (old, new) = (before.places(key), after.places(key));
        let mut actions = vec![self.said(key, seen, after)?, self.there(key)?];
        for (pk, sk) in new.difference(&old) {
            let put = Put::builder().table_name(&self.cases).set_item(Some(item(pk, sk))).build();
            actions.push(TransactWriteItem::builder().put(put.map_err(ours)?).build());
        }
        for (pk, sk) in old.difference(&new) {
            let delete = Delete::builder().table_name(&self.cases).set_key(key_of(pk, sk)).build();
            actions.push(TransactWriteItem::builder().delete(delete.map_err(ours)?).build());
        }
        let token = uuid::Uuid::new_v4().to_string();
        let mut attempt = 0;
        loop {
            attempt += 1;
            let write = self.client.transact_write_items().set_transact_items(Some(actions.clone()));
            let Err(error) = write.client_request_token(&token).send().await else { return Ok(()) };
            match sort(&error, None) {
                Cancelled::Final(error) => return Err(error),
                Cancelled::Again(why) if attempt >= ATTEMPTS_MAX => return Err(StoreError::Other(why)),
                Cancelled::Again(_) => {
                    let [jitter] = random::<1>();
                    tokio::time::sleep(Duration::from_millis(20 * u64::from(attempt) + u64::from(jitter) / 4)).await;
                }
            }
        }
    }

    fn said(&self, key: &CaseKey, seen: Option<u32>, rows: &Rows) -> Result<TransactWriteItem, StoreError> {
        let mut made = item(&key.pk(), SEARCH);
        made.insert("version".to_owned(), n(rows.version));
        made.extend(rows.received_on.map(|on| ("received_on".to_owned(), s(on.to_string()))));
        if !rows.hashes.is_empty() {
            made.insert("hashes".to_owned(), AttributeValue::Ss(rows.hashes.iter().cloned().collect()));
        }
        let put = Put::builder().table_name(&self.cases).set_item(Some(made));
        let put = match seen {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(seen) => put.condition_expression("version = :seen").expression_attribute_values(":seen", n(seen)),
        };
        Ok(TransactWriteItem::builder().put(put.build().map_err(ours)?).build())
    }

    /// That the person is still there: of a case that is being destroyed nothing is to be found again.
    fn there(&self, key: &CaseKey) -> Result<TransactWriteItem, StoreError> {
        let check = ConditionCheck::builder().table_name(&self.cases).set_key(key_of(&key.pk(), "CONTACT"));
        let check = check.condition_expression("attribute_exists(pk)").build().map_err(ours)?;
        Ok(TransactWriteItem::builder().condition_check(check).build())
    }
}

impl Rows {
    /// Where they are: newest first can be read backwards.
    fn places(&self, key: &CaseKey) -> BTreeSet<(String, String)> {
        let Some(received_on) = self.received_on else { return BTreeSet::new() };
        let sk = format!("{received_on}#{}", key.reference);
        self.hashes.iter().map(|hash| (word_pk(&key.council, hash), sk.clone())).collect()
    }
}

/// The cases of a token.
fn word_pk(council: &str, hash: &str) -> String {
    format!("W#{council}#{hash}")
}

fn ours(error: impl std::fmt::Display) -> StoreError {
    StoreError::Other(error.to_string())
}

/// What the same person writes again: an address, a number, or a name at a postcode.
fn person(contact: &Contact) -> Option<String> {
    let plain =
        |text: &String| text.to_lowercase().chars().filter(|c| c.is_alphanumeric() || "@.+-_".contains(*c)).collect();
    let postcode = contact.address.as_ref().and_then(|address| address.postcode.as_ref());
    let at_home = contact.name.as_ref().zip(postcode).map(|(name, postcode)| plain(&format!("{name}@{postcode}")));
    contact.email.as_ref().map(plain).or_else(|| contact.phone.as_ref().map(plain)).or(at_home)
}
