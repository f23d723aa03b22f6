//! A wire between the functions and the database that asks what each request costs, and keeps count.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH};
use axum::response::Response;
use http_body_util::BodyExt as _;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use redress_local::permissions::caller::key_id;
use serde_json::Value;

/// What was asked for, and what it cost: metered by dynoxide, after captures from a real Region.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cost {
    /// Units read.
    pub read: f64,
    /// Units written.
    pub written: f64,
    /// Requests by operation.
    pub requests: BTreeMap<String, usize>,
    /// Units read and written by each function, and `search`: the rows that a case is found by, whoever wrote them.
    pub parts: BTreeMap<String, [f64; 2]>,
}

/// The wire.
#[derive(Clone)]
pub struct Meter {
    endpoint: String,
    http: Client<HttpConnector, Body>,
    cost: Arc<Mutex<Cost>>,
}

impl Meter {
    /// A wire in front of a database; with the address it is met at.
    pub async fn at(endpoint: &str) -> (Meter, String) {
        let http = Client::builder(TokioExecutor::new()).build_http();
        let meter = Meter { endpoint: endpoint.to_owned(), http, cost: Arc::default() };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(pass).with_state(meter.clone());
        tokio::spawn(crate::client::serve(listener, router));
        (meter, address)
    }

    /// What was asked for since the last time somebody looked.
    pub fn taken(&self) -> Cost {
        std::mem::take(&mut *self.cost.lock().expect("nobody else holds the count"))
    }
}

async fn pass(State(meter): State<Meter>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let bytes = body.collect().await.expect("the request is whole").to_bytes();
    let mut asked: Value = serde_json::from_slice(&bytes).expect("a request in JSON");
    asked["ReturnConsumedCapacity"] = "TOTAL".into();
    let operation = parts.headers["x-amz-target"].to_str().expect("a name").rsplit('.').next().expect("one").to_owned();
    let part = part(&parts.headers, &bytes);
    parts.headers.remove(CONTENT_LENGTH);
    parts.uri = format!("{}/", meter.endpoint).parse().expect("an address");
    let answer = meter.http.request(Request::from_parts(parts, Body::from(asked.to_string()))).await;
    let (parts, body) = answer.expect("the database answers").into_parts();
    let bytes = body.collect().await.expect("the answer is whole").to_bytes();
    let told: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    meter.count(part, operation, &told["ConsumedCapacity"]);
    Response::from_parts(parts, Body::from(bytes))
}

/// Whose request it is, by the key id it is signed with; `search` where it is about the rows of the search.
fn part(headers: &HeaderMap, body: &[u8]) -> String {
    if body.windows(3).any(|found| found == b"\"W#") {
        return "search".to_owned();
    }
    let signed = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let id = signed.split("Credential=").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    id.trim_start_matches(key_id("").as_str()).to_lowercase()
}

impl Meter {
    fn count(&self, part: String, operation: String, consumed: &Value) {
        let one = std::slice::from_ref(consumed);
        let tables = consumed.as_array().map_or(one, Vec::as_slice);
        let units: f64 = tables.iter().filter_map(|table| table["CapacityUnits"].as_f64()).sum();
        let mut cost = self.cost.lock().expect("nobody else holds the count");
        let of_part = cost.parts.entry(part).or_default();
        match operation.as_str() {
            "GetItem" | "BatchGetItem" | "Query" | "Scan" | "TransactGetItems" => {
                of_part[0] += units;
                cost.read += units;
            }
            _ => {
                of_part[1] += units;
                cost.written += units;
            }
        }
        *cost.requests.entry(operation).or_default() += 1;
    }
}
