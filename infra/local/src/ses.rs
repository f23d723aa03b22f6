//! SES on the laptop: the wire its SDK speaks, and a mailbox behind it.

mod event;
mod mailbox;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::post;
use serde::Deserialize;
use serde_json::json;

pub use event::{EventKind, ses_event};
pub use mailbox::{Failure, Mail, Mailbox};

/// How long a send that is to time out is held: longer than any client waits.
const SILENCE: Duration = Duration::from_secs(60);
/// SES's own limit on a tag.
const TAG_CHARS_MAX: usize = 256;

/// The one operation of SES that Redress uses, answering into the mailbox.
pub fn router(mailbox: Arc<Mailbox>) -> Router {
    Router::new().route("/v2/email/outbound-emails", post(send)).with_state(mailbox)
}

/// A `SendEmail` request with `Simple` content.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SendEmail {
    from_email_address: String,
    destination: Destination,
    #[serde(default)]
    reply_to_addresses: Vec<String>,
    content: Content,
    #[serde(default)]
    email_tags: Vec<NameValue>,
    configuration_set_name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Destination {
    #[serde(default)]
    to_addresses: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Content {
    simple: Simple,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Simple {
    subject: Data,
    body: Body,
    #[serde(default)]
    headers: Vec<NameValue>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Body {
    text: Option<Data>,
    html: Option<Data>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Data {
    data: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NameValue {
    name: String,
    value: String,
}

async fn send(State(mailbox): State<Arc<Mailbox>>, body: Bytes) -> Response {
    let mail = match serde_json::from_slice::<SendEmail>(&body) {
        Ok(request) => request,
        Err(error) => return refuse("BadRequestException", &error.to_string()),
    };
    if let Some(why) = mail.refused() {
        return refuse("BadRequestException", why);
    }
    match mailbox.next_failure() {
        None => accept(&mailbox, mail, true),
        Some(Failure::DropAfterAccept) => accept(&mailbox, mail, false),
        Some(Failure::Reject) => refuse("MessageRejected", "Email address is not verified."),
        Some(Failure::Throttle) => {
            error(StatusCode::TOO_MANY_REQUESTS, "TooManyRequestsException", "Maximum sending rate exceeded.")
        }
        Some(Failure::Timeout) => {
            tokio::time::sleep(SILENCE).await;
            error(StatusCode::GATEWAY_TIMEOUT, "TimeoutException", "No answer.")
        }
    }
}

/// Keeps the mail, and says so or does not.
fn accept(mailbox: &Mailbox, request: SendEmail, answer: bool) -> Response {
    match mailbox.accept(request.into_mail(mailbox)) {
        Ok(message_id) if answer => Json(json!({ "MessageId": message_id })).into_response(),
        Ok(_) => failed("The connection was lost after the message was accepted."),
        Err(error) => failed(&error.to_string()),
    }
}

impl SendEmail {
    /// What SES itself would not take.
    fn refused(&self) -> Option<&'static str> {
        let tag_char = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let tag_text = |text: &str| !text.is_empty() && text.len() <= TAG_CHARS_MAX && text.chars().all(tag_char);
        if !self.email_tags.iter().all(|tag| tag_text(&tag.name) && tag_text(&tag.value)) {
            return Some("Invalid tag: letters, digits, underscore and dash only.");
        }
        let to = &self.destination.to_addresses;
        if to.is_empty() || !to.iter().all(|address| address.contains('@')) {
            return Some("Missing or illegal destination address.");
        }
        None
    }

    fn into_mail(self, mailbox: &Mailbox) -> Mail {
        let map = |pairs: Vec<NameValue>| pairs.into_iter().map(|pair| (pair.name, pair.value)).collect();
        let content = self.content.simple;
        let text = |part: Option<Data>| part.map(|part| part.data).unwrap_or_default();
        let mail = Mail {
            from: self.from_email_address,
            to: self.destination.to_addresses.join(", "),
            reply_to: self.reply_to_addresses,
            subject: content.subject.data,
            text: text(content.body.text),
            html: text(content.body.html),
            headers: map(content.headers),
            tags: map(self.email_tags),
            configuration_set: self.configuration_set_name,
            ..Mail::default()
        };
        mail.accepted(mailbox.now())
    }
}

fn refuse(kind: &'static str, message: &str) -> Response {
    error(StatusCode::BAD_REQUEST, kind, message)
}

fn failed(message: &str) -> Response {
    error(StatusCode::INTERNAL_SERVER_ERROR, "InternalServiceError", message)
}

/// As SES says no.
pub(crate) fn error(status: StatusCode, kind: &'static str, message: &str) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert("x-amzn-errortype", HeaderValue::from_static(kind));
    (status, headers, Json(json!({ "message": message }))).into_response()
}

#[cfg(test)]
mod tests;
