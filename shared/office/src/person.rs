//! Everything about a person, found by one of their cases, so that nothing of theirs stands in an address.
//!
//! People are known by how they are reached: an e-mail address, a phone number, or a name at a postcode. Whoever has
//! the same name at the same home may be the same person, and is kept apart until somebody has looked.

mod earlier;
mod told;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use redress_domain::case::{Actor, Case, Channel, ClosedAs, Contact, OutcomeId, Reference, ReplyBy, Representative};
use redress_domain::letter::LetterKind;
use redress_domain::reading::Reading;
use redress_domain::search::{Class, Token, name_words, reached_by};
use redress_store::{CaseKey, Known, Summary};

use crate::{Office, OfficeError};

pub use earlier::{Before, Earlier, Same};

/// Of the cases of one person, the newest so many are shown.
pub const CASES_MAX: usize = 50;

/// Of these, the newest so many are read whole, for what was said and how they were reached.
pub const READ_MAX: usize = 20;

/// Of what was said between them and the council, the latest so much is shown.
pub const CONTACTS_MAX: usize = 100;

/// A person, as far as this reader may know of them.
#[derive(Debug, Default, Serialize)]
pub struct PersonView {
    /// How they are known and reached, as their cases have it; what is the same on several stands once.
    pub reached: Vec<Reached>,
    /// Limits on contact that are in force.
    pub restrictions: Vec<Limit>,
    /// Their cases, newest first.
    pub cases: Vec<PersonCase>,
    /// Cases of somebody with the same name at the same home.
    pub perhaps: Vec<PersonCase>,
    /// What was said between them and the council, newest first.
    pub contacts: Vec<Said>,
    /// Letters that did not reach them.
    pub returned: Vec<Returned>,
    /// Cases that this reader may not read.
    pub hidden: usize,
    /// There are more cases than are shown.
    pub more: bool,
    /// Older cases are listed, and not read for what was said.
    pub unread: usize,
}

/// How somebody is known and reached.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Reached {
    pub contact: Contact,
    pub reply_by: ReplyBy,
    pub representative: Option<Representative>,
    /// When what helps them is looked at again.
    pub adjustments_review: Option<NaiveDate>,
    /// On these cases.
    pub references: Vec<Reference>,
}

/// A limit on how they may reach the council.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Limit {
    pub reference: Reference,
    pub what: String,
    pub why: String,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    pub review_on: NaiveDate,
}

/// One of their cases.
#[derive(Debug, Serialize)]
pub struct PersonCase {
    /// As a list shows it.
    #[serde(flatten)]
    pub line: Summary,
    /// How it was closed.
    pub closed_as: Option<ClosedAs>,
    /// How each stage that is answered came out.
    pub outcomes: Vec<(u8, OutcomeId)>,
    /// What its owner is called.
    pub owner_name: Option<String>,
}

/// Something that was said.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Said {
    pub at: DateTime<Utc>,
    pub reference: Reference,
    /// `resident`, or the name of a member of staff as far as it is known.
    pub by: String,
    /// How, where staff wrote it down; nothing where they wrote on their own page.
    pub channel: Option<Channel>,
    pub text: String,
}

/// A letter that did not reach them.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Returned {
    pub reference: Reference,
    pub n: u32,
    pub kind: LetterKind,
    pub by: ReplyBy,
    /// When it was issued.
    pub on: NaiveDate,
    /// It was sent again as this letter.
    pub again: Option<u32>,
}

/// Cases by how they belong to a person.
struct Theirs {
    same: Vec<Known>,
    perhaps: Vec<Known>,
    more: bool,
}

