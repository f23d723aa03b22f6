//! Who may read what: asked, and written down, before anything is shown.

use redress_domain::reading::Reading;
use redress_domain::roles::Reads;
use redress_office::OfficeError;
use redress_store::{AuditRow, CaseKey};
use redress_web::{Identity, Problem, key_of};

use crate::Casework;

impl Casework {
    /// The key of a case that this person needs to know, once it is written down that they read it.
    ///
    /// # Errors
    /// 403 when it is not theirs to read, which is written down too; nothing of the case is in the answer.
    pub(crate) async fn reads(
        &self,
        council: &str,
        reference: &str,
        identity: &Identity,
        what: &str,
    ) -> Result<CaseKey, Problem> {
        identity.at(council)?;
        let key = key_of(council, reference)?;
        self.reads_cases(identity, Some(&key.reference)).await?;
        let case = self.office.store.case(&key).await.map_err(OfficeError::from)?;
        let refusal = case.and_then(|(case, _)| Reading::of(&case).permits(&identity.actor()).err());
        match refusal {
            Some(refusal) => self.refuse(identity, Some(&key.reference), &refusal.to_string()).await?,
            None => self.note(identity, what, Some(&key.reference)).await?,
        }
        Ok(key)
    }

    /// Writes down that a list is read, by somebody whose role reads cases.
    pub(crate) async fn lists(&self, council: &str, identity: &Identity, what: &str) -> Result<(), Problem> {
        identity.at(council)?;
        self.reads_cases(identity, None).await?;
        self.note(identity, what, None).await
    }

    /// That this person's role may give a command, where a page is made for those who can.
    pub(crate) async fn may(&self, identity: &Identity, command: &str, otherwise: &str) -> Result<(), Problem> {
        if self.may_give(identity, command) { Ok(()) } else { self.refuse(identity, None, otherwise).await }
    }

    /// Whether this person's role may give a command, at whichever stage.
    pub(crate) fn may_give(&self, identity: &Identity, command: &str) -> bool {
        let row = self.office.settings.library.roles().row(identity.role);
        row.is_some_and(|row| row.may.iter().any(|may| may.commands.iter().any(|name| name == command)))
    }

    /// Writes down what somebody did, before they do it.
    pub(crate) async fn note(&self, identity: &Identity, what: &str, reference: Option<&str>) -> Result<(), Problem> {
        let row = AuditRow {
            at: self.office.clock.now(),
            actor: identity.id.clone(),
            role: identity.role_name(),
            what: what.to_owned(),
            reference: reference.map(str::to_owned),
        };
        self.office.store.audit(&identity.council, &row).await.map_err(|error| {
            tracing::error!(%error, "reading could not be audited, so nothing was read");
            Problem::ours()
        })
    }

    async fn reads_cases(&self, identity: &Identity, reference: Option<&str>) -> Result<(), Problem> {
        let reads = self.office.settings.library.roles().row(identity.role).map(|row| row.reads);
        if matches!(reads, Some(Reads::Cases | Reads::Everything)) {
            return Ok(());
        }
        self.refuse(identity, reference, "Your role reads reports, and no cases.").await
    }

    async fn refuse(&self, identity: &Identity, reference: Option<&str>, why: &str) -> Result<(), Problem> {
        self.note(identity, "refused", reference).await?;
        Err(Problem::forbidden(why))
    }
}
