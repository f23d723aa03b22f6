//! Tracking: where it stands, and what the resident can do now.

pub(crate) mod ask;
pub(crate) mod page;
pub(crate) mod save;
pub(crate) mod step;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Uri};
use serde::Deserialize;
use serde_json::Value;

use redress_domain::case::Actor;
use redress_domain::commands;
use redress_office::Act;
use redress_office::track::Tracked;
use redress_store::CaseKey;
use redress_web::{Problem, body, idempotency, if_match, key_of};

use crate::Intake;

/// What the holder of a key may do.
pub(crate) const STEPS: [&str; 3] = ["request-review", "message", "withdraw"];

/// What a tracking address may say.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    key: String,
    #[serde(default)]
    new: Option<String>,
    #[serde(default)]
    done: Option<String>,
}

impl Asked {
    /// What cannot be read says nothing.
    fn of(uri: &Uri) -> Asked {
        Query::try_from_uri(uri).map(|Query(asked)| asked).unwrap_or_default()
    }
}

pub(crate) async fn read(
    State(intake): State<Intake>,
    Path((council, reference)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Json<Tracked>, Problem> {
    let key = open(&intake, &council, &reference, header_key(&headers)).await?;
    Ok(Json(intake.office.track(&key).await?))
}

pub(crate) async fn act(
    State(intake): State<Intake>,
    Path((council, reference, action)): Path<(String, String, String)>,
    headers: HeaderMap,
    sent: Body,
) -> Result<Json<Tracked>, Problem> {
    let key = open(&intake, &council, &reference, header_key(&headers)).await?;
    let sent = body::read(&headers, sent).await?;
    let request = idempotency(&headers, &council, &format!("track/{reference}/{action}"), "resident", &sent.bytes)?;
    let command = command(&action, sent.value)?;
    let act = Act { key: &key, command, by: &Actor::Resident, seen: if_match(&headers)?, request: request.as_ref() };
    intake.office.act(act).await?;
    Ok(Json(intake.office.track(&key).await?))
}

/// Opens a case with its key. A wrong reference and a wrong key are one answer.
async fn open(intake: &Intake, council: &str, reference: &str, tracking: &str) -> Result<CaseKey, Problem> {
    intake.office.present(council)?;
    let wrong =
        || Problem::forbidden("This reference and key do not belong together. Both are in every letter we sent you.");
    let key = key_of(council, reference)?;
    match intake.office.opens(&key, tracking).await {
        Ok(true) => Ok(key),
        Ok(false) => Err(wrong()),
        Err(error) => Err(error.into()),
    }
}

fn command(action: &str, value: Value) -> Result<commands::Command, Problem> {
    let read = STEPS.contains(&action).then(|| commands::read(action, value)).flatten();
    read.ok_or_else(|| Problem::not_found("You can ask for a review, withdraw, or send a message."))?
        .map_err(Problem::fields)
}

fn header_key(headers: &HeaderMap) -> &str {
    headers.get("x-case-key").and_then(|key| key.to_str().ok()).unwrap_or_default()
}
