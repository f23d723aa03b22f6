//! A plain HTTP client, as a program of somebody else would be.

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use hyper_util::client::legacy::Client as Http;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

/// A client with headers of its own: nobody, a resident, or a member of staff.
#[derive(Clone)]
pub struct Client {
    http: Http<HttpConnector, Body>,
    base: String,
    headers: Vec<(String, String)>,
}

/// What a door answered.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its words.
    pub text: String,
    /// The same, where it is JSON.
    pub json: Value,
}

impl Client {
    /// Nobody in particular.
    pub fn new(base: &str) -> Client {
        Client { http: Http::builder(TokioExecutor::new()).build_http(), base: base.to_owned(), headers: Vec::new() }
    }

    /// The same, with one more header.
    pub fn with(&self, name: &str, value: &str) -> Client {
        let mut other = self.clone();
        other.headers.push((name.to_owned(), value.to_owned()));
        other
    }

    /// The same person at another door.
    #[must_use]
    pub fn at(&self, other: &Client) -> Client {
        Client { base: other.base.clone(), ..self.clone() }
    }

    /// Reads an address.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, "", String::new()).await
    }

    /// Sends JSON.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, "application/json", body.to_string()).await
    }

    /// Sends a form, as a page does.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        self.send(Method::POST, path, "application/x-www-form-urlencoded", pairs.join("&")).await
    }

    /// Sends anything.
    pub async fn send(&self, method: Method, path: &str, kind: &str, body: String) -> Answer {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        let mut request = Request::builder().method(method).uri(url);
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(body)).expect("a request can be built");
        let (parts, body) = self.http.request(request).await.expect("the service answers").into_parts();
        let bytes = body.collect().await.expect("the answer is whole").to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or_default();
        Answer { status: parts.status, headers: parts.headers, text, json }
    }
}

impl Answer {
    /// The answer, which must have this status.
    #[track_caller]
    pub fn is(self, status: u16) -> Answer {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// The answer, which must be a success.
    #[track_caller]
    pub fn good(self) -> Answer {
        assert!(self.status.is_success() || self.status.is_redirection(), "{}: {}", self.status, self.text);
        self
    }

    /// The names of the fields that could not be taken.
    pub fn bad_fields(&self) -> Vec<&str> {
        let errors = self.json["errors"].as_array();
        errors.into_iter().flatten().filter_map(|error| error["field"].as_str()).collect()
    }

    /// A deadline of a case.
    pub fn deadline(&self, rule: &str) -> &Value {
        let deadlines = self.json["deadlines"].as_array();
        deadlines.into_iter().flatten().find(|deadline| deadline["rule"] == rule).unwrap_or(&Value::Null)
    }

    /// The value of a hidden field of a page.
    #[track_caller]
    pub fn hidden(&self, name: &str) -> String {
        let at = self.text.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name}: {}", self.text));
        let value = self.text[at..].split("value=\"").nth(1).and_then(|rest| rest.split('"').next());
        value.unwrap_or_default().to_owned()
    }

    /// Where it sends the browser.
    pub fn location(&self) -> &str {
        self.headers.get("location").and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// Serves a router until the test ends.
pub async fn serve(listener: tokio::net::TcpListener, router: axum::Router) {
    // When the listener goes, so does the test.
    let _ended = axum::serve(listener, router).await;
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
