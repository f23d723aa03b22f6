//! The desk: what there is to do, what is late first, with its filters in sight.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use redress_domain::refusal::FieldError;
use redress_domain::roles::Role;
use redress_domain::rules::Rules;
use redress_office::OfficeError;
use redress_store::{Summary, Whose};
use redress_web::{Identity, Problem};

use crate::filter::Filters;
use crate::queue::{Listed, READ_MAX, Said, Wanted, filters, value};
use crate::rows::{Seen, columns, groups};
use crate::{Casework, chips, export};

/// Lines of a page.
const LINES: usize = 50;

/// Counts beside a tab stop here, and say so.
const COUNT_MAX: usize = 100;

/// Of the directory of staff, so many are offered to choose from.
pub(crate) const COLLEAGUES_MAX: i32 = 300;

/// What a page of the desk is made from.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// What was done just now.
    pub(crate) done: Option<String>,
    /// What could not be taken, beside the filters' own errors.
    pub(crate) errors: Vec<FieldError>,
    /// The name of a view that could not be saved, for putting right.
    pub(crate) view: String,
}

pub(crate) async fn page(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    Query(said): Query<Said>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let identity = identity?;
        let shown = Shown { done: value(&said, "done").map(str::to_owned), ..Shown::default() };
        casework.desk(&council, &said, &identity, shown).await
    };
    made.await.unwrap_or_else(|problem| casework.pages.problem(&problem))
}

impl Casework {
    /// The desk, once it is written down what it shows. What cannot be taken is said beside its filter.
    pub(crate) async fn desk(
        &self,
        council: &str,
        said: &Said,
        identity: &Identity,
        shown: Shown,
    ) -> Result<Response, Problem> {
        self.may_list(council, identity)?;
        let rules = self.rules(council).await?;
        let counts = self.counts(council, identity, &rules).await?;
        let filters = chosen(filters(said), identity, &rules, &counts);
        let Shown { done, mut errors, view } = shown;
        let listed = match filters.check(&rules, identity, self.today()) {
            Ok(filter) => {
                let wanted = Wanted { cursor: value(said, "cursor"), lines: LINES, read: READ_MAX };
                self.list(council, &filter, identity, wanted).await
            }
            Err(wrong) => Err(Problem::fields(wrong)),
        };
        let listed = match listed {
            Ok(listed) => Some(listed),
            Err(problem) if !problem.errors.is_empty() => {
                errors.extend(problem.errors);
                None
            }
            Err(problem) => return Err(problem),
        };
        let directory = self.office.store.directory(council, None, COLLEAGUES_MAX).await;
        let (directory, _) = directory.map_err(OfficeError::from)?;
        let mut names: BTreeMap<String, String> = directory.into_iter().map(|(id, found)| (id, found.name)).collect();
        let lines = listed.as_ref().map(|listed| listed.cases.as_slice()).unwrap_or_default();
        let strangers: Vec<&Summary> = lines
            .iter()
            .filter(|line| line.owner.as_ref().is_some_and(|owner| !names.contains_key(&owner.id)))
            .collect();
        names.extend(self.names(council, strangers).await?);
        let views = self.saved(council, identity).await?;
        self.shown(identity, "list", "cases", lines.len()).await?;
        let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let context = json!({
            "id": council,
            "council": rules.policy.council,
            "me": self.me(identity),
            "policy": {
                "teams": rules.policy.teams, "stages": rules.policy.stages,
                "services": rules.policy.services, "kinds": rules.policy.kinds,
            },
            "team": identity.team.as_ref().and_then(|id| rules.policy.team(id)),
            "heading": heading(&filters, &rules, identity, &names),
            "tabs": tabs(council, &filters, identity, &rules, &counts),
            "filters": filters,
            "chips": chips::of(council, &filters, &rules, &names),
            "flags": crate::filter::FLAGS,
            "colleagues": choices(&names, identity),
            "errors": errors,
            "desk": listed.map(|listed| self.lines_of(council, listed, &filters, &rules, &names, said)),
            "query": filters.query(),
            "views": views,
            "view": view,
            "done": done,
            "assigns": self.may_give(identity, "assign"),
            "csv_max": export::LINES_MAX,
            "read_max": READ_MAX,
            "here": "work",
            "key": crate::page::once(),
            "today": self.today(),
        });
        Ok(self.pages.with_status(status, "staff/queue.html", context))
    }

