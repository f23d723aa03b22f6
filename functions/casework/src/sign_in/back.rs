//! `GET /staff/callback`: somebody comes back from their issuer.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use openidconnect::Nonce;
use serde::Deserialize;
use serde_json::json;

use redress_store::AuditRow;
use redress_web::{Identity, NoIdentity, Problem, SESSION_COOKIE, cookie, trail};

use super::client::NoToken;
use super::errand::Errand;
use super::{again, unkept};
use crate::Casework;

/// Who tried, where nobody knows who it was.
const NOBODY: &str = "nobody";

/// What the issuer answers, by way of the browser. Nothing of it is believed.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Answered {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// A sign-in that made nobody of anybody.
enum Failed {
    /// It is not one that was begun in this browser, or it is too late.
    NotBegun,
    /// The issuer, or the person there, said no.
    Declined,
    /// Something in it does not hold.
    NotHeld,
    /// The person has no role here.
    NoRole { id: String },
    /// The issuer, or something of ours, does not answer.
    Away(Problem),
}

pub(crate) async fn finish(
    State(casework): State<Casework>,
    answered: Result<Query<Answered>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let answered = answered.map(|Query(answered)| answered).unwrap_or_default();
    let answer = match Errand::of(&casework, &headers) {
        Some(errand) => match casework.come_back(&errand, answered).await {
            Ok(identity) => casework.admit(&errand, &identity).await,
            Err(failed) => casework.turn_away(&errand, failed).await,
        },
        // Back, or reload, after it has worked: they are in already.
        None if cookie(&headers, SESSION_COOKIE).is_some_and(|held| casework.verifier.session(&held).is_ok()) => {
            Redirect::to("/staff").into_response()
        }
        None => casework.not_in(StatusCode::BAD_REQUEST, None, "not-begun", None),
    };
    Errand::over(unkept(answer))
}

impl Casework {
    async fn come_back(&self, errand: &Errand, answered: Answered) -> Result<Identity, Failed> {
        if answered.state.as_deref() != Some(errand.state.as_str()) {
            return Err(Failed::NotBegun);
        }
        let issuer = self.office.settings.deployment.council.get(&errand.council).map(|found| found.issuer.as_str());
        if answered.iss.is_some_and(|said| Some(said.as_str()) != issuer) {
            return Err(not_held("another issuer answered"));
        }
        if let Some(error) = answered.error {
            tracing::info!(declined = error == "access_denied", "an issuer let nobody in");
            return Err(Failed::Declined);
        }
        let code = answered.code.ok_or_else(|| not_held("no code"))?;
        let client = self.client(&errand.council).await.map_err(Failed::Away)?;
        let token = self.token(&client, code, errand.verifier.clone()).await.map_err(|error| match error {
            NoToken::Refused(why) => not_held(why),
            NoToken::Away(why) => {
                tracing::error!(council = errand.council, why, "an issuer does not answer");
                Failed::Away(Problem::away(
                    "Your council’s sign-in service does not answer. Try again in a few minutes.",
                ))
            }
        })?;
        let nonce = Nonce::new(errand.nonce.clone());
        self.verifier.signed_in(&errand.council, &token, &nonce).await.map_err(|why| {
            why.log();
            match why {
                NoIdentity::NoRole { id } => Failed::NoRole { id },
                NoIdentity::NotHeld(_) => Failed::NotHeld,
            }
        })
    }

    /// Written down first, then let in.
    async fn admit(&self, errand: &Errand, identity: &Identity) -> Response {
        if let Err(problem) = self.note(identity, "sign-in", None).await {
            return self.pages.problem(&problem);
        }
        let to = errand.to.clone().unwrap_or_else(|| format!("/staff/{}", identity.council));
        let begun = self.verifier.begin_session(identity, Redirect::to(&to).into_response());
        begun.unwrap_or_else(|| self.pages.problem(&Problem::ours()))
    }

    /// Written down first, then told what to do.
    async fn turn_away(&self, errand: &Errand, failed: Failed) -> Response {
        let actor = if let Failed::NoRole { id } = &failed { id.as_str() } else { NOBODY };
        let row = AuditRow::new(self.office.clock.now(), actor, "none".to_owned(), "refused");
        let row = AuditRow { of: Some("sign-in".to_owned()), ..row };
        if let Err(problem) = trail::written(&self.office, &errand.council, &row).await {
            return self.pages.problem(&problem);
        }
        match failed {
            Failed::NotBegun => self.not_in(StatusCode::BAD_REQUEST, Some(errand), "not-begun", None),
            Failed::Declined => self.not_in(StatusCode::UNAUTHORIZED, Some(errand), "declined", None),
            Failed::NotHeld => self.not_in(StatusCode::UNAUTHORIZED, Some(errand), "not-held", None),
            Failed::NoRole { id } => self.not_in(StatusCode::FORBIDDEN, Some(errand), "no-role", Some(&id)),
            Failed::Away(problem) => self.pages.problem(&problem),
        }
    }

    fn not_in(&self, status: StatusCode, errand: Option<&Errand>, why: &str, subject: Option<&str>) -> Response {
        let council = errand.map(|errand| errand.council.as_str());
        let arranged = council.and_then(|council| self.office.settings.deployment.council.get(council));
        let begin = match errand {
            Some(errand) => again(&errand.council, errand.to.as_deref()),
            // By the service's own address: a cookie that was given to another name of it does not come back.
            None => format!("{}{}", self.office.settings.base_url, redress_web::SIGN_IN),
        };
        let ask = arranged.and_then(|arranged| arranged.roles_from.as_deref());
        let page = json!({"why": why, "again": begin, "ask": ask, "subject": subject});
        self.outside(status, council, "staff/not-signed-in.html", page)
    }
}

fn not_held(why: &str) -> Failed {
    tracing::info!(why, "a sign-in was refused");
    Failed::NotHeld
}
