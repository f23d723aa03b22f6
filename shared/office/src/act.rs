//! A command on a case: load, decide, write, commit; again when somebody was first.

use redress_domain::case::{Actor, Case, Reference};
use redress_domain::commands::{Command, allowed, decide};
use redress_domain::decide::{Context, Dossier, Fresh};
use redress_domain::rules::Rules;
use redress_store::{CaseKey, Idempotency, StoreError};

use crate::write::Draft;
use crate::{Office, OfficeError};

/// Deciding again after somebody else was first, at most this often.
const ATTEMPTS_MAX: u32 = 5;

/// A command as it came to a door.
#[derive(Debug)]
pub struct Act<'a> {
    /// On which case.
    pub key: &'a CaseKey,
    /// What.
    pub command: Command,
    /// By whom.
    pub by: &'a Actor,
    /// The version they saw, if they said.
    pub seen: Option<u32>,
    /// The request it came with.
    pub request: Option<&'a Idempotency>,
}

impl Office {
    /// Carries out a command.
    ///
    /// # Errors
    /// When nothing was done: refused, stale, or not stored.
    pub async fn act(&self, act: Act<'_>) -> Result<Case, OfficeError> {
        if let Some(earlier) = self.repeated(&act.key.council, act.request).await? {
            return Ok(earlier);
        }
        for _ in 0..ATTEMPTS_MAX {
            let (rules, dossier, hash) = self.load(act.key).await?;
            let version = dossier.case.version;
            if act.seen.is_some_and(|seen| seen != version) {
                return Err(OfficeError::Stale { version });
            }
            let now = self.clock.now();
            let fresh = if act.command.raises_a_case() { Some(self.fresh(&act.key.council).await?) } else { None };
            let fresh = fresh.as_ref().map(|(reference, rules)| Fresh { reference, rules });
            let ctx = Context { rules: &rules, dossier: &dossier, actor: act.by, now, fresh };
            let decision = decide(&ctx, act.command.clone()).map_err(|refusal| OfficeError::Refused {
                refusal,
                version,
                allowed: allowed(&ctx),
            })?;
            let draft = Draft {
                rules: &rules,
                before: Some((&dossier.case, hash)),
                key: act.key,
                contact: &dossier.contact,
                by: act.by,
                now,
                request: act.request,
            };
            match self.file(draft, decision).await {
                Err(OfficeError::Store(StoreError::MovedOn)) => {}
                Err(OfficeError::Store(StoreError::Repeated)) => {
                    return self.repeated(&act.key.council, act.request).await?.ok_or(OfficeError::Busy);
                }
                filed => return filed,
            }
        }
        Err(OfficeError::Busy)
    }

    /// What a case raised from another one is opened with.
    pub(crate) async fn fresh(&self, council: &str) -> Result<(Reference, Rules), OfficeError> {
        let rules = self.up_to_date(self.present(council)?).await?;
        Ok((self.draw(&rules)?, rules))
    }

    /// A case with its rules, its personal items and the hash of its last entry.
    ///
    /// # Errors
    /// When there is no such case, or it cannot be read.
    pub async fn load(&self, key: &CaseKey) -> Result<(Rules, Dossier, String), OfficeError> {
        let (case, hash) = self.store.case(key).await?.ok_or(OfficeError::NoCase)?;
        let rules = self.up_to_date(self.packed(&key.council, case.policy)?).await?;
        let dossier = self.store.dossier(key, case).await?;
        Ok((rules, dossier, hash))
    }
}
