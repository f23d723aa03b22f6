//! What a council published on top of its nation's calendar, and under which version a case was counted.

use redress_domain::calendar::Published;
use redress_domain::case::Case;

use crate::attribute::{body, item, json, n, number, s, text};
use crate::error::condition_failed;
use crate::{CaseKey, Store, StoreError};

/// The attribute of a case that says under which version of the calendar its due date stands in the indexes.
pub(crate) const CALENDAR: &str = "calendar";

/// The version that a calendar has before anything is published.
const UNPUBLISHED: u32 = 1;

/// A case with what its next commit needs, and how it was counted.
#[derive(Clone, Debug)]
pub struct CountedCase {
    /// The case.
    pub case: Case,
    /// The hash of its last entry.
    pub hash: String,
    /// The version of the calendar it was counted under.
    pub calendar: u32,
}

impl Store {
    /// Everything a council published.
    ///
    /// # Errors
    /// When the table cannot be read: that is never taken as “nothing”.
    pub async fn published(&self, council: &str) -> Result<Published, StoreError> {
        match self.get(&pk(council), "CALENDAR").await? {
            None => Ok(Published::default()),
            Some(found) => body(&found),
        }
    }

    /// Stores what a council published, with one change more than `before`.
    ///
    /// # Errors
    /// [`StoreError::MovedOn`] when somebody else published in between.
    pub async fn publish(&self, council: &str, before: &Published, published: &Published) -> Result<(), StoreError> {
        let mut made = item(&pk(council), "CALENDAR");
        made.insert("body".to_owned(), s(json(published)?));
        made.insert("version".to_owned(), n(published.len()));
        let put = self.client.put_item().table_name(&self.cases).set_item(Some(made));
        let put = if before.is_empty() {
            put.condition_expression("attribute_not_exists(pk)")
        } else {
            put.condition_expression("version = :seen").expression_attribute_values(":seen", n(before.len()))
        };
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error) if condition_failed(&error) => Err(StoreError::MovedOn),
            Err(error) => Err(StoreError::of(&error)),
        }
    }

    /// A case, and the calendar its keys were written under; nothing when there is none.
    ///
    /// # Errors
    /// When the table cannot be read, or the item is not what was written.
    pub async fn counted_case(&self, key: &CaseKey) -> Result<Option<CountedCase>, StoreError> {
        let Some(found) = self.get(&key.pk(), "CASE").await? else { return Ok(None) };
        Ok(Some(CountedCase {
            case: body(&found)?,
            hash: text(&found, "hash").unwrap_or_default().to_owned(),
            calendar: number(&found, CALENDAR).unwrap_or(UNPUBLISHED),
        }))
    }
}

fn pk(council: &str) -> String {
    format!("K#{council}")
}
