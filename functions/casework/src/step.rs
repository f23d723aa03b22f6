//! The page of one command on one case, what cannot be done now and why, and the keys of the desk. Sending a form is
//! `transitions`' to take: nothing here changes a case.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use redress_domain::commands::{Command, SignOff};
use redress_office::{OfficeError, Preview};
use redress_store::{AnswerPlace, CaseKey};
use redress_web::step::{ANSWERS, Shown, Step, Typed, row};
use redress_web::{Identity, Problem};

use crate::{Casework, desk};

/// What an address may already say of a form: numbers of things of the case, and nothing about anybody.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    letter: Option<u32>,
    action: Option<u32>,
    ask: Option<u32>,
    enquiry: Option<u32>,
    restriction: Option<u32>,
}

impl Asked {
    fn typed(&self) -> Typed {
        let fields = [
            ("letter", self.letter),
            ("action", self.action),
            ("ask", self.ask),
            ("enquiry", self.enquiry),
            ("restriction", self.restriction),
        ];
        Typed::asked(fields.into_iter().filter_map(|(name, n)| Some((name, n?.to_string()))))
    }
}

pub(crate) async fn page(
    State(casework): State<Casework>,
    Path((council, reference, name)): Path<(String, String, String)>,
    asked: Result<Query<Asked>, QueryRejection>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let identity = identity?;
        identity.at(&council)?;
        let row = row(&name)?;
        let key = casework.reads(&council, &reference, &identity, "read").await?;
        let place = casework.place(&key, row.name).await?;
        // A number that is none is as if nothing was asked: the form asks for it anyway.
        let begun = casework.shared_answer(&key, &identity, row.name).await?;
        let back = begun.from.as_ref().map(|first| format!("/staff/{council}/cases/{first}"));
        let typed = match begun.from {
            Some(_) => begun.typed,
            None => asked.map(|Query(asked)| asked).unwrap_or_default().typed(),
        };
        let preview = casework.waiting(&key, &identity, row.name).await;
        let step = Step { office: &casework.office, identity: &identity, key: &key, row };
        step.page(Shown { typed, place, preview, back, shared_from: begun.from, ..Shown::default() }).await
    };
    match made.await {
        Ok((status, context)) => casework.pages.with_status(status, "staff/command.html", context),
        Err(problem) => casework.pages.problem(&problem),
    }
}

pub(crate) async fn why_not(
    State(casework): State<Casework>,
    Path((council, reference)): Path<(String, String)>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let identity = identity?;
        let key = casework.reads(&council, &reference, &identity, "read").await?;
        let by = identity.actor();
        let view = casework.office.view(&key, &by).await?;
        let refused = casework.office.why_not(&key, &by).await?;
        let rules = casework.office.present(&council)?;
        Ok::<_, Problem>(json!({
            "id": council,
            "council": rules.policy.council,
            "me": casework.me(&identity),
            "case": {"reference": view.reference, "kind": view.kind},
            "groups": desk::refused(refused),
        }))
    };
    match made.await {
        Ok(context) => casework.pages.page("staff/why-not.html", context),
        Err(problem) => casework.pages.problem(&problem),
    }
}

pub(crate) async fn keys(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = || {
        let identity = identity?;
        identity.at(&council)?;
        let rules = casework.office.present(&council)?;
        Ok::<_, Problem>(json!({"id": council, "council": rules.policy.council, "me": casework.me(&identity)}))
    };
    match made() {
        Ok(context) => casework.pages.with_status(StatusCode::OK, "staff/keys.html", context),
        Err(problem) => casework.pages.problem(&problem),
    }
}

impl Casework {
    /// The answer that is being written, for the pages that write one.
    async fn place(&self, key: &CaseKey, name: &str) -> Result<AnswerPlace, Problem> {
        if !ANSWERS.contains(&name) {
            return Ok(AnswerPlace::default());
        }
        Ok(self.office.store.unsent_answer(key).await.map_err(OfficeError::from)?)
    }

    /// The letter that waits to be signed, for the page that signs it. Where it cannot be signed, the page says why.
    async fn waiting(&self, key: &CaseKey, identity: &Identity, name: &str) -> Option<Preview> {
        if name != "sign-off" {
            return None;
        }
        let approved = Command::SignOff(SignOff { approve: true, comment: None });
        self.office.preview(key, approved, &identity.actor(), None).await.ok()
    }
}
