//! Where the functions' clients find what stands in for AWS, and who may use it.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use serde_json::Value;

use crate::bus::{self, Bus};
use crate::permissions::gate::Refused;
use crate::permissions::{Ask, Gate, services};
use crate::ses::{self, Mailbox};

/// Neither service takes a larger request.
const BODY_MAX: usize = 40 * 1024 * 1024;

/// The addresses of the wires.
#[derive(Clone, Debug)]
pub(crate) struct Wires {
    /// DynamoDB.
    pub(crate) database: String,
    /// SES and EventBridge.
    pub(crate) services: String,
    /// S3, and what its buckets are called: of files, and of heads.
    pub(crate) files: (String, String, String),
    /// The set that letters are sent with.
    pub(crate) configuration_set: String,
}

/// SES and EventBridge on one port: their paths do not meet. Each request must pass the gate.
pub fn router(mailbox: Arc<Mailbox>, bus: Arc<Bus>, gate: Gate) -> Router {
    let mail = ses::router(mailbox).layer(from_fn_with_state(gate.clone(), may_send));
    mail.merge(bus::router(bus).layer(from_fn_with_state(gate, may_tell)))
}

async fn may_send(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let asks = |gate: &Gate, body: &Value| services::to_send(gate.permissions(), body);
    match passed(&gate, request, asks).await {
        Ok(request) => next.run(request).await,
        Err((kind, message)) => ses::error(StatusCode::FORBIDDEN, kind, &message),
    }
}

async fn may_tell(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let asks = |gate: &Gate, body: &Value| services::to_tell(gate.permissions(), body);
    match passed(&gate, request, asks).await {
        Ok(request) => next.run(request).await,
        Err((kind, message)) => bus::refuse(kind, &message),
    }
}

/// The request again, when the gate lets it through; otherwise the code and the words of the refusal.
async fn passed(
    gate: &Gate,
    request: Request,
    asks: impl Fn(&Gate, &Value) -> Vec<Ask>,
) -> Result<Request, (&'static str, String)> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, BODY_MAX).await.map_err(|error| ("SerializationException", error.to_string()))?;
    // What is no JSON asks for nothing, and the service itself says so.
    let read: Value = serde_json::from_slice(&body).unwrap_or_default();
    gate.permit(&parts.headers, &asks(gate, &read)).map_err(|refused| match refused {
        Refused::Unknown => ("UnrecognizedClientException", "The security token is invalid.".to_owned()),
        Refused::Denied(why) => ("AccessDeniedException", why),
    })?;
    Ok(Request::from_parts(parts, Body::from(body)))
}
