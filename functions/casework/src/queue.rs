//! `GET /api/{council}/cases`: open cases by due date.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::calendar::local_date;
use redress_domain::refusal::FieldError;
use redress_domain::rules::Rules;
use redress_office::OfficeError;
use redress_store::{CaseKey, Next, Summary};
use redress_web::{Identity, Problem};

use crate::filter::{Filter, Filters, Sort};
use crate::{Casework, cursor, export};

/// What an address says, in its order.
pub(crate) type Said = Vec<(String, String)>;

/// A page of the list.
pub(crate) const PAGE: usize = 100;

/// A filter or an order that no index serves reads at most this many lines.
pub(crate) const READ_MAX: usize = 500;

/// Some lines of the list, and where to go on.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Listed {
    pub(crate) cases: Vec<Summary>,
    pub(crate) next: Option<String>,
    /// Those left out on this page, since this person may not read them.
    pub(crate) hidden: usize,
    /// Not all were put in this order: only those that are due first.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) partial: bool,
}

/// How much of a list is wanted.
pub(crate) struct Wanted<'a> {
    /// As it was given; nothing at the beginning.
    pub(crate) cursor: Option<&'a str>,
    /// At most this many lines.
    pub(crate) lines: usize,
    /// Read from at most this many.
    pub(crate) read: usize,
}

pub(crate) async fn list(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    Query(said): Query<Said>,
    headers: HeaderMap,
    identity: Identity,
) -> Result<Response, Problem> {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let as_csv = accept.contains("text/csv");
    casework.may_list(&council, &identity)?;
    let rules = casework.rules(&council).await?;
    let filters = filters(&said);
    // Words are looked for, open or closed; whatever else is said narrows what is found.
    let words = filters.get("q").map(str::to_owned).filter(|_| !as_csv);
    let filters = if words.is_some() { filters.with("q", "") } else { filters };
    let filter = filters.check(&rules, &identity, casework.today()).map_err(Problem::fields)?;
    if let Some(words) = words {
        let narrowed = filters.said().next().is_some().then_some(&filter);
        let hits = casework.search(&council, &words, value(&said, "cursor"), narrowed, &identity).await?;
        return Ok(Json(hits).into_response());
    }
    if as_csv {
        return casework.exported(&council, &rules, &filter, &identity, export::For::Programs).await;
    }
    let wanted = Wanted { cursor: value(&said, "cursor"), lines: PAGE, read: READ_MAX };
    let listed = casework.list(&council, &filter, &identity, wanted).await?;
    casework.shown(&identity, "list", "cases", listed.cases.len()).await?;
    Ok(Json(listed).into_response())
}

/// The filters among what an address says.
pub(crate) fn filters(said: &Said) -> Filters {
    Filters::of(said.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// What an address says of one name, where it says something.
pub(crate) fn value<'a>(said: &'a Said, name: &str) -> Option<&'a str> {
    let found = said.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.trim());
    found.filter(|value| !value.is_empty())
}

impl Casework {
    /// The council's policy as it stands today, counted by its calendar as it stands today.
    pub(crate) async fn rules(&self, council: &str) -> Result<Rules, Problem> {
        Ok(self.office.up_to_date(self.office.present(council)?).await?)
    }

    pub(crate) fn today(&self) -> NaiveDate {
        local_date(self.office.clock.now())
    }

    /// The list. That it is shown is for the caller to write down before.
    pub(crate) async fn list(
        &self,
        council: &str,
        filter: &Filter,
        identity: &Identity,
        wanted: Wanted<'_>,
    ) -> Result<Listed, Problem> {
        let after = cursor::given(&self.office.settings.keys, council, wanted.cursor)?;
        match (&filter.reference, filter.sort) {
            (Some(reference), _) => self.one(council, reference, filter, identity).await,
            (None, Sort::Due) => self.by_due_date(council, filter, identity, &wanted, after).await,
            (None, sort) => self.by_day_received(council, filter, identity, &wanted, after, sort).await,
        }
    }

