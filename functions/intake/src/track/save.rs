//! A record of what was received and promised, as a plain text to keep.

use axum::extract::Path;
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use redress_web::Problem;

use super::page::{known, tracked};
use super::{Asked, ask};
use crate::visit::Visit;

pub(crate) async fn show(visit: Visit, Path((_, reference)): Path<(String, String)>, uri: Uri) -> Response {
    let asked = Asked::of(&uri);
    let case = match tracked(&visit, &reference, &asked.key).await {
        Ok(case) => case,
        Err(problem) => return ask::refused(&visit, &reference, &asked.key, &problem),
    };
    let base = &visit.intake.office.settings.base_url;
    let url = format!("{base}/{}/track/{}?key={}", visit.council(), case.reference, asked.key);
    let name = format!("attachment; filename=\"{}.txt\"", case.reference);
    let Some(text) = visit.text("resident/save.txt", known(&visit, &case, &asked.key, json!({"url": url}))) else {
        return visit.problem(&Problem::ours());
    };
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}
