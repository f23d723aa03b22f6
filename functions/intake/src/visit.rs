//! A resident's visit to a council's pages: which council, in which language, and how its pages are answered.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::{Value, json};

use redress_domain::rules::Rules;
use redress_web::Problem;

use crate::Intake;
use crate::home::context;
use crate::language::Language;

/// Who is visited, and how they are spoken to.
pub(crate) struct Visit {
    pub(crate) intake: Intake,
    pub(crate) rules: Rules,
    pub(crate) language: Language,
}

impl Visit {
    /// The council's id.
    pub(crate) fn council(&self) -> &str {
        &self.rules.policy.policy.council
    }

    /// A page of this council: what every page knows, and what this one knows besides.
    pub(crate) fn page(&self, status: StatusCode, name: &str, more: Value) -> Response {
        let whole = joined(context(&self.rules), more);
        self.language.on(self.intake.pages.in_language(&self.language.id, status, name, whole))
    }

    /// The same as a plain text; nothing when it could not be made.
    pub(crate) fn text(&self, name: &str, more: Value) -> Option<String> {
        self.intake.pages.text(&self.language.id, name, joined(context(&self.rules), more))
    }

    /// A page that says what went wrong.
    pub(crate) fn problem(&self, problem: &Problem) -> Response {
        problem_page(&self.intake, &self.language, problem, context(&self.rules))
    }
}

impl FromRequestParts<Intake> for Visit {
    /// A page that says there is no such council.
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, intake: &Intake) -> Result<Visit, Response> {
        let names = RawPathParams::from_request_parts(parts, intake).await;
        let council = names.as_ref().ok().and_then(|names| names.iter().find(|(name, _)| *name == "council"));
        let (headers, query) = (&parts.headers, parts.uri.query());
        match intake.office.present(council.map_or("", |(_, id)| id)) {
            Ok(rules) => {
                let language = Language::of(headers, query, &rules.policy);
                Ok(Visit { intake: intake.clone(), rules, language })
            }
            Err(error) => {
                let language = crate::home::language(intake, headers, query);
                Err(problem_page(intake, &language, &Problem::from(error), json!({})))
            }
        }
    }
}

/// What went wrong, for a resident; `known` is what the page knows of the council, if there is one.
pub(crate) fn problem_page(intake: &Intake, language: &Language, problem: &Problem, known: Value) -> Response {
    let whole = joined(known, json!({"problem": problem, "kind": problem.kind.trim_start_matches("/problems/")}));
    language.on(intake.pages.in_language(&language.id, problem.status(), "resident/problem.html", whole))
}

fn joined(mut whole: Value, more: Value) -> Value {
    if let (Value::Object(fields), Value::Object(more)) = (&mut whole, more) {
        fields.extend(more);
    }
    whole
}
