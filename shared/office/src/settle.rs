//! What the stream and the sweep do: the same decisions, whoever is first.

use redress_domain::case::{Actor, Case, Event};
use redress_domain::decide::{Context, Decision, Dossier};
use redress_domain::refusal::Refusal;
use redress_domain::sweep::{first_answer, settle};
use redress_store::{CaseKey, StoreError};

use crate::write::Draft;
use crate::{Office, OfficeError};

/// A case settles at most this many things in one sweep; the rest waits for the next.
pub const SETTLE_MAX: u32 = 20;

/// Deciding again after somebody else was first, at most this often.
const ATTEMPTS_MAX: u32 = 5;

/// What came of one look at a case.
enum Once {
    /// Something was decided and stored.
    Filed,
    /// Somebody else was first.
    Beaten,
    /// Nothing is to be done on it, as it stands.
    Nothing(Box<Dossier>),
}

impl Office {
    /// Gives new feedback its first answer, unless it had one.
    ///
    /// # Errors
    /// When it could not be decided or stored; the sweep will try again.
    pub async fn answer_first(&self, key: &CaseKey) -> Result<bool, OfficeError> {
        Ok(matches!(self.decide_once(key, first_answer).await?, Once::Filed))
    }

    /// Settles what has come due on a case, in order, and says how much it was.
    ///
    /// # Errors
    /// When it could not be decided or stored; what was settled stays settled.
    pub async fn settle(&self, key: &CaseKey) -> Result<u32, OfficeError> {
        let mut settled = 0;
        while settled < SETTLE_MAX {
            match self.decide_once(key, settle).await? {
                Once::Filed => settled += 1,
                Once::Beaten => break,
                Once::Nothing(dossier) => {
                    self.repair_index(key, &dossier).await;
                    break;
                }
            }
        }
        Ok(settled)
    }

    /// One decision of the system's own; losing to somebody else is no failure.
    async fn decide_once(
        &self,
        key: &CaseKey,
        decide: impl Fn(&Context<'_>) -> Result<Option<Decision>, Refusal>,
    ) -> Result<Once, OfficeError> {
        self.decide_as(key, &Actor::System, decide).await
    }

    /// A decision that nobody gave as a command, in somebody's name: again when somebody was first. The case as it
    /// then stands, whether or not there was anything to decide.
    pub(crate) async fn decide_by(
        &self,
        key: &CaseKey,
        by: &Actor,
        decide: impl Fn(&Context<'_>) -> Option<Decision>,
    ) -> Result<Case, OfficeError> {
        for _ in 0..ATTEMPTS_MAX {
            // Filed or beaten: what came of it is looked up, and decided again where it was not this.
            if let Once::Nothing(dossier) = self.decide_as(key, by, |ctx| Ok(decide(ctx))).await? {
                return Ok(dossier.case);
            }
        }
        Err(OfficeError::Busy)
    }

    async fn decide_as(
        &self,
        key: &CaseKey,
        by: &Actor,
        decide: impl Fn(&Context<'_>) -> Result<Option<Decision>, Refusal>,
    ) -> Result<Once, OfficeError> {
        let (rules, dossier, hash) = self.load(key).await?;
        let now = self.clock.now();
        let ctx = Context { rules: &rules, dossier: &dossier, actor: by, now, fresh: None };
        let version = dossier.case.version;
        let decided = decide(&ctx).map_err(|refusal| OfficeError::Refused { refusal, version, allowed: Vec::new() })?;
        let Some(decision) = decided else { return Ok(Once::Nothing(Box::new(dossier))) };
        if decision.event == Event::Destroyed {
            self.destroy_files(key).await?;
            self.store.destroy(key).await?;
        }
        let draft = Draft {
            rules: &rules,
            before: Some((&dossier.case, hash)),
            key,
            contact: &dossier.contact,
            by,
            now,
            request: None,
        };
        match self.file(draft, decision).await {
            Ok(_) => Ok(Once::Filed),
            Err(OfficeError::Store(StoreError::MovedOn)) => Ok(Once::Beaten),
            Err(error) => Err(error),
        }
    }
}
