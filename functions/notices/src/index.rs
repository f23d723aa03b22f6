//! What happened to a case: told to the bus, and found by from now on.

use redress_domain::case::Entry;
use redress_domain::search::may_change;
use redress_office::OfficeError;
use redress_store::StoreError;
use redress_store::stream::Record;

use crate::Notices;

impl Notices {
    /// A ledger entry: the bus hears of it, and what the case is found by follows it. Neither waits for the other,
    /// and a failure of either has the entry come again.
    pub(crate) async fn happened(&self, record: &Record) -> Result<(), OfficeError> {
        let body = record.body.as_deref().unwrap_or_default();
        let entry: Entry = serde_json::from_str(body)
            .map_err(|_| StoreError::Corrupt(format!("{} / {}", record.key, record.sk), "no entry".to_owned()))?;
        let told = self.publish(&record.key, &entry).await;
        if may_change(&entry.event) {
            self.office.index(&record.key).await?;
        }
        told
    }
}
