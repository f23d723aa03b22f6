//! `GET /api/{council}/admin` and its page.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use redress_web::{Identity, Problem};

use super::{Admin, Places};
use crate::Casework;

/// What was done just now, as the address says it.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

pub(crate) async fn api(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    Query(places): Query<Places>,
    identity: Identity,
) -> Result<Json<Admin>, Problem> {
    Ok(Json(casework.admin(&council, &places, &identity).await?))
}

pub(crate) async fn page(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    Query(places): Query<Places>,
    Query(done): Query<Done>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let identity = identity?;
        let admin = casework.admin(&council, &places, &identity).await?;
        let rules = casework.office.present(&council)?;
        Ok::<_, Problem>(json!({
            "id": council,
            "council": rules.policy.council,
            "me": casework.me(&identity),
            "admin": admin,
            "closes": casework.may_give(&identity, "close"),
            "posts": casework.may_give(&identity, "printed"),
            "key": crate::page::once(),
            "done": done.done,
        }))
    };
    match made.await {
        Ok(context) => casework.pages.page("staff/admin.html", context),
        Err(problem) => casework.pages.problem(&problem),
    }
}
