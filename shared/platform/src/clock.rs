//! What time it is: the machine's, or a given one that stands until it is moved.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};

/// No given time: the machine's clock is the clock.
const REAL: i64 = i64::MIN;

/// The service's clock. Cheap to clone; every clone tells the same time.
///
/// A function on AWS has [`Clock::real`]. The laptop and the tests give a time
/// and move it, so that a year of a case passes in a minute.
#[derive(Clone, Debug)]
pub struct Clock {
    given_ms: Arc<AtomicI64>,
}

impl Clock {
    /// The machine's clock.
    pub fn real() -> Clock {
        Clock { given_ms: Arc::new(AtomicI64::new(REAL)) }
    }

    /// A clock that stands at `now` until it is moved.
    pub fn given(now: DateTime<Utc>) -> Clock {
        Clock { given_ms: Arc::new(AtomicI64::new(now.timestamp_millis())) }
    }

    /// The present instant.
    pub fn now(&self) -> DateTime<Utc> {
        match self.given_ms.load(Ordering::SeqCst) {
            REAL => Utc::now(),
            ms => DateTime::from_timestamp_millis(ms).unwrap_or_else(Utc::now),
        }
    }

    /// Whether the clock stands at a given time.
    pub fn is_given(&self) -> bool {
        self.given_ms.load(Ordering::SeqCst) != REAL
    }

    /// Makes the clock stand at `now`.
    pub fn give(&self, now: DateTime<Utc>) {
        self.given_ms.store(now.timestamp_millis(), Ordering::SeqCst);
    }

    /// Lets the clock go: from here on it tells the machine's time.
    pub fn release(&self) {
        self.given_ms.store(REAL, Ordering::SeqCst);
    }
}
