//! Signing in on the laptop: choose who you are, and get the very token a council's issuer would give.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::Value;

use redress_domain::refusal::FieldError;
use redress_web::{Problem, SESSION_COOKIE, body};

use crate::Laptop;

/// Gives the browser a session.
pub(crate) async fn sign_in(
    State(laptop): State<Arc<Laptop>>,
    headers: HeaderMap,
    sent: Body,
) -> Result<Response, Problem> {
    let sent = body::read(&headers, sent).await?;
    let asked: HashMap<String, Value> = match sent.value {
        Value::Object(fields) => fields.into_iter().collect(),
        _ => HashMap::new(),
    };
    let person = laptop.issuer.person(&asked).map_err(|errors| {
        Problem::fields(
            errors
                .into_iter()
                .map(|error| FieldError { field: error.field.to_owned(), message: error.message })
                .collect(),
        )
    })?;
    let token = laptop.issuer.token(&person).map_err(|error| {
        tracing::error!(%error, "no token could be made");
        Problem::ours()
    })?;
    Ok(with_cookie(Redirect::to(&format!("/staff/{}", person.council)).into_response(), &token, 86_400))
}

/// Takes the session away.
pub(crate) async fn sign_out() -> Response {
    with_cookie(Redirect::to("/dev/desk").into_response(), "", 0)
}

fn with_cookie(mut response: Response, token: &str, seconds: u32) -> Response {
    let cookie = format!("{SESSION_COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
