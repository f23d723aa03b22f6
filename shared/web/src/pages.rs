//! Pages, from templates, with the headers a page must have.

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use include_dir::{Dir, include_dir};
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value};
use serde::Serialize;

use crate::Problem;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets");

/// What a page may load: its own stylesheet, and nothing from anywhere else.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The compiled templates.
#[derive(Clone, Debug)]
pub struct Pages {
    templates: Arc<Environment<'static>>,
}

/// A template that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{0:#}")]
pub struct PageError(#[from] minijinja::Error);

impl Pages {
    /// Compiles them all, so that a broken one is found at once.
    ///
    /// # Errors
    /// The first that is broken.
    pub fn new() -> Result<Pages, PageError> {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        templates.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
        templates.add_filter("day", |date: String| -> String {
            date.parse().map_or(date, redress_domain::calendar::long_date)
        });
        templates.add_filter("words", |name: String| name.replace('-', " "));
        templates.add_filter("time", |at: String| -> String {
            at.parse().map_or(at, |at: chrono::DateTime<chrono::Utc>| london(at))
        });
        for file in TEMPLATES.files() {
            let name = file.path().to_str().unwrap_or_default();
            templates.add_template(name, file.contents_utf8().unwrap_or_default())?;
        }
        Ok(Pages { templates: Arc::new(templates) })
    }

    /// A page.
    pub fn page<C: Serialize>(&self, name: &str, context: C) -> Response {
        self.with_status(StatusCode::OK, name, context)
    }

    /// A page that says something went wrong.
    pub fn problem(&self, problem: &Problem) -> Response {
        self.with_status(problem.status(), "problem.html", serde_json::json!({"problem": problem}))
    }

    /// A page with a status of its own.
    pub fn with_status<C: Serialize>(&self, status: StatusCode, name: &str, context: C) -> Response {
        let rendered =
            self.templates.get_template(name).and_then(|template| template.render(Value::from(Serde(&context))));
        match rendered {
            Ok(html) => with_headers((status, Html(html)).into_response()),
            Err(error) => {
                tracing::error!(name, kind = ?error.kind(), line = error.line(), "a page could not be made");
                Problem::ours().into_response()
            }
        }
    }
}

fn london(at: chrono::DateTime<chrono::Utc>) -> String {
    let local = redress_domain::calendar::local_time(at);
    format!("{} at {}", redress_domain::calendar::long_date(local.date()), local.format("%H:%M"))
}

fn with_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// A file of the pages.
pub fn asset(name: &str) -> Response {
    let Some(file) = ASSETS.get_file(name) else { return Problem::not_found("There is no such file.").into_response() };
    let kind = match file.path().extension().and_then(|extension| extension.to_str()) {
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let mut response = file.contents().to_vec().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}
