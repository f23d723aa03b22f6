#![doc = include_str!("../README.md")]
#![allow(clippy::expect_used, reason = "a test that cannot go on says why")]

use http::{HeaderMap, Request, StatusCode};
use openidconnect::AsyncHttpClient as _;
use redress_web::Fetch;
use serde_json::Value;

/// A deployed service, as `tests/aws/run` names it.
pub struct Service {
    /// One of its councils.
    pub council: String,
    /// Who reads the case as staff, if anybody does.
    pub token: Option<String>,
    /// Where the letter goes.
    pub email: String,
    url: String,
    fetch: Fetch,
}

/// What it answered.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as text.
    pub text: String,
    /// The body, where it is JSON.
    pub json: Value,
}

impl Service {
    /// From the environment.
    pub fn named() -> Service {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let needed = |name: &str| variable(name).expect("tests/aws/run sets what these tests need");
        Service {
            council: needed("REDRESS_AWS_COUNCIL"),
            token: variable("REDRESS_AWS_TOKEN"),
            email: variable("REDRESS_AWS_EMAIL").unwrap_or_else(|| "success@simulator.amazonses.com".to_owned()),
            url: needed("REDRESS_AWS_URL"),
            fetch: Fetch::new().expect("this machine has certificates"),
        }
    }

    /// Reads a page or an answer.
    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers, Vec::new()).await
    }

    /// Sends JSON.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let headers = [headers, &[("content-type", "application/json")]].concat();
        self.send("POST", path, &headers, body.to_string().into_bytes()).await
    }

    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self.fetch.call(request.body(body).expect("a request can be built")).await;
        let (parts, body) = answer.expect("the service answers").into_parts();
        let text = String::from_utf8_lossy(&body).into_owned();
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

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
