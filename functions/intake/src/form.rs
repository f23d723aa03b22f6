//! The whole form on one page: the quick path for staff, and a door for programs that send a form.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use redress_domain::calendar::{local_date, parse_moment};
use redress_domain::case::Actor;
use redress_domain::rules::Rules;
use redress_platform::random;
use redress_store::Idempotency;
use redress_web::boxes::Joined;
use redress_web::step::sentence;
use redress_web::{FieldProblem, Identity, Problem, body};

use crate::feedback::{logged, store};
use crate::home::{context, no_council};
use crate::{Intake, spam};

/// What the staff form's address may say.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// The reference of what was logged just now.
    logged: Option<String>,
}

/// A form as it is shown.
#[derive(Default)]
struct Shown {
    given: Value,
    errors: Vec<FieldProblem>,
    logged: Option<String>,
}

/// `POST /{council}/feedback`: everything at once, as the JSON door takes it.
pub(crate) async fn send(
    State(intake): State<Intake>,
    Path(council): Path<String>,
    headers: HeaderMap,
    sent: Body,
) -> Response {
    let sent = match body::read(&headers, sent).await {
        Ok(sent) => sent,
        Err(problem) => return intake.pages.problem(&problem),
    };
    let rules = match intake.office.present(&council) {
        Ok(rules) => rules,
        Err(error) => return no_council(&intake, error),
    };
    // The sender's own key makes Back, refresh and a second click harmless.
    let key = sent.aside.get("_key").cloned().unwrap_or_else(fresh_key);
    let request = Idempotency::new(&council, "form", "resident", &key, &sent.bytes);
    let form = Joined::of(sent.value.clone(), local_date(intake.office.clock.now()));
    let suspect = spam::trapped(&sent.aside) || spam::too_often(&intake, &council, &headers).await;
    match form.settled(store(&intake, &council, &Actor::Resident, form.value.clone(), Some(&request), suspect).await) {
        Ok(receipt) => Redirect::to(&format!("{}&new=1", local(&intake, &receipt.track_url))).into_response(),
        Err(problem) if problem.status() == StatusCode::UNPROCESSABLE_ENTITY => {
            page(&intake, &rules, None, Shown { given: sent.value, errors: problem.errors, logged: None })
        }
        Err(problem) => intake.pages.problem(&problem),
    }
}

/// `GET /staff/{council}/new`: what a person says on the phone or at the counter, typed in as they say it.
pub(crate) async fn staff_form(
    State(intake): State<Intake>,
    Path(council): Path<String>,
    Query(asked): Query<Asked>,
    identity: Result<Identity, Problem>,
) -> Response {
    match may_log(&intake, &council, identity) {
        Ok((identity, rules)) => {
            let given = json!({"channel": "phone"});
            page(&intake, &rules, Some(&identity), Shown { given, logged: asked.logged, ..Shown::default() })
        }
        Err(problem) => intake.pages.problem(&problem),
    }
}

/// `POST /staff/{council}/new`: logs it, and says the reference to be spoken.
pub(crate) async fn staff_log(
    State(intake): State<Intake>,
    Path(council): Path<String>,
    headers: HeaderMap,
    identity: Result<Identity, Problem>,
    sent: Body,
) -> Response {
    let (identity, rules) = match may_log(&intake, &council, identity) {
        Ok(known) => known,
        Err(problem) => return intake.pages.problem(&problem),
    };
    let sent = match body::read(&headers, sent).await {
        Ok(sent) => sent,
        Err(problem) => return intake.pages.problem(&problem),
    };
    if let Err(problem) = identity.sent_this(&sent) {
        return intake.pages.problem(&problem);
    }
    let key = sent.aside.get("_key").cloned().unwrap_or_else(fresh_key);
    let request = Idempotency::new(&council, "staff-form", &identity.id, &key, &sent.bytes);
    let form = Joined::of(sent.value.clone(), local_date(intake.office.clock.now()));
    let value = with_instant(form.value.clone());
    let made = async {
        let receipt = form.settled(store(&intake, &council, &identity.actor(), value, Some(&request), false).await)?;
        logged(&intake, &identity, &receipt).await.map(|()| receipt)
    };
    match made.await {
        Ok(receipt) => Redirect::to(&format!("/staff/{council}/new?logged={}", receipt.reference)).into_response(),
        Err(problem) if problem.status() == StatusCode::UNPROCESSABLE_ENTITY => {
            let shown = Shown { given: sent.value, errors: problem.errors, logged: None };
            page(&intake, &rules, Some(&identity), shown)
        }
        Err(problem) => intake.pages.problem(&problem),
    }
}

fn may_log(intake: &Intake, council: &str, identity: Result<Identity, Problem>) -> Result<(Identity, Rules), Problem> {
    let identity = identity?;
    identity.at(council)?;
    let rules = intake.office.present(council)?;
    if !rules.roles.may(identity.role, "log", 1) {
        return Err(Problem::forbidden("Your role does not log feedback."));
    }
    Ok((identity, rules))
}

/// A time as staff write it is London's; what is no time is left for its error.
fn with_instant(mut value: Value) -> Value {
    if let Some(said) = value.get_mut("received_at") {
        let at = said.as_str().and_then(|text| parse_moment(text.trim()));
        if let Some(at) = at {
            *said = Value::String(at.to_rfc3339());
        }
    }
    value
}

fn page(intake: &Intake, rules: &Rules, identity: Option<&Identity>, shown: Shown) -> Response {
    let mut whole = context(rules);
    let council = &rules.policy.policy.council;
    let status = if shown.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let told = |error: FieldProblem| FieldProblem { message: sentence(&error), ..error };
    let errors: Vec<FieldProblem> = shown.errors.into_iter().map(told).collect();
    if let Value::Object(fields) = &mut whole {
        let action = if identity.is_some() { format!("/staff/{council}/new") } else { format!("/{council}/feedback") };
        // Mended answers are another request: they get another key.
        let more = json!({
            "given": shown.given,
            "errors": errors,
            "key": fresh_key(),
            "service_list": rules.policy.services,
            "action": action,
            "channels": rules.policy.channels.accepted,
            "logged": shown.logged.filter(|reference| reference.parse::<redress_domain::case::Reference>().is_ok()),
            "me": identity.map(|identity| identity.me_at(&rules.roles)),
        });
        if let Value::Object(more) = more {
            fields.extend(more);
        }
    }
    let name = if identity.is_some() { "log.html" } else { "feedback.html" };
    intake.pages.with_status(status, name, whole)
}

fn fresh_key() -> String {
    random::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The address without the host, so that the browser stays where it is.
pub(crate) fn local(intake: &Intake, url: &str) -> String {
    url.strip_prefix(&intake.office.settings.base_url).unwrap_or(url).to_owned()
}
