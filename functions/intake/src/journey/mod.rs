//! The journey: telling a council something, one thing a page. Each page is read with GET and sent with POST, works
//! without JavaScript, and keeps what was typed in a draft, so that Back, refresh and a second click do no harm.

mod answers;
mod errors;
mod page;
mod saved;
mod send;
mod step;
mod survey;

use axum::body::Body;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

use redress_store::DraftState;
use redress_web::{Problem, body};

use crate::visit::Visit;
use answers::Answers;
use page::{CHANGING, address};
use saved::{Content, Kept, Saved};
use step::{Step, after, path};

/// What this is for and what it is not, what to do in an emergency, and where to begin.
pub(crate) async fn start(visit: Visit, headers: HeaderMap) -> Response {
    let saved = Saved::of(&visit, &headers).await.ok().flatten();
    let begun = saved.filter(|saved| saved.state == DraftState::Open && !saved.content.answers.given().is_empty());
    let resume = begun.map(|saved| {
        let answers = &saved.content.answers;
        let steps = path(&visit.rules, answers, visit.intake.office.clock.now());
        let next = steps.into_iter().find(|step| !answers.was_asked(*step));
        address(&visit, next.map_or("check", Step::name), false)
    });
    let more = json!({"start": address(&visit, "start", false), "resume": resume});
    visit.page(StatusCode::OK, "resident/journey/start.html", more)
}

/// A page of the journey.
pub(crate) async fn show(
    visit: Visit,
    Path((_, name)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let first = || Redirect::to(&format!("/{}/feedback", visit.council())).into_response();
    let Some(named) = Page::of(&name) else { return visit.problem(&nothing_here()) };
    if named == Page::Start {
        return first();
    }
    let saved = match Saved::of(&visit, &headers).await {
        Ok(Some(saved)) => saved,
        Ok(None) => return page::gone(&visit, &Answers::default()),
        Err(problem) => return visit.problem(&problem),
    };
    if saved.state != DraftState::Open {
        let asks = named == Page::Equality && saved.state == DraftState::Sent;
        return if asks { survey::page(&visit, &saved.content) } else { send::went(&visit, &saved.content) };
    }
    let answers = &saved.content.answers;
    let now = visit.intake.office.clock.now();
    let steps = path(&visit.rules, answers, now);
    match named {
        Page::Step(step) if steps.contains(&step) => {
            page::step(&visit, step, answers, changing(query.as_deref()), Vec::new())
        }
        Page::Step(step) => onward(&visit, after(&steps, step, answers, false), false),
        _ if answers.given().is_empty() => first(),
        _ => page::check(&visit, &saved.id, answers, errors::all(&visit.rules, answers, &steps, now), false),
    }
}

/// A page of the journey, sent.
pub(crate) async fn take(
    visit: Visit,
    Path((_, name)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    sent: Body,
) -> Response {
    let Some(named) = Page::of(&name) else { return visit.problem(&nothing_here()) };
    let taken = async {
        if named == Page::Start {
            let saved = Saved::begin(&visit).await?;
            return Ok(saved.on(onward(&visit, Some(Step::Kind), false)));
        }
        let sent = body::read(&headers, sent).await?;
        let saved = Saved::of(&visit, &headers).await?;
        match (named, saved) {
            (Page::Step(step), None) => Ok(page::gone(&visit, &Answers::default().with(step, &sent.value))),
            (_, None) => Ok(page::gone(&visit, &Answers::default())),
            (Page::Equality, Some(saved)) => survey::take(&visit, saved, &sent).await,
            (Page::Check, Some(saved)) => send::send(&visit, saved, &headers, &sent).await,
            (_, Some(saved)) if saved.state != DraftState::Open => Ok(send::went(&visit, &saved.content)),
            (Page::Step(step), Some(saved)) => keep(&visit, saved, step, &sent.value, changing(query.as_deref())).await,
            (_, Some(_)) => Ok(Redirect::to(&address(&visit, "check", false)).into_response()),
        }
    };
    taken.await.unwrap_or_else(|problem: Problem| visit.problem(&problem))
}

/// Keeps a page's answers, and goes on; or says what is wrong with them.
async fn keep(
    visit: &Visit,
    saved: Saved,
    step: Step,
    sent: &serde_json::Value,
    changing: bool,
) -> Result<Response, Problem> {
    let answers = saved.content.answers.with(step, sent);
    let now = visit.intake.office.clock.now();
    let steps = path(&visit.rules, &answers, now);
    let content = Content { answers: answers.clone(), became: None };
    match saved.keep(visit, DraftState::Open, &content).await? {
        // Another request sent it meanwhile: where it went is the answer to this one too.
        Kept::MovedOn => return Ok(Redirect::to(&address(visit, "sent", false)).into_response()),
        Kept::TooLarge => {
            let errors = errors::too_much(step, &answers);
            return Ok(page::step(visit, step, &answers, changing, errors));
        }
        Kept::Yes => {}
    }
    let errors = errors::of(step, errors::all(&visit.rules, &answers, &steps, now));
    if errors.is_empty() {
        return Ok(onward(visit, after(&steps, step, &answers, changing), changing));
    }
    Ok(page::step(visit, step, &answers, changing, errors))
}

fn onward(visit: &Visit, next: Option<Step>, changing: bool) -> Response {
    let to = match next {
        Some(step) => address(visit, step.name(), changing),
        None => address(visit, "check", false),
    };
    Redirect::to(&to).into_response()
}

fn changing(query: Option<&str>) -> bool {
    query.is_some_and(|query| query.split('&').any(|pair| pair == CHANGING.trim_start_matches('?')))
}

fn nothing_here() -> Problem {
    Problem::not_found("There is nothing at this address.")
}

/// What an address under `feedback/` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Start,
    Step(Step),
    Check,
    Equality,
    Sent,
}

impl Page {
    fn of(name: &str) -> Option<Page> {
        match name {
            "start" => Some(Page::Start),
            "check" => Some(Page::Check),
            "equality" => Some(Page::Equality),
            "sent" => Some(Page::Sent),
            _ => Step::of(name).map(Page::Step),
        }
    }
}
