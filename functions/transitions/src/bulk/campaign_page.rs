//! The page that shows which cases a campaign will have before it has them, and then what happened to each.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use redress_domain::case::Case;
use redress_domain::refusal::FieldError;
use redress_domain::rules::Rules;
use redress_web::step::once;
use redress_web::{Identity, Problem};

use super::asked::{at_the_list, references};
use super::campaign::{Gathering, asked};
use super::{Given, How, Status};
use crate::Transitions;

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
        transitions.must_link(&identity)?;
        let rules = transitions.office.present(&council)?;
        let value = only(sent.value.clone());
        let asked = match asked(value.clone()) {
            Ok(asked) => asked,
            Err(errors) => return Ok(transitions.choose_first(&rules, &identity, &value, errors)),
        };
        let first = match transitions.first(&asked.first, &identity).await {
            Ok(first) => first,
            Err(problem) if !problem.errors.is_empty() => {
                return Ok(transitions.choose_first(&rules, &identity, &value, problem.errors));
            }
            Err(problem) => return Err(problem),
        };
        let only_look = sent.aside.get("_confirmed").is_none_or(|confirmed| confirmed != "yes");
        let once = sent.aside.get("_key").map(|key| (key.as_str(), &*sent.bytes));
        let how = How { only_look, only_nobodys: false, once };
        let results = transitions.gather(&asked, &identity, how).await?;
        Ok(transitions.gathered(&rules, &identity, &first, &asked, &results, only_look))
    };
    made.await
        .unwrap_or_else(|problem: Problem| transitions.pages.problem_before(&problem, &format!("/staff/{council}")))
}

/// Of what the desk's form says, what is about a campaign: whom the cases could be given to stands in the same form.
fn only(mut sent: Value) -> Value {
    if let Value::Object(fields) = &mut sent {
        fields.retain(|name, _| name == "first" || name == "cases");
    }
    sent
}

impl Transitions {
    /// What will happen to each, or what did.
    fn gathered(
        &self,
        rules: &Rules,
        identity: &Identity,
        first: &Case,
        asked: &Gathering,
        results: &[Given],
        only_look: bool,
    ) -> Response {
        let done = results.iter().filter(|given| given.status == Status::Done).count();
        let context = json!({
            "id": identity.council,
            "council": rules.policy.council,
            "me": identity.me_at(self.office.settings.library.roles()),
            "here": "work",
            "only_look": only_look,
            "first": asked.first,
            "had": first.campaign_cases().count(),
            "rows": results,
            "done": done,
            "left": results.len() - done,
            "key": once(),
        });
        self.pages.page("staff/campaign.html", context)
    }

    /// The same cases again, with what is wrong.
    fn choose_first(&self, rules: &Rules, identity: &Identity, sent: &Value, errors: Vec<FieldError>) -> Response {
        let context = json!({
            "id": identity.council,
            "council": rules.policy.council,
            "me": identity.me_at(self.office.settings.library.roles()),
            "here": "work",
            "ticked": references(sent),
            "first": sent.get("first").and_then(Value::as_str).unwrap_or_default(),
            "errors": at_the_list(errors),
        });
        self.pages.with_status(StatusCode::UNPROCESSABLE_ENTITY, "staff/campaign-choose.html", context)
    }
}
