//! Whom a token is asked for.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;

/// The roles a member of staff can have.
pub const ROLES: [&str; 7] =
    ["officer", "manager", "investigator", "complaints-manager", "signatory", "auditor", "analyst"];

/// The most characters of a name, a team or an organisation.
const CHARS_MAX: usize = 100;

/// A member of staff as a token describes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Whose staff they are.
    pub council: String,
    /// What they may do: one of [`ROLES`].
    pub role: String,
    /// Their name.
    pub name: String,
    /// The organisation they answer for, where it is not the council's own.
    pub organisation: Option<String>,
    /// Their team.
    pub team: Option<String>,
}

/// A field of a request that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The field.
    pub field: &'static str,
    /// What is wrong with it.
    pub message: String,
}

impl Person {
    /// The person a request describes, or everything that is wrong with it.
    pub fn parse(asked: &HashMap<String, Value>, councils: &[String]) -> Result<Person, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut fields = Fields { asked, errors: &mut errors };
        let council = fields.one_of("council", councils.iter().map(String::as_str));
        let role = fields.one_of("role", ROLES.into_iter());
        let name = fields.text("name");
        let organisation = fields.text("organisation");
        let team = fields.text("team");
        match (council, role) {
            (Some(council), Some(role)) if errors.is_empty() => {
                let name = name.unwrap_or_else(|| usual_name(&role));
                Ok(Person { council, role, name, organisation, team })
            }
            _ => Err(errors),
        }
    }
}

struct Fields<'a> {
    asked: &'a HashMap<String, Value>,
    errors: &'a mut Vec<FieldError>,
}

impl Fields<'_> {
    fn one_of<'v>(&mut self, field: &'static str, values: impl Iterator<Item = &'v str>) -> Option<String> {
        let values: Vec<&str> = values.collect();
        let found = self.asked.get(field).and_then(Value::as_str);
        match found {
            Some(found) if values.contains(&found) => Some(found.to_owned()),
            _ => self.wrong(field, format!("Must be one of {}", values.join(", "))),
        }
    }

    fn text(&mut self, field: &'static str) -> Option<String> {
        match self.asked.get(field) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if !text.trim().is_empty() && text.chars().count() <= CHARS_MAX => {
                Some(text.trim().to_owned())
            }
            Some(_) => self.wrong(field, format!("Must be text of 1 to {CHARS_MAX} characters")),
        }
    }

    fn wrong(&mut self, field: &'static str, message: String) -> Option<String> {
        self.errors.push(FieldError { field, message });
        None
    }
}

/// `Complaints manager`, for a role asked for without a name.
fn usual_name(role: &str) -> String {
    let words = role.replace('-', " ");
    let (first, rest) = words.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}
