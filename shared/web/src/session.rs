//! A person's session on pages: who they are and until when, under a seal, in a cookie that no script can read.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{Identity, Problem, Verifier};

/// The cookie that carries a person's session on pages.
pub const SESSION_COOKIE: &str = "__Host-redress";

/// A working day: whoever comes back the next morning signs in again.
pub const SESSION_HOURS: i64 = 8;

/// A sealed cookie longer than this is none.
const COOKIE_MAX: usize = 4096;

/// What the seal of a session is for, so that no other sealed thing can be taken for one.
const PURPOSE: &str = "session";

#[derive(Serialize, Deserialize)]
struct Kept {
    who: Identity,
    until: DateTime<Utc>,
}

impl Verifier {
    /// Who a session says is asking, with what the forms of their pages carry.
    ///
    /// # Errors
    /// 401 for a session that does not hold, or not any more.
    pub fn session(&self, cookie: &str) -> Result<Identity, Problem> {
        let kept = self.opened(cookie).ok_or_else(|| Problem::unauthorised("Nobody is signed in."))?;
        if kept.until <= self.clock.now() {
            return Err(Problem::unauthorised(format!(
                "You have been signed out after {SESSION_HOURS} hours. Nothing was changed. Sign in again."
            )));
        }
        Ok(Identity { form_token: Some(self.secret.hash("form", &[cookie])), ..kept.who })
    }

    /// Gives the browser a session of eight hours by the service's own clock. Nothing when it cannot be sealed.
    #[must_use]
    pub fn begin_session(&self, who: &Identity, answer: Response) -> Option<Response> {
        let kept = Kept { who: who.clone(), until: self.clock.now() + TimeDelta::hours(SESSION_HOURS) };
        let sealed = self.secret.seal(PURPOSE, &serde_json::to_vec(&kept).ok()?)?;
        // Without an age: it ends with the browser too, and what it holds says when it ends in any case.
        (sealed.len() <= COOKIE_MAX).then(|| with_cookie(answer, SESSION_COOKIE, &sealed, None))
    }

    /// The council of a session that was good and is over: for saying so, and for the way back.
    pub fn ended_session(&self, headers: &HeaderMap) -> Option<String> {
        let kept = self.opened(&cookie(headers, SESSION_COOKIE)?)?;
        (kept.until <= self.clock.now()).then_some(kept.who.council)
    }

    fn opened(&self, cookie: &str) -> Option<Kept> {
        let bytes = if cookie.len() <= COOKIE_MAX { self.secret.unseal(PURPOSE, cookie)? } else { return None };
        let kept: Kept = serde_json::from_slice(&bytes).ok()?;
        // A council that is served here no more has no sessions either.
        self.deployment.council.contains_key(&kept.who.council).then_some(kept)
    }
}

/// Takes the session away.
#[must_use]
pub fn without_session(answer: Response) -> Response {
    with_cookie(answer, SESSION_COOKIE, "", Some(0))
}

/// A cookie as every one of ours for staff is: of this host alone, over TLS alone, for no script, and not sent with
/// another site's forms.
#[must_use]
pub fn with_cookie(mut answer: Response, name: &str, value: &str, seconds: Option<u32>) -> Response {
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let cookie = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(SET_COOKIE, cookie);
    }
    answer
}

/// A cookie of a request.
pub fn cookie(headers: &HeaderMap, wanted: &str) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|value| value.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value.to_owned())
}
