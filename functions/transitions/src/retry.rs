//! `POST /staff/{council}/admin/retry`: a mail that failed goes once more, because somebody says so.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use redress_domain::input::Fields;
use redress_domain::reading::Reading;
use redress_office::OfficeError;
use redress_store::{AuditRow, CaseKey, OutId};
use redress_web::{Identity, Problem, trail};

use crate::Transitions;

pub(crate) async fn page(
    State(transitions): State<Transitions>,
    Path(council): Path<String>,
    identity: Result<Identity, Problem>,
    headers: HeaderMap,
    sent: Body,
) -> Response {
    let done = async {
        let identity = identity?;
        identity.at(&council)?;
        if !transitions.office.settings.library.roles().may(identity.role, "retry", 1) {
            return Err(Problem::forbidden("Your role does not let failed mail go again."));
        }
        let sent = identity.form(&council, &headers, sent).await?;
        let (key, id) = named(&council, sent.value)?;
        transitions.again(&key, id, &identity).await
    };
    match done.await {
        Ok(()) => Redirect::to(&format!("/staff/{council}/admin?done=retry#failed")).into_response(),
        Err(problem) => transitions.pages.problem(&problem),
    }
}

impl Transitions {
    async fn again(&self, key: &CaseKey, id: OutId, identity: &Identity) -> Result<(), Problem> {
        let store = &self.office.store;
        let case = store.case(key).await.map_err(OfficeError::from)?;
        if let Some((case, _)) = &case {
            Reading::of(case).permits(&identity.actor()).map_err(|refusal| Problem::forbidden(refusal.to_string()))?;
        }
        let row = AuditRow {
            of: Some("retry".to_owned()),
            reference: case.map(|(case, _)| case.reference.to_string()),
            ..identity.row(&self.office, "command")
        };
        trail::written(&self.office, &key.council, &row).await?;
        let again = store.try_again(key, id, self.office.clock.now()).await.map_err(OfficeError::from)?;
        tracing::info!(case = %key, out = %id, again, "a mail is to go again");
        if again { Ok(()) } else { Err(Problem::not_found("This mail is not among those that failed any more.")) }
    }
}

/// The case or the mailbox, and the item of its outbox.
fn named(council: &str, value: serde_json::Value) -> Result<(CaseKey, OutId), Problem> {
    let mut fields = Fields::of(value);
    let of = fields.required_text("of", "Select a mail from the list");
    let out = fields.required_text("out", "Select a mail from the list");
    let id = out.as_deref().and_then(|out| out.parse::<OutId>().ok());
    if out.is_some() && id.is_none() {
        fields.error("out", "is no mail of the list");
    }
    let read = of.zip(id).map(|(of, id)| (CaseKey::new(council, &of), id));
    fields.finish(read).map_err(Problem::fields)
}
