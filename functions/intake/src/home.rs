//! The first pages: which councils there are, and what each promises. Made from the
//! policies that drive the clocks, so they cannot drift.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use redress_domain::calendar::local_date;
use redress_domain::policy::Restrictions;
use redress_domain::rules::Rules;
use redress_office::OfficeError;
use redress_web::{Problem, asset as file, colour};

use crate::Intake;
use crate::language::Language;
use crate::visit::{Visit, problem_page};

pub(crate) async fn councils(State(intake): State<Intake>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let named =
        known(&intake).map(|rules| json!({"id": rules.policy.policy.council, "name": rules.policy.council.name}));
    let councils: Vec<Value> = named.collect();
    let language = language(&intake, &headers, query.as_deref());
    let languages = Language::choices(&spoken(&intake));
    let whole = json!({"councils": councils, "languages": languages});
    language.on(intake.pages.in_language(&language.id, StatusCode::OK, "resident/home.html", whole))
}

/// What a council promises, from its policy.
pub(crate) async fn council(visit: Visit) -> Response {
    visit.page(StatusCode::OK, "resident/council.html", more(&visit))
}

/// What is kept about a person, for how long, and who sees it.
pub(crate) async fn privacy(visit: Visit) -> Response {
    visit.page(StatusCode::OK, "resident/privacy.html", more(&visit))
}

/// The language of a page of no council.
pub(crate) fn language(intake: &Intake, headers: &HeaderMap, query: Option<&str>) -> Language {
    Language::among(&spoken(intake), headers, query)
}

/// For every address that is none: a page for a browser, JSON for a program.
pub(crate) async fn nothing_here(
    State(intake): State<Intake>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let problem = Problem::not_found("There is nothing at this address.");
    let accept = headers.get("accept").and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if !accept.contains("text/html") {
        return problem.into_response();
    }
    problem_page(&intake, &language(&intake, &headers, query.as_deref()), &problem, json!({}))
}

fn known(intake: &Intake) -> impl Iterator<Item = Rules> {
    let library = &intake.office.settings.library;
    library.councils().filter_map(|id| library.present(id))
}

/// Every language that a council here has on its list, English first.
fn spoken(intake: &Intake) -> Vec<String> {
    let mut found = vec![redress_web::FIRST.to_owned()];
    for id in known(intake).flat_map(|rules| rules.policy.council.languages.clone()) {
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
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
    problem_page(intake, &language(intake, &HeaderMap::new(), None), &Problem::from(error), json!({}))
}

/// What every page of a council knows.
pub(crate) fn context(rules: &Rules) -> Value {
    let policy = &rules.policy;
    let ombudsmen: Vec<_> = [Some(&policy.ombudsman.general), policy.ombudsman.landlord.as_ref()]
        .into_iter()
        .flatten()
        .filter_map(|id| rules.ombudsmen.iter().find(|ombudsman| ombudsman.id == *id))
        .collect();
    json!({
        "id": policy.policy.council,
        "council": policy.council,
        "languages": Language::choices(&policy.council.languages),
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

/// The rest of a policy, for the pages that tell all of it.
fn more(visit: &Visit) -> Value {
    let policy = &visit.rules.policy;
    let today = local_date(visit.intake.office.clock.now());
    json!({
        "version": policy.policy.version,
        "from": policy.policy.from,
        // A day that has passed promises nothing to a resident; `redress policy check` warns of it.
        "review_by": policy.policy.review_by.filter(|on| *on >= today),
        "channels": policy.channels,
        "outcomes": policy.outcomes,
        "organisations": policy.organisations,
        "representatives": policy.representatives,
        "restrictions": policy.restrictions,
        "retention": policy.retention,
        "review_in_policy": policy.restrictions.as_ref().map(Restrictions::review_in_policy),
        "definition": policy.definition,
        "remedies": policy.remedies,
        "no_detriment": policy.no_detriment,
        "equality": policy.equality,
        "reporting": policy.reporting,
        "deemed": policy.deemed,
        "readings": policy.readings,
        "cut_off": policy.policy.cut_off.map(|hour| hour.format("%H:%M").to_string()),
    })
}
