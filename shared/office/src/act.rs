//! A command on a case: load, decide, write, commit; again when somebody was first.

use redress_domain::case::{Actor, Case, Contact, Reference};
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

/// A command that was carried out.
#[derive(Debug)]
pub struct Done {
    /// The case after it.
    pub case: Case,
    /// What was read to decide it, as it is after it; nothing where the request had been carried out before.
    pub(crate) known: Option<(Rules, Dossier)>,
}

impl Done {
    /// A request that had been carried out before: the case as it is now.
    pub fn before(case: Case) -> Done {
        Done { case, known: None }
    }
}

impl Office {
    /// Carries out a command; the case after it.
    ///
    /// # Errors
    /// When nothing was done: refused, stale, or not stored.
    pub async fn act(&self, act: Act<'_>) -> Result<Case, OfficeError> {
        self.carry_out(act).await.map(|done| done.case)
    }

    /// Carries out a command, and keeps what it read: [`Office::view_after`] need not read it again.
    ///
    /// # Errors
    /// When nothing was done: refused, stale, or not stored.
    pub async fn carry_out(&self, act: Act<'_>) -> Result<Done, OfficeError> {
        if let Some(case) = self.repeated(&act.key.council, act.request).await? {
            return Ok(Done::before(case));
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
            let (texts, contact) = (decision.texts.clone(), decision.contact.clone());
            match self.file(draft, decision).await {
                Err(OfficeError::Store(StoreError::MovedOn)) => {}
                Err(OfficeError::Store(StoreError::Repeated)) => {
                    return self
                        .repeated(&act.key.council, act.request)
                        .await?
                        .map(Done::before)
                        .ok_or(OfficeError::Busy);
                }
                Err(error) => return Err(error),
                Ok(case) => {
                    let known = Some((rules, after(dossier, &case, texts, contact)));
                    return Ok(Done { case, known });
                }
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

/// What was loaded before a decision, as it is after it.
fn after(before: Dossier, case: &Case, made: Vec<String>, contact: Option<Contact>) -> Dossier {
    let mut texts = before.texts;
    texts.extend((before.case.texts + 1..).zip(made));
    Dossier { case: case.clone(), texts, contact: contact.unwrap_or(before.contact) }
}
