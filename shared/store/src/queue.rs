//! The queue: open cases by due date, a page at a time, at the page's cost.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use redress_domain::case::{Case, FeedbackKind, Owner, Reference, Status};
use redress_domain::reading::Reading;

use crate::attribute::{Item, json, text};
use crate::{CaseKey, Next, Store, StoreError, Whose};

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
    /// What waits for somebody beside its dates: `message`, `undelivered`, `call`, `sign-off`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits: Vec<String>,
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
            waits: case.waits().into_iter().map(str::to_owned).collect(),
            restricted: reading.readers.is_some() || !reading.about.is_empty(),
            reading,
        }
    }

    pub(crate) fn store(&self) -> Result<String, StoreError> {
        json(&Line { summary: self.clone(), reading: self.reading.clone() })
    }

    pub(crate) fn stored(item: &Item) -> Option<Summary> {
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
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut lines = self.lines(council, &Whose::Teams(teams.to_vec()), after, limit, usize::MAX);
        let mut page = Page { cases: Vec::new(), next: None };
        let mut last = None;
        while let Next::Line(place, line) = lines.next().await? {
            if page.cases.len() == limit {
                page.next = last;
                break;
            }
            page.cases.push(*line);
            last = Some(place);
        }
        Ok(page)
    }

    /// The line of one case, by its reference; nothing when there is none, or it is closed.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn open_line(&self, key: &CaseKey) -> Result<Option<Summary>, StoreError> {
        Ok(self.get(&key.pk(), "CASE").await?.as_ref().and_then(Summary::stored))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribute::s;

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
            waits: vec!["message".to_owned()],
            restricted: true,
            reading,
        };
        let item = Item::from([("summary".to_owned(), s(summary.store().unwrap()))]);
        assert_eq!(Summary::stored(&item), Some(summary.clone()));
        assert!(!json(&summary).unwrap().contains("maya"));
    }
}
