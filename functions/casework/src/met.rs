//! The directory learns what people are called from their own tokens: once a day and process, not at every page.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use redress_domain::calendar::local_date;
use redress_store::Colleague;
use redress_web::Identity;

use crate::Casework;

/// People remembered at once; a council with more staff writes some of them down twice.
const MET_MAX: usize = 10_000;

/// A council, an id, a name with its role, and the day.
type Meeting = (String, String, String, NaiveDate);

/// Whom this process has met.
#[derive(Clone, Debug, Default)]
pub(crate) struct Met(Arc<Mutex<BTreeSet<Meeting>>>);

impl Met {
    /// Whether this is the first time.
    fn first(&self, meeting: Meeting) -> bool {
        let mut met = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if met.len() >= MET_MAX {
            met.clear();
        }
        met.insert(meeting)
    }
}

impl Casework {
    /// Writes down what somebody is called, if that is new today. Nothing depends on it but how a page reads.
    pub(crate) async fn meet(&self, identity: &Identity) {
        let today = local_date(self.office.clock.now());
        let called = format!("{} {}", identity.name, identity.role_name());
        if !self.met.first((identity.council.clone(), identity.id.clone(), called, today)) {
            return;
        }
        let colleague = Colleague { seen_on: Some(today), ..Colleague::named(identity.name.clone(), identity.role) };
        if let Err(error) = self.office.store.remember(&identity.council, &identity.id, &colleague).await {
            tracing::warn!(%error, "the directory could not be written");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_met_once_a_day() {
        let met = Met::default();
        let on = |day: u32| {
            let date = NaiveDate::from_ymd_opt(2026, 3, day).unwrap_or_default();
            ("westminster".to_owned(), "u-1".to_owned(), "Olu Balogun officer".to_owned(), date)
        };
        assert!(met.first(on(20)) && !met.first(on(20)) && met.first(on(21)));
    }
}
