//! The queue: open cases by due date, a page at a time, at the page's cost.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use redress_domain::case::{Case, FeedbackKind, Owner, Reference, Status};
use redress_domain::reading::Reading;

use crate::attribute::{Item, json, s, text};
use crate::key::{mine_pk, queue_pk};
use crate::{Store, StoreError};

/// A line of the queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Summary {
    /// Its reference.
    #[schema(value_type = String)]
    pub reference: Reference,
    /// What it is.
    pub kind: FeedbackKind,
    /// Where it stands.
    pub status: Status,
    /// At which stage.
    pub stage: u8,
    /// About which service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// With which team.
    pub team: String,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub owner: Option<Owner>,
    /// When it was received.
    pub received_on: NaiveDate,
    /// What is owed next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_due: Option<NextDue>,
    /// What a reader should know at a glance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// It is shown to some people only, and this reader is one of them.
    #[serde(default)]
    pub restricted: bool,
    /// Who may read it. Stands on the line, so that a list needs no case; never part of an answer.
    #[serde(skip)]
    #[schema(ignore)]
    pub reading: Reading,
}

/// A line as it is stored: what is shown, and beside it who may be shown it.
#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    summary: Summary,
    #[serde(flatten)]
    reading: Reading,
}

/// What is owed next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct NextDue {
    /// Which promise.
    pub rule: String,
    /// By when.
    pub due_on: NaiveDate,
}

/// Some lines, and where to go on.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The lines, by due date.
    pub cases: Vec<Summary>,
    /// The place to go on from; nothing at the end.
    pub next: Option<String>,
}

impl Summary {
    pub(crate) fn of(case: &Case, next_due: Option<NextDue>) -> Summary {
        let reading = Reading::of(case);
        Summary {
            reference: case.reference.clone(),
            kind: case.kind,
            status: case.status,
            stage: case.stage_n(),
            service: case.service.clone(),
            team: case.team.clone(),
            owner: case.owner.clone(),
            received_on: case.received_on,
            next_due,
            flags: case.flags.clone(),
            restricted: reading.readers.is_some() || !reading.about.is_empty(),
            reading,
        }
    }

    pub(crate) fn store(&self) -> Result<String, StoreError> {
        json(&Line { summary: self.clone(), reading: self.reading.clone() })
    }

    fn stored(item: &Item) -> Option<Summary> {
        let Line { summary, reading } = serde_json::from_str(text(item, "summary")?).ok()?;
        Some(Summary { reading, ..summary })
    }
}

impl Store {
    /// Open cases of these teams, merged by due date.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub async fn queue(
        &self,
        council: &str,
        teams: &[String],
        after: Option<&str>,
        limit: i32,
    ) -> Result<Page, StoreError> {
        let partitions: Vec<String> = teams.iter().map(|team| queue_pk(council, team)).collect();
        self.lines("queue", "queue_pk", &partitions, after, limit).await
    }

    /// Open cases of one person.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub async fn mine(&self, council: &str, owner: &str, after: Option<&str>, limit: i32) -> Result<Page, StoreError> {
        let partition = mine_pk(council, Some(owner), "");
        self.lines("mine", "mine_pk", &[partition], after, limit).await
    }

    async fn lines(
        &self,
        index: &str,
        attribute: &str,
        partitions: &[String],
        after: Option<&str>,
        limit: i32,
    ) -> Result<Page, StoreError> {
        let mut found: Vec<(String, Summary)> = Vec::new();
        let mut more = false;
        for partition in partitions {
            let page = self
                .client
                .query()
                .table_name(&self.cases)
                .index_name(index)
                .key_condition_expression("#pk = :pk AND queue_sk > :after")
                .expression_attribute_names("#pk", attribute)
                .expression_attribute_values(":pk", s(partition))
                .expression_attribute_values(":after", s(after.unwrap_or(" ")))
                .limit(limit)
                .send()
                .await
                .map_err(|error| StoreError::of(&error))?;
            more |= page.last_evaluated_key().is_some();
            for item in page.items() {
                found.extend(text(item, "queue_sk").map(str::to_owned).zip(Summary::stored(item)));
            }
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        more |= found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|(place, _)| place.clone());
        Ok(Page { cases: found.into_iter().map(|(_, summary)| summary).collect(), next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_read_is_stored_with_a_line_and_never_answered() {
        let reading = Reading { about: vec!["maya".to_owned()], ..Reading::default() };
        let received_on = NaiveDate::from_ymd_opt(2026, 3, 20).unwrap();
        let summary = Summary {
            reference: Reference::from_random("SSC", 7).unwrap(),
            kind: FeedbackKind::Complaint,
            status: Status::Open,
            stage: 1,
            service: None,
            team: "waste".to_owned(),
            owner: None,
            received_on,
            next_due: Some(NextDue { rule: "stage-1.respond".to_owned(), due_on: received_on }),
            flags: Vec::new(),
            restricted: true,
            reading,
        };
        let item = Item::from([("summary".to_owned(), s(summary.store().unwrap()))]);
        assert_eq!(Summary::stored(&item), Some(summary.clone()));
        assert!(!json(&summary).unwrap().contains("maya"));
    }
}
