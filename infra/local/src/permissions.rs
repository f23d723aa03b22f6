//! Who may do what: the policies of `infra/aws/template.yaml`, evaluated as AWS evaluates them.
//!
//! Each function signs with an access key id of its own ([`caller`]). Whatever stands in for an AWS service reads
//! that id, says what it was asked for ([`Ask`]), and asks the [`Gate`]. What this module cannot read of a policy (an
//! operator, a condition key, an intrinsic) is an error at start: a policy that is half understood allows too much.

pub mod ask;
pub mod caller;
mod condition;
pub mod gate;
mod key_condition;
mod like;
mod names;
pub(crate) mod services;
mod statement;
pub(crate) mod tables;
pub mod used;

use std::collections::BTreeMap;

use serde_json::Value;

pub use ask::Ask;
pub use caller::Caller;
pub use gate::Gate;
pub use statement::{Effect, Statement, Use};

use crate::template::TemplateError;
use names::Names;

/// What the template allows each function, and denies everybody.
#[derive(Clone, Debug)]
pub struct Permissions {
    /// The statements of each function's policy, by the function's name.
    functions: BTreeMap<String, Vec<Statement>>,
    /// The statements that stand at a resource itself.
    resources: Vec<Statement>,
    names: Names,
}

/// A request that is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permitted<'a> {
    /// The statement that allows it, and what in it matched; none for the laptop's own key.
    pub by: Option<Matched<'a>>,
}

/// A request that is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied<'a> {
    /// The statement that denies it; none where nothing allows it.
    pub by: Option<Matched<'a>>,
}

/// A statement that holds for a request, and which of its words did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched<'a> {
    /// The statement.
    pub statement: &'a Statement,
    /// Its action, as it is written.
    pub action: &'a str,
    /// Its resource, as it is written.
    pub resource: &'a str,
    /// Its patterns of a partition key that the request's keys matched.
    pub keys: Vec<&'a str>,
}

impl Permissions {
    /// Reads the policies of a template that has been made plain.
    pub(crate) fn read(template: &Value) -> Result<Permissions, TemplateError> {
        let names = Names::read(template)?;
        let (mut functions, mut resources) = (BTreeMap::new(), Vec::new());
        for (logical_id, resource) in names.resources() {
            match resource["Type"].as_str().unwrap_or_default() {
                "AWS::Serverless::Function" => {
                    let name = crate::template::binary(logical_id, &resource["Properties"])?;
                    functions.insert(name.clone(), statement::of_function(&name, logical_id, resource, &names)?);
                }
                "AWS::DynamoDB::Table" => resources.extend(statement::of_table(logical_id, resource, &names)?),
                "AWS::S3::BucketPolicy" => resources.extend(statement::of_bucket(logical_id, resource, &names)?),
                _ => {}
            }
        }
        Ok(Permissions { functions, resources, names })
    }

    /// Whether somebody may do what they ask: a statement that denies is stronger than any that allows, and what
    /// nothing allows is denied. The laptop's own key is an administrator's: only a deny stops it.
    ///
    /// # Errors
    /// When they may not.
    pub fn permit(&self, caller: &Caller, ask: &Ask) -> Result<Permitted<'_>, Denied<'_>> {
        let own = match caller {
            Caller::Laptop => &[],
            Caller::Function(name) => self.functions.get(name).map(Vec::as_slice).unwrap_or_default(),
        };
        let all = || own.iter().chain(&self.resources);
        let holds = |effect: Effect, statement: &'_ Statement| statement.effect == effect;
        if let Some(by) = all().filter(|each| holds(Effect::Deny, each)).find_map(|each| each.matches(ask)) {
            return Err(Denied { by: Some(by) });
        }
        if *caller == Caller::Laptop {
            return Ok(Permitted { by: None });
        }
        let allowed = all().filter(|each| holds(Effect::Allow, each)).find_map(|each| each.matches(ask));
        allowed.map(|by| Permitted { by: Some(by) }).ok_or(Denied { by: None })
    }

    /// Every statement there is.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.functions.values().flatten().chain(&self.resources)
    }

    /// The names of the functions that have a policy.
    pub fn functions(&self) -> impl Iterator<Item = &str> {
        self.functions.keys().map(String::as_str)
    }

    /// What a resource of the template is called.
    pub(crate) fn name(&self, logical_id: &str) -> Result<String, TemplateError> {
        let at = logical_id.to_owned();
        self.names.reference(logical_id).map_err(|why| TemplateError::Policy { at, why })
    }

    /// The ARN of a resource that has this name on the laptop, such as the table `cases`.
    pub(crate) fn arn(&self, kind: &str, local_name: &str) -> String {
        self.arn_of(kind, &self.names.deployed(local_name))
    }

    /// The ARN of a resource that is called the same everywhere, such as a mail domain.
    pub(crate) fn arn_of(&self, kind: &str, name: &str) -> String {
        names::arn(kind, name)
    }
}

#[cfg(test)]
mod tests;
