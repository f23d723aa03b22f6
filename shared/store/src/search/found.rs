//! The lines of cases that were found, open and closed alike.

use redress_domain::case::{Case, ClosedAs, Contact};

use crate::attribute::{body, item, s, text};
use crate::{CaseKey, Store, StoreError, Summary};

/// A case as a list shows it, whether it is in the queue or closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Its line.
    pub line: Summary,
    /// How it was closed.
    pub closed_as: Option<ClosedAs>,
    /// The case.
    pub case: Case,
}

impl Store {
    /// These cases, in the order in which they are named; one that is not there is left out.
    ///
    /// # Errors
    /// When the table cannot be read, or an item is not what was written.
    pub async fn known(&self, council: &str, references: &[String]) -> Result<Vec<Known>, StoreError> {
        let mut asked: Vec<&String> = references.iter().collect();
        asked.sort_unstable();
        asked.dedup();
        let keys = asked.iter().map(|reference| item(&CaseKey::new(council, reference).pk(), "CASE")).collect();
        let mut found = Vec::new();
        for item in self.get_keys(keys).await? {
            let case: Case = body(&item)?;
            let line = Summary::stored(&item).unwrap_or_else(|| Summary::of(&case, None));
            found.push(Known { line, closed_as: case.closed.as_ref().map(|closed| closed.how), case });
        }
        let place = |known: &Known| references.iter().position(|reference| reference == known.case.reference.as_str());
        found.sort_by_key(place);
        Ok(found)
    }

    /// The cases that the same person brought, as far as their way of being reached tells, in no order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub async fn of_person(&self, council: &str, contact: &Contact, limit: i32) -> Result<Vec<String>, StoreError> {
        let Some(person) = self.person_pk(council, contact) else { return Ok(Vec::new()) };
        let page = self
            .client
            .query()
            .table_name(&self.cases)
            .index_name("person")
            .key_condition_expression("person_pk = :person")
            .expression_attribute_values(":person", s(person))
            .limit(limit)
            .send()
            .await
            .map_err(|error| StoreError::of(&error))?;
        let keys = page.items().iter().filter_map(|item| CaseKey::from_pk(text(item, "pk")?));
        Ok(keys.map(|key| key.reference).collect())
    }
}
