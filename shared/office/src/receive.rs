//! New feedback becomes a case.

use redress_domain::calendar::local_date;
use redress_domain::case::{Actor, Case, Reference};
use redress_domain::feedback::Feedback;
use redress_domain::refusal::Refusal;
use redress_domain::rules::Rules;
use redress_platform::random;
use redress_store::{CaseKey, Idempotency, StoreError};

use crate::write::Draft;
use crate::{Office, OfficeError};

/// References drawn before giving up; a second is needed once in thousands of millions.
const DRAWS_MAX: u32 = 8;

impl Office {
    /// The policy that new feedback to a council falls under. Its calendar is its nation's: whatever
    /// is counted goes through [`Office::receive`] or [`Office::load`], which know what was published.
    ///
    /// # Errors
    /// When there is no such council here.
    pub fn present(&self, council: &str) -> Result<Rules, OfficeError> {
        let today = local_date(self.clock.now());
        let rules = self.settings.library.present_on(council, today);
        rules.ok_or_else(|| OfficeError::NoCouncil(council.to_owned()))
    }

    /// Stores feedback as a new case; the same request twice is one case.
    ///
    /// # Errors
    /// When nothing was stored.
    pub async fn receive(
        &self,
        rules: &Rules,
        feedback: Feedback,
        by: &Actor,
        request: Option<&Idempotency>,
    ) -> Result<Case, OfficeError> {
        let rules = &self.up_to_date(rules.clone()).await?;
        let council = rules.policy.policy.council.clone();
        let now = self.clock.now();
        for _ in 0..DRAWS_MAX {
            if let Some(earlier) = self.repeated(&council, request).await? {
                return Ok(earlier);
            }
            let reference = self.draw(rules)?;
            let key = CaseKey::new(&council, reference.as_str());
            let contact = feedback.contact.clone();
            let decision = feedback.clone().receive(rules, reference, now).map_err(refused)?;
            let draft = Draft { rules, before: None, key: &key, contact: &contact, by, now, request };
            match self.file(draft, decision).await {
                Err(OfficeError::Store(StoreError::MovedOn | StoreError::Repeated)) => {}
                filed => return filed,
            }
        }
        Err(OfficeError::Busy)
    }

    /// A reference drawn by chance: that nobody has it yet is the transaction's to say.
    ///
    /// # Errors
    /// When none could be drawn.
    pub(crate) fn draw(&self, rules: &Rules) -> Result<Reference, OfficeError> {
        let prefix = &rules.policy.policy.reference_prefix;
        (0..DRAWS_MAX)
            .find_map(|_| Reference::from_random(prefix, u64::from_be_bytes(random())))
            .ok_or(OfficeError::Busy)
    }

    /// The case that the same request made or moved before.
    ///
    /// # Errors
    /// When the key was used for another body, or the table cannot be read.
    pub async fn repeated(&self, council: &str, request: Option<&Idempotency>) -> Result<Option<Case>, OfficeError> {
        let Some(request) = request else { return Ok(None) };
        let Some(earlier) = self.store.earlier(request, self.clock.now()).await? else { return Ok(None) };
        if !request.is_same(&earlier) {
            return Err(OfficeError::OtherBody);
        }
        let found = self.store.case(&CaseKey::new(council, &earlier.reference)).await?;
        found.map(|(case, _)| Some(case)).ok_or(OfficeError::NoCase)
    }
}

fn refused(refusal: Refusal) -> OfficeError {
    OfficeError::Refused { refusal, version: 0, allowed: Vec::new() }
}
