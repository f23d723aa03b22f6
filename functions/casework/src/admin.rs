//! The admin side: what is in force, who is known, and what waits for whoever runs the service. Each list is a page
//! of an index, at the cost of the page.

mod in_force;
pub(crate) mod page;
mod waiting;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use redress_domain::roles::Role;
use redress_office::OfficeError;
use redress_platform::Keys;
use redress_web::{Identity, Problem};

use crate::{Casework, cursor};
use in_force::{CalendarInForce, MailTo, PolicyInForce, TeamLine};
use waiting::{Behind, Waiting};

/// People on a page of the directory.
const PEOPLE: i32 = 50;

/// Letters to post are counted up to here.
const POST_MAX: i32 = 100;

/// Where each list goes on, as the address has it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Places {
    people: Option<String>,
    spam: Option<String>,
    returned: Option<String>,
    failed: Option<String>,
}

/// Everything the page says.
#[derive(Debug, Serialize)]
pub(crate) struct Admin {
    teams: Vec<TeamLine>,
    mail: MailTo,
    people: People,
    policies: Vec<PolicyInForce>,
    calendar: CalendarInForce,
    /// Letters that wait to be posted: a number, or `100+`.
    to_post: String,
    spam: Waiting,
    returned: Waiting,
    failed: Waiting,
    behind: Behind,
    /// This person may let what failed go once more.
    retries: bool,
}

/// Who is known, by what their own tokens or a colleague said.
#[derive(Debug, Serialize)]
struct People {
    lines: Vec<Person>,
    next: Option<String>,
}

/// One of them.
#[derive(Debug, Serialize)]
struct Person {
    id: String,
    name: String,
    role: Role,
    seen_on: Option<NaiveDate>,
}

impl Casework {
    /// The admin side of a council, for whoever runs it or audits it; written down as looked at.
    pub(crate) async fn admin(&self, council: &str, places: &Places, identity: &Identity) -> Result<Admin, Problem> {
        identity.at(council)?;
        if !self.reads_everything(identity) {
            return Err(Problem::forbidden("The admin pages are for the complaints manager and the auditor."));
        }
        let to_post = self.office.store.count_to_post(council, POST_MAX).await.map_err(OfficeError::from)?;
        let admin = Admin {
            teams: self.teams(council)?,
            mail: self.mail_to(council)?,
            people: self.people(council, places.people.as_deref()).await?,
            policies: self.policies(council),
            calendar: self.calendar(council).await?,
            to_post: if to_post < POST_MAX { to_post.to_string() } else { format!("{POST_MAX}+") },
            spam: self.waits(council, waiting::SPAM, places.spam.as_deref(), identity).await?,
            returned: self.waits(council, waiting::RETURNED, places.returned.as_deref(), identity).await?,
            failed: self.waits(council, waiting::FAILED, places.failed.as_deref(), identity).await?,
            behind: self.behind().await?,
            retries: self.may_give(identity, "retry"),
        };
        let lines = [&admin.spam, &admin.returned, &admin.failed].map(Waiting::len).iter().sum();
        self.shown(identity, "list", "admin", lines).await?;
        Ok(admin)
    }

    async fn people(&self, council: &str, place: Option<&str>) -> Result<People, Problem> {
        let keys = &self.office.settings.keys;
        let after = given(keys, council, "people", place)?;
        let page = self.office.store.directory(council, after.as_deref(), PEOPLE).await.map_err(OfficeError::from)?;
        let (known, next): (BTreeMap<_, _>, _) = page;
        let line = |(id, known): (String, redress_store::Colleague)| Person {
            id,
            name: known.name,
            role: known.role,
            seen_on: known.seen_on,
        };
        Ok(People {
            lines: known.into_iter().map(line).collect(),
            next: next.map(|place| signed(keys, council, &place)),
        })
    }
}

/// A place of one of the lists, as an address may carry it: in hexadecimal, whatever stands in it.
fn signed(keys: &Keys, council: &str, place: &str) -> String {
    let hex: String = place.bytes().map(|byte| format!("{byte:02x}")).collect();
    cursor::sign(keys, council, &hex)
}

/// The place that an address gives for one of the lists, if it gives one.
fn given(keys: &Keys, council: &str, list: &str, place: Option<&str>) -> Result<Option<String>, Problem> {
    let read = |hex: String| -> Option<String> {
        let pairs = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
        let bytes: Option<Vec<u8>> = pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect();
        String::from_utf8(bytes?).ok()
    };
    let opened = cursor::given(keys, council, place).map_err(|problem| Problem {
        errors: problem
            .errors
            .into_iter()
            .map(|error| redress_web::FieldProblem { field: list.to_owned(), ..error })
            .collect(),
        ..problem
    })?;
    Ok(opened.and_then(read))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_as_it_was_whatever_stands_in_it() {
        let keys = Keys::new(b"a secret for tests only").unwrap();
        let place = "2026-03-20T10:00:00.000Z SSC-7QK4-2F9T OUT#000003-1_é";
        let carried = signed(&keys, "westminster", place);
        assert_eq!(given(&keys, "westminster", "failed", Some(&carried)).unwrap().as_deref(), Some(place));
        let forged = given(&keys, "lichfield", "failed", Some(&carried)).unwrap_err();
        assert_eq!(forged.errors[0].field, "failed");
    }
}
