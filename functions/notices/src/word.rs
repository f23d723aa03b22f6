//! Word from SES: delivered, bounced, complained of. Best effort, in any order.

use serde_json::Value;

use redress_office::OfficeError;
use redress_store::{CaseKey, OutId};

use crate::Notices;

/// An event of SES about one of our attempts.
struct Word {
    key: CaseKey,
    id: OutId,
    what: String,
    permanent: bool,
}

impl Notices {
    /// Settles what an event of SES tells.
    pub(crate) async fn word(&self, event: &Value) -> Result<(), OfficeError> {
        let Some(word) = read(event) else {
            tracing::warn!("an event that is none of ours");
            return Ok(());
        };
        let now = self.office.clock.now();
        let store = &self.office.store;
        store.settle_by_event(&word.key, word.id, now).await?;
        let Some(letter) = store.out_letter(&word.key, word.id).await? else { return Ok(()) };
        tracing::info!(case = %word.key, out = %word.id, what = word.what, "word of a mail");
        match word.what.as_str() {
            "Delivery" => store.note_letter(&word.key, letter, "delivered_at", now).await?,
            "Bounce" if word.permanent => self.bounced(&word.key, letter).await?,
            _ => {}
        }
        Ok(())
    }
}

fn read(event: &Value) -> Option<Word> {
    let detail = event.get("detail")?;
    let tag = |name: &str| detail.get("mail")?.get("tags")?.get(name)?.get(0)?.as_str();
    let mut attempt = tag("attempt")?.split('_');
    let key = CaseKey::new(tag("council")?, attempt.next()?);
    let id = attempt.next()?.parse().ok()?;
    let what = detail.get("eventType")?.as_str()?.to_owned();
    // A full mailbox may be empty tomorrow, and SES goes on trying.
    let kind = detail.get("bounce").and_then(|bounce| bounce.get("bounceType")).and_then(Value::as_str);
    Some(Word { key, id, what, permanent: kind != Some("Transient") })
}
