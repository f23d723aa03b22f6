//! What the stream and the sweep do: the same decisions, whoever is first.

use redress_domain::case::{Actor, Event};
use redress_domain::decide::{Context, Decision};
use redress_domain::refusal::Refusal;
use redress_domain::sweep::{first_answer, settle};
use redress_store::{CaseKey, StoreError};

use crate::write::Draft;
use crate::{Office, OfficeError};

/// A case settles at most this many things in one sweep; the rest waits for the next.
pub const SETTLE_MAX: u32 = 20;

impl Office {
    /// Gives new feedback its first answer, unless it had one.
    ///
    /// # Errors
    /// When it could not be decided or stored; the sweep will try again.
    pub async fn answer_first(&self, key: &CaseKey) -> Result<bool, OfficeError> {
        self.decide_once(key, first_answer).await
    }

    /// Settles what has come due on a case, in order, and says how much it was.
    ///
    /// # Errors
    /// When it could not be decided or stored; what was settled stays settled.
    pub async fn settle(&self, key: &CaseKey) -> Result<u32, OfficeError> {
        let mut settled = 0;
        while settled < SETTLE_MAX && self.decide_once(key, settle).await? {
            settled += 1;
        }
        Ok(settled)
    }

    /// One decision of the system's own; losing to somebody else is no failure.
    async fn decide_once(
        &self,
        key: &CaseKey,
        decide: impl Fn(&Context<'_>) -> Result<Option<Decision>, Refusal>,
    ) -> Result<bool, OfficeError> {
        let (rules, dossier, hash) = self.load(key).await?;
        let now = self.clock.now();
        let by = Actor::System;
        let ctx = Context { rules: &rules, dossier: &dossier, actor: &by, now, fresh: None };
        let version = dossier.case.version;
        let decided = decide(&ctx).map_err(|refusal| OfficeError::Refused { refusal, version, allowed: Vec::new() })?;
        let Some(decision) = decided else { return Ok(false) };
        if decision.event == Event::Destroyed {
            self.store.destroy(key).await?;
        }
        let draft = Draft {
            rules: &rules,
            before: Some((&dossier.case, hash)),
            key,
            contact: &dossier.contact,
            by: &by,
            now,
            request: None,
        };
        match self.file(draft, decision).await {
            Ok(_) => Ok(true),
            Err(OfficeError::Store(StoreError::MovedOn)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
