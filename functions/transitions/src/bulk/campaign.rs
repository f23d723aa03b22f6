//! The same complaint from many people: each of their cases is linked with the first of them. Each keeps its person,
//! its letters, its clocks and its own answer.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde_json::{Value, json};

use redress_domain::case::{Case, Reference};
use redress_domain::commands::{Command, Link};
use redress_domain::input::Fields;
use redress_domain::reading::Reading;
use redress_domain::refusal::FieldError;
use redress_office::OfficeError;
use redress_store::{CaseKey, Idempotency};
use redress_web::{Identity, Problem, body, idempotency};

use super::asked::{Ticked, none, ticked};
use super::{Given, How, Status};
use crate::Transitions;

/// Cases, and the one that is the first of their campaign.
#[derive(Clone, Debug)]
pub(super) struct Gathering {
    pub(super) first: Reference,
    pub(super) cases: Vec<Ticked>,
}

pub(crate) async fn api(
    State(transitions): State<Transitions>,
    Path(council): Path<String>,
    identity: Identity,
    headers: HeaderMap,
    sent: Body,
) -> Result<Json<Value>, Problem> {
    identity.at(&council)?;
    transitions.must_link(&identity)?;
    let sent = body::read(&headers, sent).await?;
    idempotency(&headers, &council, "campaign", &identity.id, &sent.bytes)?;
    let asked = asked(sent.value).map_err(Problem::fields)?;
    let once = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(|key| (key, &*sent.bytes));
    let how = How { only_look: false, only_nobodys: false, once };
    Ok(Json(json!({"results": transitions.gather(&asked, &identity, how).await?})))
}

/// Reads what was sent, or says everything that is wrong with it.
pub(super) fn asked(sent: Value) -> Result<Gathering, Vec<FieldError>> {
    let none = none(&sent);
    let mut fields = Fields::of(sent);
    let cases = ticked(&mut fields, none);
    let first = fields.reference("first", "Enter the reference of the campaign’s first case");
    fields.finish(first.map(|first| Gathering { first, cases }))
}

impl Transitions {
    pub(super) fn must_link(&self, identity: &Identity) -> Result<(), Problem> {
        let may = self.office.settings.library.roles().may_somewhere(identity.role, "link");
        if may { Ok(()) } else { Err(Problem::forbidden("Your role links no cases.")) }
    }

    /// Links each with the first case, one after the other, and then the first with all that are.
    pub(super) async fn gather(
        &self,
        asked: &Gathering,
        identity: &Identity,
        how: How<'_>,
    ) -> Result<Vec<Given>, Problem> {
        let first = self.first(&asked.first, identity).await?;
        let mut results = Vec::new();
        for ticked in &asked.cases {
            let linked = self.gather_one(&first, ticked, identity, how).await;
            results.push(linked.unwrap_or_else(|problem| Given::of(ticked, &problem)));
        }
        if !how.only_look {
            let theirs = results.iter().filter(|given| matches!(given.status, Status::Done | Status::Unchanged));
            self.know_of(&first, theirs.filter_map(|given| given.reference.parse().ok()).collect(), identity).await?;
        }
        Ok(results)
    }

    /// The first case, which must be one that this person may read, and no part of another campaign.
    pub(super) async fn first(&self, reference: &Reference, identity: &Identity) -> Result<Case, Problem> {
        let key = CaseKey::new(&identity.council, reference.as_str());
        let found = self.office.store.case(&key).await.map_err(OfficeError::from)?;
        let Some((case, _)) = found else { return Err(super::wrong("first", "There is no case of this reference")) };
        if let Err(refusal) = Reading::of(&case).permits(&identity.actor()) {
            self.refused(&key, identity, "link").await?;
            return Err(Problem::forbidden(refusal.to_string()));
        }
        match case.campaign() {
            Some(first) => {
                Err(super::wrong("first", format!("This case is in the campaign of {first}: enter that one")))
            }
            None => Ok(case),
        }
    }

    async fn gather_one(
        &self,
        first: &Case,
        ticked: &Ticked,
        identity: &Identity,
        how: How<'_>,
    ) -> Result<Given, Problem> {
        let key = CaseKey::new(&identity.council, &ticked.reference);
        let request = how.once.map(|(key, bytes)| {
            let route = format!("campaign/{}", ticked.reference);
            Idempotency::new(&identity.council, &route, &identity.id, key, bytes)
        });
        let case = match self.open_one(&key, ticked, identity, "link").await? {
            Ok(case) => case,
            Err(given) => return Ok(given),
        };
        let said = |status, why: String| Ok(Given::said(ticked, status, Some(why), Some(&case)));
        if case.reference == first.reference {
            return said(Status::Unchanged, "It is the first case itself.".to_owned());
        }
        if case.campaign() == Some(&first.reference) {
            return said(Status::Unchanged, "It is in this campaign already.".to_owned());
        }
        let link = Command::Link(Link::to_campaign(first.reference.clone()));
        if how.only_look {
            return self.look(&key, link, ticked, identity).await;
        }
        // Linking takes nothing from anybody: whatever changed meanwhile, the case still says the same.
        let done = self.carry_out(&key, link, identity, None, request.as_ref()).await;
        self.became(done, &case, ticked, identity, "link").await
    }

    /// Has the first case know of these. Whatever it knows already is left as it is, so that doing it again mends what
    /// an interruption left undone.
    async fn know_of(&self, first: &Case, theirs: Vec<Reference>, identity: &Identity) -> Result<(), Problem> {
        let known = |other: &Reference| first.reference == *other || first.campaign_cases().any(|known| known == other);
        let references: Vec<Reference> = theirs.into_iter().filter(|other| !known(other)).collect();
        let Some(link) = Link::campaign_of(references) else { return Ok(()) };
        let key = CaseKey::new(&identity.council, first.reference.as_str());
        self.carry_out(&key, Command::Link(link), identity, None, None).await.map(drop)
    }
}
