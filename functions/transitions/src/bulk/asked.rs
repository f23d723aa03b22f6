//! What is asked: which cases, and whom they go to.

use serde_json::Value;

use redress_domain::commands::NewOwner;
use redress_domain::input::Fields;
use redress_domain::refusal::FieldError;
use redress_domain::roles::Role;
use redress_domain::rules::Rules;
use redress_office::OfficeError;
use redress_web::{Identity, Problem};

use crate::Transitions;

/// At most so many cases at a time.
const CASES_MAX: usize = 100;

/// Cases, and whom they go to: a person, a team, or both.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) cases: Vec<Ticked>,
    pub(super) owner: Option<NewOwner>,
    pub(super) team: Option<String>,
}

/// One of the cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ticked {
    pub(super) reference: String,
    /// As it was seen; nothing where it may be any.
    pub(super) version: Option<u32>,
}

/// Whom they go to, as it was sent.
enum Whom {
    /// An id of the directory, or `me`.
    Id(String),
    /// With a name and a role, as `assign` takes one.
    Told { id: String, name: Option<String>, role: Option<Role> },
}

/// Whether no case was ticked at all.
pub(super) fn none(sent: &Value) -> bool {
    sent.get("cases").is_none_or(|cases| cases.as_array().is_some_and(Vec::is_empty))
}

/// The cases that were ticked, each once.
pub(super) fn ticked(fields: &mut Fields, none: bool) -> Vec<Ticked> {
    let mut cases = fields.list("cases", |inner| {
        let reference = inner.reference("reference", "Enter the reference of the case");
        let version = inner.number("version").and_then(|version| u32::try_from(version).ok());
        Some(Ticked { reference: reference?.to_string(), version })
    });
    if none {
        fields.error("cases", "Tick at least one case");
    }
    let mut seen = Vec::new();
    cases.retain(|ticked| {
        let first = !seen.contains(&ticked.reference);
        seen.push(ticked.reference.clone());
        first
    });
    cases
}

/// The references that were ticked, however they were spelt, for the list that asks once more.
pub(super) fn references(sent: &Value) -> Vec<&str> {
    let cases = sent.get("cases").and_then(Value::as_array).into_iter().flatten().take(CASES_MAX);
    cases.filter_map(|case| case.get("reference")?.as_str()).collect()
}

/// What is wrong with one of the cases is said at their list.
pub(super) fn at_the_list(errors: Vec<FieldError>) -> Vec<FieldError> {
    let place = |error: FieldError| match error.field.split('.').next() {
        Some("cases") => FieldError { field: "cases".to_owned(), ..error },
        _ => error,
    };
    errors.into_iter().map(place).collect()
}

impl Transitions {
    /// Reads what was sent, or says everything that is wrong with it.
    pub(super) async fn asked(
        &self,
        rules: &Rules,
        identity: &Identity,
        sent: Value,
    ) -> Result<Result<Asked, Vec<FieldError>>, Problem> {
        let by_id = sent.get("owner").is_some_and(Value::is_string);
        let none = none(&sent);
        let mut fields = Fields::of(sent);
        let cases = ticked(&mut fields, none);
        let whom = if by_id {
            fields.line("owner").map(Whom::Id)
        } else {
            fields.object("owner", |owner| {
                let told = (owner.line("id"), owner.line("name"), owner.word("role"));
                if told.0.is_none() {
                    owner.error("id", "Enter who has it: the subject of their token");
                }
                Some(Whom::Told { id: told.0?, name: told.1, role: told.2 })
            })
        };
        let team = fields.line("team");
        if whom.is_none() && team.is_none() && !fields.has("owner") {
            fields.error("owner", "Choose the person or the team the cases go to");
        }
        if let Some(unknown) = team.as_ref().filter(|id| rules.policy.team(id).is_none()) {
            fields.error("team", format!("“{unknown}” is not a team of this council"));
        }
        let owner = match whom {
            None => None,
            Some(whom) => {
                let owner = self.owner(whom, identity).await?;
                if owner.is_none() {
                    fields.error("owner", "Nobody with this id is known here: give their id and their role");
                }
                owner
            }
        };
        Ok(fields.finish(Some(Asked { cases, owner, team })))
    }

    /// Somebody with the name and the role the directory knows, where they were not told.
    async fn owner(&self, whom: Whom, identity: &Identity) -> Result<Option<NewOwner>, Problem> {
        let (id, name, role) = match whom {
            Whom::Id(id) if id == "me" || id == identity.id => {
                let (id, name) = (identity.id.clone(), Some(identity.name.clone()));
                return Ok(Some(NewOwner { id, name, role: identity.role }));
            }
            Whom::Id(id) => (id, None, None),
            Whom::Told { id, name, role } => (id, name, role),
        };
        if let Some(role) = role {
            return Ok(Some(NewOwner { id, name, role }));
        }
        let store = &self.office.store;
        let mut found = store.colleagues(&identity.council, vec![id.clone()]).await.map_err(OfficeError::from)?;
        Ok(found.remove(&id).map(|known| NewOwner { id, name: name.or(Some(known.name)), role: known.role }))
    }
}
