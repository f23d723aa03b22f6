//! `GET /api/{council}/cases/{reference}`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};

use redress_office::view::CaseView;
use redress_web::{Identity, Problem};

use crate::Casework;

pub(crate) async fn read(
    State(casework): State<Casework>,
    Path((council, reference)): Path<(String, String)>,
    identity: Identity,
) -> Result<Response, Problem> {
    let view = casework.case(&council, &reference, &identity).await?;
    let version = HeaderValue::from_str(&format!("\"{}\"", view.version)).unwrap_or(HeaderValue::from_static("\"0\""));
    Ok(([("etag", version)], Json(view)).into_response())
}

impl Casework {
    /// A case, read by somebody who may, and written down as read.
    pub(crate) async fn case(&self, council: &str, reference: &str, identity: &Identity) -> Result<CaseView, Problem> {
        let key = self.reads(council, reference, identity, "read").await?;
        let by = identity.actor();
        let mut view = self.office.view(&key, &by).await?;
        let before = self.office.before(&view, &by).await?;
        (view.earlier, view.earlier_hidden) = (Some(before.earlier), Some(before.hidden));
        Ok(view)
    }
}
