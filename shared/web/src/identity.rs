//! Who is asking.

use axum::body::Body;
use axum::extract::{FromRef, FromRequestParts, OptionalFromRequestParts};
use axum::http::header::{AUTHORIZATION, HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use redress_domain::case::Actor;
use redress_domain::roles::Role;

use crate::body::{self, Sent};
use crate::session::{SESSION_COOKIE, cookie};
use crate::{Problem, Verifier};

/// The field of a form that says which session it was made for.
const FORM_FIELD: &str = "_token";

/// A member of staff. Only a verified token makes one, or a session that one began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What each form of their pages carries; none where a program asks, with a token of its own.
    #[serde(skip)]
    pub(crate) form_token: Option<String>,
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

    /// Who they are, as every staff page has them. The token goes into each form (`own.html`).
    pub fn me(&self) -> Value {
        let token = self.form_token.as_deref().unwrap_or_default();
        json!({"id": self.id, "name": self.name, "role": self.role_name(), "token": token})
    }

    /// A form of our own pages that they sent about their own council: what it says.
    ///
    /// # Errors
    /// 403 for another council, or for a form that is not of this session; what is wrong with a body that cannot be read.
    pub async fn form(&self, council: &str, headers: &HeaderMap, sent: Body) -> Result<Sent, Problem> {
        self.at(council)?;
        let sent = body::read(headers, sent).await?;
        self.sent_this(&sent)?;
        Ok(sent)
    }

    /// That a form is one of our own pages', of this very session. A program's own token needs none: no browser
    /// sends it by itself.
    ///
    /// # Errors
    /// 403 for a session whose form does not carry its token.
    pub fn sent_this(&self, sent: &Sent) -> Result<(), Problem> {
        let Some(right) = &self.form_token else { return Ok(()) };
        let given = sent.aside.get(FORM_FIELD).map(String::as_str).unwrap_or_default();
        if same(right, given) {
            return Ok(());
        }
        Err(Problem::forbidden(
            "This form is not one of ours, or is from before you last signed in. Nothing was changed. Go back, load \
             the page again, and send it from there.",
        ))
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
        let Some(session) = cookie(&parts.headers, SESSION_COOKIE) else {
            return Err(Problem::unauthorised("Nobody is signed in."));
        };
        if parts.method != Method::GET && !same_origin(&parts.headers) {
            return Err(Problem::forbidden("This request came from another site."));
        }
        verifier.session(&session)
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

/// Whether two texts are the same, taking the same time wherever they differ.
pub(crate) fn same(right: &str, given: &str) -> bool {
    let differs = right.bytes().zip(given.bytes()).fold(0u8, |differs, (a, b)| differs | (a ^ b));
    right.len() == given.len() && differs == 0
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// A page's own form says where it comes from; a browser never lets it lie.
fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    match (text(ORIGIN).and_then(|origin| origin.split_once("://")), text(HOST)) {
        (Some((_, origin)), Some(host)) => origin == host,
        _ => false,
    }
}
