//! The answers become a case: once, however often they are sent.

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use redress_domain::calendar::local_date;
use redress_domain::case::Actor;
use redress_store::{DraftState, Idempotency};
use redress_web::Problem;
use redress_web::body::Sent;

use super::errors;
use super::page::{self, address};
use super::saved::{Became, Content, Kept, Saved};
use super::step::path;
use crate::feedback::store;
use crate::form::local;
use crate::spam;
use crate::visit::Visit;

/// Sends what was checked. The complaint is safe before the voluntary questions are asked.
pub(super) async fn send(visit: &Visit, saved: Saved, headers: &HeaderMap, sent: &Sent) -> Result<Response, Problem> {
    let equality = || Redirect::to(&address(visit, "equality", false)).into_response();
    match saved.state {
        DraftState::Open => {}
        DraftState::Sent => return Ok(equality()),
        DraftState::Done => return Ok(went(visit, &saved.content)),
    }
    let office = &visit.intake.office;
    let (now, answers) = (office.clock.now(), &saved.content.answers);
    let steps = path(&visit.rules, answers, now);
    let errors = errors::all(&visit.rules, answers, &steps, now);
    if !errors.is_empty() {
        return Ok(page::check(visit, &saved.id, answers, errors, true));
    }
    let suspect = spam::filled_by_a_machine(&office.settings.keys, &saved.id, &sent.aside, now)
        || spam::too_often(&visit.intake, visit.council(), headers).await;
    // One draft is one case: its id is the key, and what is sent again under it is the same request.
    let request = Idempotency::new(visit.council(), "journey", "resident", &saved.id, saved.id.as_bytes());
    let feedback = answers.feedback(&steps, local_date(now));
    let receipt = store(&visit.intake, visit.council(), &Actor::Resident, feedback, Some(&request), suspect).await?;
    let service = visit.rules.policy.service(answers.get("service"));
    let became = Became {
        reference: receipt.reference,
        kind: answers.get("kind").to_owned(),
        service_group: service.map(|service| service.team.clone()),
    };
    let content = Content { became: Some(became), ..Content::default() };
    match saved.keep(visit, DraftState::Sent, &content).await {
        Ok(Kept::Yes | Kept::MovedOn) => Ok(equality()),
        // It is a case already, and that is what counts: the page that follows it is shown at once.
        Ok(Kept::TooLarge) | Err(_) => Ok(went(visit, &content)),
    }
}

/// Where a draft went: to the page that follows its case.
pub(super) fn went(visit: &Visit, content: &Content) -> Response {
    let settings = &visit.intake.office.settings;
    let to = match &content.became {
        Some(became) => {
            let url = settings.track_url(visit.council(), &became.reference, 0);
            format!("{}&new=1", local(&visit.intake, &url))
        }
        None => format!("/{}/feedback", visit.council()),
    };
    Redirect::to(&to).into_response()
}
