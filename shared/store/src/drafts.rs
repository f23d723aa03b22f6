//! What somebody has answered and not sent yet: kept for a day, under an id that only their browser has.

use chrono::{DateTime, TimeDelta, Utc};

use crate::attribute::{at, item, n, s, text};
use crate::error::condition_failed;
use crate::key::instant;
use crate::{Store, StoreError};

/// A draft is kept this long, from its beginning.
const KEPT_HOURS: i64 = 24;

/// The largest draft: an item may have 400 KB.
pub const DRAFT_MAX: usize = 360 * 1024;

/// How far a draft has come. It never goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// It is being written.
    Open,
    /// It became a case, and its words are no longer here.
    Sent,
    /// Nothing more is asked.
    Done,
}

/// A draft as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// How far it has come.
    pub state: DraftState,
    /// What is in it, as JSON.
    pub body: String,
    /// From here on it is forgotten.
    pub forget_at: DateTime<Utc>,
}

impl Draft {
    /// A new one.
    pub fn new(body: String, now: DateTime<Utc>) -> Draft {
        Draft { state: DraftState::Open, body, forget_at: now + TimeDelta::hours(KEPT_HOURS) }
    }
}

impl Store {
    /// A council's draft; nothing when there is none, or its day is over.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn draft(&self, council: &str, id: &str, now: DateTime<Utc>) -> Result<Option<Draft>, StoreError> {
        let Some(found) = self.get(&self.draft_pk(council, id), "DRAFT").await? else { return Ok(None) };
        // The table forgets within days; what has expired is forgotten already.
        let Some(forget_at) = at(&found, "forget_at").filter(|at| *at > now) else { return Ok(None) };
        let state = match text(&found, "state") {
            Some("open") => DraftState::Open,
            Some("sent") => DraftState::Sent,
            _ => DraftState::Done,
        };
        Ok(Some(Draft { state, body: text(&found, "body").unwrap_or_default().to_owned(), forget_at }))
    }

    /// Keeps a draft in the place of one that stood at `before`; false when it stands elsewhere by now.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub async fn keep_draft(
        &self,
        council: &str,
        id: &str,
        before: Option<DraftState>,
        draft: &Draft,
    ) -> Result<bool, StoreError> {
        let mut made = item(&self.draft_pk(council, id), "DRAFT");
        made.insert("state".to_owned(), s(name(draft.state)));
        made.insert("body".to_owned(), s(draft.body.clone()));
        made.insert("forget_at".to_owned(), s(instant(draft.forget_at)));
        made.insert("expires_at".to_owned(), n(draft.forget_at.timestamp()));
        let put = self.client.put_item().table_name(&self.cases).set_item(Some(made));
        let put = match before {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(state) => put
                .condition_expression("#state = :before")
                .expression_attribute_names("#state", "state")
                .expression_attribute_values(":before", s(name(state))),
        };
        match put.send().await {
            Ok(_) => Ok(true),
            Err(error) if condition_failed(&error) => Ok(false),
            Err(error) => Err(StoreError::of(&error)),
        }
    }

    /// The place of a draft: another council's is another place, and the table does not hold the id.
    fn draft_pk(&self, council: &str, id: &str) -> String {
        format!("D#{}", self.keys.hash("draft", &[council, id]))
    }
}

fn name(state: DraftState) -> &'static str {
    match state {
        DraftState::Open => "open",
        DraftState::Sent => "sent",
        DraftState::Done => "done",
    }
}
