//! Who is asking.

use axum::extract::{FromRef, FromRequestParts, OptionalFromRequestParts};
use axum::http::header::{AUTHORIZATION, COOKIE, HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};

use redress_domain::case::Actor;
use redress_domain::roles::Role;

use crate::{Problem, Verifier};

/// The cookie that carries a person's session on pages.
pub const SESSION_COOKIE: &str = "__Host-redress";

/// A member of staff. Only a verified token makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Their subject: opaque, and what the ledger knows them by.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// Their council: from the token's issuer, never from the address.
    pub council: String,
    /// What they act as.
    pub role: Role,
    /// Their team.
    pub team: Option<String>,
    /// Their organisation, where it is not the council's own.
    pub organisation: Option<String>,
}

impl Identity {
    /// As the ledger has them.
    pub fn actor(&self) -> Actor {
        Actor::Staff { id: self.id.clone(), role: self.role, organisation: self.organisation.clone() }
    }

    /// Their role, as the contract writes it.
    pub fn role_name(&self) -> String {
        redress_domain::case::name_of(self.role)
    }

    /// That the address speaks of their own council.
    ///
    /// # Errors
    /// 403 for another's.
    pub fn at(&self, council: &str) -> Result<(), Problem> {
        if self.council == council {
            return Ok(());
        }
        Err(Problem::forbidden("You are signed in to another council."))
    }
}

impl<S> FromRequestParts<S> for Identity
where
    Verifier: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Identity, Problem> {
        let verifier = Verifier::from_ref(state);
        if let Some(token) = bearer(&parts.headers) {
            return verifier.identify(token).await;
        }
        let Some(token) = session(&parts.headers) else {
            return Err(Problem::unauthorised("Nobody is signed in."));
        };
        if parts.method != Method::GET && !same_origin(&parts.headers) {
            return Err(Problem::forbidden("This request came from another site."));
        }
        verifier.identify(&token).await
    }
}

/// Nobody, when there is no token; a token that does not hold is an error all the same.
impl<S> OptionalFromRequestParts<S> for Identity
where
    Verifier: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Identity>, Problem> {
        match parts.headers.contains_key(AUTHORIZATION) {
            false => Ok(None),
            true => <Identity as FromRequestParts<S>>::from_request_parts(parts, state).await.map(Some),
        }
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn session(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|value| value.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == SESSION_COOKIE)
        .map(|(_, token)| token.to_owned())
}

/// A page's own form says where it comes from; a browser never lets it lie.
fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    match (text(ORIGIN).and_then(|origin| origin.split_once("://")), text(HOST)) {
        (Some((_, origin)), Some(host)) => origin == host,
        _ => false,
    }
}
