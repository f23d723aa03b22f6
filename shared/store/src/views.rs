//! Saved views: filters under a name, of a person or of a team. They hold no case and nothing about anyone.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::attribute::{body, item, json, s};
use crate::error::condition_failed;
use crate::{Store, StoreError};

/// Whose views.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// One person's own.
    Person(String),
    /// Everybody's in a team.
    Team(String),
}

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// What it is called, in people's own words.
    pub name: String,
    /// Its filters, as an address has them.
    pub query: String,
    /// Who saved it: opaque.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Shelf {
    fn pk(&self, council: &str) -> String {
        match self {
            Shelf::Person(id) => format!("V#{council}#person-{id}"),
            Shelf::Team(id) => format!("V#{council}#team-{id}"),
        }
    }
}

impl SavedView {
    /// Where it stands on its shelf: two views have different names, however they are written.
    fn sk(name: &str) -> String {
        format!("VIEW#{}", name.to_lowercase())
    }
}

impl Store {
    /// The views of a shelf, by name, at most `most`.
    ///
    /// # Errors
    /// When the table cannot be read, or a view is not what was written.
    pub async fn views(&self, council: &str, shelf: &Shelf, most: i32) -> Result<Vec<SavedView>, StoreError> {
        let page = self
            .client
            .query()
            .table_name(&self.cases)
            .key_condition_expression("pk = :pk AND begins_with(sk, :view)")
            .expression_attribute_values(":pk", s(shelf.pk(council)))
            .expression_attribute_values(":view", s("VIEW#"))
            .consistent_read(true)
            .limit(most)
            .send()
            .await
            .map_err(|error| StoreError::of(&error))?;
        page.items().iter().map(body).collect()
    }

    /// Keeps a view; false when the shelf has one of that name.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub async fn save_view(&self, council: &str, shelf: &Shelf, view: &SavedView) -> Result<bool, StoreError> {
        let mut made = item(&shelf.pk(council), &SavedView::sk(&view.name));
        made.insert("body".to_owned(), s(json(view)?));
        let put = self.client.put_item().table_name(&self.cases).set_item(Some(made));
        match put.condition_expression("attribute_not_exists(pk)").send().await {
            Ok(_) => Ok(true),
            Err(error) if condition_failed(&error) => Ok(false),
            Err(error) => Err(StoreError::of(&error)),
        }
    }

    /// Takes a view away. One that is not there is away already.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub async fn remove_view(&self, council: &str, shelf: &Shelf, name: &str) -> Result<(), StoreError> {
        let key = crate::attribute::key(&shelf.pk(council), &SavedView::sk(name));
        let removed = self.client.delete_item().table_name(&self.cases).set_key(key).send().await;
        removed.map(|_| ()).map_err(|error| StoreError::of(&error))
    }
}
