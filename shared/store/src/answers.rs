//! An answer that is being written: kept with its case, shared by those who may answer it, never in the ledger.
//!
//! It is personal, so it lives in the case's own partition, and is destroyed with everything else there.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::attribute::{body, item, json, n, number, s};
use crate::error::condition_failed;
use crate::{CaseKey, Store, StoreError};

/// The largest answer that is kept: an item may have 400 KB.
pub const ANSWER_MAX: usize = 350 * 1024;

/// Where it stands.
const PLACE: &str = "DRAFT#respond";

/// An answer as somebody left it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsentAnswer {
    /// The stage it answers.
    pub stage: u8,
    /// Who kept it last: opaque.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What they had typed, as JSON.
    pub typed: String,
}

/// What is kept for a case, and how often it has changed: an empty place keeps its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerPlace {
    /// One more each time; nothing was ever kept at 0.
    pub version: u32,
    /// What is there.
    pub answer: Option<UnsentAnswer>,
}

impl Store {
    /// The answer that is being written for a case.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn unsent_answer(&self, key: &CaseKey) -> Result<AnswerPlace, StoreError> {
        let Some(found) = self.get(&key.pk(), PLACE).await? else { return Ok(AnswerPlace::default()) };
        let version = number(&found, "version").unwrap_or_default();
        let answer = if found.contains_key("body") { Some(body(&found)?) } else { None };
        Ok(AnswerPlace { version, answer })
    }

    /// Keeps an answer in the place of the one seen, or empties the place; false when somebody kept another since.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub async fn keep_answer(
        &self,
        key: &CaseKey,
        seen: u32,
        answer: Option<&UnsentAnswer>,
    ) -> Result<bool, StoreError> {
        let mut made = item(&key.pk(), PLACE);
        made.insert("version".to_owned(), n(seen + 1));
        if let Some(answer) = answer {
            made.insert("body".to_owned(), s(json(answer)?));
        }
        let put = self.client.put_item().table_name(&self.cases).set_item(Some(made));
        let put = match seen {
            0 => put.condition_expression("attribute_not_exists(pk)"),
            seen => put
                .condition_expression("#version = :seen")
                .expression_attribute_names("#version", "version")
                .expression_attribute_values(":seen", n(seen)),
        };
        match put.send().await {
            Ok(_) => Ok(true),
            Err(error) if condition_failed(&error) => Ok(false),
            Err(error) => Err(StoreError::of(&error)),
        }
    }
}
