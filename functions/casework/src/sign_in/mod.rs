//! Signing in at the council's own issuer: OpenID Connect, code flow with PKCE. From here to there, back again, out.

mod back;
mod client;
mod errand;
mod out;

pub(crate) use back::finish;
pub(crate) use out::leave;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use openidconnect::core::{CoreAuthenticationFlow, CoreResponseType};
use openidconnect::{AuthenticationFlow, CsrfToken, Nonce, PkceCodeChallenge, Scope};
use serde::Deserialize;
use serde_json::{Value, json};

use redress_web::{Problem, SESSION_HOURS, way_back, without_session};

use crate::Casework;
use errand::Errand;

/// What the address of the way in may say.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    council: Option<String>,
    to: Option<String>,
}

/// `GET /staff/sign-in`: leads to the council's issuer, once it is known which council's.
pub(crate) async fn begin(
    State(casework): State<Casework>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let to = asked.to.as_deref().and_then(way_back);
    if let Some(council) = casework.verifier.ended_session(&headers) {
        // Said once: the session is taken away with it, and the next visit goes straight on.
        let page = json!({"again": again(&council, to), "hours": SESSION_HOURS});
        return without_session(casework.outside(StatusCode::OK, Some(&council), "staff/session-ended.html", page));
    }
    let Some(council) = casework.council_meant(&asked, to) else {
        return casework.choose(asked.council.is_some(), to);
    };
    match casework.lead(&council, to).await {
        Ok(answer) => answer,
        Err(problem) => casework.pages.problem(&problem),
    }
}

impl Casework {
    /// The council that is named, or whose page it is, or the only one there is.
    fn council_meant(&self, asked: &Asked, to: Option<&str>) -> Option<String> {
        let here = &self.office.settings.deployment.council;
        let known = |id: &str| here.contains_key(id).then(|| id.to_owned());
        if let Some(named) = &asked.council {
            return known(named);
        }
        let only = || if here.len() == 1 { here.keys().next().cloned() } else { None };
        let of_page = to.and_then(|to| to.split(['/', '?', '#']).nth(2));
        of_page.and_then(known).or_else(only)
    }

    fn choose(&self, unknown: bool, to: Option<&str>) -> Response {
        let settings = &self.office.settings;
        let councils = settings.deployment.council.keys().filter_map(|id| {
            let rules = settings.library.present(id)?;
            Some(json!({"name": rules.policy.council.name, "to": again(id, to)}))
        });
        let councils: Vec<Value> = councils.collect();
        let status = if unknown { StatusCode::NOT_FOUND } else { StatusCode::OK };
        self.outside(status, None, "staff/choose-council.html", json!({"councils": councils, "unknown": unknown}))
    }

    /// To the issuer; what comes back is compared with what the browser is given to keep.
    async fn lead(&self, council: &str, to: Option<&str>) -> Result<Response, Problem> {
        let client = self.client(council).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow: CoreAuthenticationFlow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let asking = client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
        let (url, state, nonce) =
            asking.add_scope(Scope::new("profile".to_owned())).set_pkce_challenge(challenge).url();
        let errand = Errand {
            council: council.to_owned(),
            to: to.map(str::to_owned),
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
            until: Errand::until(self),
        };
        errand.kept(self, unkept(Redirect::to(url.as_str()).into_response())).ok_or_else(Problem::ours)
    }

    /// A page for somebody who is not signed in.
    fn outside(&self, status: StatusCode, council: Option<&str>, page: &str, mut context: Value) -> Response {
        let rules = council.and_then(|council| self.office.settings.library.present(council));
        if let (Value::Object(fields), Some(rules)) = (&mut context, rules) {
            fields.insert("id".to_owned(), json!(council));
            fields.insert("council".to_owned(), json!(rules.policy.council));
        }
        self.pages.with_status(status, page, context)
    }
}

/// The way in to a council, and back to where somebody was.
fn again(council: &str, to: Option<&str>) -> String {
    let pairs = [("council", Some(council)), ("to", to)];
    let pairs: Vec<_> = pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    format!("{}?{}", redress_web::SIGN_IN, serde_urlencoded::to_string(pairs).unwrap_or_default())
}

/// An answer that nobody on the way keeps.
fn unkept(mut answer: Response) -> Response {
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
