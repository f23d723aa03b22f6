//! Which part of the trail is asked for, checked.

use chrono::{Days, NaiveDate, SecondsFormat};
use serde::{Deserialize, Serialize};

use redress_domain::calendar::local_date;
use redress_domain::case::{Entry, Reference};
use redress_domain::refusal::FieldError;
use redress_office::OfficeError;
use redress_store::{Trail, Within};
use redress_web::Problem;

use crate::Casework;

/// Where neither a case nor a person nor a first day is asked for, the trail of this many days is.
const DAYS: u64 = 31;

/// The longest name or id that is looked for.
const PERSON_MAX: usize = 300;

/// People of a directory that are looked through for a name.
const PEOPLE_MAX: usize = 2_000;

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(crate) reference: Option<String>,
    pub(crate) actor: Option<String>,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) cursor: Option<String>,
}

/// The same, checked.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) trail: Trail,
    pub(super) within: Within,
}

/// The part of a history that belongs on a page, between two places of the trail.
#[derive(Debug)]
pub(super) struct Span {
    before: Option<String>,
    after: Option<String>,
    within: Within,
}

impl Asked {
    /// Checks everything at once.
    pub(super) async fn check(&self, casework: &Casework, council: &str) -> Result<Checked, Problem> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: String| errors.push(FieldError { field: field.to_owned(), message });
        let given = |value: &Option<String>| value.as_deref().map(str::trim).unwrap_or_default().to_owned();
        let reference = match given(&self.reference) {
            none if none.is_empty() => None,
            said => match said.parse::<Reference>() {
                Ok(reference) => Some(reference.to_string()),
                Err(error) => {
                    wrong("reference", error.to_string());
                    None
                }
            },
        };
        let mut date = |field: &str, said: String| match said.parse::<NaiveDate>() {
            _ if said.is_empty() => None,
            Ok(date) => Some(date),
            Err(_) => {
                let shown: String = said.chars().take(20).collect();
                wrong(field, format!("“{shown}” is not a real date: write it like 2026-03-20"));
                None
            }
        };
        let (from, to) = (date("from", given(&self.from)), date("to", given(&self.to)));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            wrong("to", "The last day is before the first".to_owned());
        }
        let actor = match given(&self.actor) {
            none if none.is_empty() => None,
            long if long.len() > PERSON_MAX => {
                wrong("actor", format!("A name or an id is no longer than {PERSON_MAX} characters"));
                None
            }
            said => match casework.person(council, &said).await? {
                Ok(id) => Some(id),
                Err(why) => {
                    wrong("actor", why);
                    None
                }
            },
        };
        if !errors.is_empty() {
            return Err(Problem::fields(errors));
        }
        let to = to.unwrap_or_else(|| local_date(casework.office.clock.now()));
        let narrow = reference.is_some() || actor.is_some();
        let from = if narrow { from } else { from.or_else(|| to.checked_sub_days(Days::new(DAYS - 1))) };
        Ok(Checked { trail: Trail { reference, actor }, within: Within { from, to } })
    }
}

impl Checked {
    /// The part of a history beside a page of the trail.
    pub(super) fn span(&self, before: Option<&str>, after: Option<&str>) -> Span {
        Span { before: before.map(str::to_owned), after: after.map(str::to_owned), within: self.within.clone() }
    }

    /// Whether an entry is by the person asked for, if one is.
    pub(super) fn is_by(&self, entry: &Entry) -> bool {
        self.trail.actor.as_deref().is_none_or(|actor| entry.by.staff_id() == Some(actor))
    }
}

impl Span {
    /// Whether an entry stands on this page: its place is after the rows of the same instant.
    pub(super) fn holds(&self, entry: &Entry) -> bool {
        let on = local_date(entry.at);
        let place = format!("{}#~{:06}", entry.at.to_rfc3339_opts(SecondsFormat::Millis, true), entry.n);
        self.within.from.is_none_or(|from| from <= on)
            && on <= self.within.to
            && self.before.as_ref().is_none_or(|before| place < *before)
            && self.after.as_ref().is_none_or(|after| place >= *after)
    }
}

impl Casework {
    /// The id of somebody, who may be written by name; what nobody is called is taken for an id.
    async fn person(&self, council: &str, said: &str) -> Result<Result<String, String>, Problem> {
        let (mut called, mut looked_at, mut after) = (Vec::new(), 0, None);
        while looked_at < PEOPLE_MAX {
            let page = self.office.store.directory(council, after.as_deref(), 500).await.map_err(OfficeError::from)?;
            looked_at += page.0.len();
            if page.0.contains_key(said) {
                return Ok(Ok(said.to_owned()));
            }
            called.extend(page.0.into_iter().filter(|(_, known)| known.name.eq_ignore_ascii_case(said)));
            after = page.1;
            if after.is_none() {
                break;
            }
        }
        Ok(match called.as_slice() {
            [] => Ok(said.to_owned()),
            [(id, _)] => Ok(id.clone()),
            many => {
                let ids: Vec<&str> = many.iter().map(|(id, _)| id.as_str()).collect();
                Err(format!("{} people are called this: write one of their ids, {}", many.len(), ids.join(", ")))
            }
        })
    }
}
