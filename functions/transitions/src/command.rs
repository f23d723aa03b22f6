//! One command on one case, from a program or from a page.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

use redress_domain::commands::{Command, TABLE, read};
use redress_office::Act;
use redress_store::{AuditRow, CaseKey, Colleague, Idempotency};
use redress_web::{Identity, Problem, body, idempotency, if_match, key_of};

use crate::Transitions;

/// A command as its address names it.
type Address = (String, String, String);

pub(crate) async fn api(
    State(transitions): State<Transitions>,
    Path((council, reference, name)): Path<Address>,
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
    transitions.carry_out(&key, command, &identity, if_match(&headers)?, request.as_ref()).await?;
    let view = transitions.office.view(&key, &identity.actor()).await?;
    let version = HeaderValue::from_str(&format!("\"{}\"", view.version)).unwrap_or(HeaderValue::from_static("\"0\""));
    Ok(([("etag", version)], Json(view)).into_response())
}

pub(crate) async fn page(
    State(transitions): State<Transitions>,
    Path((council, reference, name)): Path<Address>,
    identity: Result<Identity, Problem>,
    headers: HeaderMap,
    sent: Body,
) -> Response {
    let done = async {
        let identity = identity?;
        identity.at(&council)?;
        let key = key_of(&council, &reference)?;
        let sent = body::read(&headers, sent).await?;
        let seen = sent.aside.get("_version").and_then(|version| version.parse().ok());
        let request = sent.aside.get("_key").map(|once| {
            Idempotency::new(&council, &format!("page/{}/{name}", key.reference), &identity.id, once, &sent.bytes)
        });
        let command = command(&name, sent.value)?;
        transitions.carry_out(&key, command, &identity, seen, request.as_ref()).await?;
        Ok::<_, Problem>(key)
    };
    match done.await {
        Ok(key) => Redirect::to(&format!("/staff/{council}/cases/{}?done={name}", key.reference)).into_response(),
        Err(problem) => {
            let back = format!("/staff/{council}/cases/{reference}");
            transitions.pages.with_status(problem.status(), "problem.html", json!({"problem": problem, "back": back}))
        }
    }
}

impl Transitions {
    async fn carry_out(
        &self,
        key: &CaseKey,
        command: Command,
        identity: &Identity,
        seen: Option<u32>,
        request: Option<&Idempotency>,
    ) -> Result<(), Problem> {
        self.remember(identity, &command).await?;
        let name = command.name();
        let by = identity.actor();
        let done = self.office.act(Act { key, command, by: &by, seen, request }).await.map_err(Problem::from);
        if let Err(problem) = &done
            && problem.status() == StatusCode::FORBIDDEN
        {
            self.refused(key, identity).await?;
        }
        let outcome = done.as_ref().map_or_else(|problem| problem.status, |_| 200);
        tracing::info!(council = %key.council, reference = %key.reference, command = name, outcome, "command");
        done.map(|_| ())
    }

    /// The ledger holds no names, so the directory learns what people are called.
    async fn remember(&self, identity: &Identity, command: &Command) -> Result<(), Problem> {
        let mut people = vec![(identity.id.clone(), identity.name.clone(), identity.role)];
        let owner = match command {
            Command::Assign(assign) => assign.owner.as_ref(),
            Command::Transfer(transfer) => transfer.owner.as_ref(),
            Command::Cover(cover) => Some(&cover.owner),
            _ => None,
        };
        if let Some((owner, name)) = owner.and_then(|owner| Some((owner, owner.name.as_ref()?))) {
            people.push((owner.id.clone(), name.clone(), owner.role));
        }
        for (id, name, role) in people {
            let colleague = Colleague { name, role };
            self.office.store.remember(&identity.council, &id, &colleague).await.map_err(|error| ours(&error))?;
        }
        Ok(())
    }

    async fn refused(&self, key: &CaseKey, identity: &Identity) -> Result<(), Problem> {
        let row = AuditRow {
            at: self.office.clock.now(),
            actor: identity.id.clone(),
            role: identity.role_name(),
            what: "refused".to_owned(),
            reference: Some(key.reference.clone()),
        };
        self.office.store.audit(&key.council, &row).await.map_err(|error| ours(&error))
    }
}

fn command(name: &str, value: serde_json::Value) -> Result<Command, Problem> {
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
