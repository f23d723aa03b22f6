//! What exists on the laptop alone: tokens, clock, mailbox, bus, desk.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use redress_domain::input::Fields;
use redress_web::{Problem, body};

use crate::ses::{EventKind, ses_event};
use crate::{Laptop, calendar, desk, issuer};

/// Every route under `/dev`.
pub(crate) fn router(laptop: Arc<Laptop>) -> Router {
    Router::new()
        .route("/dev/clock", get(clock).post(move_clock))
        .route("/dev/mailbox", get(mailbox))
        .route("/dev/mailbox/events", post(mail_event))
        .route("/dev/events", get(events))
        .route("/dev/calendar", post(calendar::publish))
        .route("/dev/desk", get(desk::desk))
        .route("/dev/desk.css", get(desk::style))
        .with_state(Arc::clone(&laptop))
        .merge(issuer::router(Arc::clone(&laptop.issuer)))
}

async fn clock(State(laptop): State<Arc<Laptop>>) -> Json<Value> {
    Json(json!({"now": laptop.clock.now(), "given": laptop.clock.is_given()}))
}

async fn move_clock(State(laptop): State<Arc<Laptop>>, headers: HeaderMap, sent: Body) -> Result<Response, Problem> {
    let sent = body::read(&headers, sent).await?;
    if !laptop.clock.is_given() {
        let detail =
            "The clock is the machine's own, and cannot be moved. Start with --clock 2026-06-01T09:00 to move it.";
        return Err(Problem::new(StatusCode::CONFLICT, "real-clock", "The clock is real", detail));
    }
    let now = laptop.clock.now();
    let mut fields = Fields::of(sent.value);
    let to = read_move(&mut fields, &laptop, now);
    let to = fields.finish(to).map_err(Problem::fields)?;
    laptop.advance(to).await;
    if sent.form {
        return Ok(Redirect::to("/dev/desk").into_response());
    }
    Ok(Json(json!({"now": laptop.clock.now()})).into_response())
}

fn read_move(fields: &mut Fields, laptop: &Laptop, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let (given, advance) = (fields.line("now"), fields.line("advance"));
    let (field, to) = match (given, advance) {
        (Some(text), None) => ("now", crate::dev::instant(&text)),
        (None, Some(text)) => ("advance", crate::dev::later(&text, laptop, now)),
        _ => ("now", Err("Enter now, or advance: one of the two".to_owned())),
    };
    match to {
        Ok(to) if to < now => {
            fields.error(field, format!("is before the present time, {now}: time only goes forward"));
            None
        }
        Ok(to) => Some(to),
        Err(message) => {
            fields.error(field, message);
            None
        }
    }
}

/// A time: London's, or with an offset.
pub(crate) fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    redress_domain::calendar::parse_moment(text)
        .ok_or_else(|| format!("“{text}” is not a time: write it like 2026-06-01T09:00"))
}

/// A time so much later: `P3D`, `PT2H`, or `3 working days`.
fn later(text: &str, laptop: &Laptop, now: DateTime<Utc>) -> Result<DateTime<Utc>, String> {
    let wrong = || format!("“{text}” is not a length of time: write it like P3D, PT2H or 3 working days");
    if let Some(duration) = redress_domain::calendar::parse_duration(text) {
        return now.checked_add_signed(duration).ok_or_else(wrong);
    }
    let length: redress_domain::length::Length = text.parse().map_err(|_| wrong())?;
    let library = &laptop.office.settings.library;
    let rules = library.councils().next().and_then(|council| library.present(council)).ok_or_else(wrong)?;
    let local = redress_domain::calendar::local_time(now);
    let date = rules.count(local.date(), length).date;
    Ok(redress_domain::calendar::local_instant(date.and_time(local.time())))
}

/// What a mailbox address may say.
#[derive(Debug, Default, Deserialize)]
struct Wanted {
    to: Option<String>,
    reference: Option<String>,
}

async fn mailbox(State(laptop): State<Arc<Laptop>>, Query(wanted): Query<Wanted>) -> Json<Value> {
    Json(json!(laptop.mailbox.list(wanted.to.as_deref(), wanted.reference.as_deref())))
}

async fn mail_event(State(laptop): State<Arc<Laptop>>, headers: HeaderMap, sent: Body) -> Result<Response, Problem> {
    let sent = body::read(&headers, sent).await?;
    let mut fields = Fields::of(sent.value);
    let reference = fields.required_text("reference", "Enter the reference of the case");
    let kind = fields.required_text("kind", "Enter the kind of the letter");
    let what: Option<EventKind> = fields.required_word("type", "Select bounce, delivery or complaint");
    let asked = reference.zip(kind).zip(what);
    let ((reference, kind), what) = fields.finish(asked).map_err(Problem::fields)?;
    let mail = laptop.mailbox.find(&reference, &kind);
    let mail = mail.ok_or_else(|| Problem::not_found(format!("No {kind} about {reference} was sent.")))?;
    let event = ses_event(&mail, what, laptop.clock.now());
    laptop.functions.invoke("notices", event).await.map_err(|error| {
        tracing::error!(error, "an event of the mail service failed");
        Problem::ours()
    })?;
    laptop.quiet().await;
    if sent.form {
        return Ok(Redirect::to("/dev/desk").into_response());
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn events(State(laptop): State<Arc<Laptop>>) -> Json<Value> {
    Json(json!(laptop.bus.list()))
}
