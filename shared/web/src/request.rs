//! What a request says beside its body.

use axum::http::HeaderMap;

use redress_domain::case::Reference;
use redress_store::{CaseKey, Idempotency};

use crate::Problem;

/// The longest `Idempotency-Key`.
const KEY_MAX: usize = 200;

/// What a page's form was filled in with, for showing it again.
pub type Form = serde_json::Value;

/// The case an address names. A reference with a typing mistake is said to be one.
///
/// # Errors
/// 404 when it cannot be a reference.
pub fn key_of(council: &str, reference: &str) -> Result<CaseKey, Problem> {
    let reference: Reference = reference
        .parse()
        .map_err(|error: redress_domain::case::NotAReference| Problem::not_found(format!("{error}.")))?;
    Ok(CaseKey::new(council, reference.as_str()))
}

/// The version an `If-Match` names, if there is one.
///
/// # Errors
/// 400 when it is no version.
pub fn if_match(headers: &HeaderMap) -> Result<Option<u32>, Problem> {
    let Some(value) = headers.get("if-match") else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim().trim_start_matches("W/").trim_matches('"');
    match text {
        "*" => Ok(None),
        _ => text
            .parse()
            .map(Some)
            .map_err(|_| Problem::not_readable("If-Match must be the version of the case you saw.")),
    }
}

/// The request's idempotency, if it has a key.
///
/// # Errors
/// 400 when the key is too long or no text.
pub fn idempotency(
    headers: &HeaderMap,
    council: &str,
    route: &str,
    actor: &str,
    body: &[u8],
) -> Result<Option<Idempotency>, Problem> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().ok().map(str::trim).filter(|key| !key.is_empty() && key.len() <= KEY_MAX);
    let key =
        key.ok_or_else(|| Problem::not_readable(format!("Idempotency-Key must be 1 to {KEY_MAX} plain characters.")))?;
    Ok(Some(Idempotency::new(council, route, actor, key, body)))
}

/// For every address that is none.
pub async fn not_found() -> Problem {
    Problem::not_found("There is nothing at this address.")
}
