//! Finding: the rows of every term read side by side, newest first, each skipping to where the slowest is.

use std::collections::VecDeque;

use redress_domain::search::{Class, Token};

use crate::attribute::{s, text};
use crate::{Store, StoreError};

use super::word_pk;

/// A search reads at most this many rows, and says when it stopped short.
pub const FOUND_READ_MAX: usize = 500;

/// Rows read at once where one thing is looked for.
const ROWS: i32 = 25;

/// Where more than one is: most of what is read is skipped.
const ROWS_OF_MANY: i32 = 8;

/// After every place there can be.
const END: &str = "~";

/// A case that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Its reference.
    pub reference: String,
    /// In which senses it was found.
    pub why: Vec<Class>,
}

/// Some of what was found, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// The cases.
    pub found: Vec<Match>,
    /// Where to go on; nothing when that is all.
    pub next: Option<String>,
    /// It stopped since too much was read, and not since the page was full.
    pub stopped: bool,
}

/// The rows of one token, read backwards.
struct Rows {
    class: Class,
    pk: String,
    read: VecDeque<String>,
    ended: bool,
}

impl Store {
    /// The cases of which each term is found in one of its senses, newest first, after a place.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn find(
        &self,
        council: &str,
        terms: &[Vec<Token>],
        after: Option<&str>,
        limit: usize,
    ) -> Result<Matches, StoreError> {
        let mut terms: Vec<Vec<Rows>> =
            terms.iter().map(|any| any.iter().map(|token| self.rows_for(council, token)).collect()).collect();
        let rows = if terms.len() > 1 { ROWS_OF_MANY } else { ROWS };
        let mut matches = Matches::default();
        if terms.is_empty() {
            return Ok(matches);
        }
        let mut left = FOUND_READ_MAX;
        // Everything at this place and after it has been looked at.
        let mut bound = after.unwrap_or(END).to_owned();
        loop {
            let mut place: Option<String> = None;
            let mut agreed = true;
            for term in &mut terms {
                let below = place.as_deref().map_or_else(|| bound.clone(), including);
                let Some(head) = self.latest_row(term, &below, rows, &mut left).await? else {
                    matches.stopped = left == 0;
                    matches.next = matches.stopped.then_some(bound);
                    return Ok(matches);
                };
                agreed &= place.as_deref().is_none_or(|place| place == head);
                place = Some(head);
            }
            let Some(place) = place else { return Ok(matches) };
            if !agreed {
                // The slowest term has nothing before this place, so no other needs to look there.
                bound = including(&place);
                continue;
            }
            if matches.found.len() == limit {
                matches.next = Some(bound);
                return Ok(matches);
            }
            let why = terms.iter().flatten().filter(|rows| rows.read.front() == Some(&place)).map(|rows| rows.class);
            let mut why: Vec<Class> = why.collect();
            why.sort_unstable();
            why.dedup();
            let reference = place.split_once('#').map_or("", |(_, reference)| reference).to_owned();
            matches.found.push(Match { reference, why });
            bound = place;
        }
    }

    /// The latest place before `below` at which any sense of a term is found.
    async fn latest_row(
        &self,
        term: &mut [Rows],
        below: &str,
        limit: i32,
        left: &mut usize,
    ) -> Result<Option<String>, StoreError> {
        let mut latest: Option<String> = None;
        for rows in term {
            while rows.read.front().is_some_and(|place| place.as_str() >= below) {
                rows.read.pop_front();
            }
            if rows.read.is_empty() && !rows.ended {
                if *left == 0 {
                    return Ok(None);
                }
                self.read_more(rows, below, limit.min(i32::try_from(*left).unwrap_or(limit)), left).await?;
            }
            if rows.read.front() > latest.as_ref() {
                latest = rows.read.front().cloned();
            }
        }
        Ok(latest)
    }

    async fn read_more(&self, rows: &mut Rows, below: &str, limit: i32, left: &mut usize) -> Result<(), StoreError> {
        let page = self
            .client
            .query()
            .table_name(&self.cases)
            .key_condition_expression("pk = :pk AND sk < :below")
            .projection_expression("sk")
            .expression_attribute_values(":pk", s(&rows.pk))
            .expression_attribute_values(":below", s(below))
            .scan_index_forward(false)
            .limit(limit)
            .send()
            .await
            .map_err(|error| StoreError::of(&error))?;
        rows.read.extend(page.items().iter().filter_map(|item| text(item, "sk")).map(str::to_owned));
        rows.ended = page.last_evaluated_key().is_none();
        *left = left.saturating_sub(page.items().len());
        Ok(())
    }

    fn rows_for(&self, council: &str, token: &Token) -> Rows {
        let pk = word_pk(council, &self.hash_of(council, token));
        Rows { class: token.class, pk, read: VecDeque::new(), ended: false }
    }
}

/// Just after a place, so that what is before it includes it.
fn including(place: &str) -> String {
    format!("{place}{END}")
}
