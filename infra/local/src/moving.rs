//! Time passing: streams pumped, sweeps run, the clock moved through every moment at which something is due.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::Laptop;
use crate::streams::Delivery;

/// The clock stops at most so often on its way; a year of a thousand cases is less.
const STOPS_MAX: u32 = 100_000;

impl Laptop {
    /// Delivers what is in the streams now, and says how much it was.
    pub(crate) async fn step(&self) -> usize {
        let functions = &self.functions;
        self.streams
            .step(&|name, event| -> Delivery {
                let functions = Arc::clone(functions);
                Box::pin(async move { functions.invoke(&name, event).await })
            })
            .await
    }

    /// Waits until nothing is in the streams, and so nothing in the outbox that may go.
    pub async fn quiet(&self) {
        while self.step().await > 0 {}
    }

    /// One sweep, and everything it sets off.
    pub async fn sweep(&self) {
        let _one = self.moving.lock().await;
        self.sweep_once().await;
    }

    async fn sweep_once(&self) -> u32 {
        let swept = self.functions.deadlines.sweep().await;
        self.quiet().await;
        match swept {
            Ok(swept) => swept.settled + swept.revived,
            Err(error) => {
                tracing::error!(%error, "the sweep failed");
                0
            }
        }
    }

    /// Moves a given clock forward to `to`, stopping wherever something is due.
    pub async fn advance(&self, to: DateTime<Utc>) {
        let _one = self.moving.lock().await;
        self.quiet().await;
        for _ in 0..STOPS_MAX {
            let next = match self.office.store.next_due().await {
                Ok(Some(next)) if next <= to => next,
                _ => break,
            };
            self.clock.give(next.max(self.clock.now()));
            if self.sweep_once().await == 0 {
                // What cannot be settled must not hold the clock.
                tracing::warn!(at = %next, "something is due that could not be settled");
                break;
            }
        }
        self.clock.give(to.max(self.clock.now()));
        self.sweep_once().await;
    }
}
