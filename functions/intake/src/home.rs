//! The first pages: which councils there are, and what each promises. Made from the
//! policies that drive the clocks, so they cannot drift.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use redress_domain::rules::Rules;
use redress_office::OfficeError;
use redress_web::{Problem, asset as file, colour};

use crate::Intake;

pub(crate) async fn councils(State(intake): State<Intake>) -> Response {
    let library = &intake.office.settings.library;
    let councils: Vec<_> = library
        .councils()
        .filter_map(|id| library.present(id).map(|rules| json!({"id": id, "name": rules.policy.council.name})))
        .collect();
    intake.pages.page("home.html", json!({"councils": councils}))
}

pub(crate) async fn council(State(intake): State<Intake>, Path(council): Path<String>) -> Response {
    match intake.office.present(&council) {
        Ok(rules) => intake.pages.page("council.html", context(&rules)),
        Err(error) => no_council(&intake, error),
    }
}

pub(crate) async fn openapi() -> Response {
    Json(redress_web::openapi::document()).into_response()
}

/// A file of the pages; `colours/<council>.css` is made from the council's policy.
pub(crate) async fn asset(State(intake): State<Intake>, Path(name): Path<String>) -> Response {
    let council = name.strip_prefix("colours/").and_then(|name| name.strip_suffix(".css"));
    match council.and_then(|council| intake.office.settings.library.present(council)) {
        Some(rules) => colour(&rules.policy.council.colour),
        None => file(&name),
    }
}

pub(crate) fn no_council(intake: &Intake, error: OfficeError) -> Response {
    intake.pages.problem(&Problem::from(error))
}

/// What every page of a council knows.
pub(crate) fn context(rules: &Rules) -> serde_json::Value {
    let policy = &rules.policy;
    let ombudsmen: Vec<_> = [Some(&policy.ombudsman.general), policy.ombudsman.landlord.as_ref()]
        .into_iter()
        .flatten()
        .filter_map(|id| rules.ombudsmen.iter().find(|ombudsman| ombudsman.id == *id))
        .collect();
    json!({
        "id": policy.policy.council,
        "council": policy.council,
        "title": policy.policy.title,
        "kinds": policy.kinds,
        "stages": policy.stages,
        "services": policy.services,
        "exclusions": policy.exclusions,
        "time_limit": policy.time_limit,
        "anonymous": policy.channels.anonymous,
        "landlord": policy.ombudsman.landlord.is_some(),
        "ombudsmen": ombudsmen,
    })
}
