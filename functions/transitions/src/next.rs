//! The next case: of what nobody has, the one that is due first, for whoever asks.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::Value;

use redress_domain::commands::{Assign, Command, NewOwner};
use redress_domain::input::Fields;
use redress_office::{Done, OfficeError};
use redress_store::{CaseKey, Idempotency, Next, Whose};
use redress_web::{Identity, Problem, body, idempotency};

use crate::Transitions;

/// At most so many lines are read in search of one.
const READ_MAX: usize = 100;

/// At most so many cases are asked for in vain: others were first, or a rule refuses.
const TRIES_MAX: usize = 20;

/// The first step of reading: mostly the first line is the one.
const FIRST: usize = 10;

pub(crate) async fn api(
    State(transitions): State<Transitions>,
    Path(council): Path<String>,
    identity: Identity,
    headers: HeaderMap,
    sent: Body,
) -> Result<Response, Problem> {
    identity.at(&council)?;
    let sent = body::read(&headers, sent).await?;
    let request = idempotency(&headers, &council, "next", &identity.id, &sent.bytes)?;
    let team = team(sent.value)?;
    let Some(done) = transitions.take_next(&identity, team, request.as_ref()).await? else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let key = CaseKey::new(&council, done.case.reference.as_str());
    let view = transitions.office.view_after(&key, done, &identity.actor()).await?;
    Ok(Json(view).into_response())
}

pub(crate) async fn page(
    State(transitions): State<Transitions>,
    Path(council): Path<String>,
    identity: Result<Identity, Problem>,
    headers: HeaderMap,
    sent: Body,
) -> Response {
    let done = async {
        let identity = identity?;
        let sent = identity.form(&council, &headers, sent).await?;
        let once = sent.aside.get("_key");
        let request = once.map(|once| Idempotency::new(&council, "page/next", &identity.id, once, &sent.bytes));
        transitions.take_next(&identity, team(sent.value)?, request.as_ref()).await
    };
    match done.await {
        Ok(Some(done)) => {
            Redirect::to(&format!("/staff/{council}/cases/{}?done=assign", done.case.reference)).into_response()
        }
        Ok(None) => Redirect::to(&format!("/staff/{council}?owner=nobody&done=nothing-waits")).into_response(),
        Err(problem) => transitions.pages.problem_before(&problem, &format!("/staff/{council}")),
    }
}

/// Which team's, where that is said.
fn team(sent: Value) -> Result<Option<String>, Problem> {
    let mut fields = Fields::of(sent);
    let team = fields.line("team");
    fields.finish(Some(team)).map_err(Problem::fields)
}

impl Transitions {
    /// Gives this person the case that is due first of those that nobody has, that they may read, and that they may
    /// have. Beaten to one, they get the next. Nothing when nothing waits.
    async fn take_next(
        &self,
        identity: &Identity,
        team: Option<String>,
        request: Option<&Idempotency>,
    ) -> Result<Option<Done>, Problem> {
        let council = identity.council.as_str();
        let rules = self.office.present(council)?;
        if !self.may_assign(identity) {
            return Err(Problem::forbidden("Your role takes no cases."));
        }
        if let Some(earlier) = self.office.repeated(council, request).await? {
            return Ok(Some(Done::before(earlier)));
        }
        let known = |id: &String| rules.policy.team(id).is_some();
        if let Some(unknown) = team.as_ref().filter(|id| !known(id)) {
            return Err(crate::bulk::wrong("team", format!("“{unknown}” is not a team of this council")));
        }
        let teams = match team.or_else(|| identity.team.clone().filter(known)) {
            Some(team) => vec![team],
            None => rules.policy.teams.iter().map(|team| team.id.clone()).collect(),
        };
        let mut lines = self.office.store.lines(council, &Whose::Nobodys(teams), None, FIRST, READ_MAX);
        let mut tries = 0;
        while let Next::Line(_, line) = lines.next().await.map_err(OfficeError::from)? {
            if line.reading.permits(&identity.actor()).is_err() {
                continue;
            }
            tries += 1;
            if tries > TRIES_MAX {
                break;
            }
            let key = CaseKey::new(council, line.reference.as_str());
            if let Some(done) = self.take(&key, identity, request).await? {
                return Ok(Some(done));
            }
        }
        Ok(None)
    }

    /// This one, unless somebody has it by now or a rule refuses.
    async fn take(
        &self,
        key: &CaseKey,
        identity: &Identity,
        request: Option<&Idempotency>,
    ) -> Result<Option<Done>, Problem> {
        let found = self.office.store.case(key).await.map_err(OfficeError::from)?;
        let Some((case, _)) = found.filter(|(case, _)| case.is_open() && case.holder().is_none()) else {
            return Ok(None);
        };
        let owner = NewOwner { id: identity.id.clone(), name: Some(identity.name.clone()), role: identity.role };
        let command = Command::Assign(Assign { owner: Some(owner), team: None, service: None, with: Vec::new() });
        match self.carry_out(key, command, identity, Some(case.version), request).await {
            Ok(done) => Ok(Some(done)),
            Err(problem) if problem.status().is_client_error() => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Whether this person's role gives work to people, at whichever stage.
    pub(crate) fn may_assign(&self, identity: &Identity) -> bool {
        self.office.settings.library.roles().may_somewhere(identity.role, "assign")
    }
}
