//! What went wrong, as RFC 9457 writes it: said once, for people and programs.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use redress_domain::refusal::{FieldError, Refusal};
use redress_office::OfficeError;

/// An error, told.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// What kind: a name under `/problems/`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened, for the person who asked.
    pub detail: String,
    /// Every field that cannot be taken, at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// What may be done instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed: Option<Vec<&'static str>>,
    /// The version of the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The heading or paragraph a refusal comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cites: Option<String>,
}

/// One field that cannot be taken.
pub type FieldProblem = FieldError;

impl Problem {
    /// A problem of a kind.
    pub fn new(status: StatusCode, kind: &str, title: &str, detail: impl Into<String>) -> Problem {
        Problem {
            kind: format!("/problems/{kind}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            errors: Vec::new(),
            allowed: None,
            version: None,
            cites: None,
        }
    }

    /// What was sent cannot be read at all.
    pub fn not_readable(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "not-readable", "The request cannot be read", detail)
    }

    /// Fields that cannot be taken.
    pub fn fields(errors: Vec<FieldError>) -> Problem {
        let detail = match errors.len() {
            1 => "One field cannot be taken. Nothing was changed.".to_owned(),
            n => format!("{n} fields cannot be taken. Nothing was changed."),
        };
        Problem { errors, ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "fields", "There is a problem", detail) }
    }

    /// Nobody is signed in, or the token does not hold.
    pub fn unauthorised(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "not-signed-in", "Sign in first", detail)
    }

    /// Signed in, and still not allowed.
    pub fn forbidden(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::FORBIDDEN, "not-yours", "You may not do this", detail)
    }

    /// Nothing is there.
    pub fn not_found(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not-found", "Not found", detail)
    }

    /// Somebody else's service that this one needs does not answer.
    pub fn away(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "away", "Not available at the moment", detail)
    }

    /// Something is wrong here, not with what was sent. What exactly is in the log.
    pub fn ours() -> Problem {
        let detail = "Something went wrong on our side, and nothing was changed. Try again in a few minutes.";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "ours", "Something went wrong", detail)
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<OfficeError> for Problem {
    fn from(error: OfficeError) -> Problem {
        match error {
            OfficeError::NoCouncil(_) | OfficeError::NoCase | OfficeError::NoFile => {
                Problem::not_found(capital(&error.to_string()))
            }
            OfficeError::Refused { refusal, version, allowed } => refused(refusal, version, allowed),
            OfficeError::Stale { version } => Problem {
                version: Some(version),
                ..Problem::new(
                    StatusCode::PRECONDITION_FAILED,
                    "moved-on",
                    "The case has moved on",
                    format!(
                        "Somebody changed the case after you saw it. It is at version {version} now; nothing was changed."
                    ),
                )
            },
            OfficeError::OtherBody => Problem::fields(vec![FieldError {
                field: "Idempotency-Key".to_owned(),
                message: "was used for another request already".to_owned(),
            }]),
            OfficeError::Busy => Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "The case is busy",
                "Many people are changing this case at once. Nothing was changed: try again.",
            ),
            OfficeError::Store(_) | OfficeError::Letter(_) | OfficeError::Files(_) => {
                tracing::error!(%error, "a request failed on our side");
                Problem::ours()
            }
        }
    }
}

fn refused(refusal: Refusal, version: u32, allowed: Vec<&'static str>) -> Problem {
    match refusal {
        Refusal::Fields(errors) => Problem::fields(errors),
        Refusal::Forbidden { why } => {
            Problem { allowed: Some(allowed), version: Some(version), ..Problem::forbidden(why) }
        }
        Refusal::NotAllowed { why, cites } => Problem {
            allowed: Some(allowed),
            version: Some(version),
            cites: Some(cites),
            ..Problem::new(StatusCode::CONFLICT, "not-allowed-now", "Not allowed now", why)
        },
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