    /// The one case of a reference, if it fits.
    async fn one(
        &self,
        council: &str,
        reference: &str,
        filter: &Filter,
        identity: &Identity,
    ) -> Result<Listed, Problem> {
        let key = CaseKey::new(council, reference);
        let line = self.office.store.open_line(&key).await.map_err(OfficeError::from)?;
        let mut listed = Listed::default();
        if let Some(line) = line.filter(|line| filter.is_theirs(line)) {
            listed.take(line, filter, identity);
        }
        Ok(listed)
    }

    async fn by_due_date(
        &self,
        council: &str,
        filter: &Filter,
        identity: &Identity,
        wanted: &Wanted<'_>,
        mut after: Option<String>,
    ) -> Result<Listed, Problem> {
        if after.as_deref().is_some_and(|after| after.starts_with(RECEIVED)) {
            return Err(not_given_out());
        }
        let store = &self.office.store;
        let mut lines = store.lines(council, &filter.whose, after.as_deref(), wanted.lines, wanted.read);
        let mut listed = Listed::default();
        loop {
            let (place, line) = match lines.next().await.map_err(OfficeError::from)? {
                Next::Line(_, line) if filter.is_past(&line) => return Ok(listed),
                Next::Line(place, line) if listed.cases.len() < wanted.lines => (place, line),
                Next::Line(..) | Next::Enough => {
                    listed.next = after.map(|place| cursor::sign(&self.office.settings.keys, council, &place));
                    return Ok(listed);
                }
                Next::End => return Ok(listed),
            };
            listed.take(*line, filter, identity);
            after = Some(place);
        }
    }

    /// No index has this order: of what is due first, as much as may be read is put in it. What is left out is said.
    async fn by_day_received(
        &self,
        council: &str,
        filter: &Filter,
        identity: &Identity,
        wanted: &Wanted<'_>,
        after: Option<String>,
        sort: Sort,
    ) -> Result<Listed, Problem> {
        let mut lines = self.office.store.lines(council, &filter.whose, None, wanted.read, wanted.read);
        let mut listed = Listed::default();
        loop {
            match lines.next().await.map_err(OfficeError::from)? {
                Next::Line(_, line) if filter.is_past(&line) => break,
                Next::Line(_, line) => listed.take(*line, filter, identity),
                Next::Enough => {
                    listed.partial = true;
                    break;
                }
                Next::End => break,
            }
        }
        let place = |line: &Summary| format!("{}#{}", line.received_on, line.reference);
        let newest = sort == Sort::Newest;
        listed.cases.sort_by_cached_key(place);
        if newest {
            listed.cases.reverse();
        }
        if let Some(after) = after {
            let after = after.strip_prefix(RECEIVED).ok_or_else(not_given_out)?.to_owned();
            listed.cases.retain(|line| if newest { place(line) < after } else { place(line) > after });
        }
        if listed.cases.len() > wanted.lines {
            listed.cases.truncate(wanted.lines);
            let last = listed.cases.last().map(|line| format!("{RECEIVED}{}", place(line)));
            listed.next = last.map(|place| cursor::sign(&self.office.settings.keys, council, &place));
        }
        Ok(listed)
    }
}

/// What a place in an order by the day received begins with: it is none in an order by due date.
const RECEIVED: &str = "received:";

fn not_given_out() -> Problem {
    let message = "is not one this list gave out".to_owned();
    Problem::fields(vec![FieldError { field: "cursor".to_owned(), message }])
}

impl Listed {
    /// Takes a line that fits: shown to whoever may read it, and counted for the rest.
    fn take(&mut self, line: Summary, filter: &Filter, identity: &Identity) {
        if !filter.takes(&line) {
            return;
        }
        match line.reading.permits(&identity.actor()) {
            Ok(()) => self.cases.push(line),
            Err(_) => self.hidden += 1,
        }
    }
}
