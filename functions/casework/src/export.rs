//! `GET /staff/{council}/cases.csv`: the list that is shown, as a file for a spreadsheet.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use redress_domain::case::name_of;
use redress_domain::rules::Rules;
use redress_store::Summary;
use redress_web::{Identity, Problem};

use crate::filter::Filter;
use crate::queue::{Said, Wanted, filters};
use crate::{Casework, csv};

/// A file has at most this many lines, read from as many: a longer list is narrowed first.
pub(crate) const LINES_MAX: usize = 5_000;

/// Spreadsheets take a file without it for one in the alphabet of 1995, and spoil every name with an accent.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Says that the list goes on, as its name does.
const MORE: &str = "x-redress-more";

const HEADINGS: [&str; 12] = [
    "reference",
    "kind",
    "status",
    "stage",
    "service",
    "team",
    "owner",
    "received_on",
    "next_due",
    "due_on",
    "flags",
    "restricted",
];

/// Who opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
    /// A person, with a spreadsheet.
    People,
    /// A program, which needs no mark.
    Programs,
}

pub(crate) async fn page(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    Query(said): Query<Said>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let identity = identity?;
        casework.may_list(&council, &identity)?;
        let rules = casework.rules(&council).await?;
        let filter = filters(&said).check(&rules, &identity, casework.today()).map_err(Problem::fields)?;
        casework.exported(&council, &rules, &filter, &identity, For::People).await
    };
    made.await.unwrap_or_else(|problem| casework.pages.problem(&problem))
}

impl Casework {
    /// The whole list as a file, once it is written down that it goes out.
    pub(crate) async fn exported(
        &self,
        council: &str,
        rules: &Rules,
        filter: &Filter,
        identity: &Identity,
        whom: For,
    ) -> Result<Response, Problem> {
        let wanted = Wanted { cursor: None, lines: LINES_MAX, read: LINES_MAX };
        let listed = self.list(council, filter, identity, wanted).await?;
        let more = listed.next.is_some() || listed.partial;
        let names = self.names(council, &listed.cases).await?;
        let mut file = csv::row(&HEADINGS.map(str::to_owned));
        for line in &listed.cases {
            let team = rules.policy.team(&line.team).map_or(line.team.as_str(), |team| &team.name);
            let owner = line.owner.as_ref().map(|owner| names.get(&owner.id).unwrap_or(&owner.id).as_str());
            file.push_str(&csv::row(&cells(line, team, owner.unwrap_or_default())));
        }
        self.shown(identity, "export", "cases", listed.cases.len()).await?;
        let mark = if whom == For::People { BYTE_ORDER_MARK } else { "" };
        let first = if more { format!("first-{}-", listed.cases.len()) } else { String::new() };
        let name = format!("attachment; filename=\"{council}-{first}cases-{}.csv\"", self.today());
        let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
        let mut response = format!("{mark}{file}").into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
        headers.insert(header::CONTENT_DISPOSITION, name);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(MORE, HeaderValue::from_static(if more { "true" } else { "false" }));
        Ok(response)
    }
}

/// A line of the file. What a line of the desk leaves out is not here either: nothing about the person.
fn cells(line: &Summary, team: &str, owner: &str) -> [String; 12] {
    let next = line.next_due.as_ref();
    [
        line.reference.to_string(),
        name_of(line.kind),
        name_of(line.status),
        line.stage.to_string(),
        line.service.clone().unwrap_or_default(),
        team.to_owned(),
        owner.to_owned(),
        line.received_on.to_string(),
        next.map(|next| next.rule.clone()).unwrap_or_default(),
        next.map(|next| next.due_on.to_string()).unwrap_or_default(),
        line.flags.iter().chain(&line.waits).map(String::as_str).collect::<Vec<_>>().join(" "),
        if line.restricted { "yes" } else { "" }.to_owned(),
    ]
}
