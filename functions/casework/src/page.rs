//! The staff pages: the queue, the case and the print queue.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use redress_domain::calendar::local_date;
use redress_domain::rules::Rules;
use redress_platform::random;
use redress_store::Summary;
use redress_web::{Identity, Problem};

use crate::filter::Filters;
use crate::paper::Place;
use crate::{Casework, desk};

/// Lines of a page of the queue.
const LINES: usize = 50;

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

pub(crate) async fn queue(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    Query(filters): Query<Filters>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let identity = identity?;
        let listed = casework.list(&council, &filters, &identity, LINES).await?;
        let rules = casework.office.present(&council)?;
        let today = local_date(casework.office.clock.now());
        let ids = listed.cases.iter().filter_map(|line| line.owner.as_ref()).map(|owner| owner.id.clone());
        let mut ids: Vec<String> = ids.collect();
        ids.sort();
        ids.dedup();
        let names = casework.office.store.colleagues(&council, ids).await.map_err(redress_office::OfficeError::from)?;
        Ok::<_, Problem>(json!({
            "id": council,
            "council": rules.policy.council,
            "teams": rules.policy.teams,
            "stages": rules.policy.stages,
            "me": casework.me(&identity),
            "groups": groups(listed.cases, today),
            "names": names,
            "next": listed.next,
            "hidden": listed.hidden,
            "filters": filters,
            "today": today,
        }))
    };
    match made.await {
        Ok(context) => casework.pages.page("queue.html", context),
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
        }))
    };
    match made.await {
        Ok(context) => casework.pages.page("print.html", context),
        Err(problem) => casework.pages.problem(&problem),
    }
}

impl Casework {
    /// Who reads, as every staff page has them.
    fn me(&self, identity: &Identity) -> Value {
        let posts = self.may_give(identity, "printed");
        json!({"name": identity.name, "role": identity.role_name(), "id": identity.id, "posts": posts})
    }
}

/// What a form sends with it, so that a second click is the same request.
fn once() -> String {
    random::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the forms of a case choose from.
fn known(rules: &Rules) -> Value {
    let policy = &rules.policy;
    let ombudsmen: Vec<Value> =
        rules.ombudsmen.iter().map(|found| json!({"id": found.id, "name": found.name})).collect();
    json!({
        "teams": policy.teams,
        "services": policy.services,
        "outcomes": policy.outcomes,
        "exclusions": policy.exclusions,
        "categories": policy.categories,
        "organisations": policy.organisations,
        "representatives": policy.representatives,
        "restrictions": policy.restrictions,
        "ombudsmen": ombudsmen,
    })
}

/// Lines under one heading: words before colour.
#[derive(Debug, Serialize)]
struct Group {
    heading: &'static str,
    cases: Vec<Summary>,
}

/// Overdue, due today, this week, later: what will be late comes first.
fn groups(cases: Vec<Summary>, today: NaiveDate) -> Vec<Group> {
    let week = today.checked_add_days(chrono::Days::new(7)).unwrap_or(today);
    let mut groups: Vec<Group> = ["Overdue", "Due today", "Due in the next 7 days", "Later"]
        .into_iter()
        .map(|heading| Group { heading, cases: Vec::new() })
        .collect();
    for case in cases {
        let at = match case.next_due.as_ref().map(|next| next.due_on) {
            Some(due_on) if due_on < today => 0,
            Some(due_on) if due_on == today => 1,
            Some(due_on) if due_on <= week => 2,
            _ => 3,
        };
        if let Some(group) = groups.get_mut(at) {
            group.cases.push(case);
        }
    }
    groups.retain(|group| !group.cases.is_empty());
    groups
}
