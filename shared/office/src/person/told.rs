//! What the cases of a person tell of them, one case after another.

use redress_domain::case::{Actor, Case, Entry, Event};
use redress_domain::decide::Dossier;
use redress_store::CaseKey;

use super::{CONTACTS_MAX, Limit, PersonView, Reached, Returned, Said};
use crate::{Office, OfficeError};

/// What was gathered so far; people by their ids.
#[derive(Default)]
pub(super) struct Told {
    reached: Vec<Reached>,
    restrictions: Vec<Limit>,
    contacts: Vec<Said>,
    returned: Vec<Returned>,
}

impl Office {
    /// Reads a case whole for what it tells of its person.
    pub(super) async fn tell(&self, case: &Case, told: &mut Told) -> Result<(), OfficeError> {
        let key = CaseKey::new(&case.council, case.reference.as_str());
        let dossier = self.store.dossier(&key, case.clone()).await?;
        let history = self.store.history(&key).await?;
        let entries = history.iter().filter_map(|entry| serde_json::from_str::<Entry>(&entry.body).ok());
        told.contacts.extend(entries.filter_map(|entry| said(&dossier, entry)));
        told.restrictions.extend(limits(&dossier));
        told.returned.extend(returned(case));
        told.reached(dossier);
        Ok(())
    }
}

impl Told {
    /// The members of staff who wrote something down.
    pub(super) fn speakers(&self) -> Vec<String> {
        self.contacts.iter().map(|said| said.by.clone()).filter(|by| by != RESIDENT).collect()
    }

    /// The same in a page, people by their names.
    pub(super) fn into(mut self, view: &mut PersonView, name: impl Fn(&str) -> Option<String>) {
        self.contacts.sort_by_key(|said| std::cmp::Reverse(said.at));
        self.contacts.truncate(CONTACTS_MAX);
        for said in &mut self.contacts {
            if let Some(known) = name(&said.by) {
                said.by = known;
            }
        }
        self.restrictions.sort_by_key(|limit| limit.review_on);
        self.returned.sort_by_key(|letter| std::cmp::Reverse(letter.on));
        view.reached = self.reached;
        view.restrictions = self.restrictions;
        view.contacts = self.contacts;
        view.returned = self.returned;
    }

    fn reached(&mut self, dossier: Dossier) {
        let Dossier { case, contact, .. } = dossier;
        let same = self.reached.iter_mut().find(|known| {
            known.contact == contact
                && known.reply_by == case.reply_by
                && known.representative == case.representative
                && known.adjustments_review == case.adjustments_review
        });
        match same {
            Some(known) => known.references.push(case.reference),
            None => self.reached.push(Reached {
                contact,
                reply_by: case.reply_by,
                representative: case.representative,
                adjustments_review: case.adjustments_review,
                references: vec![case.reference],
            }),
        }
    }
}

const RESIDENT: &str = "resident";

/// What was said, if this is somebody saying something.
fn said(dossier: &Dossier, entry: Entry) -> Option<Said> {
    let (channel, text) = match entry.event {
        Event::Contacted { channel, text } => (Some(channel), text),
        Event::Messaged { text } => (None, text),
        _ => return None,
    };
    let by = match entry.by {
        Actor::Staff { id, .. } => id,
        Actor::Resident | Actor::System => RESIDENT.to_owned(),
    };
    let text = dossier.text(text).to_owned();
    Some(Said { at: entry.at, reference: dossier.case.reference.clone(), by, channel, text })
}

fn limits(dossier: &Dossier) -> impl Iterator<Item = Limit> + '_ {
    let going = dossier.case.restrictions.iter().filter(|found| found.ended_on.is_none());
    going.map(|found| Limit {
        reference: dossier.case.reference.clone(),
        what: dossier.text(found.what).to_owned(),
        why: dossier.text(found.why).to_owned(),
        from: found.from,
        until: found.until,
        review_on: found.review_on,
    })
}

fn returned(case: &Case) -> impl Iterator<Item = Returned> + '_ {
    let came_back = case.letters.iter().filter(|letter| letter.bounced);
    came_back.map(|letter| Returned {
        reference: case.reference.clone(),
        n: letter.n,
        kind: letter.kind,
        by: letter.by,
        on: letter.on,
        again: letter.again,
    })
}
