//! The staff pages: the way in, the case and the print queue.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use redress_domain::calendar::local_date;
use redress_web::step::known;
use redress_web::{Identity, Problem};

pub(crate) use redress_web::step::once;

use crate::paper::Place;
use crate::{Casework, desk};

/// What a case's address may say.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    done: Option<String>,
}

pub(crate) async fn home(State(casework): State<Casework>, identity: Result<Identity, Problem>) -> Response {
    match identity {
        Ok(identity) => Redirect::to(&format!("/staff/{}", identity.council)).into_response(),
        Err(problem) => casework.pages.problem(&problem),
    }
}

pub(crate) async fn case(
    State(casework): State<Casework>,
    Path((council, reference)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let identity = identity?;
        let view = casework.case(&council, &reference, &identity).await?;
        let rules = casework.office.settings.library.rules(&council, view.policy.version);
        let rules = rules.ok_or_else(|| Problem::not_found("The policy of this case is not here."))?;
        Ok::<_, Problem>(json!({
            "id": council,
            "council": rules.policy.council,
            "policy": known(&rules),
            "stage": rules.policy.stage(view.stage),
            "me": casework.me(&identity),
            "groups": desk::groups(&view.allowed),
            "person": format!("/staff/{council}/cases/{}/person", view.reference),
            "past": true,
            "campaign": casework.campaign(&view, &identity).await?,
            "case": view,
            "key": once(),
            "done": asked.done,
            "today": local_date(casework.office.clock.now()),
        }))
    };
    match made.await {
        Ok(context) => casework.pages.page("case.html", context),
        Err(problem) => casework.pages.problem(&problem),
    }
}

pub(crate) async fn print(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    Query(place): Query<Place>,
    Query(asked): Query<Asked>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let identity = identity?;
        let waiting = casework.to_post(&council, &identity, &place).await?;
        let rules = casework.office.present(&council)?;
        Ok::<_, Problem>(json!({
            "id": council,
            "council": rules.policy.council,
            "me": casework.me(&identity),
            "waiting": waiting,
            "place": place,
            "key": once(),
            "done": asked.done,
        }))
    };
    match made.await {
        Ok(context) => casework.pages.page("print.html", context),
        Err(problem) => casework.pages.problem(&problem),
    }
}

impl Casework {
    /// Who reads, as every staff page has them.
    pub(crate) fn me(&self, identity: &Identity) -> Value {
        identity.me_at(self.office.settings.library.roles())
    }
}
