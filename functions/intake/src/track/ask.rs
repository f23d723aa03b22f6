//! The way in: reference and key, or the link sent again to whoever is on file.

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};

use redress_domain::case::Reference;
use redress_domain::key::in_fours;
use redress_web::{Problem, Words, body, key_of};

use super::{key, open};
use crate::visit::Visit;

/// The page that asks for reference and key.
pub(crate) async fn show(visit: Visit) -> Response {
    asking(&visit, StatusCode::OK, &json!({}), &[])
}

/// Opens the case they belong to.
pub(crate) async fn find(visit: Visit, headers: HeaderMap, sent: Body) -> Response {
    let given = match body::read(&headers, sent).await {
        Ok(sent) => sent.value,
        Err(problem) => return visit.problem(&problem),
    };
    let (reference, key) = key::given(&line(&given, "reference"), &line(&given, "key"));
    let key = key::plain(&key);
    let mut errors = wrong_reference(&visit, &reference);
    errors.extend(wrong_key(&visit, &key));
    if !errors.is_empty() {
        return asking(&visit, StatusCode::UNPROCESSABLE_ENTITY, &given, &errors);
    }
    match open(&visit.intake, visit.council(), &reference, &key).await {
        Ok(case) => {
            let at = format!("/{}/track/{}?key={}", visit.council(), case.reference, key);
            Redirect::to(&at).into_response()
        }
        Err(problem) if problem.status() == StatusCode::FORBIDDEN => {
            asking(&visit, StatusCode::UNPROCESSABLE_ENTITY, &given, &[error(&visit, "key", "not_together")])
        }
        Err(problem) => visit.problem(&problem),
    }
}

/// The page that asks for a reference alone.
pub(crate) async fn lost(visit: Visit) -> Response {
    losing(&visit, StatusCode::OK, &json!({}), &[], false)
}

/// Sends the link again. The page says the same whatever the reference is: it tells nobody what there is.
pub(crate) async fn send_again(visit: Visit, headers: HeaderMap, sent: Body) -> Response {
    let given = match body::read(&headers, sent).await {
        Ok(sent) => sent.value,
        Err(problem) => return visit.problem(&problem),
    };
    let reference = line(&given, "reference");
    let errors = wrong_reference(&visit, &reference);
    if !errors.is_empty() {
        return losing(&visit, StatusCode::UNPROCESSABLE_ENTITY, &given, &errors, false);
    }
    let sent = match key_of(visit.council(), &reference) {
        Ok(key) => visit.intake.office.send_link(&key).await.map_err(Problem::from),
        Err(problem) => Err(problem),
    };
    match sent {
        Err(problem) if problem.status().is_server_error() => visit.problem(&problem),
        _ => losing(&visit, StatusCode::OK, &given, &[], true),
    }
}

/// The page that asks, for an address whose key opens nothing.
pub(super) fn refused(visit: &Visit, reference: &str, key: &str, problem: &Problem) -> Response {
    if problem.status().is_server_error() {
        return visit.problem(problem);
    }
    let errors: Vec<Value> = match problem.status() {
        // An address without its key is no mistake of theirs: mail programs cut links.
        StatusCode::FORBIDDEN if key.is_empty() => Vec::new(),
        StatusCode::FORBIDDEN => {
            let shape = wrong_key(visit, key);
            vec![shape.unwrap_or_else(|| error(visit, "key", "not_together"))]
        }
        _ => vec![error(visit, "reference", "not_a_reference")],
    };
    asking(visit, problem.status(), &json!({"reference": reference, "key": in_fours(key)}), &errors)
}

fn asking(visit: &Visit, status: StatusCode, given: &Value, errors: &[Value]) -> Response {
    visit.page(status, "resident/track-ask.html", json!({"given": given, "errors": errors}))
}

fn losing(visit: &Visit, status: StatusCode, given: &Value, errors: &[Value], sent: bool) -> Response {
    visit.page(status, "resident/track-lost.html", json!({"given": given, "errors": errors, "sent": sent}))
}

fn wrong_reference(visit: &Visit, reference: &str) -> Vec<Value> {
    if reference.is_empty() {
        return vec![error(visit, "reference", "enter_reference")];
    }
    match reference.parse::<Reference>() {
        Ok(_) => Vec::new(),
        Err(_) => vec![error(visit, "reference", "not_a_reference")],
    }
}

/// What is wrong with a key by itself. A reference that can be read is written rightly, since its last symbol is a
/// check on the others: so a key that could be one, and does not open it, is the one to look at again.
fn wrong_key(visit: &Visit, key: &str) -> Option<Value> {
    match key {
        "" => Some(error(visit, "key", "enter_key")),
        key if key::is_key(key) => None,
        key => {
            let n = key.chars().count().to_string();
            let message = Words::said(&visit.language.id, "track.errors.not_a_key", &[("n", &n)]);
            Some(json!({"field": "key", "message": message}))
        }
    }
}

fn error(visit: &Visit, field: &str, what: &str) -> Value {
    json!({"field": field, "message": Words::said(&visit.language.id, &format!("track.errors.{what}"), &[])})
}

fn line(given: &Value, name: &str) -> String {
    given.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned()
}
