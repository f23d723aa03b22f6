//! `/dev/desk`: clock, mailbox and bus on one page, for living through a case in five minutes.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use minijinja::value::Serde;
use minijinja::{Environment, Value};
use serde_json::json;

use crate::Laptop;

/// Mails and events shown, newest first.
const SHOWN: usize = 60;

pub(crate) async fn desk(State(laptop): State<Arc<Laptop>>) -> Response {
    let library = &laptop.office.settings.library;
    let councils: Vec<_> = library
        .councils()
        .filter_map(|id| library.present(id).map(|rules| json!({"id": id, "name": rules.policy.council.name})))
        .collect();
    let mails = laptop.mailbox.list(None, None);
    let next = laptop.office.store.next_due().await.ok().flatten();
    let context = json!({
        "now": laptop.clock.now(),
        "given": laptop.clock.is_given(),
        "next": next,
        "councils": councils,
        "count": mails.len(),
        "mails": mails.into_iter().rev().take(SHOWN).collect::<Vec<_>>(),
        "events": laptop.bus.list().into_iter().rev().take(SHOWN).collect::<Vec<_>>(),
    });
    match render(&context) {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "the desk could not be made");
            redress_web::Problem::ours().into_response()
        }
    }
}

pub(crate) async fn style() -> Response {
    let mut response = include_str!("../desk/desk.css").into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    response
}

fn render(context: &serde_json::Value) -> Result<String, minijinja::Error> {
    let mut templates = Environment::new();
    templates.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    templates.add_filter("time", |at: String| -> String {
        let local = at.parse().map(redress_domain::calendar::local_time);
        local.map_or(at, |local| local.format("%a %-d %b %Y, %H:%M").to_string())
    });
    templates.add_template("desk.html", include_str!("../desk/desk.html"))?;
    templates.get_template("desk.html")?.render(Value::from(Serde(context)))
}
