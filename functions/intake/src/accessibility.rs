//! The accessibility statement: what works, what was tried and how, and what to do when something does not.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::visit::Visit;

pub(crate) async fn show(visit: Visit) -> Response {
    visit.page(StatusCode::OK, "resident/accessibility.html", json!({}))
}
