//! The link to a case, sent again to the person it belongs to.

use chrono::TimeDelta;

use redress_domain::case::Actor;
use redress_domain::commands;
use redress_domain::letter::LetterKind;
use redress_store::CaseKey;

use crate::{Act, Office, OfficeError};

/// At most once in this time, so that nobody fills another person's mailbox.
const EVERY: TimeDelta = TimeDelta::hours(1);

impl Office {
    /// Sends the tracking link of a case to the contact on file, unless that was done a moment ago.
    ///
    /// # Errors
    /// When there is no such case, no way to reach the person, or nothing could be stored.
    pub async fn send_link(&self, key: &CaseKey) -> Result<(), OfficeError> {
        let (case, _) = self.store.case(key).await?.ok_or(OfficeError::NoCase)?;
        let last = case.letters.iter().rev().find(|letter| letter.kind == LetterKind::Link).map(|letter| letter.n);
        let sent = self.store.letters(key, last).await?.into_iter().find_map(|letter| letter.queued_at);
        if sent.is_some_and(|at| self.clock.now() < at + EVERY) {
            return Ok(());
        }
        let Some(Ok(command)) = commands::read("send-link", serde_json::json!({})) else { return Ok(()) };
        // Of two at once, the later sees a version that has passed, and sends nothing.
        let act = Act { key, command, by: &Actor::Resident, seen: Some(case.version), request: None };
        match self.act(act).await {
            Err(OfficeError::Stale { .. }) => Ok(()),
            done => done.map(|_| ()),
        }
    }
}
