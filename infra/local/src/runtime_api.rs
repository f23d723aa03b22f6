//! Lambda's Runtime API, so that the built binaries themselves can be driven.
//!
//! `AWS_LAMBDA_RUNTIME_API` takes a path after the port: one server serves
//! every function, each under its own name.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use redress_platform::Clock;
use serde_json::Value;
use tokio::sync::{Mutex as AsyncMutex, mpsc, oneshot};
use tokio::task::JoinHandle;
use uuid::Uuid;

/// Invocations that wait for one function; further callers wait their turn.
const WAITING_MAX: usize = 1_000;

/// A Runtime API on a port of its own.
pub struct RuntimeApi {
    port: u16,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    functions: Mutex<HashMap<String, Arc<Function>>>,
    answers: Mutex<HashMap<String, oneshot::Sender<Result<Value, String>>>>,
}

struct Function {
    sender: mpsc::Sender<Invocation>,
    receiver: AsyncMutex<mpsc::Receiver<Invocation>>,
}

struct Invocation {
    id: String,
    deadline: DateTime<Utc>,
    event: Value,
}

impl RuntimeApi {
    /// Starts the server. It ends when this is dropped.
    pub async fn start() -> std::io::Result<RuntimeApi> {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let shared = Arc::new(Shared::default());
        let router = router(shared.clone());
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the Runtime API stopped");
            }
        });
        Ok(RuntimeApi { port, shared, server })
    }

    /// What a function's `AWS_LAMBDA_RUNTIME_API` says.
    pub fn address(&self, function: &str) -> String {
        format!("127.0.0.1:{}/{function}", self.port)
    }

    /// Gives a function an event and waits for its answer, or for the error it
    /// reports. A function that has not started yet gets it when it has.
    pub async fn invoke(&self, function: &str, event: Value, timeout: Duration) -> Result<Value, String> {
        let id = Uuid::new_v4().to_string();
        let (answer, answered) = oneshot::channel();
        lock(&self.shared.answers).insert(id.clone(), answer);
        let invocation = Invocation { id: id.clone(), deadline: Clock::real().now() + timeout, event };
        let sender = self.shared.function(function).sender.clone();
        let asked = async {
            sender.send(invocation).await.map_err(|error| error.to_string())?;
            answered.await.map_err(|error| error.to_string())?
        };
        let outcome = tokio::time::timeout(timeout, asked).await;
        lock(&self.shared.answers).remove(&id);
        outcome.unwrap_or_else(|_| Err(format!("{function} timed out after {timeout:?}")))
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Shared {
    fn function(&self, name: &str) -> Arc<Function> {
        let mut functions = lock(&self.functions);
        let function = functions.entry(name.to_owned()).or_insert_with(|| {
            let (sender, receiver) = mpsc::channel(WAITING_MAX);
            Arc::new(Function { sender, receiver: AsyncMutex::new(receiver) })
        });
        function.clone()
    }

    /// Hands an answer to whoever waits for it; false when nobody does any more.
    fn settle(&self, id: &str, answer: Result<Value, String>) -> bool {
        let waiting = lock(&self.answers).remove(id);
        waiting.is_some_and(|waiting| waiting.send(answer).is_ok())
    }

    fn is_waited_for(&self, id: &str) -> bool {
        lock(&self.answers).contains_key(id)
    }
}

fn router(shared: Arc<Shared>) -> Router {
    let base = "/{function}/2018-06-01/runtime";
    Router::new()
        .route(&format!("{base}/invocation/next"), get(next))
        .route(&format!("{base}/invocation/{{id}}/response"), post(response))
        .route(&format!("{base}/invocation/{{id}}/error"), post(error))
        .route(&format!("{base}/init/error"), post(init_error))
        .layer(axum::extract::DefaultBodyLimit::max(8 * 1024 * 1024))
        .with_state(shared)
}

/// The next event, whenever there is one: the function's poll waits here.
async fn next(State(shared): State<Arc<Shared>>, Path(name): Path<String>) -> Response {
    let function = shared.function(&name);
    let mut receiver = function.receiver.lock().await;
    loop {
        let Some(invocation) = receiver.recv().await else {
            return StatusCode::GONE.into_response();
        };
        // Nobody waits for one that timed out before the function was free.
        if shared.is_waited_for(&invocation.id) {
            return hand_over(&name, &invocation);
        }
    }
}

fn hand_over(function: &str, invocation: &Invocation) -> Response {
    let deadline = invocation.deadline.timestamp_millis();
    let trace = invocation.id.replace('-', "");
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("lambda-runtime-aws-request-id", invocation.id.clone()),
        ("lambda-runtime-deadline-ms", deadline.to_string()),
        ("lambda-runtime-invoked-function-arn", format!("arn:aws:lambda:eu-west-2:000000000000:function:{function}")),
        ("lambda-runtime-trace-id", format!("Root=1-{};Sampled=0", trace)),
    ];
    (headers, invocation.event.to_string()).into_response()
}

async fn response(State(shared): State<Arc<Shared>>, Path((_, id)): Path<(String, String)>, body: Bytes) -> StatusCode {
    let answer = match body.is_empty() {
        true => Ok(Value::Null),
        false => serde_json::from_slice(&body).map_err(|error| format!("not JSON: {error}")),
    };
    settled(shared.settle(&id, answer))
}

async fn error(State(shared): State<Arc<Shared>>, Path((_, id)): Path<(String, String)>, body: Bytes) -> StatusCode {
    settled(shared.settle(&id, Err(message(&body))))
}

/// A function that could not start: Lambda would start it again.
async fn init_error(Path(function): Path<String>, body: Bytes) -> StatusCode {
    tracing::error!(function, why = message(&body), "the function could not start");
    StatusCode::ACCEPTED
}

fn settled(waited_for: bool) -> StatusCode {
    if waited_for { StatusCode::ACCEPTED } else { StatusCode::BAD_REQUEST }
}

/// What an error report says.
fn message(body: &[u8]) -> String {
    let report: Value = serde_json::from_slice(body).unwrap_or_default();
    match report.get("errorMessage").and_then(Value::as_str) {
        Some(message) => message.to_owned(),
        None => String::from_utf8_lossy(body).into_owned(),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
