//! The print queue: letters on paper that nobody has posted yet, oldest first.
//!
//! A letter is on the sparse `print` index from the transaction that makes it to the one that posts it, sends it
//! another way or takes it back. What is destroyed is gone from it too.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_dynamodb::types::Update;
use chrono::{DateTime, Utc};

use redress_domain::case::{Beside, Case, Event, ReplyBy};

use super::{Letter, number, read};
use crate::attribute::{Item, body, item, key as key_of, s, text};
use crate::key::{instant, print_pk};
use crate::{Attention, CaseKey, Store, StoreError};

/// A letter that waits to be posted, with its case, which says who may read it.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The case.
    pub case: Case,
    /// The letter.
    pub letter: Letter,
}

/// Some letters, and where to go on.
#[derive(Clone, Debug)]
pub struct PaperPage {
    /// The letters, oldest first.
    pub letters: Vec<Paper>,
    /// The place to go on from; nothing at the end.
    pub next: Option<String>,
}

impl Store {
    /// The letters of a council that wait to be posted, at the cost of the page.
    ///
    /// # Errors
    /// When the index or the table cannot be read.
    pub async fn to_post(&self, council: &str, after: Option<&str>, limit: i32) -> Result<PaperPage, StoreError> {
        let page = self
            .client
            .query()
            .table_name(&self.cases)
            .index_name("print")
            .key_condition_expression("print_pk = :council")
            .expression_attribute_values(":council", s(print_pk(council)))
            .set_exclusive_start_key(after.and_then(|place| start(council, place)))
            .limit(limit)
            .send()
            .await
            .map_err(|error| StoreError::of(&error))?;
        let next = page.last_evaluated_key().and_then(place);
        let (mut cases, mut letters) = (HashMap::new(), Vec::new());
        for found in self.get_keys(wanted(page.items())).await? {
            let Some(pk) = text(&found, "pk").map(str::to_owned) else { continue };
            if text(&found, "sk") == Some("CASE") {
                cases.insert(pk, body::<Case>(&found)?);
            } else {
                letters.push((pk, read(&found)?));
            }
        }
        let mut waiting: Vec<Paper> = letters
            .into_iter()
            .filter_map(|(pk, letter)| Some(Paper { case: cases.get(&pk)?.clone(), letter }))
            .filter(|paper| paper.case.letters.iter().any(|mark| mark.n == paper.letter.n && mark.is_to_post()))
            .collect();
        waiting.sort_by(|a, b| order(a).cmp(&order(b)));
        Ok(PaperPage { letters: waiting, next })
    }

    /// What an event does to a letter it names: off the queue, and among what waits for somebody or no more.
    pub(crate) fn letters_fate(
        &self,
        key: &CaseKey,
        event: &Event,
        case: &Case,
        now: DateTime<Utc>,
    ) -> Result<Option<Update>, StoreError> {
        let (letter, fate) = match event {
            Event::Printed { letter, .. } => (*letter, Fate::Posted),
            Event::Bounced { letter } | Event::Beside(Beside::Returned { letter, .. }) => (*letter, Fate::CameBack),
            Event::Beside(Beside::Reissued { letter, .. }) => (*letter, Fate::SentAgain),
            _ => return Ok(None),
        };
        let on_paper = case.letters.iter().any(|mark| mark.n == letter && mark.by == ReplyBy::Post);
        // A letter that is destroyed is not brought back as an empty item.
        if (fate == Fate::Posted && !on_paper) || case.destroyed_on.is_some() {
            return Ok(None);
        }
        let update = Update::builder()
            .table_name(&self.cases)
            .set_key(key_of(&key.pk(), &format!("LETTER#{letter}")))
            .condition_expression("attribute_exists(pk)");
        let update = match fate {
            Fate::Posted => update
                .update_expression("SET printed_at = if_not_exists(printed_at, :now) REMOVE print_pk")
                .expression_attribute_values(":now", s(instant(now))),
            Fate::CameBack => update
                .update_expression("SET attention_pk = :returned, attention_at = :now REMOVE print_pk")
                .expression_attribute_values(":returned", s(Attention::Returned.pk(&key.council)))
                .expression_attribute_values(":now", s(instant(now))),
            Fate::SentAgain => update.update_expression("REMOVE print_pk, attention_pk, attention_at"),
        };
        update.build().map(Some).map_err(|error| StoreError::Other(error.to_string()))
    }
}

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Posted,
    CameBack,
    SentAgain,
}

fn order(paper: &Paper) -> (Option<DateTime<Utc>>, &str, u32) {
    (paper.letter.queued_at, paper.case.reference.as_str(), paper.letter.n)
}

/// The letters of a page and their cases, each case once.
fn wanted(lines: &[Item]) -> Vec<Item> {
    let named = |line: &Item| Some((text(line, "pk")?.to_owned(), text(line, "sk")?.to_owned()));
    let letters: Vec<(String, String)> = lines.iter().filter_map(named).collect();
    let cases: BTreeSet<&String> = letters.iter().map(|(pk, _)| pk).collect();
    let cases = cases.into_iter().map(|pk| item(pk, "CASE"));
    cases.chain(letters.iter().map(|(pk, sk)| item(pk, sk))).collect()
}

/// A place in the queue, as a cursor can carry it: when, which case, which letter.
fn place(last: &Item) -> Option<String> {
    let key = CaseKey::from_pk(text(last, "pk")?)?;
    Some(format!("{}#{}#{}", text(last, "queued_at")?, key.reference, number(text(last, "sk")?)?))
}

fn start(council: &str, place: &str) -> Option<Item> {
    let (queued_at, rest) = place.split_once('#')?;
    let (reference, n) = rest.split_once('#')?;
    let mut key = item(&CaseKey::new(council, reference).pk(), &format!("LETTER#{n}"));
    key.insert("print_pk".to_owned(), s(print_pk(council)));
    key.insert("queued_at".to_owned(), s(queued_at));
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_queue_is_found_again() {
        let place_of = "2026-03-20T10:00:00.000Z#SSC-7QK4-2F9T#3";
        let key = start("south-staffordshire", place_of).unwrap();
        assert_eq!(text(&key, "pk"), Some("C#south-staffordshire#SSC-7QK4-2F9T"));
        assert_eq!(place(&key).as_deref(), Some(place_of));
        assert!(start("south-staffordshire", "nowhere").is_none());
    }
}
