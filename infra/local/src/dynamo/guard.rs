//! What stands in front of dynoxide, which has no IAM: each request is allowed by the template, or goes no further.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{Request, StatusCode, Uri, header, request::Parts};
use axum::response::{IntoResponse, Response};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

use crate::permissions::gate::Refused;
use crate::permissions::{Gate, tables::Tables};

/// DynamoDB's own limit on a body.
const BODY_MAX: usize = 16 * 1024 * 1024;

const PREFIX: &str = "DynamoDB_20120810.";

/// The way to the database, for those who may.
#[derive(Clone)]
struct Guard {
    gate: Gate,
    tables: Tables,
    http: Client<HttpConnector, Body>,
    database: String,
}

/// The door of the database that stands at this address.
pub(super) fn router(gate: Gate, tables: Tables, database: String) -> Router {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    let http = Client::builder(TokioExecutor::new()).build(connector);
    let guard = Guard { gate, tables, http, database };
    Router::new().fallback(answer).layer(DefaultBodyLimit::max(BODY_MAX)).with_state(guard)
}

async fn answer(State(guard): State<Guard>, parts: Parts, body: Bytes) -> Response {
    match guard.permit(&parts, &body) {
        Ok(()) => guard.pass(parts, body).await,
        Err(refused) => *refused,
    }
}

impl Guard {
    fn permit(&self, parts: &Parts, body: &Bytes) -> Result<(), Box<Response>> {
        let target = parts.headers.get("x-amz-target").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let operation = target.strip_prefix(PREFIX).unwrap_or_default();
        let read = || {
            let body: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
            self.tables.asks(operation, &body)
        };
        let asks = read().map_err(|why| refuse("ValidationException", &why))?;
        self.gate.permit(&parts.headers, &asks).map_err(|refused| match refused {
            Refused::Unknown => {
                refuse("UnrecognizedClientException", "The security token included in the request is invalid.")
            }
            Refused::Denied(why) => refuse("AccessDeniedException", &why),
        })
    }

    async fn pass(&self, parts: Parts, body: Bytes) -> Response {
        let mut request = Request::new(Body::from(body));
        let Ok(uri) = self.database.parse::<Uri>() else { return lost() };
        *request.method_mut() = parts.method;
        *request.uri_mut() = uri;
        *request.headers_mut() = parts.headers;
        match self.http.request(request).await {
            Ok(answer) => answer.map(Body::new).into_response(),
            Err(error) => {
                tracing::error!(%error, "the embedded database does not answer");
                lost()
            }
        }
    }
}

fn lost() -> Response {
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

/// As DynamoDB says no.
fn refuse(kind: &str, message: &str) -> Box<Response> {
    let body = json!({ "__type": format!("com.amazon.coral.service#{kind}"), "message": message }).to_string();
    Box::new((StatusCode::BAD_REQUEST, [(header::CONTENT_TYPE, "application/x-amz-json-1.0")], body).into_response())
}
