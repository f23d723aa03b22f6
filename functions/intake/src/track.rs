//! Tracking: where it stands, and what the resident can do now.

pub(crate) mod ask;
pub(crate) mod files;
mod key;
pub(crate) mod page;
pub(crate) mod save;
pub(crate) mod step;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Uri};
use serde::Deserialize;
use serde_json::{Value, json};

use redress_domain::case::{Actor, Case};
use redress_domain::commands;
use redress_office::Act;
use redress_office::track::Tracked;
use redress_store::{CaseKey, Idempotency};
use redress_web::{Problem, body, idempotency, if_match, key_of};

use crate::Intake;

/// What the holder of a key may do.
pub(crate) const STEPS: [&str; 4] = ["request-review", "message", "withdraw", "complain-again"];

/// What a risk says that the service raises by itself.
const DANGER: &str = "What the person wrote on the page of their case has words of danger in it.";

/// What a tracking address may say.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    key: String,
    #[serde(default)]
    new: Option<String>,
    #[serde(default)]
    done: Option<String>,
    #[serde(default)]
    came: Option<String>,
}

impl Asked {
    /// What cannot be read says nothing.
    fn of(uri: &Uri) -> Asked {
        let asked: Asked = Query::try_from_uri(uri).map(|Query(asked)| asked).unwrap_or_default();
        Asked { key: key::plain(&asked.key), ..asked }
    }
}

pub(crate) async fn read(
    State(intake): State<Intake>,
    Path((council, reference)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Json<Tracked>, Problem> {
    let key = open(&intake, &council, &reference, &header_key(&headers)).await?;
    Ok(Json(intake.office.track(&key).await?))
}

pub(crate) async fn act(
    State(intake): State<Intake>,
    Path((council, reference, action)): Path<(String, String, String)>,
    headers: HeaderMap,
    sent: Body,
) -> Result<Json<Tracked>, Problem> {
    let key = open(&intake, &council, &reference, &header_key(&headers)).await?;
    let sent = body::read(&headers, sent).await?;
    let request = idempotency(&headers, &council, &format!("track/{reference}/{action}"), "resident", &sent.bytes)?;
    let seen = if_match(&headers)?;
    carry_out(&intake, &key, &action, sent.value, seen, request.as_ref()).await?;
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

/// Carries out what a resident does. Where their words say that somebody may be in danger, a risk is raised at once,
/// on the case where they will be read.
async fn carry_out(
    intake: &Intake,
    key: &CaseKey,
    action: &str,
    value: Value,
    seen: Option<u32>,
    request: Option<&Idempotency>,
) -> Result<Case, Problem> {
    let words: Vec<String> = value
        .as_object()
        .into_iter()
        .flat_map(|fields| fields.values())
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    let command = command(action, value)?;
    let case = intake.office.act(Act { key, command, by: &Actor::Resident, seen, request }).await?;
    let danger = intake.office.settings.library.danger().is_in(words.iter().map(String::as_str));
    let raise = || commands::read("raise-risk", json!({"text": DANGER}));
    let Some(Ok(command)) = danger.then(raise).flatten() else { return Ok(case) };
    let again = case.begun_again().filter(|_| action == "complain-again");
    let read_at = again.map_or_else(|| key.clone(), |reference| CaseKey::new(&key.council, reference.as_str()));
    let once =
        Idempotency::new(&key.council, &format!("track/{}/risk", key.reference), "system", &words.join("\n"), b"");
    let act = Act { key: &read_at, command, by: &Actor::System, seen: None, request: Some(&once) };
    intake.office.act(act).await?;
    Ok(case)
}

fn command(action: &str, value: Value) -> Result<commands::Command, Problem> {
    let read = STEPS.contains(&action).then(|| commands::read(action, value)).flatten();
    read.ok_or_else(|| Problem::not_found("You can ask for a review, withdraw, begin again, or send a message."))?
        .map_err(Problem::fields)
}

fn header_key(headers: &HeaderMap) -> String {
    key::plain(headers.get("x-case-key").and_then(|key| key.to_str().ok()).unwrap_or_default())
}
