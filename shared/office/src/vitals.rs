//! How the service stands: what waits, since when, and how far ahead it can count.

use chrono::{DateTime, Utc};

use redress_domain::calendar::local_date;

use crate::{Office, OfficeError};

/// What `/health` tells and alarms watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vitals {
    /// When it was so.
    pub now: DateTime<Utc>,
    /// How long the first thing due has been waiting, in seconds.
    pub sweep_lag_s: i64,
    /// How long the oldest unsettled letter has been waiting, in seconds.
    pub oldest_unsettled_letter_s: i64,
    /// How many days ahead bank holidays are known, of the calendar that ends first.
    pub calendar_horizon_days: Option<i64>,
}

impl Office {
    /// How things stand now.
    ///
    /// # Errors
    /// When the index of what is due cannot be read.
    pub async fn vitals(&self) -> Result<Vitals, OfficeError> {
        let now = self.clock.now();
        let waiting = self.store.waiting(now).await?;
        let lag = |since: Option<DateTime<Utc>>| since.map_or(0, |since| (now - since).num_seconds().max(0));
        let horizon = self.settings.library.horizon();
        Ok(Vitals {
            now,
            sweep_lag_s: lag(waiting.first),
            oldest_unsettled_letter_s: lag(waiting.letter),
            calendar_horizon_days: horizon.map(|horizon| (horizon - local_date(now)).num_days()),
        })
    }
}
