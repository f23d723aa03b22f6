//! What a resident does from the page of their case: each on a page of its own, with its own form and errors.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};

use redress_office::track::Tracked;
use redress_store::Idempotency;
use redress_web::{FIRST, FieldProblem, Problem, Words, body};

use super::page::{known, tracked};
use super::{Asked, STEPS, ask, carry_out, key, open};
use crate::visit::Visit;

/// The page of a step.
pub(crate) async fn show(
    visit: Visit,
    Path((_, reference, step)): Path<(String, String, String)>,
    uri: Uri,
) -> Response {
    let asked = Asked::of(&uri);
    if !STEPS.contains(&step.as_str()) {
        return visit.problem(&Problem::not_found("There is nothing at this address."));
    }
    match tracked(&visit, &reference, &asked.key).await {
        Err(problem) => ask::refused(&visit, &reference, &asked.key, &problem),
        Ok(case) => page(&visit, &case, &step, &asked.key, StatusCode::OK, &json!({}), &json!([])),
    }
}

/// Takes the step.
pub(crate) async fn send(
    visit: Visit,
    Path((council, reference, step)): Path<(String, String, String)>,
    headers: HeaderMap,
    sent: Body,
) -> Response {
    let sent = match body::read(&headers, sent).await {
        Ok(sent) => sent,
        Err(problem) => return visit.problem(&problem),
    };
    let aside = |name: &str| sent.aside.get(name).cloned().unwrap_or_default();
    let tracking = key::plain(&aside("_key"));
    let case = match open(&visit.intake, &council, &reference, &tracking).await {
        Ok(case) => case,
        Err(problem) => return ask::refused(&visit, &reference, &tracking, &problem),
    };
    let office = &visit.intake.office;
    let done = async {
        // The same words from the same page are a second click. The version of the page refuses nothing:
        // what staff did in the meantime is no reason not to hear somebody.
        let (route, words) = (format!("track/{reference}/{step}"), String::from_utf8_lossy(&sent.bytes));
        let request = Idempotency::new(&council, &route, "resident", &words, &sent.bytes);
        carry_out(&visit.intake, &case, &step, sent.value.clone(), None, Some(&request)).await
    };
    let problem = match done.await {
        Ok(done) => {
            let again = done.begun_again().filter(|_| step == "complain-again");
            let to = again.map_or_else(
                || format!("/{council}/track/{}?key={tracking}&done={step}", case.reference),
                |new| {
                    let key = office.settings.keys.tracking_key(&council, new.as_str(), 0);
                    format!("/{council}/track/{new}?key={key}&new=1")
                },
            );
            return Redirect::to(&to).into_response();
        }
        Err(problem) if problem.status() == StatusCode::NOT_FOUND => return visit.problem(&problem),
        Err(problem) => problem,
    };
    match office.track(&case).await {
        Err(error) => visit.problem(&Problem::from(error)),
        Ok(_) if problem.status().is_server_error() => visit.problem(&problem),
        Ok(found) => {
            let errors = errors(&step, &problem);
            page(&visit, &found, &step, &tracking, problem.status(), &sent.value, &errors)
        }
    }
}

/// Every error, each a sentence; where it belongs to no field of the page, it stands in the summary alone.
/// The sentences are the domain's: on a page of another language they are marked as English.
fn errors(step: &str, problem: &Problem) -> Value {
    if problem.errors.is_empty() {
        return json!([{"field": "", "message": problem.detail, "english": true}]);
    }
    let said = |error: &FieldProblem| {
        let place = format!("track.labels.{step}.{}", error.field);
        let sentence = error.message.starts_with(char::is_uppercase);
        let label = Words::said(FIRST, &place, &[]);
        let message = if sentence { error.message.clone() } else { format!("{label} {}", error.message) };
        json!({"field": error.field, "message": message, "english": true})
    };
    problem.errors.iter().map(said).collect()
}

fn page(
    visit: &Visit,
    case: &Tracked,
    step: &str,
    key: &str,
    status: StatusCode,
    given: &Value,
    errors: &Value,
) -> Response {
    let template = if step == "withdraw" { "resident/confirm.html" } else { "resident/track-step.html" };
    let open = case.allowed.contains(&step);
    let more = json!({"step": step, "given": given, "errors": errors, "open": open});
    visit.page(status, template, known(visit, case, key, more))
}
