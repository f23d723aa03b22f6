//! Letters, kept as sent, each with the times of its way.

mod paper;

pub use paper::{Paper, PaperPage};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use redress_domain::case::ReplyBy;
use redress_domain::letter::{LetterKind, Part};

use crate::attribute::{Item, at, body, s, text};
use crate::key::instant;
use crate::{CaseKey, Store, StoreError};

/// A letter as it was written, once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LetterBody {
    /// Which letter.
    pub kind: LetterKind,
    /// At which stage.
    pub stage: u8,
    /// How it goes.
    pub by: ReplyBy,
    /// To whom: an e-mail address, or the lines of a postal one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Which parts it has.
    pub parts: Vec<Part>,
    /// Its subject.
    pub subject: String,
    /// Its words, marked up.
    pub words: String,
}

/// A letter and its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// From 1.
    pub n: u32,
    /// As it was written.
    pub body: LetterBody,
    /// When it was issued.
    pub queued_at: Option<DateTime<Utc>>,
    /// When the mail service took it.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it arrived, as far as anyone said.
    pub delivered_at: Option<DateTime<Utc>>,
    /// When it came back.
    pub bounced_at: Option<DateTime<Utc>>,
    /// When it was posted.
    pub printed_at: Option<DateTime<Utc>>,
}

impl Store {
    /// The letters of a case, by number. What is destroyed is not there.
    ///
    /// # Errors
    /// When the table cannot be read, or a letter is not what was written.
    pub async fn letters(
        &self,
        key: &CaseKey,
        numbers: impl IntoIterator<Item = u32>,
    ) -> Result<Vec<Letter>, StoreError> {
        let names: Vec<String> = numbers.into_iter().map(|n| format!("LETTER#{n}")).collect();
        let mut letters = Vec::new();
        for found in self.get_all(&key.pk(), names).await? {
            letters.push(read(&found)?);
        }
        letters.sort_by_key(|letter| letter.n);
        Ok(letters)
    }

    /// Notes a moment of a letter's way: the first of its kind stands.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub async fn note_letter(
        &self,
        key: &CaseKey,
        letter: u32,
        moment: &str,
        when: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let noted = self
            .client
            .update_item()
            .table_name(&self.cases)
            .set_key(crate::attribute::key(&key.pk(), &format!("LETTER#{letter}")))
            .update_expression("SET #moment = if_not_exists(#moment, :when)")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#moment", moment)
            .expression_attribute_values(":when", s(instant(when)))
            .send()
            .await;
        match noted {
            Err(error) if !crate::error::condition_failed(&error) => Err(StoreError::of(&error)),
            _ => Ok(()),
        }
    }
}

/// The number in a letter's sort key.
fn number(sk: &str) -> Option<u32> {
    sk.strip_prefix("LETTER#")?.parse().ok()
}

fn read(found: &Item) -> Result<Letter, StoreError> {
    Ok(Letter {
        n: text(found, "sk").and_then(number).unwrap_or_default(),
        body: body(found)?,
        queued_at: at(found, "queued_at"),
        accepted_at: at(found, "accepted_at"),
        delivered_at: at(found, "delivered_at"),
        bounced_at: at(found, "bounced_at"),
        printed_at: at(found, "printed_at"),
    })
}
