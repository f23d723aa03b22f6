//! Who may read what: asked, and written down, before anything is shown. What is refused is written down by
//! `redress_web::trail`, whoever refuses it.

use redress_domain::reading::Reading;
use redress_domain::roles::Reads;
use redress_office::OfficeError;
use redress_store::{AuditRow, CaseKey};
use redress_web::{Identity, Problem, key_of, trail};

use crate::Casework;

impl Casework {
    /// The key of a case that this person needs to know, once it is written down that they read it.
    ///
    /// # Errors
    /// 403 when it is not theirs to read; nothing of the case is in the answer.
    pub(crate) async fn reads(
        &self,
        council: &str,
        reference: &str,
        identity: &Identity,
        what: &str,
    ) -> Result<CaseKey, Problem> {
        identity.at(council)?;
        let key = key_of(council, reference)?;
        self.reads_cases(identity)?;
        let case = self.office.store.case(&key).await.map_err(OfficeError::from)?;
        let refusal = case.and_then(|(case, _)| Reading::of(&case).permits(&identity.actor()).err());
        if let Some(refusal) = refusal {
            return Err(Problem::forbidden(refusal.to_string()));
        }
        self.note(identity, what, Some(&key.reference)).await?;
        Ok(key)
    }

    /// That this person may read lists of a council's cases. What they were shown is written down once it is
    /// known how much it is: [`Casework::shown`], before the answer goes out.
    pub(crate) fn may_list(&self, council: &str, identity: &Identity) -> Result<(), Problem> {
        identity.at(council)?;
        self.reads_cases(identity)
    }

    /// Writes down what somebody is about to be shown, and how many lines of it.
    ///
    /// # Errors
    /// When it cannot be written: then nothing may be shown.
    pub(crate) async fn shown(&self, identity: &Identity, what: &str, of: &str, lines: usize) -> Result<(), Problem> {
        let row = identity.row(&self.office, what);
        self.write(identity, AuditRow { of: Some(of.to_owned()), shown: Some(lines), ..row }).await
    }

    /// That this person's role may give a command, where a page is made for those who can.
    pub(crate) async fn may(&self, identity: &Identity, command: &str, otherwise: &str) -> Result<(), Problem> {
        if self.may_give(identity, command) { Ok(()) } else { Err(Problem::forbidden(otherwise)) }
    }

    /// Whether this person's role may give a command, at whichever stage.
    pub(crate) fn may_give(&self, identity: &Identity, command: &str) -> bool {
        self.office.settings.library.roles().may_somewhere(identity.role, command)
    }

    /// Writes down what somebody did, before they do it.
    pub(crate) async fn note(&self, identity: &Identity, what: &str, reference: Option<&str>) -> Result<(), Problem> {
        let row = identity.row(&self.office, what);
        self.write(identity, AuditRow { reference: reference.map(str::to_owned), ..row }).await
    }

    /// Whether this person's role reads everything that is not about themselves.
    pub(crate) fn reads_everything(&self, identity: &Identity) -> bool {
        self.reads_of(identity) == Some(Reads::Everything)
    }

    pub(crate) async fn write(&self, identity: &Identity, row: AuditRow) -> Result<(), Problem> {
        self.meet(identity).await;
        trail::written(&self.office, &identity.council, &row).await
    }

    fn reads_cases(&self, identity: &Identity) -> Result<(), Problem> {
        match self.reads_of(identity) {
            Some(Reads::Cases | Reads::Everything) => Ok(()),
            _ => Err(Problem::forbidden("Your role reads reports, and no cases.")),
        }
    }

    fn reads_of(&self, identity: &Identity) -> Option<Reads> {
        self.office.settings.library.roles().row(identity.role).map(|row| row.reads)
    }
}
