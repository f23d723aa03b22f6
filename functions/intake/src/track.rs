//! Tracking: where it stands, and what the resident can do now.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use redress_domain::case::Actor;
use redress_domain::commands;
use redress_office::Act;
use redress_office::track::Tracked;
use redress_store::CaseKey;
use redress_web::{Problem, body, idempotency, if_match, key_of};

use crate::Intake;
use crate::home::{context, no_council};

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

/// The page that asks for reference and key.
pub(crate) async fn ask(State(intake): State<Intake>, Path(council): Path<String>) -> Response {
    asking(&intake, &council, StatusCode::OK, json!({}), None)
}

pub(crate) async fn find(
    State(intake): State<Intake>,
    Path(council): Path<String>,
    headers: HeaderMap,
    sent: Body,
) -> Response {
    let sent = match body::read(&headers, sent).await {
        Ok(sent) => sent,
        Err(problem) => return intake.pages.problem(&problem),
    };
    let text = |name: &str| sent.value.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let (reference, key) = (text("reference"), text("key"));
    match open(&intake, &council, &reference, &key).await {
        Ok(case) => Redirect::to(&format!("/{council}/track/{}?key={key}", case.reference)).into_response(),
        Err(problem) => asking(&intake, &council, StatusCode::UNPROCESSABLE_ENTITY, sent.value, Some(problem)),
    }
}

pub(crate) async fn page(
    State(intake): State<Intake>,
    Path((council, reference)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    shown(&intake, &council, &reference, &asked, StatusCode::OK, None).await
}

pub(crate) async fn page_act(
    State(intake): State<Intake>,
    Path((council, reference, action)): Path<(String, String, String)>,
    headers: HeaderMap,
    sent: Body,
) -> Response {
    let sent = match body::read(&headers, sent).await {
        Ok(sent) => sent,
        Err(problem) => return intake.pages.problem(&problem),
    };
    let tracking = sent.aside.get("_key").cloned().unwrap_or_default();
    let done = async {
        let key = open(&intake, &council, &reference, &tracking).await?;
        let seen = sent.aside.get("_version").and_then(|version| version.parse().ok());
        let command = command(&action, sent.value.clone())?;
        intake.office.act(Act { key: &key, command, by: &Actor::Resident, seen, request: None }).await?;
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Redirect::to(&format!("/{council}/track/{reference}?key={tracking}&done={action}")).into_response(),
        Err(problem) => {
            let asked = Asked { key: tracking, ..Asked::default() };
            let status = problem.status();
            shown(&intake, &council, &reference, &asked, status, Some(problem)).await
        }
    }
}

async fn shown(
    intake: &Intake,
    council: &str,
    reference: &str,
    asked: &Asked,
    status: StatusCode,
    problem: Option<Problem>,
) -> Response {
    let rules = match intake.office.present(council) {
        Ok(rules) => rules,
        Err(error) => return no_council(intake, error),
    };
    let key = match open(intake, council, reference, &asked.key).await {
        Ok(key) => key,
        Err(problem) => {
            return asking(intake, council, problem.status(), json!({"reference": reference}), Some(problem));
        }
    };
    let tracked = match intake.office.track(&key).await {
        Ok(tracked) => tracked,
        Err(error) => return intake.pages.problem(&Problem::from(error)),
    };
    let mut whole = context(&rules);
    if let Value::Object(fields) = &mut whole {
        let next = rules.policy.stage(tracked.stage).and_then(|stage| stage.request.as_ref());
        fields.insert("request".to_owned(), json!(next));
        fields.insert("case".to_owned(), json!(tracked));
        fields.insert("key".to_owned(), json!(asked.key));
        fields.insert("new".to_owned(), json!(asked.new.is_some()));
        fields.insert("done".to_owned(), json!(asked.done));
        fields.insert("problem".to_owned(), json!(problem));
    }
    intake.pages.with_status(status, "track.html", whole)
}

fn asking(intake: &Intake, council: &str, status: StatusCode, given: Value, problem: Option<Problem>) -> Response {
    match intake.office.present(council) {
        Err(error) => no_council(intake, error),
        Ok(rules) => {
            let mut whole = context(&rules);
            if let Value::Object(fields) = &mut whole {
                fields.insert("given".to_owned(), given);
                fields.insert("problem".to_owned(), json!(problem));
            }
            intake.pages.with_status(status, "track-ask.html", whole)
        }
    }
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
    let named = matches!(action, "request-review" | "withdraw" | "message");
    let read = named.then(|| commands::read(action, value)).flatten();
    read.ok_or_else(|| Problem::not_found("You can ask for a review, withdraw, or send a message."))?
        .map_err(Problem::fields)
}

fn header_key(headers: &HeaderMap) -> &str {
    headers.get("x-case-key").and_then(|key| key.to_str().ok()).unwrap_or_default()
}