impl Office {
    /// Everything about the person of a case that this reader may know. Whether they may read the case itself is
    /// the door's to ask, before this.
    ///
    /// # Errors
    /// When there is no such case, or it cannot be read.
    pub async fn person(&self, key: &CaseKey, by: &Actor) -> Result<PersonView, OfficeError> {
        let (case, _) = self.store.case(key).await?.ok_or(OfficeError::NoCase)?;
        let of = self.store.dossier_with(key, case, [].into()).await?;
        let Theirs { same, perhaps, more } = self.theirs(key, &of.case, &of.contact).await?;
        let mut view = PersonView { more, ..PersonView::default() };
        let same = permitted(same, by, &mut view.hidden);
        let perhaps = permitted(perhaps, by, &mut view.hidden);
        view.unread = same.len().saturating_sub(READ_MAX);
        let mut told = told::Told::default();
        for known in same.iter().take(READ_MAX) {
            self.tell(&known.case, &mut told).await?;
        }
        let owners = same.iter().chain(&perhaps).filter_map(|known| known.line.owner.as_ref());
        let mut ids: Vec<String> = owners.map(|owner| owner.id.clone()).chain(told.speakers()).collect();
        ids.sort();
        ids.dedup();
        let names = self.store.colleagues(&key.council, ids).await?;
        let name = |id: &str| names.get(id).map(|known| known.name.clone());
        let listed = |known: Known| PersonCase {
            outcomes: outcomes(&known.case),
            owner_name: known.line.owner.as_ref().map(|owner| name(&owner.id).unwrap_or_else(|| owner.id.clone())),
            closed_as: known.closed_as,
            line: known.line,
        };
        view.cases = same.into_iter().map(listed).collect();
        view.perhaps = perhaps.into_iter().map(listed).collect();
        told.into(&mut view, name);
        Ok(view)
    }

    /// The cases of the person of a case, itself among them, and those of whoever may be the same.
    async fn theirs(&self, key: &CaseKey, case: &Case, contact: &Contact) -> Result<Theirs, OfficeError> {
        let (mut same, mut more) = self.of_same_person(&key.council, contact).await?;
        same.push(case.reference.to_string());
        let mut perhaps = Vec::new();
        if let Some(terms) = same_name_and_home(contact) {
            let found = self.store.find(&key.council, &terms, None, CASES_MAX).await?;
            perhaps.extend(found.found.into_iter().map(|found| found.reference));
            perhaps.retain(|reference| !same.contains(reference));
        }
        let mut same = newest(self.store.known(&key.council, &same).await?);
        more |= same.len() > CASES_MAX;
        // The case they were found by stays, however old it is.
        let own = same.iter().position(|known| known.case.reference == case.reference);
        if let Some(own) = own.filter(|own| *own >= CASES_MAX) {
            same.swap(CASES_MAX - 1, own);
        }
        same.truncate(CASES_MAX);
        let perhaps = newest(self.store.known(&key.council, &perhaps).await?);
        Ok(Theirs { same, perhaps, more })
    }

    /// The references of everything brought by whoever is reached in one of these ways, and whether there is more.
    async fn of_same_person(&self, council: &str, contact: &Contact) -> Result<(Vec<String>, bool), OfficeError> {
        let most = i32::try_from(CASES_MAX).unwrap_or(i32::MAX) + 1;
        let mut found = self.store.of_person(council, contact, most).await?;
        let mut more = found.len() > CASES_MAX;
        let mut any = reached_by(contact);
        any.retain(|token| matches!(token.class, Class::Email | Class::Phone));
        if !any.is_empty() {
            let matches = self.store.find(council, &[any], None, CASES_MAX).await?;
            more |= matches.next.is_some();
            found.extend(matches.found.into_iter().map(|found| found.reference));
        }
        found.sort_unstable();
        found.dedup();
        Ok((found, more))
    }
}

/// What somebody of the same name at the same home would be found by.
fn same_name_and_home(contact: &Contact) -> Option<Vec<Vec<Token>>> {
    let home = reached_by(contact).into_iter().find(|token| token.class == Class::Place)?;
    let name = contact.name.as_deref()?;
    let mut terms = vec![vec![home]];
    terms.extend(name_words(name).map(|word| vec![Token::new(Class::Name, word)]));
    (terms.len() > 1).then_some(terms)
}

/// Those that this reader may read; the others are counted.
fn permitted(found: Vec<Known>, by: &Actor, hidden: &mut usize) -> Vec<Known> {
    let all = found.len();
    let found: Vec<Known> = found.into_iter().filter(|known| Reading::of(&known.case).permits(by).is_ok()).collect();
    *hidden += all - found.len();
    found
}

fn newest(mut found: Vec<Known>) -> Vec<Known> {
    found.retain(|known| known.case.destroyed_on.is_none());
    found.sort_by_key(|known| std::cmp::Reverse((known.case.received_at, known.case.reference.clone())));
    found
}

fn outcomes(case: &Case) -> Vec<(u8, OutcomeId)> {
    case.stages.iter().filter_map(|stage| Some((stage.n, stage.response.as_ref()?.outcome))).collect()
}
