//! The form that a browser sends a file with, read out of a page and posted as a browser posts it.

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use hyper_util::client::legacy::Client as Http;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

use crate::Answer;

/// What stands before the file input of such a form.
const MULTIPART: &str = "enctype=\"multipart/form-data\"";

/// A form of a page, with what is hidden in it.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Where it goes.
    pub url: String,
    /// What is hidden in it: names and values.
    pub fields: Vec<(String, String)>,
}

impl Upload {
    /// The form of a page that goes to the store.
    #[track_caller]
    pub fn of(page: &str) -> Upload {
        let (before, inside) = page.split_once(MULTIPART).unwrap_or_else(|| panic!("no form for a file: {page}"));
        let form = before.rsplit("<form").next().unwrap_or_default();
        let inside = inside.split("</form>").next().unwrap_or_default();
        let hidden = inside.split("<input type=\"hidden\" name=\"").skip(1).filter_map(|input| {
            let (name, rest) = input.split_once('"')?;
            Some((name.to_owned(), attribute(rest, "value")))
        });
        Upload { url: attribute(form, "action"), fields: hidden.collect() }
    }

    /// The same with another value in a field, or with one more field.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Upload {
        match self.fields.iter_mut().find(|(field, _)| field == name) {
            Some(field) => field.1 = value.to_owned(),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// The value of a field.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// Posts it with a file: the fields in their order, and the file last.
    pub async fn post(&self, name: &str, content: &[u8]) -> Answer {
        let part = |(field, value): &(String, String)| {
            format!("--b0undary\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n")
        };
        let mut body = self.fields.iter().map(part).collect::<String>().into_bytes();
        let head = format!(
            "--b0undary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/pdf\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--b0undary--\r\n");
        let request = Request::post(&self.url).header("content-type", "multipart/form-data; boundary=b0undary");
        sent(request.body(Body::from(body)).expect("a request can be built")).await
    }
}

/// The value of an attribute, read as a browser reads it.
fn attribute(tag: &str, name: &str) -> String {
    let rest = tag.split(&format!("{name}=\"")).nth(1).unwrap_or_default();
    plain(rest.split('"').next().unwrap_or_default())
}

async fn sent(request: Request<Body>) -> Answer {
    let http: Http<_, Body> = Http::builder(TokioExecutor::new()).build_http();
    let (parts, body) = http.request(request).await.expect("the store answers").into_parts();
    let bytes = body.collect().await.expect("the answer is whole").to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status: parts.status, headers: parts.headers, text, json: Value::Null }
}

fn plain(text: &str) -> String {
    text.replace("&#x2f;", "/")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
