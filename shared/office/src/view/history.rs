//! The history, with the words in it: an event holds only the numbers of its texts.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use redress_domain::case::{Actor, Entry};
use redress_domain::decide::Dossier;
use redress_domain::roles::Role;

use super::people::Directory;
use super::told::texts;

/// One line of the history.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct HistoryLine {
    pub n: u32,
    pub at: DateTime<Utc>,
    /// `resident`, `system`, or the name of a member of staff as far as it is known.
    pub by: String,
    pub role: Option<Role>,
    /// What happened: the event's type.
    pub what: String,
    /// The event, with its texts in words.
    #[schema(value_type = Object)]
    pub event: Value,
}

pub(super) fn line(dossier: &Dossier, entry: Entry, names: &Directory) -> HistoryLine {
    let mut event = serde_json::to_value(&entry.event).unwrap_or_default();
    let what = event.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    for (place, n) in texts(&entry.event) {
        if let Some(held) = event.pointer_mut(&place) {
            *held = Value::String(dossier.text(n).to_owned());
        }
    }
    name_people(&mut event, names);
    let by = match &entry.by {
        Actor::Resident => "resident".to_owned(),
        Actor::System => "system".to_owned(),
        Actor::Staff { id, .. } => names.name(id),
    };
    HistoryLine { n: entry.n, at: entry.at, by, role: entry.by.role(), what, event }
}

/// An event knows people by opaque ids; beside each stands what they are called, as far as it is known.
fn name_people(event: &mut Value, names: &Directory) {
    let known = |id: Option<&Value>| names.somebody(id?.as_str()?).name;
    if let Some(owner) = event.get_mut("owner").and_then(Value::as_object_mut)
        && let Some(name) = known(owner.get("id"))
    {
        owner.insert("name".to_owned(), Value::String(name));
    }
    if let Some(event) = event.as_object_mut()
        && let Some(name) = known(event.get("approved_by"))
    {
        event.insert("approved_by_name".to_owned(), Value::String(name));
    }
}
