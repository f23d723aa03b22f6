//! The plain HTML form: the same fields as the JSON door, with every answer kept when something is wrong.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};

use redress_domain::case::Actor;
use redress_platform::random;
use redress_store::Idempotency;
use redress_web::{Problem, body};

use crate::Intake;
use crate::feedback::store;
use crate::home::{context, no_council};

pub(crate) async fn show(State(intake): State<Intake>, Path(council): Path<String>) -> Response {
    page(&intake, &council, StatusCode::OK, json!({}), None, &fresh_key())
}

pub(crate) async fn send(
    State(intake): State<Intake>,
    Path(council): Path<String>,
    headers: HeaderMap,
    sent: Body,
) -> Response {
    let sent = match body::read(&headers, sent).await {
        Ok(sent) => sent,
        Err(problem) => return intake.pages.problem(&problem),
    };
    // The page's own key makes Back, refresh and a second click harmless.
    let key = sent.aside.get("_key").cloned().unwrap_or_else(fresh_key);
    let request = Idempotency::new(&council, "form", "resident", &key, &sent.bytes);
    match store(&intake, &council, &Actor::Resident, sent.value.clone(), Some(&request)).await {
        Ok(receipt) => Redirect::to(&format!("{}&new=1", local(&intake, &receipt.track_url))).into_response(),
        Err(problem) if problem.status() == StatusCode::UNPROCESSABLE_ENTITY => {
            // Mended answers are another request: they get another key.
            page(&intake, &council, problem.status(), sent.value, Some(problem), &fresh_key())
        }
        Err(problem) => intake.pages.problem(&problem),
    }
}

fn page(
    intake: &Intake,
    council: &str,
    status: StatusCode,
    given: Value,
    problem: Option<Problem>,
    key: &str,
) -> Response {
    let rules = match intake.office.present(council) {
        Ok(rules) => rules,
        Err(error) => return no_council(intake, error),
    };
    let mut whole = context(&rules);
    let errors = problem.map(|problem| problem.errors).unwrap_or_default();
    if let Value::Object(fields) = &mut whole {
        fields.insert("given".to_owned(), given);
        fields.insert("errors".to_owned(), json!(errors));
        fields.insert("key".to_owned(), json!(key));
        fields.insert("service_list".to_owned(), json!(rules.policy.services));
    }
    intake.pages.with_status(status, "feedback.html", whole)
}

fn fresh_key() -> String {
    random::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The address without the host, so that the browser stays where it is.
pub(crate) fn local(intake: &Intake, url: &str) -> String {
    url.strip_prefix(&intake.office.settings.base_url).unwrap_or(url).to_owned()
}
