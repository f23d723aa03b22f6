//! Lines of the queue, one after the other by due date, from as many parts of an index as they stand in.
//! What is read is what is asked for, and a little from each part; never the register.

use std::collections::VecDeque;

use aws_sdk_dynamodb::types::Select;

use crate::attribute::{s, text};
use crate::key::{mine_pk, queue_pk};
use crate::queue::Summary;
use crate::{Store, StoreError};

/// The least that is worth a request.
const CHUNK_MIN: usize = 10;

/// The most that one request reads. Steps grow towards it, so that a sparse filter needs few requests.
const CHUNK_MAX: i32 = 100;

/// Before the first date.
const START: &str = " ";

/// Whose open cases: each of these is a part, or several, of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those of these teams, whoever has them.
    Teams(Vec<String>),
    /// Those of these teams that nobody has.
    Nobodys(Vec<String>),
    /// Those of one person, in whichever team; covered ones too.
    Persons(String),
}

/// What comes next.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// A line, and where it stands.
    Line(String, Box<Summary>),
    /// There is no more.
    End,
    /// As much was read as was allowed; there may be more.
    Enough,
}

/// Lines still to come.
#[derive(Debug)]
pub struct Lines<'a> {
    store: &'a Store,
    index: &'static str,
    attribute: &'static str,
    parts: Vec<Part>,
    most: usize,
    read: usize,
}

/// A part of an index, as far as it was read.
#[derive(Debug)]
struct Part {
    key: String,
    after: String,
    waiting: VecDeque<(String, Summary)>,
    more: bool,
    begun: bool,
    chunk: i32,
}

impl Whose {
    fn parts(&self, council: &str) -> (&'static str, &'static str, Vec<String>) {
        match self {
            Whose::Teams(teams) => ("queue", "queue_pk", teams.iter().map(|team| queue_pk(council, team)).collect()),
            Whose::Nobodys(teams) => {
                ("mine", "mine_pk", teams.iter().map(|team| mine_pk(council, None, team)).collect())
            }
            Whose::Persons(id) => ("mine", "mine_pk", vec![mine_pk(council, Some(id), "")]),
        }
    }
}

impl Store {
    /// Open cases by due date, from a place on. `wanted` is how many the caller is likely to take: the parts are
    /// read in steps that come to so many together. Of more than `most` nothing is read, but of each part a first
    /// line, so that every page goes on from the one before.
    pub fn lines(&self, council: &str, whose: &Whose, after: Option<&str>, wanted: usize, most: usize) -> Lines<'_> {
        let (index, attribute, keys) = whose.parts(council);
        let after = after.unwrap_or(START);
        let chunk = wanted.div_ceil(keys.len().max(1)).max(CHUNK_MIN.min(wanted));
        let chunk = i32::try_from(chunk).unwrap_or(CHUNK_MAX).min(CHUNK_MAX);
        let part =
            |key| Part { key, after: after.to_owned(), waiting: VecDeque::new(), more: true, begun: false, chunk };
        let parts = keys.into_iter().map(part).collect();
        Lines { store: self, index, attribute, parts, most, read: 0 }
    }

    /// How many open cases there are, counted up to `most`: nobody waits for a longer count.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub async fn how_many(&self, council: &str, whose: &Whose, most: usize) -> Result<usize, StoreError> {
        let (index, attribute, keys) = whose.parts(council);
        let mut count = 0;
        for key in keys {
            let left = most.saturating_sub(count);
            if left == 0 {
                break;
            }
            let page = self
                .client
                .query()
                .table_name(&self.cases)
                .index_name(index)
                .key_condition_expression("#pk = :pk")
                .expression_attribute_names("#pk", attribute)
                .expression_attribute_values(":pk", s(key))
                .select(Select::Count)
                .limit(i32::try_from(left).unwrap_or(i32::MAX))
                .send()
                .await
                .map_err(|error| StoreError::of(&error))?;
            count += usize::try_from(page.count()).unwrap_or_default();
        }
        Ok(count)
    }
}

impl Lines<'_> {
    /// The next line with its place.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub async fn next(&mut self) -> Result<Next, StoreError> {
        for at in 0..self.parts.len() {
            if !self.fill(at).await? {
                return Ok(Next::Enough);
            }
        }
        let first = self.parts.iter_mut().filter(|part| !part.waiting.is_empty());
        let first = first.min_by(|a, b| a.place().cmp(&b.place()));
        let line = first.and_then(|part| part.waiting.pop_front());
        Ok(line.map_or(Next::End, |(place, line)| Next::Line(place, Box::new(line))))
    }

    /// How many lines were read so far, whether they were taken or still wait.
    pub fn read(&self) -> usize {
        self.read
    }

    /// Has a part show its first line; false when that would be reading too much.
    async fn fill(&mut self, at: usize) -> Result<bool, StoreError> {
        let Some(part) = self.parts.get_mut(at) else { return Ok(true) };
        while part.waiting.is_empty() && part.more {
            let left = self.most.saturating_sub(self.read);
            if left == 0 && part.begun {
                return Ok(false);
            }
            let limit = i32::try_from(left.max(1)).unwrap_or(CHUNK_MAX).min(part.chunk);
            part.begun = true;
            let page = self
                .store
                .client
                .query()
                .table_name(&self.store.cases)
                .index_name(self.index)
                .key_condition_expression("#pk = :pk AND queue_sk > :after")
                .expression_attribute_names("#pk", self.attribute)
                .expression_attribute_values(":pk", s(&part.key))
                .expression_attribute_values(":after", s(&part.after))
                .limit(limit)
                .send()
                .await
                .map_err(|error| StoreError::of(&error))?;
            self.read += page.items().len();
            part.more = page.last_evaluated_key().is_some();
            part.chunk = part.chunk.saturating_mul(2).min(CHUNK_MAX);
            for item in page.items() {
                let Some(place) = text(item, "queue_sk") else { continue };
                place.clone_into(&mut part.after);
                part.waiting.extend(Summary::stored(item).map(|line| (place.to_owned(), line)));
            }
        }
        Ok(true)
    }
}

impl Part {
    /// Where its first line stands.
    fn place(&self) -> Option<&str> {
        self.waiting.front().map(|(place, _)| place.as_str())
    }
}
