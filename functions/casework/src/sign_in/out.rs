//! `POST /staff/sign-out`.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::json;

use redress_web::{Identity, Problem, body, without_session};

use super::{again, unkept};
use crate::Casework;

/// Takes the session away. Whoever has none is signed out already.
pub(crate) async fn leave(
    State(casework): State<Casework>,
    identity: Result<Identity, Problem>,
    headers: HeaderMap,
    sent: Body,
) -> Response {
    match casework.written_out(identity, &headers, sent).await {
        Ok(council) => {
            let begin = council.as_deref().map_or_else(|| redress_web::SIGN_IN.to_owned(), |id| again(id, None));
            let page =
                casework.outside(StatusCode::OK, council.as_deref(), "staff/signed-out.html", json!({"again": begin}));
            without_session(unkept(page))
        }
        Err(problem) => casework.pages.problem(&problem),
    }
}

impl Casework {
    /// The council that somebody leaves, once it is written down that they do.
    async fn written_out(
        &self,
        identity: Result<Identity, Problem>,
        headers: &HeaderMap,
        sent: Body,
    ) -> Result<Option<String>, Problem> {
        let identity = match identity {
            Ok(identity) => identity,
            Err(problem) if problem.status() == StatusCode::UNAUTHORIZED => return Ok(None),
            Err(problem) => return Err(problem),
        };
        identity.sent_this(&body::read(headers, sent).await?)?;
        self.note(&identity, "sign-out", None).await?;
        Ok(Some(identity.council))
    }
}
