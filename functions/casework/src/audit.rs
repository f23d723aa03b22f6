//! Who read and did what: the trail, and of one case its history with it, newest first.

mod asked;
pub(crate) mod page;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use redress_domain::case::{Actor, Entry, name_of};
use redress_domain::reading::Reading;
use redress_office::OfficeError;
use redress_store::{AuditRow, CaseKey};
use redress_web::{Identity, Problem};

use crate::{Casework, cursor};
use asked::Asked;

/// Rows of the trail on a page; the entries of a case's history from the same time come beside them.
const ROWS: usize = 100;

/// Some lines, newest first.
#[derive(Debug, Serialize)]
pub(crate) struct Audited {
    pub(crate) lines: Vec<Line>,
    pub(crate) next: Option<String>,
    /// About cases that this person may not read.
    pub(crate) hidden: usize,
}

/// One act of somebody.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Line {
    at: DateTime<Utc>,
    /// Who: opaque. Nobody where it was a resident or the service itself.
    actor: Option<String>,
    name: Option<String>,
    /// As what: a role, `resident` or `system`.
    role: String,
    /// What: as the trail has it, or `entry` for an entry of the history.
    what: String,
    /// Of what: which list or command, what was refused, or what happened.
    of: Option<String>,
    reference: Option<String>,
    /// How many lines were shown.
    shown: Option<usize>,
    /// The number of the entry.
    entry: Option<u32>,
}

impl Casework {
    /// A page of the trail for whoever audits, written down as read before it is shown.
    pub(crate) async fn audited(&self, council: &str, asked: &Asked, identity: &Identity) -> Result<Audited, Problem> {
        identity.at(council)?;
        if !self.audits(identity) {
            return Err(Problem::forbidden("The trail is read by the auditor alone."));
        }
        let checked = asked.check(self, council).await?;
        let key = checked.trail.reference.as_ref().map(|reference| CaseKey::new(council, reference));
        if let Some(key) = &key {
            self.permitted(key, identity).await?;
        }
        let keys = &self.office.settings.keys;
        let before = cursor::given(keys, council, asked.cursor.as_deref())?;
        let store = &self.office.store;
        let (trail, within) = (&checked.trail, &checked.within);
        let page = store.trail(council, trail, within, before.as_deref(), ROWS).await.map_err(OfficeError::from)?;
        let references: BTreeSet<&String> = page.rows.iter().filter_map(|row| row.reference.as_ref()).collect();
        let readings = store.readings(council, references).await.map_err(OfficeError::from)?;
        let (rows, hidden) = permitted(page.rows, &readings, identity);
        let history = match &key {
            None => Vec::new(),
            Some(key) => entries(&store.history(key).await.map_err(OfficeError::from)?),
        };
        let span = checked.span(before.as_deref(), page.next.as_deref());
        let mut lines = merged(rows, &history, |entry| span.holds(entry) && checked.is_by(entry));
        self.name(council, &mut lines).await?;
        let of = match (&trail.reference, &trail.actor) {
            (Some(_), _) => "case",
            (None, Some(_)) => "person",
            (None, None) => "days",
        };
        let row = AuditRow {
            of: Some(of.to_owned()),
            reference: trail.reference.clone(),
            shown: Some(lines.len()),
            ..identity.row(&self.office, "audit")
        };
        self.write(identity, row).await?;
        Ok(Audited { lines, next: page.next.map(|place| cursor::sign(keys, council, &place)), hidden })
    }

    /// Whether this person's role reads the trail.
    pub(crate) fn audits(&self, identity: &Identity) -> bool {
        self.office.settings.library.roles().row(identity.role).is_some_and(|row| row.audits)
    }

    /// That a case, if it is there, is not kept from this person.
    async fn permitted(&self, key: &CaseKey, identity: &Identity) -> Result<(), Problem> {
        let case = self.office.store.case(key).await.map_err(OfficeError::from)?;
        let refusal = case.and_then(|(case, _)| Reading::of(&case).permits(&identity.actor()).err());
        refusal.map_or(Ok(()), |refusal| Err(Problem::forbidden(refusal.to_string())))
    }

    async fn name(&self, council: &str, lines: &mut [Line]) -> Result<(), Problem> {
        let ids: BTreeSet<String> = lines.iter().filter_map(|line| line.actor.clone()).collect();
        let store = &self.office.store;
        let names = store.colleagues(council, ids.into_iter().collect()).await.map_err(OfficeError::from)?;
        for line in lines {
            let known = line.actor.as_ref().and_then(|id| names.get(id));
            line.name = known.map(|colleague| colleague.name.clone());
        }
        Ok(())
    }
}

/// Rows that this person may see, and how many they may not.
fn permitted(rows: Vec<AuditRow>, readings: &BTreeMap<String, Reading>, identity: &Identity) -> (Vec<AuditRow>, usize) {
    let all = rows.len();
    let open = |row: &AuditRow| {
        let reading = row.reference.as_ref().and_then(|reference| readings.get(reference));
        reading.is_none_or(|reading| reading.permits(&identity.actor()).is_ok())
    };
    let rows: Vec<AuditRow> = rows.into_iter().filter(open).collect();
    let hidden = all - rows.len();
    (rows, hidden)
}

fn entries(stored: &[redress_store::StoredEntry]) -> Vec<Entry> {
    stored.iter().filter_map(|entry| serde_json::from_str(&entry.body).ok()).collect()
}

/// Rows and entries in one order, newest first. A command that made an entry is told once, by its entry.
fn merged(rows: Vec<AuditRow>, history: &[Entry], on_this_page: impl Fn(&Entry) -> bool) -> Vec<Line> {
    let told = |row: &AuditRow| {
        row.what == "command"
            && history.iter().any(|entry| Some(entry.n) == row.entry && entry.by.staff_id() == Some(&row.actor))
    };
    let mut lines: Vec<Line> = history.iter().rev().filter(|entry| on_this_page(entry)).map(Line::of_entry).collect();
    lines.extend(rows.into_iter().filter(|row| !told(row)).map(Line::of_row));
    // Both are in order already, and a stable sort keeps it where the instant is the same.
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    lines
}

impl Line {
    fn of_row(row: AuditRow) -> Line {
        let AuditRow { at, actor, role, what, of, reference, shown, entry } = row;
        Line { at, actor: Some(actor), name: None, role, what, of, reference, shown, entry }
    }

    fn of_entry(entry: &Entry) -> Line {
        let event = serde_json::to_value(&entry.event).unwrap_or_default();
        let role = match &entry.by {
            Actor::Staff { role, .. } => name_of(role),
            Actor::Resident => "resident".to_owned(),
            Actor::System => "system".to_owned(),
        };
        Line {
            at: entry.at,
            actor: entry.by.staff_id().map(str::to_owned),
            name: None,
            role,
            what: "entry".to_owned(),
            of: event.get("type").and_then(Value::as_str).map(str::to_owned),
            reference: None,
            shown: None,
            entry: Some(entry.n),
        }
    }
}

#[cfg(test)]
mod tests;
