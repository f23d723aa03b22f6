//! One statement of a policy.

use serde_json::{Value, json};

use super::Matched;
use super::ask::Ask;
use super::condition::Condition;
use super::like::like;
use super::names::{Names, Text};
use crate::template::TemplateError;

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Allows, where nothing denies.
    Allow,
    /// Denies, whatever allows.
    Deny,
}

/// A statement of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Whose policy it stands in: a function's name, or a resource's logical id.
    pub of: String,
    /// Where that is in the template.
    pub logical_id: String,
    /// Its own name.
    pub sid: String,
    /// What it does.
    pub effect: Effect,
    /// Whether it counts; one behind an option that is off does not.
    pub in_force: bool,
    actions: Vec<Text>,
    resources: Vec<Text>,
    condition: Condition,
}

/// One use that a statement could be put to: each must be somebody's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// Whose statement.
    pub of: String,
    /// Which.
    pub sid: String,
    /// The action, as it is written.
    pub action: String,
    /// The resource, as it is written.
    pub resource: String,
    /// The pattern of a partition key; none where the statement asks for none.
    pub key: Option<String>,
}

impl Statement {
    /// Every use it could be put to.
    pub fn uses(&self) -> Vec<Use> {
        let mut keys: Vec<Option<String>> = self.condition.key_patterns().map(|key| Some(key.to_owned())).collect();
        if keys.is_empty() {
            keys.push(None);
        }
        let mut uses = Vec::new();
        for action in &self.actions {
            for resource in &self.resources {
                uses.extend(keys.iter().map(|key| Use {
                    of: self.of.clone(),
                    sid: self.sid.clone(),
                    action: action.written.clone(),
                    resource: resource.written.clone(),
                    key: key.clone(),
                }));
            }
        }
        uses
    }

    /// Which of its words hold for a request, if it does.
    pub(super) fn matches(&self, ask: &Ask) -> Option<Matched<'_>> {
        let of_action = |text: &&Text| like(&text.means.to_lowercase(), &ask.action.to_lowercase());
        let action = self.actions.iter().find(of_action)?;
        let resource = self.resources.iter().find(|text| like(&text.means, &ask.resource))?;
        let holds = self.in_force && self.condition.holds(ask);
        holds.then(|| Matched {
            statement: self,
            action: &action.written,
            resource: &resource.written,
            keys: self.condition.keys_matched(ask),
        })
    }
}

/// The policy of a function.
pub(super) fn of_function(
    name: &str,
    logical_id: &str,
    resource: &Value,
    names: &Names,
) -> Result<Vec<Statement>, TemplateError> {
    let policies = resource["Properties"].get("Policies").cloned().unwrap_or_else(|| json!([]));
    let place = Place { of: name, logical_id, names };
    let mut statements = Vec::new();
    for (policy, in_force) in names.chosen(&policies).map_err(|why| place.bad("Policies", &why))? {
        statements.extend(place.document(policy, in_force)?);
    }
    Ok(statements)
}

/// What a table itself denies or allows.
pub(super) fn of_table(logical_id: &str, resource: &Value, names: &Names) -> Result<Vec<Statement>, TemplateError> {
    match resource.pointer("/Properties/ResourcePolicy/PolicyDocument") {
        Some(document) => Place { of: logical_id, logical_id, names }.everybodys(document),
        None => Ok(Vec::new()),
    }
}

/// What a bucket's policy denies or allows.
pub(super) fn of_bucket(logical_id: &str, resource: &Value, names: &Names) -> Result<Vec<Statement>, TemplateError> {
    Place { of: logical_id, logical_id, names }.everybodys(&resource["Properties"]["PolicyDocument"])
}

struct Place<'a> {
    of: &'a str,
    logical_id: &'a str,
    names: &'a Names,
}

impl Place<'_> {
    /// A document at a resource, which must be about everybody: the laptop knows no other principal.
    fn everybodys(&self, document: &Value) -> Result<Vec<Statement>, TemplateError> {
        let each = self.names.chosen(&document["Statement"]).map_err(|why| self.bad("Statement", &why))?;
        for (statement, _) in each {
            if statement["Principal"] != "*" || statement["Effect"] != "Deny" {
                return Err(self.bad(sid(statement), "is not a Deny for the principal *"));
            }
        }
        self.document(document, true)
    }

    fn document(&self, document: &Value, in_force: bool) -> Result<Vec<Statement>, TemplateError> {
        let statements = document.get("Statement").ok_or_else(|| self.bad("Policies", "is not a policy document"))?;
        let each = self.names.chosen(statements).map_err(|why| self.bad("Statement", &why))?;
        each.into_iter().map(|(one, on)| self.statement(one, on && in_force)).collect()
    }

    fn statement(&self, written: &Value, in_force: bool) -> Result<Statement, TemplateError> {
        let sid = sid(written);
        let bad = |why: String| self.bad(sid, &why);
        let known = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];
        let fields = written.as_object().ok_or_else(|| bad("is not a statement".to_owned()))?;
        if let Some(other) = fields.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(bad(format!("has `{other}`, which the laptop does not know")));
        }
        if sid.is_empty() {
            return Err(bad("has a statement without a Sid".to_owned()));
        }
        let effect = match written["Effect"].as_str() {
            Some("Allow") => Effect::Allow,
            Some("Deny") => Effect::Deny,
            _ => return Err(bad("neither allows nor denies".to_owned())),
        };
        let texts = |field: &str| {
            let of = fields.get(field).ok_or_else(|| bad(format!("has no {field}")))?;
            let texts = self.names.texts(of).map_err(&bad)?;
            if texts.is_empty() { Err(bad(format!("has no {field}"))) } else { Ok(texts) }
        };
        let values = |value: &Value| Ok(self.names.texts(value)?.into_iter().map(|text| text.means).collect());
        let condition = match written.get("Condition") {
            Some(condition) => Condition::read(condition, values).map_err(&bad)?,
            None => Condition::default(),
        };
        Ok(Statement {
            of: self.of.to_owned(),
            logical_id: self.logical_id.to_owned(),
            sid: sid.to_owned(),
            effect,
            in_force,
            actions: texts("Action")?,
            resources: texts("Resource")?,
            condition,
        })
    }

    fn bad(&self, at: &str, why: &str) -> TemplateError {
        TemplateError::Policy { at: format!("{}.{at}", self.logical_id), why: why.to_owned() }
    }
}

fn sid(statement: &Value) -> &str {
    statement["Sid"].as_str().unwrap_or_default()
}
