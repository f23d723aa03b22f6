//! What the same person, or somebody at the same home, brought before: shown with a case, first of all at triage.

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::case::{Actor, FeedbackKind, Reference, Status};
use redress_domain::search::{Class, reached_by};

use super::{newest, permitted};
use crate::view::CaseView;
use crate::{Office, OfficeError};

/// At most so many are shown.
const EARLIER_MAX: usize = 20;

/// Of one home, or one person, this many are looked at.
const LOOKED_MAX: usize = 40;

/// An earlier case.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct Earlier {
    #[schema(value_type = String)]
    pub reference: Reference,
    pub kind: FeedbackKind,
    pub status: Status,
    pub received_on: NaiveDate,
    pub same: Same,
}

/// What two cases have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Same {
    /// The way their person is reached.
    Person,
    /// The home.
    Place,
}

/// What came before a case.
#[derive(Debug, Default)]
pub struct Before {
    /// Newest first.
    pub earlier: Vec<Earlier>,
    /// Those that this reader may not read.
    pub hidden: usize,
}

impl Office {
    /// What came before a case, as far as this reader may know of it.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub async fn before(&self, case: &CaseView, by: &Actor) -> Result<Before, OfficeError> {
        let (council, contact) = (&case.council, &case.contact);
        let (persons, _) = self.of_same_person(council, contact).await?;
        let home: Vec<_> = reached_by(contact).into_iter().filter(|token| token.class == Class::Place).collect();
        let mut references = persons.clone();
        if !home.is_empty() {
            let found = self.store.find(council, &[home], None, LOOKED_MAX).await?;
            references.extend(found.found.into_iter().map(|found| found.reference));
        }
        references.retain(|reference| reference != case.reference.as_str());
        let mut before = Before::default();
        let mut known = newest(self.store.known(council, &references).await?);
        known.retain(|known| known.case.logged_at < case.logged_at);
        for known in permitted(known, by, &mut before.hidden).into_iter().take(EARLIER_MAX) {
            let person = persons.iter().any(|reference| reference == known.case.reference.as_str());
            before.earlier.push(Earlier {
                reference: known.case.reference,
                kind: known.case.kind,
                status: known.case.status,
                received_on: known.case.received_on,
                same: if person { Same::Person } else { Same::Place },
            });
        }
        Ok(before)
    }
}
