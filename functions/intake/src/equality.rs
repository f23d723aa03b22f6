//! Equality answers: voluntary, and with no way back to a case. A program sends them to
//! `POST /api/{council}/equality`; the journey asks for them once the complaint is safe.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};

use redress_domain::input::Fields;
use redress_web::openapi::EQUALITY_QUESTIONS;
use redress_web::{Problem, body};

use crate::Intake;

/// What the journey asks, and the answers it offers.
pub(crate) const OFFERED: [(&str, &[&str]); 8] = [
    ("age_group", &["under-18", "18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75-or-over", "not-said"]),
    ("disability", &["yes", "no", "not-said"]),
    ("ethnicity", &["asian", "black", "mixed", "white", "other", "not-said"]),
    ("religion", &["none", "buddhist", "christian", "hindu", "jewish", "muslim", "sikh", "other", "not-said"]),
    ("sex", &["female", "male", "not-said"]),
    ("gender_reassignment", &["yes", "no", "not-said"]),
    ("sexual_orientation", &["bisexual", "gay-or-lesbian", "straight", "other", "not-said"]),
    ("pregnancy_or_maternity", &["yes", "no", "not-said"]),
];

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
    keep(&intake, &council, answers).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Keeps the answers, if there are any.
///
/// # Errors
/// When they could not be kept; what exactly is in the log.
pub(crate) async fn keep(intake: &Intake, council: &str, answers: Vec<(String, String)>) -> Result<(), Problem> {
    if answers.is_empty() {
        return Ok(());
    }
    intake.office.store.equality(council, intake.office.clock.now(), &answers).await.map_err(|error| {
        tracing::error!(%error, "equality answers were not stored");
        Problem::ours()
    })
}
