//! What was added to histories, anchored where nobody can change it.

use redress_office::heads::Head;
use redress_store::stream::{Failures, Record};

use crate::Notices;

impl Notices {
    /// Anchors what was added to histories. What cannot be anchored comes again, whole: that it is told twice harms
    /// nobody, and that it is never anchored would.
    pub(crate) async fn anchor(&self, records: &[Record], failures: &mut Failures) {
        let (added, heads): (Vec<&Record>, Vec<Head>) =
            records.iter().filter_map(|record| Some((record, Head::of(record)?))).unzip();
        let Some(anchor) = &self.heads else { return };
        if let Err(error) = anchor.anchor(&heads, self.office.clock.now()).await {
            tracing::error!(heads = heads.len(), %error, "heads of histories were not anchored");
            added.into_iter().for_each(|record| failures.add(record));
        }
    }
}
