#![doc = include_str!("../README.md")]

use serde_json::{Value, json};

use redress_office::{Office, OfficeError};
use redress_platform::{Metric, Metrics};
use redress_store::{Due, Revived};

/// Of what is due, this much of each part of the index is taken at once.
const PAGE: i32 = 25;

/// A sweep goes on for at most so many pages; the rest waits five minutes.
const PAGES_MAX: u32 = 40;

/// The function, with what it needs.
#[derive(Clone, Debug)]
pub struct Deadlines {
    office: Office,
    metrics: Metrics,
}

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Cases that had something to settle.
    pub cases: u32,
    /// Things settled on them.
    pub settled: u32,
    /// Outbox items given another chance.
    pub revived: u32,
    /// What could not be done.
    pub failed: u32,
}

impl Deadlines {
    /// Opens it at an office.
    pub fn open(office: Office) -> Deadlines {
        Deadlines { office, metrics: Metrics::default() }
    }

    /// Opens it from the environment.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn from_environment() -> Result<Deadlines, String> {
        Ok(Deadlines { office: Office::from_environment()?, metrics: Metrics::from_environment() })
    }

    /// The schedule's event: its content does not matter, what is due does.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub async fn handle(&self, _event: Value) -> Result<Value, lambda_runtime::Error> {
        let swept = self.sweep().await?;
        self.tell(swept).await;
        Ok(json!({"cases": swept.cases, "settled": swept.settled, "revived": swept.revived, "failed": swept.failed}))
    }

    /// Settles what has come due.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub async fn sweep(&self) -> Result<Swept, OfficeError> {
        let mut swept = Swept::default();
        for _ in 0..PAGES_MAX {
            let before = swept;
            let due = self.office.store.due(self.office.clock.now(), PAGE).await?;
            for due in due {
                self.one(due, &mut swept).await;
            }
            // A page on which nothing could be settled would be the same page again.
            if swept.settled == before.settled && swept.revived == before.revived {
                break;
            }
        }
        if swept != Swept::default() {
            tracing::info!(
                cases = swept.cases,
                settled = swept.settled,
                revived = swept.revived,
                failed = swept.failed,
                "sweep"
            );
        }
        Ok(swept)
    }

    /// What alarms watch: how things stand now that the sweep has done what it could.
    async fn tell(&self, swept: Swept) {
        let vitals = match self.office.vitals().await {
            Ok(vitals) => vitals,
            // No number at all is what the alarm of the sweep takes for the worst.
            Err(error) => return tracing::error!(%error, "how things stand cannot be told"),
        };
        let mut numbers = vec![
            (Metric::SweepLagSeconds, vitals.sweep_lag_s),
            (Metric::OldestUnsettledLetterSeconds, vitals.oldest_unsettled_letter_s),
            (Metric::SweepFailures, i64::from(swept.failed)),
            (Metric::SweepDone, i64::from(swept.settled) + i64::from(swept.revived)),
        ];
        numbers.extend(vitals.calendar_horizon_days.map(|days| (Metric::CalendarHorizonDays, days)));
        self.metrics.tell(vitals.now, &numbers);
    }

    async fn one(&self, due: Due, swept: &mut Swept) {
        match due {
            Due::Case(key) => match self.office.settle(&key).await {
                Ok(settled) => {
                    swept.cases += 1;
                    swept.settled += settled;
                }
                Err(error) => {
                    swept.failed += 1;
                    tracing::error!(case = %key, %error, "a case could not be settled");
                }
            },
            Due::Out(key, id) => match self.office.store.revive(&key, id, self.office.clock.now()).await {
                Ok(Revived::Nothing) => {}
                Ok(revived) => {
                    swept.revived += 1;
                    tracing::info!(case = %key, out = %id, ?revived, "outbox");
                }
                Err(error) => {
                    swept.failed += 1;
                    tracing::error!(case = %key, out = %id, %error, "an outbox item could not be revived");
                }
            },
        }
    }
}
