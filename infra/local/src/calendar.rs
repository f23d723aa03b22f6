//! `POST /dev/calendar`: a holiday proclaimed or withdrawn at one council.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;

use redress_domain::calendar::Announcement;
use redress_domain::input::Fields;
use redress_office::Republished;
use redress_web::{Problem, body};

use crate::Laptop;

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    preview: Option<String>,
}

pub(crate) async fn publish(
    State(laptop): State<Arc<Laptop>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    sent: Body,
) -> Result<Json<Republished>, Problem> {
    let sent = body::read(&headers, sent).await?;
    let mut fields = Fields::of(sent.value);
    let council = council(&mut fields, &laptop);
    let announced = Announcement::read(&mut fields);
    let preview = match asked.preview.as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => {
            fields.error("preview", "must be true or false");
            true
        }
    };
    let (council, announced) = fields.finish(council.zip(announced)).map_err(Problem::fields)?;
    // No sweep in between: it would settle half of the cases by the old calendar, and half by the new.
    let _one = laptop.moving.lock().await;
    let republished = laptop.office.publish_calendar(&council, &announced, preview).await?;
    laptop.quiet().await;
    Ok(Json(republished))
}

fn council(fields: &mut Fields, laptop: &Laptop) -> Option<String> {
    let council = fields.required_text("council", "Enter the id of a council")?;
    if laptop.office.settings.library.present(&council).is_none() {
        fields.error("council", format!("There is no council “{council}” here"));
        return None;
    }
    Some(council)
}