    /// What the owners of these cases are called, as far as anyone knows.
    pub(crate) async fn names<'a>(
        &self,
        council: &str,
        lines: impl IntoIterator<Item = &'a Summary>,
    ) -> Result<BTreeMap<String, String>, Problem> {
        let ids = lines.into_iter().filter_map(|line| line.owner.as_ref()).map(|owner| owner.id.clone());
        let mut ids: Vec<String> = ids.collect();
        ids.sort();
        ids.dedup();
        let found = self.office.store.colleagues(council, ids).await.map_err(OfficeError::from)?;
        Ok(found.into_iter().map(|(id, colleague)| (id, colleague.name)).collect())
    }

    fn lines_of(
        &self,
        council: &str,
        listed: Listed,
        filters: &Filters,
        rules: &Rules,
        names: &BTreeMap<String, String>,
        said: &Said,
    ) -> Value {
        let seen = Seen { rules, names, today: self.today() };
        let mine = filters.get("owner") == Some("me");
        let query = filters.query();
        let address = |more: &str| format!("/staff/{council}?{query}{more}");
        let here = value(said, "cursor").map(|cursor| format!("&{}", pair("cursor", cursor))).unwrap_or_default();
        json!({
            "columns": columns(&listed.cases, mine),
            "groups": groups(&listed.cases, &seen, filters.get("sort").is_none_or(|sort| sort == "due")),
            "shown": listed.cases.len(),
            "hidden": listed.hidden,
            "partial": listed.partial,
            "first_page": here.is_empty(),
            "next": listed.next.map(|next| address(&format!("&{}", pair("cursor", &next)))),
            "ticked": value(said, "ticked") == Some("all"),
            "tick": address(&format!("{here}&ticked=all")),
            "untick": address(&here),
        })
    }

    /// How many cases each tab has, counted to a limit.
    async fn counts(&self, council: &str, identity: &Identity, rules: &Rules) -> Result<Counts, Problem> {
        let all: Vec<String> = rules.policy.teams.iter().map(|team| team.id.clone()).collect();
        let count = async |whose: Whose| {
            let found = self.office.store.how_many(council, &whose, COUNT_MAX + 1).await;
            found.map_err(|error| Problem::from(OfficeError::from(error)))
        };
        let team = identity.team.clone().filter(|id| rules.policy.team(id).is_some());
        Ok(Counts {
            mine: count(Whose::Persons(identity.id.clone())).await?,
            team: match &team {
                Some(team) => count(Whose::Teams(vec![team.clone()])).await?,
                None => 0,
            },
            nobodys: count(Whose::Nobodys(all.clone())).await?,
            all: count(Whose::Teams(all)).await?,
        })
    }
}

/// How many cases each tab has.
#[derive(Debug)]
struct Counts {
    mine: usize,
    team: usize,
    nobodys: usize,
    all: usize,
}

/// The filters, or, where an address has none, what a person most likely came for: whoever works cases has their
/// own first, once there are any; whoever looks after all of them sees them all.
fn chosen(filters: Filters, identity: &Identity, rules: &Rules, counts: &Counts) -> Filters {
    if filters.said().next().is_some() {
        return filters;
    }
    let works = matches!(identity.role, Role::Officer | Role::Manager | Role::Investigator);
    let team = identity.team.as_deref().filter(|id| rules.policy.team(id).is_some());
    match team {
        // What waits for a signature is all that a signatory is here for.
        _ if identity.role == Role::Signatory => filters.with("flag", "sign-off"),
        _ if works && counts.mine > 0 => filters.with("owner", "me"),
        Some(team) if works => filters.with("team", team),
        _ => filters.with("owner", "all"),
    }
}

/// Whose cases these are, as the page's heading.
fn heading(filters: &Filters, rules: &Rules, identity: &Identity, names: &BTreeMap<String, String>) -> String {
    let team = filters.get("team").and_then(|id| rules.policy.team(id));
    match (filters.get("owner").unwrap_or("all"), team) {
        ("me", _) => "My work".to_owned(),
        ("nobody", _) => "Nobody’s cases".to_owned(),
        ("all", Some(team)) if identity.team.as_ref() == Some(&team.id) => format!("My team: {}", team.name),
        ("all", Some(team)) => team.name.clone(),
        ("all", None) => "All open cases".to_owned(),
        (id, _) => format!("Cases of {}", names.get(id).map_or("a colleague", String::as_str)),
    }
}

fn tabs(council: &str, filters: &Filters, identity: &Identity, rules: &Rules, counts: &Counts) -> Vec<Value> {
    let (owner, team) = (filters.get("owner"), filters.get("team"));
    let tab = |label: &str, query: &str, count: usize, current: bool| {
        let count = if count > COUNT_MAX { format!("{COUNT_MAX}+") } else { count.to_string() };
        json!({"label": label, "href": format!("/staff/{council}?{query}"), "count": count, "current": current})
    };
    let everybodys = owner.is_none_or(|owner| owner == "all");
    let mut tabs = vec![tab("My work", "owner=me", counts.mine, owner == Some("me"))];
    if let Some(own) = identity.team.as_deref().filter(|id| rules.policy.team(id).is_some()) {
        tabs.push(tab("My team", &pair("team", own), counts.team, everybodys && team == Some(own)));
    }
    tabs.push(tab("Nobody’s", "owner=nobody", counts.nobodys, owner == Some("nobody")));
    tabs.push(tab("All", "owner=all", counts.all, everybodys && team.is_none()));
    tabs
}

/// Colleagues to choose from, by name.
fn choices(names: &BTreeMap<String, String>, identity: &Identity) -> Vec<Value> {
    let mut found: Vec<(&String, &String)> = names.iter().filter(|(id, _)| **id != identity.id).collect();
    found.sort_by_key(|(_, name)| name.to_lowercase());
    found.into_iter().map(|(id, name)| json!({"id": id, "name": name})).collect()
}

/// A name and what it says, as an address has them.
pub(crate) fn pair(name: &str, value: &str) -> String {
    serde_urlencoded::to_string([(name, value)]).unwrap_or_default()
}
