//! Many cases given to somebody at once: each is a command of its own, and one that fails stops nothing.

mod asked;
pub(crate) mod campaign;
pub(crate) mod campaign_page;
pub(crate) mod page;

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

use redress_domain::case::Case;
use redress_domain::commands::{Assign, Command, Transfer, decide};
use redress_domain::decide::Context;
use redress_domain::reading::Reading;
use redress_domain::refusal::FieldError;
use redress_office::{Done, OfficeError};
use redress_store::{AuditRow, CaseKey, Idempotency};
use redress_web::{Identity, Problem, body, idempotency, trail};

use crate::Transitions;
use asked::{Asked, Ticked};

/// What became, or would become, of one case.
#[derive(Debug, Serialize)]
pub(crate) struct Given {
    reference: String,
    status: Status,
    /// In words, where there is something to say.
    detail: Option<String>,
    /// The version of the case; nothing where it may not be told.
    version: Option<u32>,
    /// Who had it, and with which team, before.
    #[serde(skip)]
    from: Option<(Option<String>, String)>,
}

/// In a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Status {
    /// It is theirs now; on the page that asks first, it will be.
    Done,
    /// It was theirs already.
    Unchanged,
    /// Somebody changed it after it was seen.
    Changed,
    /// A rule refuses.
    Refused,
    /// There is no such case.
    NotFound,
    /// Something went wrong on our side.
    Failed,
}

/// How the cases are given.
#[derive(Clone, Copy)]
struct How<'a> {
    /// Nothing is given: it is only said what would be.
    only_look: bool,
    /// Only what nobody has.
    only_nobodys: bool,
    /// The request it came with: its key, and its body.
    once: Option<(&'a str, &'a [u8])>,
}

pub(crate) async fn api(
    State(transitions): State<Transitions>,
    Path(council): Path<String>,
    identity: Identity,
    headers: HeaderMap,
    sent: Body,
) -> Result<Json<Value>, Problem> {
    identity.at(&council)?;
    transitions.must_assign(&identity)?;
    let sent = body::read(&headers, sent).await?;
    idempotency(&headers, &council, "assign", &identity.id, &sent.bytes)?;
    let rules = transitions.office.present(&council)?;
    let asked = transitions.asked(&rules, &identity, sent.value).await?.map_err(Problem::fields)?;
    let once = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(|key| (key, &*sent.bytes));
    let how = How { only_look: false, only_nobodys: false, once };
    Ok(Json(json!({"results": transitions.give(&asked, &identity, how).await?})))
}

/// One field that cannot be taken.
pub(crate) fn wrong(field: &str, message: impl Into<String>) -> Problem {
    Problem::fields(vec![FieldError { field: field.to_owned(), message: message.into() }])
}

impl Transitions {
    fn must_assign(&self, identity: &Identity) -> Result<(), Problem> {
        let why = "Your role gives nobody cases. A complaints manager, a manager or an officer does.";
        if self.may_assign(identity) { Ok(()) } else { Err(Problem::forbidden(why)) }
    }

    /// Gives each, one after the other.
    async fn give(&self, asked: &Asked, identity: &Identity, how: How<'_>) -> Result<Vec<Given>, Problem> {
        let mut results = Vec::new();
        for ticked in &asked.cases {
            let given = self.give_one(asked, ticked, identity, how).await;
            results.push(match given {
                Ok(given) => given,
                // Those before it are given; that this one is not is said, and the rest goes on.
                Err(problem) => Given::of(ticked, &problem),
            });
        }
        Ok(results)
    }

    async fn give_one(
        &self,
        asked: &Asked,
        ticked: &Ticked,
        identity: &Identity,
        how: How<'_>,
    ) -> Result<Given, Problem> {
        let key = CaseKey::new(&identity.council, &ticked.reference);
        let request = how.once.map(|(key, bytes)| {
            let route = format!("assign/{}", ticked.reference);
            Idempotency::new(&identity.council, &route, &identity.id, key, bytes)
        });
        let earlier = if how.only_look { None } else { self.office.repeated(&key.council, request.as_ref()).await? };
        if let Some(case) = earlier {
            return Ok(Given::said(ticked, Status::Done, None, Some(&case)));
        }
        let case = match self.open_one(&key, ticked, identity, "assign").await? {
            Ok(case) => case,
            Err(given) => return Ok(given),
        };
        let said = |status, why: &str| Ok(Given::said(ticked, status, Some(why.to_owned()), Some(&case)));
        if ticked.version.is_some_and(|version| version != case.version) {
            return said(Status::Changed, "Somebody changed this case after you saw it. Nothing was changed.");
        }
        if how.only_nobodys && case.owner.as_ref().is_some_and(|owner| owner.id != identity.id) {
            return said(Status::Changed, "Somebody else has taken this case meanwhile. Nothing was changed.");
        }
        if asked.is_so(&case) {
            return said(Status::Unchanged, "It is with them already.");
        }
        if how.only_look {
            return self.look(&key, asked.command(), ticked, identity).await;
        }
        let seen = ticked.version.or(how.only_nobodys.then_some(case.version));
        let done = self.carry_out(&key, asked.command(), identity, seen, request.as_ref()).await;
        self.became(done, &case, ticked, identity, "assign").await
    }

