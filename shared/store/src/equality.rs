//! Equality answers: counted, and with no way back to a case or a person.

use chrono::{DateTime, Utc};
use redress_domain::calendar::local_date;
use redress_platform::random;

use crate::attribute::{item, json, s};
use crate::{Store, StoreError};

impl Store {
    /// Keeps voluntary answers under the month, at a random place.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub async fn equality(
        &self,
        council: &str,
        now: DateTime<Utc>,
        answers: &[(String, String)],
    ) -> Result<(), StoreError> {
        let place: String = random::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
        let mut made = item(&format!("E#{council}#{}", local_date(now).format("%Y-%m")), &place);
        made.insert("body".to_owned(), s(json(&answers)?));
        let put = self.client.put_item().table_name(&self.cases).set_item(Some(made));
        put.send().await.map(|_| ()).map_err(|error| StoreError::of(&error))
    }
}
