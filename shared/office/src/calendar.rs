//! The calendar a case is counted by: its nation's, with the days its policy closes the council on and
//! what the council published.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use redress_domain::calendar::Published;
use redress_domain::case::Case;
use redress_domain::rules::Rules;
use redress_store::StoreError;

use crate::{Office, OfficeError};

/// A function on AWS asks again what was published when it has known it for this long.
pub(crate) const KNOWN_FOR: TimeDelta = TimeDelta::seconds(60);

/// When it was learnt, and what it is, by council.
type Known = BTreeMap<String, (DateTime<Utc>, Arc<Published>)>;

/// What councils published, as far as this process knows.
#[derive(Clone, Debug)]
pub(crate) struct Calendars {
    known_for: TimeDelta,
    known: Arc<Mutex<Known>>,
}

impl Calendars {
    /// Knows nothing yet, and keeps what it learns for so long; for no time, it always asks.
    pub(crate) fn known_for(known_for: TimeDelta) -> Calendars {
        Calendars { known_for, known: Arc::default() }
    }

    fn known(&self, council: &str, now: DateTime<Utc>) -> Option<Arc<Published>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = known.get(council).filter(|(at, _)| now - *at < self.known_for);
        fresh.map(|(_, published)| Arc::clone(published))
    }

    fn learn(&self, council: &str, now: DateTime<Utc>, published: &Arc<Published>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(council.to_owned(), (now, Arc::clone(published)));
    }
}

impl Office {
    /// These rules with the council's calendar as it stands now.
    ///
    /// # Errors
    /// When what was published cannot be read: nothing is counted by a calendar that may be wrong.
    pub async fn up_to_date(&self, rules: Rules) -> Result<Rules, OfficeError> {
        let published = self.published(&rules.policy.policy.council).await?;
        Ok(under(rules, &published))
    }

    /// These rules as they are for showing a case. What is closed is shown as it was counted then: a day
    /// published later makes nobody late in hindsight.
    ///
    /// # Errors
    /// When what was published cannot be read.
    pub(crate) async fn as_it_was(&self, rules: Rules, case: &Case) -> Result<Rules, OfficeError> {
        let Some(closed) = &case.closed else { return Ok(rules) };
        let published = self.published(&case.council).await?;
        let packed = self.packed(&case.council, case.policy)?;
        Ok(under(packed, &published.by(closed.on)))
    }

    /// The policy a case was opened under, with its nation's calendar and the council's own closures:
    /// before anything that was published.
    pub(crate) fn packed(&self, council: &str, policy: u32) -> Result<Rules, OfficeError> {
        let packed = self.settings.library.rules(council, policy);
        packed.ok_or_else(|| OfficeError::NoCouncil(council.to_owned()))
    }

    async fn published(&self, council: &str) -> Result<Arc<Published>, StoreError> {
        let now = self.clock.now();
        if let Some(known) = self.calendars.known(council, now) {
            return Ok(known);
        }
        let published = Arc::new(self.store.published(council).await?);
        self.calendars.learn(council, now, &published);
        Ok(published)
    }
}

/// Rules counted by a council's own calendar.
pub(crate) fn under(rules: Rules, published: &Published) -> Rules {
    if published.is_empty() {
        return rules;
    }
    Rules { calendar: Arc::new(published.over(&rules.calendar)), ..rules }
}
