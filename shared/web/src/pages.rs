//! Pages, from templates, with the headers a page must have.

mod speech;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use include_dir::{Dir, include_dir};
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value};
use serde::Serialize;

use crate::Problem;
use crate::assets;
use crate::words::{FIRST, Words, WordsError, languages};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// What a page may load: our own styles, script and pictures, and nothing from anywhere else.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The compiled templates, once for each language.
#[derive(Clone, Debug)]
pub struct Pages {
    templates: Arc<BTreeMap<&'static str, Environment<'static>>>,
}

/// Templates or words that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// A template.
    #[error("{0:#}")]
    Template(#[from] minijinja::Error),
    /// A catalogue.
    #[error(transparent)]
    Words(#[from] WordsError),
}

impl Pages {
    /// Compiles them all, so that a broken one is found at once.
    ///
    /// # Errors
    /// The first that is broken.
    pub fn new() -> Result<Pages, PageError> {
        let templates = languages().map(|language| Ok((language, environment(language)?)));
        Ok(Pages { templates: Arc::new(templates.collect::<Result<_, PageError>>()?) })
    }

    /// A page.
    pub fn page<C: Serialize>(&self, name: &str, context: C) -> Response {
        self.with_status(StatusCode::OK, name, context)
    }

    /// A page that says something went wrong.
    pub fn problem(&self, problem: &Problem) -> Response {
        self.with_status(problem.status(), "problem.html", serde_json::json!({"problem": problem}))
    }

    /// The same with a way back to where whoever met it came from.
    pub fn problem_before(&self, problem: &Problem, back: &str) -> Response {
        self.with_status(problem.status(), "problem.html", serde_json::json!({"problem": problem, "back": back}))
    }

    /// A page with a status of its own.
    pub fn with_status<C: Serialize>(&self, status: StatusCode, name: &str, context: C) -> Response {
        self.in_language(FIRST, status, name, context)
    }

    /// A plain text in one of the languages there are; nothing when it could not be made, and the log says why.
    pub fn text<C: Serialize>(&self, language: &str, name: &str, context: C) -> Option<String> {
        match self.rendered(language, name, context) {
            Ok(text) => Some(text),
            Err(error) => {
                tracing::error!(name, kind = ?error.kind(), line = error.line(), "a text could not be made");
                None
            }
        }
    }

    fn rendered<C: Serialize>(&self, language: &str, name: &str, context: C) -> Result<String, minijinja::Error> {
        let templates = self.templates.get(language).or_else(|| self.templates.get(FIRST));
        templates
            .ok_or_else(|| minijinja::Error::from(minijinja::ErrorKind::TemplateNotFound))
            .and_then(|templates| templates.get_template(name)?.render(Value::from(Serde(&context))))
    }

    /// A page in one of the languages there are.
    pub fn in_language<C: Serialize>(&self, language: &str, status: StatusCode, name: &str, context: C) -> Response {
        match self.rendered(language, name, context) {
            Ok(html) => with_headers((status, Html(html)).into_response()),
            Err(error) => {
                tracing::error!(name, kind = ?error.kind(), line = error.line(), "a page could not be made");
                Problem::ours().into_response()
            }
        }
    }
}

fn environment(language: &'static str) -> Result<Environment<'static>, PageError> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    templates.set_auto_escape_callback(|name| match name.ends_with(".txt") {
        true => minijinja::AutoEscape::None,
        false => minijinja::AutoEscape::Html,
    });
    templates.add_filter("words", |name: String| name.replace('-', " "));
    templates.add_filter("field", |name: String| crate::step::said(&name));
    templates.add_filter("plainly", |text: String| crate::step::plainly(&text));
    templates.add_filter("boxed", |given: minijinja::Value| crate::boxes::boxed(&given));
    // Read here too, so that a catalogue that is broken is found at once.
    Words::of(language)?;
    speech::teach(&mut templates, language);
    templates.add_global("lang", language);
    templates.add_global("assets", format!("/assets/{}", assets::version()));
    add(&mut templates, &TEMPLATES)?;
    Ok(templates)
}

/// Every template, by its path.
fn add(templates: &mut Environment<'static>, folder: &'static Dir<'static>) -> Result<(), minijinja::Error> {
    for file in folder.files() {
        let name = file.path().to_str().unwrap_or_default();
        templates.add_template(name, file.contents_utf8().unwrap_or_default())?;
    }
    folder.dirs().try_for_each(|inner| add(templates, inner))
}

/// Lets a page send its forms to another origin as well: the file store's, on the pages that send files.
#[must_use]
pub fn sending_to(origin: &str, mut response: Response) -> Response {
    let policy = POLICY.replace("form-action 'self'", &format!("form-action 'self' {origin}"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn with_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
