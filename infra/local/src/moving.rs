//! Time passing: streams pumped, sweeps run, the clock moved through every moment at which something is due.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use redress_store::Due;

use crate::Laptop;
use crate::ses::{EventKind, ses_event};
use crate::streams::Delivery;

/// No claim runs longer.
const CLAIM_MAX: TimeDelta = TimeDelta::minutes(5);

/// Of what was on its way, this much of each part of the index is taken up at once; the sweep has the rest.
const TAKEN_UP_MAX: i32 = 500;

/// The clock stops at most so often on its way; a year of a thousand cases is less.
const STOPS_MAX: u32 = 100_000;

impl Laptop {
    /// Delivers what is in the streams now, and says how much it was.
    pub(crate) async fn step(&self) -> usize {
        let functions = &self.functions;
        let deliver = |name: String, event| -> Delivery {
            let functions = Arc::clone(functions);
            Box::pin(async move { functions.invoke(&name, event).await })
        };
        self.files.came.deliver(&deliver).await + self.streams.step(&deliver).await
    }

    /// Waits until nothing is in the streams, and so nothing in the outbox that may go.
    pub async fn quiet(&self) {
        while self.step().await > 0 {}
    }

    /// Takes up what was on its way when the plug was pulled. On AWS a claim runs out
    /// by itself; here nobody else can hold one, and our own mailbox knows what went out.
    pub(crate) async fn take_up(&self) {
        let soon = self.clock.now() + CLAIM_MAX;
        let due = self.office.store.due(soon, TAKEN_UP_MAX).await.unwrap_or_default();
        for due in due {
            let Due::Out(key, id) = due else { continue };
            let attempt = format!("{}_{id}_", key.reference);
            let mails = self.mailbox.list(None, Some(&key.reference));
            let sent = mails.iter().find(|mail| mail.tags.get("attempt").is_some_and(|tag| tag.starts_with(&attempt)));
            let done = match sent {
                Some(mail) => {
                    let event = ses_event(mail, EventKind::Delivery, self.clock.now());
                    self.functions.invoke("notices", event).await.map(|_| ())
                }
                None => {
                    self.office.store.give_back(&key, id, self.clock.now()).await.map_err(|error| error.to_string())
                }
            };
            if let Err(error) = done {
                tracing::warn!(case = %key, error, "an outbox item waits for the sweep");
            }
        }
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
