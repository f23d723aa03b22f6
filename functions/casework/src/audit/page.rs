//! `GET /api/{council}/audit`, its page, and the same as CSV.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use redress_web::{Identity, Problem};

use super::asked::Asked;
use super::{Audited, Line};
use crate::Casework;

pub(crate) async fn api(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    Query(asked): Query<Asked>,
    identity: Identity,
) -> Result<Json<Audited>, Problem> {
    Ok(Json(casework.audited(&council, &asked, &identity).await?))
}

pub(crate) async fn page(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    Query(asked): Query<Asked>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let identity = identity?;
        let (audited, errors) = match casework.audited(&council, &asked, &identity).await {
            Ok(audited) => (Some(audited), Vec::new()),
            Err(problem) if problem.status() == StatusCode::UNPROCESSABLE_ENTITY => (None, problem.errors),
            Err(problem) => return Err(problem),
        };
        let rules = casework.office.present(&council)?;
        let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let context = json!({
            "id": council,
            "council": rules.policy.council,
            "me": casework.me(&identity),
            "asked": asked,
            "audited": audited,
            "errors": errors,
        });
        Ok((status, context))
    };
    match made.await {
        Ok((status, context)) => casework.pages.with_status(status, "staff/audit.html", context),
        Err(problem) => casework.pages.problem(&problem),
    }
}

/// What the page shows, for a spreadsheet.
pub(crate) async fn csv(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    Query(asked): Query<Asked>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async { casework.audited(&council, &asked, &identity?).await };
    match made.await {
        Err(problem) => casework.pages.problem(&problem),
        Ok(audited) => {
            let rows: String = audited.lines.iter().map(row).collect();
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
                (header::CACHE_CONTROL, "no-store"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ];
            (headers, format!("at,who,id,role,what,of,case,lines shown,entry\r\n{rows}")).into_response()
        }
    }
}

fn row(line: &Line) -> String {
    let number = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
    let some = |text: &Option<String>| text.clone().unwrap_or_default();
    let cells = [
        line.at.to_rfc3339(),
        some(&line.name),
        some(&line.actor),
        line.role.clone(),
        line.what.clone(),
        some(&line.of),
        some(&line.reference),
        number(line.shown),
        number(line.entry.and_then(|entry| usize::try_from(entry).ok())),
    ];
    crate::csv::row(&cells)
}
