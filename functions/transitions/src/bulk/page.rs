//! The page that shows what will happen to each case before it does, and then what happened.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};

use redress_domain::refusal::FieldError;
use redress_domain::rules::Rules;
use redress_office::OfficeError;
use redress_web::step::once;
use redress_web::{Identity, Problem};

use super::asked::{Asked, at_the_list, references};
use super::{Given, How, Status};
use crate::Transitions;

/// Of the directory of staff, so many are offered to choose from.
const COLLEAGUES_MAX: i32 = 300;

pub(crate) async fn page(
    State(transitions): State<Transitions>,
    Path(council): Path<String>,
    identity: Result<Identity, Problem>,
    headers: HeaderMap,
    sent: Body,
) -> Response {
    let made = async {
        let identity = identity?;
        let sent = identity.form(&council, &headers, sent).await?;
        transitions.must_assign(&identity)?;
        let rules = transitions.office.present(&council)?;
        let asked = match transitions.asked(&rules, &identity, without_first(sent.value.clone())).await? {
            Ok(asked) => asked,
            Err(errors) => return transitions.choose(&rules, &identity, &sent.value, errors).await,
        };
        let yes = |name: &str| sent.aside.get(name).is_some_and(|value| value == "yes");
        let to_case = sent.aside.get("_then").is_some_and(|then| then == "case") && asked.cases.len() == 1;
        let once = sent.aside.get("_key").map(|key| (key.as_str(), &*sent.bytes));
        let how = How { only_look: !yes("_confirmed"), only_nobodys: to_case, once };
        let results = transitions.give(&asked, &identity, how).await?;
        if to_case && results.iter().all(|given| matches!(given.status, Status::Done | Status::Unchanged)) {
            let reference = results.first().map(|given| given.reference.as_str()).unwrap_or_default();
            return Ok(Redirect::to(&format!("/staff/{council}/cases/{reference}?done=assign")).into_response());
        }
        transitions.told(&rules, &identity, &asked, &results, how.only_look).await
    };
    made.await.unwrap_or_else(|problem| transitions.pages.problem_before(&problem, &format!("/staff/{council}")))
}

impl Transitions {
    /// What will happen to each, or what did.
    async fn told(
        &self,
        rules: &Rules,
        identity: &Identity,
        asked: &Asked,
        results: &[Given],
        only_look: bool,
    ) -> Result<Response, Problem> {
        let council = &identity.council;
        let owners = results.iter().filter_map(|given| given.from.as_ref()?.0.clone());
        let mut ids: Vec<String> = owners.chain(asked.owner.as_ref().map(|owner| owner.id.clone())).collect();
        ids.sort();
        ids.dedup();
        let mut names = self.called(council, ids).await?;
        if let Some((owner, name)) = asked.owner.as_ref().and_then(|owner| Some((owner, owner.name.clone()?))) {
            names.insert(owner.id.clone(), name);
        }
        let rows: Vec<Value> = results.iter().map(|given| row(given, asked, rules, &names)).collect();
        let of = |status: Status| results.iter().filter(|given| given.status == status).count();
        let context = json!({
            "id": council,
            "council": rules.policy.council,
            "me": identity.me_at(self.office.settings.library.roles()),
            "here": "work",
            "only_look": only_look,
            "rows": rows,
            "done": of(Status::Done),
            "changed": of(Status::Changed),
            "left": results.len() - of(Status::Done),
            "owner": asked.owner.as_ref().map(|owner| owner.id.as_str()),
            "team": asked.team,
            "to": whither(asked, rules, &names),
            "key": once(),
        });
        Ok(self.pages.page("staff/give.html", context))
    }

    /// The same cases again, with what is wrong, and the choice.
    async fn choose(
        &self,
        rules: &Rules,
        identity: &Identity,
        sent: &Value,
        errors: Vec<FieldError>,
    ) -> Result<Response, Problem> {
        let council = &identity.council;
        let (found, _) = self.office.store.directory(council, None, COLLEAGUES_MAX).await.map_err(OfficeError::from)?;
        let mut colleagues: Vec<(String, String)> = found.into_iter().map(|(id, known)| (id, known.name)).collect();
        colleagues.retain(|(id, _)| *id != identity.id);
        colleagues.sort_by_key(|(_, name)| name.to_lowercase());
        let text = |name: &str| sent.get(name).and_then(Value::as_str).unwrap_or_default();
        let context = json!({
            "id": council,
            "council": rules.policy.council,
            "me": identity.me_at(self.office.settings.library.roles()),
            "here": "work",
            "teams": rules.policy.teams,
            "colleagues": colleagues,
            "ticked": references(sent),
            "owner": text("owner"),
            "team": text("team"),
            "errors": at_the_list(errors),
        });
        Ok(self.pages.with_status(StatusCode::UNPROCESSABLE_ENTITY, "staff/give-choose.html", context))
    }
}

/// The desk's form also asks for the first case of a campaign, which is another button's.
fn without_first(mut sent: Value) -> Value {
    if let Value::Object(fields) = &mut sent {
        fields.remove("first");
    }
    sent
}

fn row(given: &Given, asked: &Asked, rules: &Rules, names: &BTreeMap<String, String>) -> Value {
    let said = |owner: Option<&String>, team: &str| {
        let team = rules.policy.team(team).map_or(team, |found| &found.name);
        let owner = owner.map_or("Nobody", |id| names.get(id).unwrap_or(id).as_str());
        format!("{owner}, {team}")
    };
    let to = given.from.as_ref().map(|(_, team)| {
        let owner = asked.owner.as_ref().map(|owner| &owner.id);
        said(owner, asked.team.as_deref().unwrap_or(team))
    });
    json!({
        "reference": given.reference,
        "status": given.status,
        "detail": given.detail,
        "version": given.version,
        "from": given.from.as_ref().map(|(owner, team)| said(owner.as_ref(), team)),
        "to": to,
    })
}

/// Whom they go to, in words.
fn whither(asked: &Asked, rules: &Rules, names: &BTreeMap<String, String>) -> String {
    let owner = asked.owner.as_ref().map(|owner| names.get(&owner.id).unwrap_or(&owner.id).clone());
    let team = asked.team.as_ref().and_then(|id| rules.policy.team(id)).map(|team| team.name.clone());
    match (owner, team) {
        (Some(owner), Some(team)) => format!("{owner}, {team}"),
        (Some(owner), None) => owner,
        (None, Some(team)) => team,
        (None, None) => "their team".to_owned(),
    }
}