    /// One of the cases, or why it is nothing for whoever ticked it.
    async fn open_one(
        &self,
        key: &CaseKey,
        ticked: &Ticked,
        identity: &Identity,
        command: &str,
    ) -> Result<Result<Case, Given>, Problem> {
        let Some((case, _)) = self.office.store.case(key).await.map_err(OfficeError::from)? else {
            return Ok(Err(Given::said(ticked, Status::NotFound, Some("There is no such case.".to_owned()), None)));
        };
        match Reading::of(&case).permits(&identity.actor()) {
            Ok(()) => Ok(Ok(case)),
            Err(refusal) => {
                self.refused(key, identity, command).await?;
                Ok(Err(Given::said(ticked, Status::Refused, Some(refusal.to_string()), None)))
            }
        }
    }

    /// What would become of it, decided without being stored.
    async fn look(
        &self,
        key: &CaseKey,
        command: Command,
        ticked: &Ticked,
        identity: &Identity,
    ) -> Result<Given, Problem> {
        let (rules, dossier, _) = self.office.load(key).await?;
        let (actor, now) = (identity.actor(), self.office.clock.now());
        let ctx = Context { rules: &rules, dossier: &dossier, actor: &actor, now, fresh: None };
        let case = &dossier.case;
        Ok(match decide(&ctx, command) {
            Ok(_) => Given::said(ticked, Status::Done, None, Some(case)),
            // In the words it would be refused with.
            Err(refusal) => {
                let version = case.version;
                let refused = OfficeError::Refused { refusal, version, allowed: Vec::new() };
                Given { version: Some(version), from: Some(place(case)), ..Given::of(ticked, &refused.into()) }
            }
        })
    }

    /// What became of a case that a command was tried on, as it stood before.
    async fn became(
        &self,
        done: Result<Done, Problem>,
        before: &Case,
        ticked: &Ticked,
        identity: &Identity,
        command: &str,
    ) -> Result<Given, Problem> {
        let from = Some(place(before));
        match done {
            Ok(done) => Ok(Given { from, ..Given::said(ticked, Status::Done, None, Some(&done.case)) }),
            Err(problem) => {
                if problem.status() == StatusCode::FORBIDDEN {
                    let key = CaseKey::new(&identity.council, &ticked.reference);
                    self.refused(&key, identity, command).await?;
                }
                Ok(Given { version: Some(before.version), from, ..Given::of(ticked, &problem) })
            }
        }
    }

    /// Somebody tried for a case that is not theirs to give.
    async fn refused(&self, key: &CaseKey, identity: &Identity, of: &str) -> Result<(), Problem> {
        let row = identity.row(&self.office, "refused");
        let row = AuditRow { of: Some(of.to_owned()), reference: Some(key.reference.clone()), ..row };
        trail::written(&self.office, &key.council, &row).await
    }

    /// What these people are called, as far as anyone knows.
    async fn called(&self, council: &str, ids: Vec<String>) -> Result<BTreeMap<String, String>, Problem> {
        let found = self.office.store.colleagues(council, ids).await.map_err(OfficeError::from)?;
        Ok(found.into_iter().map(|(id, colleague)| (id, colleague.name)).collect())
    }
}

impl Asked {
    /// The command each case is given with.
    fn command(&self) -> Command {
        let (owner, team, service, with) = (self.owner.clone(), self.team.clone(), None, Vec::new());
        match team {
            None => Command::Assign(Assign { owner, team, service, with }),
            Some(_) => Command::Transfer(Transfer { owner, team, service, with }),
        }
    }

    /// Whether a case is just where it is to go.
    fn is_so(&self, case: &Case) -> bool {
        let owner = self.owner.as_ref().map(|owner| owner.id.as_str());
        owner == case.owner.as_ref().map(|owner| owner.id.as_str())
            && self.team.as_ref().is_none_or(|team| *team == case.team)
            && case.cover.is_none()
    }
}

impl Given {
    fn said(ticked: &Ticked, status: Status, detail: Option<String>, case: Option<&Case>) -> Given {
        let version = case.map(|case| case.version);
        Given { reference: ticked.reference.clone(), status, detail, version, from: case.map(place) }
    }

    fn of(ticked: &Ticked, problem: &Problem) -> Given {
        let status = match problem.status() {
            StatusCode::NOT_FOUND => Status::NotFound,
            StatusCode::PRECONDITION_FAILED => Status::Changed,
            status if status.is_client_error() => Status::Refused,
            _ => Status::Failed,
        };
        let errors = problem.errors.iter().map(|error| error.message.clone());
        let said: Vec<String> =
            std::iter::once(problem.detail.clone()).filter(|_| problem.errors.is_empty()).chain(errors).collect();
        Given::said(ticked, status, Some(said.join(" ")), None)
    }
}

/// Who has it, and with which team.
fn place(case: &Case) -> (Option<String>, String) {
    (case.owner.as_ref().map(|owner| owner.id.clone()), case.team.clone())
}
