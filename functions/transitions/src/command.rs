//! One command on one case, as a program sends it and as a page's form says it.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use redress_domain::calendar::local_date;
use redress_domain::commands::{Command, TABLE, read};
use redress_domain::reading::Reading;
use redress_office::{Act, Done};
use redress_store::{AuditRow, CaseKey, Colleague, Idempotency};
use redress_web::{Identity, Problem, body, idempotency, if_match, key_of, trail};

use crate::Transitions;

/// What is said where a command was carried out and its answer may not be shown.
const DONE: &str = "What you asked for was done, but something went wrong on our side before it could be shown. Look at \
                    the case before you try again.";

/// What the address of a command may say beside it.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// `true`: what it would send, and nothing is done.
    preview: Option<String>,
}

/// A command as its address names it.
pub(crate) type Address = (String, String, String);

pub(crate) async fn api(
    State(transitions): State<Transitions>,
    Path((council, reference, name)): Path<Address>,
    Query(asked): Query<Asked>,
    identity: Identity,
    headers: HeaderMap,
    sent: Body,
) -> Result<Response, Problem> {
    identity.at(&council)?;
    let key = key_of(&council, &reference)?;
    let sent = body::read(&headers, sent).await?;
    let route = format!("cases/{}/{name}", key.reference);
    let request = idempotency(&headers, &council, &route, &identity.id, &sent.bytes)?;
    let command = command(&name, sent.value)?;
    if asked.preview.as_deref() == Some("true") {
        let preview = transitions.office.preview(&key, command, &identity.actor(), if_match(&headers)?).await?;
        transitions.reads(&key, &identity, &name).await?;
        return Ok(Json(preview).into_response());
    }
    let done = transitions.carry_out(&key, command, &identity, if_match(&headers)?, request.as_ref()).await?;
    // The answer shows the case, and a request may be repeated by somebody who may not read it any more.
    Reading::of(&done.case).permits(&identity.actor()).map_err(|refusal| Problem::forbidden(refusal.to_string()))?;
    let view = transitions.office.view_after(&key, done, &identity.actor()).await?;
    let version = HeaderValue::from_str(&format!("\"{}\"", view.version)).unwrap_or(HeaderValue::from_static("\"0\""));
    Ok(([("etag", version)], Json(view)).into_response())
}

impl Transitions {
    pub(crate) async fn carry_out(
        &self,
        key: &CaseKey,
        command: Command,
        identity: &Identity,
        seen: Option<u32>,
        request: Option<&Idempotency>,
    ) -> Result<Done, Problem> {
        self.remember(identity, &command).await?;
        let name = command.name();
        let answers =
            matches!(&command, Command::Respond(_)) || matches!(&command, Command::SignOff(off) if off.approve);
        let by = identity.actor();
        let done = self.office.carry_out(Act { key, command, by: &by, seen, request }).await.map_err(Problem::from);
        let outcome = done.as_ref().map_or_else(|problem| problem.status, |_| 200);
        tracing::info!(council = %key.council, reference = %key.reference, command = name, outcome, "command");
        let done = done?;
        if answers {
            self.answered(key).await;
        }
        let row = AuditRow {
            of: Some(name.to_owned()),
            reference: Some(key.reference.clone()),
            entry: Some(done.case.version),
            ..identity.row(&self.office, "command")
        };
        let written = trail::written(&self.office, &key.council, &row).await;
        written.map_err(|problem| Problem { detail: DONE.to_owned(), ..problem })?;
        Ok(done)
    }

    /// The ledger holds no names, so the directory learns what people are called.
    async fn remember(&self, identity: &Identity, command: &Command) -> Result<(), Problem> {
        self.know(identity).await?;
        let owner = match command {
            Command::Assign(assign) => assign.owner.as_ref(),
            Command::Transfer(transfer) => transfer.owner.as_ref(),
            Command::Cover(cover) => Some(&cover.owner),
            _ => None,
        };
        if let Some((owner, name)) = owner.and_then(|owner| Some((owner, owner.name.as_ref()?))) {
            let colleague = Colleague::named(name.clone(), owner.role);
            self.office.store.remember(&identity.council, &owner.id, &colleague).await.map_err(|error| ours(&error))?;
        }
        Ok(())
    }

    /// What whoever asks is called, from their own token.
    pub(crate) async fn know(&self, identity: &Identity) -> Result<(), Problem> {
        let seen_on = Some(local_date(self.office.clock.now()));
        let own = Colleague { seen_on, ..Colleague::named(identity.name.clone(), identity.role) };
        self.office.store.remember(&identity.council, &identity.id, &own).await.map_err(|error| ours(&error))
    }
}

pub(crate) fn command(name: &str, value: serde_json::Value) -> Result<Command, Problem> {
    let known: Vec<&str> = TABLE.iter().map(|row| row.name).collect();
    let read = read(name, value);
    let shown: String = name.chars().take(60).collect();
    read.ok_or_else(|| Problem::not_found(format!("There is no command “{shown}”. There are {}.", known.join(", "))))?
        .map_err(Problem::fields)
}

fn ours(error: &redress_store::StoreError) -> Problem {
    tracing::error!(%error, "a request failed on our side");
    Problem::ours()
}
