//! `POST /api/{council}/equality`: voluntary answers, with no way back to a case.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};

use redress_domain::input::Fields;
use redress_web::openapi::EQUALITY_QUESTIONS;
use redress_web::{Problem, body};

use crate::Intake;

pub(crate) async fn receive(
    State(intake): State<Intake>,
    Path(council): Path<String>,
    headers: HeaderMap,
    sent: Body,
) -> Result<StatusCode, Problem> {
    intake.office.present(&council)?;
    let sent = body::read(&headers, sent).await?;
    let mut fields = Fields::of(sent.value);
    let mut answers: Vec<(String, String)> = Vec::new();
    for question in EQUALITY_QUESTIONS {
        answers.extend(fields.line(question).map(|answer| (question.to_owned(), answer)));
    }
    fields.finish(Some(())).map_err(Problem::fields)?;
    if !answers.is_empty() {
        intake.office.store.equality(&council, intake.office.clock.now(), &answers).await.map_err(|error| {
            tracing::error!(%error, "equality answers were not stored");
            Problem::ours()
        })?;
    }
    Ok(StatusCode::NO_CONTENT)
}
