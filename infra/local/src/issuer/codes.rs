//! Codes: what somebody brings back from the issuer's page, and what this service gets a token for. Each works once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use redress_platform::random;
use sha2::{Digest, Sha256};

use super::Person;

/// A code lasts a minute by the service's own clock.
const LIFE: TimeDelta = TimeDelta::minutes(1);
/// More codes than this are nobody's.
const CODES_MAX: usize = 1000;

/// What a code stands for.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub(super) person: Person,
    pub(super) nonce: Option<String>,
    /// What the verifier must hash to.
    pub(super) challenge: String,
}

/// The codes given and not yet used.
#[derive(Default)]
pub(super) struct Codes {
    given: Mutex<HashMap<String, (Grant, DateTime<Utc>)>>,
}

impl Codes {
    /// A code for a grant.
    pub(super) fn give(&self, grant: Grant, now: DateTime<Utc>) -> String {
        let code: String = random::<32>().iter().map(|byte| format!("{byte:02x}")).collect();
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.retain(|_, (_, until)| *until > now);
        if given.len() >= CODES_MAX {
            given.clear();
        }
        given.insert(code.clone(), (grant, now + LIFE));
        code
    }

    /// What a code stands for, to whoever asked for it. It is gone at the first try, right or wrong.
    pub(super) fn take(&self, code: &str, council: &str, verifier: &str, now: DateTime<Utc>) -> Option<Grant> {
        let (grant, until) = self.given.lock().unwrap_or_else(PoisonError::into_inner).remove(code)?;
        let proved = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == grant.challenge;
        (until > now && proved && grant.person.council == council).then_some(grant)
    }
}
