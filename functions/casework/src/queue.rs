//! `GET /api/{council}/cases`: open cases by due date.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Serialize;

use redress_domain::calendar::local_date;
use redress_store::Summary;
use redress_web::{Identity, Problem};

use crate::filter::Filters;
use crate::{Casework, cursor};

/// A page of the list.
pub(crate) const PAGE: usize = 100;

/// A filter that no index serves reads at most this many lines, and gives a cursor.
const READ_MAX: usize = 500;

/// Lines asked for at once.
const BATCH: i32 = 100;

/// Some lines of the list, and where to go on.
#[derive(Debug, Serialize)]
pub(crate) struct Listed {
    pub(crate) cases: Vec<Summary>,
    pub(crate) next: Option<String>,
    /// Those left out on this page, since this person may not read them.
    pub(crate) hidden: usize,
}

pub(crate) async fn list(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    Query(filters): Query<Filters>,
    identity: Identity,
) -> Result<Json<Listed>, Problem> {
    Ok(Json(casework.list(&council, &filters, &identity, PAGE).await?))
}

impl Casework {
    /// The list, read and written down as read.
    pub(crate) async fn list(
        &self,
        council: &str,
        filters: &Filters,
        identity: &Identity,
        limit: usize,
    ) -> Result<Listed, Problem> {
        self.lists(council, identity, "list").await?;
        let rules = self.office.present(council)?;
        let filter = filters.check(&rules, local_date(self.office.clock.now()))?;
        let keys = &self.office.settings.keys;
        let mut after = cursor::given(keys, council, filters.cursor.as_deref())?;
        let mut cases: Vec<Summary> = Vec::new();
        let (mut read, mut hidden) = (0, 0);
        let sign = |place: Option<String>| place.map(|place| cursor::sign(keys, council, &place));
        loop {
            let store = &self.office.store;
            let page = if filter.mine {
                store.mine(council, &identity.id, after.as_deref(), BATCH).await
            } else {
                store.queue(council, &filter.teams, after.as_deref(), BATCH).await
            };
            let page = page.map_err(redress_office::OfficeError::from)?;
            for line in page.cases {
                read += 1;
                if filter.is_past(&line) {
                    return Ok(Listed { cases, next: None, hidden });
                }
                after = Some(place(&line));
                match filter.takes(&line, identity) {
                    true if line.reading.permits(&identity.actor()).is_ok() => cases.push(line),
                    true => hidden += 1,
                    false => {}
                }
                if cases.len() == limit {
                    return Ok(Listed { cases, next: sign(after), hidden });
                }
            }
            if page.next.is_none() {
                return Ok(Listed { cases, next: None, hidden });
            }
            if read >= READ_MAX {
                return Ok(Listed { cases, next: sign(after), hidden });
            }
        }
    }
}

/// Where a line stands in its list.
fn place(line: &Summary) -> String {
    let due_on = line.next_due.as_ref().map_or(line.received_on, |next| next.due_on);
    format!("{due_on}#{}", line.reference)
}
