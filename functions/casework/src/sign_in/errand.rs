//! What the browser keeps, sealed, while its person is away at the issuer.

use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use redress_web::{cookie, with_cookie};

use crate::Casework;

/// The cookie it is kept in.
const COOKIE: &str = "__Host-redress-sign-in";

/// Time enough for a password, a telephone and a second try.
const MINUTES: i64 = 10;

/// What the seal is for.
const PURPOSE: &str = "sign-in";

/// A sealed errand longer than this is none.
const SEALED_MAX: usize = 4096;

/// One sign-in, from the way in to the way back.
#[derive(Serialize, Deserialize)]
pub(super) struct Errand {
    /// Whose issuer was asked, and nobody else's may answer.
    pub(super) council: String,
    /// Where the person was.
    pub(super) to: Option<String>,
    /// What the issuer's answer must repeat.
    pub(super) state: String,
    /// What its token must repeat.
    pub(super) nonce: String,
    /// What proves that the code is fetched by whoever asked for it.
    pub(super) verifier: String,
    /// When it is too late.
    pub(super) until: DateTime<Utc>,
}

impl Errand {
    /// Until when one that begins now may end.
    pub(super) fn until(casework: &Casework) -> DateTime<Utc> {
        casework.office.clock.now() + TimeDelta::minutes(MINUTES)
    }

    /// Gives it to the browser to keep. Nothing when it cannot be sealed.
    pub(super) fn kept(&self, casework: &Casework, answer: Response) -> Option<Response> {
        let sealed = casework.office.settings.keys.seal(PURPOSE, &serde_json::to_vec(self).ok()?)?;
        let seconds = u32::try_from(MINUTES * 60).ok();
        (sealed.len() <= SEALED_MAX).then(|| with_cookie(answer, COOKIE, &sealed, seconds))
    }

    /// The browser's, while it is not too late for it.
    pub(super) fn of(casework: &Casework, headers: &HeaderMap) -> Option<Errand> {
        let sealed = cookie(headers, COOKIE).filter(|sealed| sealed.len() <= SEALED_MAX)?;
        let bytes = casework.office.settings.keys.unseal(PURPOSE, &sealed)?;
        let errand: Errand = serde_json::from_slice(&bytes).ok()?;
        (errand.until > casework.office.clock.now()).then_some(errand)
    }

    /// Each serves once, however it ends.
    pub(super) fn over(answer: Response) -> Response {
        with_cookie(answer, COOKIE, "", Some(0))
    }
}
