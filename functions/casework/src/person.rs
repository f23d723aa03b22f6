//! The page of a person: everything about them, found by one of their cases.

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::json;

use redress_office::person::{CASES_MAX, CONTACTS_MAX, PersonView, READ_MAX};
use redress_web::{Identity, Problem};

use crate::Casework;

pub(crate) async fn page(
    State(casework): State<Casework>,
    Path((council, reference)): Path<(String, String)>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let identity = identity?;
        let (reference, person) = casework.whole_person(&council, &reference, &identity).await?;
        let rules = casework.rules(&council).await?;
        let policy = &rules.policy;
        Ok::<_, Problem>(json!({
            "id": council,
            "council": policy.council,
            "policy": {"teams": policy.teams, "services": policy.services, "outcomes": policy.outcomes},
            "me": casework.me(&identity),
            "reference": reference,
            "person": person,
            "cases_max": CASES_MAX,
            "read_max": READ_MAX,
            "contacts_max": CONTACTS_MAX,
            "today": casework.today(),
        }))
    };
    match made.await {
        Ok(context) => casework.pages.page("staff/person.html", context),
        Err(problem) => casework.pages.problem(&problem),
    }
}

impl Casework {
    /// A person, read by somebody who may read the case they are found by. Each of their cases that is read for the
    /// page is written down as read, before anything is shown.
    async fn whole_person(
        &self,
        council: &str,
        reference: &str,
        identity: &Identity,
    ) -> Result<(String, PersonView), Problem> {
        let key = self.reads(council, reference, identity, "person").await?;
        let person = self.office.person(&key, &identity.actor()).await?;
        for case in person.cases.iter().take(READ_MAX) {
            let other = case.line.reference.as_str();
            if other != key.reference {
                self.note(identity, "person", Some(other)).await?;
            }
        }
        Ok((key.reference, person))
    }
}
