//! `/health`: how far behind the sweep is, and the oldest letter nobody has settled.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;

use redress_web::Problem;

use crate::Intake;

/// How the service is.
#[derive(Debug, Serialize)]
pub(crate) struct Health {
    status: &'static str,
    version: &'static str,
    now: DateTime<Utc>,
    /// How long the first thing due has been waiting, in seconds.
    sweep_lag_s: i64,
    /// How long the oldest unsettled letter has been waiting, in seconds.
    oldest_unsettled_letter_s: i64,
}

/// Two sweeps missed are worth a telephone call.
const LAG_MAX_S: i64 = 660;

pub(crate) async fn health(State(intake): State<Intake>) -> Result<Json<Health>, Problem> {
    let vitals = intake.office.vitals().await.map_err(|error| {
        tracing::error!(%error, "the due index cannot be read");
        Problem::ours()
    })?;
    let behind = vitals.sweep_lag_s > LAG_MAX_S || vitals.oldest_unsettled_letter_s > LAG_MAX_S;
    Ok(Json(Health {
        status: if behind { "behind" } else { "ok" },
        version: env!("CARGO_PKG_VERSION"),
        now: vitals.now,
        sweep_lag_s: vitals.sweep_lag_s,
        oldest_unsettled_letter_s: vitals.oldest_unsettled_letter_s,
    }))
}
