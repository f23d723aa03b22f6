//! The pages of the journey.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use redress_domain::case::name_of;
use redress_domain::refusal::FieldError;
use redress_web::{FIRST, Words};

use super::answers::{Answers, DATES, NONE};
use super::errors::{label, said};
use super::step::{Step, before, is_answered, kinds, path};
use crate::spam;
use crate::visit::Visit;

/// The way that says: back to checking once this is changed.
pub(crate) const CHANGING: &str = "?from=check";

/// The address of a page of the journey.
pub(crate) fn address(visit: &Visit, page: &str, changing: bool) -> String {
    format!("/{}/feedback/{page}{}", visit.council(), if changing { CHANGING } else { "" })
}

/// A step, with the answers as they were typed.
pub(crate) fn step(visit: &Visit, step: Step, answers: &Answers, changing: bool, errors: Vec<FieldError>) -> Response {
    let now = visit.intake.office.clock.now();
    let back = match before(&path(&visit.rules, answers, now), step) {
        _ if changing => address(visit, "check", false),
        Some(earlier) => address(visit, earlier.name(), false),
        None => format!("/{}/feedback", visit.council()),
    };
    let more = json!({
        "step": step.name(),
        "action": address(visit, step.name(), changing),
        "back_to": back,
        "given": answers.given(),
        "errors": said(&visit.language.id, errors.clone()),
        "offered": kinds(&visit.rules).collect::<Vec<_>>(),
        "answered": is_answered(&visit.rules, answers),
    });
    let name = format!("resident/journey/{}.html", step.name());
    visit.page(status(&errors), &name, more)
}

/// The answers, to be checked and sent. `refused`: they were sent already, and could not be.
pub(crate) fn check(visit: &Visit, id: &str, answers: &Answers, errors: Vec<FieldError>, refused: bool) -> Response {
    let now = visit.intake.office.clock.now();
    let path = path(&visit.rules, answers, now);
    let links: Vec<Value> = said(&visit.language.id, errors)
        .into_iter()
        .map(|error| {
            let step = Step::asking(&error.field).unwrap_or(Step::Kind);
            json!({"href": format!("{}#{}", address(visit, step.name(), true), error.field), "message": error.message})
        })
        .collect();
    let danger = visit.intake.office.settings.library.danger();
    let more = json!({
        "step": "check",
        "action": address(visit, "check", false),
        "back_to": path.last().map(|last| address(visit, last.name(), false)),
        "errors": links,
        "rows": path.iter().flat_map(|step| rows(visit, *step, answers)).collect::<Vec<_>>(),
        "danger": danger.is_in([answers.get("about"), answers.get("wanted")]),
        "shown": spam::shown(&visit.intake.office.settings.keys, id, now),
    });
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    visit.page(status, "resident/journey/check.html", more)
}

/// There is no draft: why that may be, and a way to begin again. What was typed just now is shown, so that it is not lost.
pub(crate) fn gone(visit: &Visit, typed: &Answers) -> Response {
    let typed: Vec<&String> = typed.given().values().collect();
    visit.page(StatusCode::OK, "resident/journey/gone.html", json!({"typed": typed}))
}

fn status(errors: &[FieldError]) -> StatusCode {
    if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// What was answered at a step, a row for each answer.
fn rows(visit: &Visit, step: Step, answers: &Answers) -> Vec<Value> {
    let language = visit.language.id.as_str();
    let href = |field: &str| format!("{}#{field}", address(visit, step.name(), true));
    let row = |field: &str, value: Value| json!({"label": label(language, field), "value": value, "href": href(field)});
    let fields = step.fields().iter().copied();
    match step {
        Step::When | Step::Late => {
            let dates = DATES.into_iter().filter(|date| step.asks(date));
            let dates = dates.map(|date| row(date, json!({"text": day(visit, date, answers)})));
            let words = fields.filter(|field| *field == "late_reason");
            words.map(|field| row(field, json!({"text": answers.get(field)}))).chain(dates).collect()
        }
        Step::Contact => {
            let shown = fields.filter(|field| *field != "anonymous" || !answers.get(field).is_empty());
            shown.map(|field| row(field, value(visit, field, answers))).collect()
        }
        _ => fields.map(|field| row(field, value(visit, field, answers))).collect(),
    }
}

/// An answer as it is read back: what was chosen in the words it was offered in, what was typed as it was typed.
fn value(visit: &Visit, field: &str, answers: &Answers) -> Value {
    let language = visit.language.id.as_str();
    let said = answers.get(field);
    let policy = &visit.rules.policy;
    let own = match field {
        "kind" => kinds(&visit.rules).find(|kind| name_of(kind.id) == said).map(|kind| kind.label.clone()),
        "service" => policy.service(said).map(|service| service.name.clone()),
        _ => None,
    };
    if let Some(own) = own {
        return json!({"own": own, "place": if field == "kind" { format!("council.kinds.labels.{said}") } else { String::new() }});
    }
    let chosen = ["whose", "on_behalf_of.authority", "reply_by", "tenant", "anonymous"].contains(&field);
    let place = match said {
        NONE if field == "service" => "journey.service.unsure".to_owned(),
        _ if chosen => format!("journey.chosen.{field}.{said}"),
        _ => String::new(),
    };
    let known = !said.is_empty() && Words::knows(FIRST, &place);
    json!({"text": if known { Words::said(language, &place, &[]) } else { said.to_owned() }})
}

/// A date as it was understood, or as it was typed where it is none.
fn day(visit: &Visit, field: &str, answers: &Answers) -> String {
    let today = redress_domain::calendar::local_date(visit.intake.office.clock.now());
    match answers.date(field, today) {
        Ok(None) => String::new(),
        Ok(Some(day)) => day.said(&visit.language.id),
        Err(_) => {
            let parts = ["day", "month", "year"].map(|part| answers.get(&format!("{field}-{part}")));
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        }
    }
}
