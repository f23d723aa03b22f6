//! The people of a case, by the names the staff directory knows them by.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::case::{Beside, Case, Cover, Entry, Event, Owner, Readers};
use redress_domain::roles::Role;
use redress_store::Colleague;

/// A member of staff.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct Person {
    pub id: String,
    pub name: Option<String>,
    pub role: Role,
}

/// Somebody, in whatever role.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct Somebody {
    pub id: String,
    pub name: Option<String>,
}

/// Who acts while the owner is away.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct CoverView {
    pub owner: Person,
    pub until: NaiveDate,
}

/// Who alone may read a case.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct ReadersView {
    pub roles: Vec<Role>,
    pub people: Vec<Somebody>,
}

/// What opaque subjects are called, as far as anybody knows.
#[derive(Debug)]
pub(super) struct Directory(pub(super) BTreeMap<String, Colleague>);

/// Everybody a case and its history name.
pub(super) fn everybody(case: &Case, entries: &[Entry]) -> Vec<String> {
    let mut ids: Vec<String> = entries.iter().filter_map(|entry| entry.by.staff_id().map(str::to_owned)).collect();
    ids.extend(entries.iter().filter_map(|entry| named_in(&entry.event)).cloned());
    ids.extend(case.owner.iter().map(|owner| owner.id.clone()));
    ids.extend(case.cover.iter().map(|cover| cover.owner.id.clone()));
    ids.extend(case.readers.iter().flat_map(|readers| readers.people.clone()));
    ids.extend(case.actions.iter().filter_map(|action| action.approved_by.clone()));
    ids.extend(case.restrictions.iter().flat_map(|restriction| restriction.decided_by.clone()));
    ids.extend(case.files.iter().filter_map(|file| file.by.clone()));
    ids.extend(case.with.iter().chain(&case.about_staff).cloned());
    ids.sort();
    ids.dedup();
    ids.retain(|id| !id.is_empty());
    ids
}

/// Whom an event names beside whoever did it: to whom the case was given, or who approved it.
fn named_in(event: &Event) -> Option<&String> {
    match event {
        Event::Assigned { owner, .. } => owner.as_ref().map(|owner| &owner.id),
        Event::Extended { approved_by, .. } | Event::ActionCompleted { approved_by, .. } => approved_by.as_ref(),
        Event::NotAccepted { approved_by, .. } | Event::Beside(Beside::PointsExcluded { approved_by, .. }) => {
            Some(approved_by)
        }
        _ => None,
    }
}

impl Directory {
    /// A name, or what stands in its place: some are offices or teams, which nobody has to look up.
    pub(super) fn name(&self, id: &str) -> String {
        self.0.get(id).map_or_else(|| id.to_owned(), |known| known.name.clone())
    }

    pub(super) fn names(&self, ids: &[String]) -> Vec<String> {
        ids.iter().map(|id| self.name(id)).collect()
    }

    pub(super) fn somebody(&self, id: &str) -> Somebody {
        Somebody { id: id.to_owned(), name: self.0.get(id).map(|known| known.name.clone()) }
    }

    pub(super) fn person(&self, owner: &Owner) -> Person {
        let Somebody { id, name } = self.somebody(&owner.id);
        Person { id, name, role: owner.role }
    }

    pub(super) fn cover(&self, cover: &Cover) -> CoverView {
        CoverView { owner: self.person(&cover.owner), until: cover.until }
    }

    pub(super) fn readers(&self, readers: &Readers) -> ReadersView {
        let people = readers.people.iter().map(|id| self.somebody(id)).collect();
        ReadersView { roles: readers.roles.clone(), people }
    }
}
