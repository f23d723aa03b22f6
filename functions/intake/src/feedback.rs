//! `POST /api/{council}/feedback`: the JSON door.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use redress_domain::case::{Actor, Case};
use redress_domain::feedback::{Feedback, Noticed};
use redress_domain::input::Fields;
use redress_office::OfficeError;
use redress_store::{AuditRow, Idempotency};
use redress_web::{Identity, Problem, body, idempotency, trail};

use crate::{Intake, spam};

/// What the door answers.
#[derive(Debug, Serialize)]
pub(crate) struct Receipt {
    pub(crate) reference: String,
    /// The tracking key: whoever has it may follow the case.
    pub(crate) key: String,
    pub(crate) track_url: String,
    pub(crate) acknowledge_by: Option<NaiveDate>,
    pub(crate) respond_by: Option<NaiveDate>,
}

pub(crate) async fn receive(
    State(intake): State<Intake>,
    Path(council): Path<String>,
    identity: Option<Identity>,
    headers: HeaderMap,
    sent: Body,
) -> Result<Response, Problem> {
    if let Some(identity) = &identity {
        identity.at(&council)?;
    }
    let by = identity.as_ref().map_or(Actor::Resident, Identity::actor);
    intake.office.present(&council)?;
    let sent = body::read(&headers, sent).await?;
    let who = by.staff_id().unwrap_or("resident").to_owned();
    let request = idempotency(&headers, &council, "feedback", &who, &sent.bytes)?;
    let suspect = by == Actor::Resident && spam::too_often(&intake, &council, &headers).await;
    let receipt = store(&intake, &council, &by, sent.value, request.as_ref(), suspect).await?;
    if let Some(identity) = &identity {
        logged(&intake, identity, &receipt).await?;
    }
    Ok((StatusCode::CREATED, Json(receipt)).into_response())
}

/// Writes into the trail who logged it, before they are told how it can be followed.
pub(crate) async fn logged(intake: &Intake, identity: &Identity, receipt: &Receipt) -> Result<(), Problem> {
    let row = AuditRow {
        of: Some("log".to_owned()),
        reference: Some(receipt.reference.clone()),
        entry: Some(1),
        ..identity.row(&intake.office, "command")
    };
    trail::written(&intake.office, &identity.council, &row).await
}

/// Reads feedback and stores it: the same for every door. What is suspect is stored too, and set aside.
pub(crate) async fn store(
    intake: &Intake,
    council: &str,
    by: &Actor,
    value: Value,
    request: Option<&Idempotency>,
    suspect: bool,
) -> Result<Receipt, Problem> {
    let rules = intake.office.present(council)?;
    let mut fields = Fields::of(value);
    let read = Feedback::read(&mut fields, &rules.policy, by, intake.office.clock.now());
    let mut feedback = fields.finish(read).map_err(Problem::fields)?;
    let words = [Some(&feedback.about), feedback.wanted.as_ref()].into_iter().flatten().map(String::as_str);
    let danger = intake.office.settings.library.danger().is_in(words);
    feedback.noticed = Noticed { danger, spam: suspect };
    if matches!(by, Actor::Staff { role, .. } if !rules.roles.may(*role, "log", 1)) {
        return Err(Problem::forbidden("Your role does not log feedback."));
    }
    let case = intake
        .office
        .receive(&rules, feedback, by, request)
        .await
        .map_err(|error: OfficeError| Problem::from(error))?;
    tracing::info!(council, reference = %case.reference, kind = ?case.kind, "feedback received");
    Ok(receipt(intake, &case))
}

fn receipt(intake: &Intake, case: &Case) -> Receipt {
    let settings = &intake.office.settings;
    let first = case.stages.first();
    let (council, reference) = (case.council.as_str(), case.reference.as_str());
    Receipt {
        reference: reference.to_owned(),
        key: settings.keys.tracking_key(council, reference, case.key_generation),
        track_url: settings.track_url(council, reference, case.key_generation),
        acknowledge_by: first.and_then(|stage| stage.promised_acknowledgement),
        respond_by: first.and_then(|stage| stage.promised),
    }
}
