//! The staff directory: what an opaque subject is called. The ledger holds no names.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use redress_domain::roles::Role;

use crate::attribute::{Item, body, item, json, s, text};
use crate::error::condition_failed;
use crate::{Store, StoreError};

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// The last day on which their own token said so; nothing where only a colleague did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_on: Option<NaiveDate>,
}

impl Colleague {
    /// Somebody a colleague speaks of.
    pub fn named(name: String, role: Role) -> Colleague {
        Colleague { name, role, seen_on: None }
    }
}

impl Store {
    /// Remembers what somebody is called. What their own token said is not unsaid by a colleague.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub async fn remember(&self, council: &str, id: &str, colleague: &Colleague) -> Result<(), StoreError> {
        let mut made = item(&pk(council), id);
        made.insert("body".to_owned(), s(json(colleague)?));
        let put = self.client.put_item().table_name(&self.cases);
        let put = match colleague.seen_on {
            Some(day) => {
                made.insert("seen_on".to_owned(), s(day.to_string()));
                put
            }
            None => put.condition_expression("attribute_not_exists(seen_on)"),
        };
        match put.set_item(Some(made)).send().await {
            Ok(_) => Ok(()),
            Err(error) if condition_failed(&error) => Ok(()),
            Err(error) => Err(StoreError::of(&error)),
        }
    }

    /// What these people are called, as far as anyone knows.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn colleagues(&self, council: &str, ids: Vec<String>) -> Result<BTreeMap<String, Colleague>, StoreError> {
        let found = self.get_all(&pk(council), ids).await?;
        found.iter().filter_map(entry).collect()
    }

    /// A page of the directory, by id, and where to go on.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn directory(
        &self,
        council: &str,
        after: Option<&str>,
        limit: i32,
    ) -> Result<(BTreeMap<String, Colleague>, Option<String>), StoreError> {
        let page = self
            .client
            .query()
            .table_name(&self.cases)
            .key_condition_expression("pk = :pk AND sk > :after")
            .expression_attribute_values(":pk", s(pk(council)))
            .expression_attribute_values(":after", s(after.unwrap_or(" ")))
            .limit(limit)
            .send()
            .await
            .map_err(|error| StoreError::of(&error))?;
        let next = page.last_evaluated_key().and_then(|key| text(key, "sk")).map(str::to_owned);
        let found = page.items().iter().filter_map(entry).collect::<Result<_, StoreError>>()?;
        Ok((found, next))
    }
}

fn pk(council: &str) -> String {
    format!("S#{council}")
}

fn entry(item: &Item) -> Option<Result<(String, Colleague), StoreError>> {
    let id = text(item, "sk")?.to_owned();
    Some(body(item).map(|colleague| (id, colleague)))
}
