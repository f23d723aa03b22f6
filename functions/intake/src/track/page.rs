//! The page of a case, for whoever has its key; just after it was received it is also the confirmation.

use axum::extract::Path;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use serde_json::{Value, json};

use redress_domain::key::in_fours;
use redress_office::track::Tracked;
use redress_web::Problem;

use super::{Asked, STEPS, ask, open};
use crate::visit::Visit;

pub(crate) async fn show(visit: Visit, Path((_, reference)): Path<(String, String)>, uri: Uri) -> Response {
    let asked = Asked::of(&uri);
    match tracked(&visit, &reference, &asked.key).await {
        Err(problem) => ask::refused(&visit, &reference, &asked.key, &problem),
        Ok(case) => {
            let done = asked.done.as_deref().filter(|done| STEPS.contains(done));
            let more = json!({"new": asked.new.is_some(), "done": done});
            visit.page(StatusCode::OK, "resident/track.html", known(&visit, &case, &asked.key, more))
        }
    }
}

/// The case, if the key opens it.
pub(super) async fn tracked(visit: &Visit, reference: &str, key: &str) -> Result<Tracked, Problem> {
    let case = open(&visit.intake, visit.council(), reference, key).await?;
    Ok(visit.intake.office.track(&case).await?)
}

/// What every page of a case knows.
pub(super) fn known(visit: &Visit, case: &Tracked, key: &str, more: Value) -> Value {
    let stage = visit.rules.policy.stage(case.stage);
    let mut whole = json!({
        "case": case,
        "key": key,
        "key_groups": in_fours(key),
        "at": format!("/{}/track/{}", visit.council(), case.reference),
        // A page in another language is at the same address, key and all.
        "here": format!("key={key}&"),
        "request": stage.and_then(|stage| stage.request.as_ref()),
        "next_stage": visit.rules.policy.stage(case.stage + 1).map(|stage| &stage.name),
    });
    if let (Value::Object(whole), Value::Object(more)) = (&mut whole, more) {
        whole.extend(more);
    }
    whole
}
