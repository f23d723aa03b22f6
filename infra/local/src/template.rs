//! The SAM template as the laptop needs it: tables, functions and what calls
//! them, in plain types.
//!
//! The template in `infra/aws` is the one list of all these; what this cannot
//! find or does not understand is an error at start, never a missing route.

mod events;
mod source;

use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::pattern::Pattern;
use crate::permissions::Permissions;
use source::Resource;

/// What the template declares.
#[derive(Clone, Debug)]
pub struct Template {
    /// The tables, by logical id.
    pub tables: Vec<Table>,
    /// The functions, by logical id.
    pub functions: Vec<Function>,
    /// The event bus's local name.
    pub bus: String,
    /// The name of the set that letters are sent with.
    pub configuration_set: String,
    /// Who may do what.
    pub permissions: Permissions,
}

/// A DynamoDB table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name within the template, such as `CasesTable`.
    pub logical_id: String,
    /// Its name on the laptop: the deployed name less the stack's.
    pub name: String,
    /// The body of a `CreateTable` request.
    pub create: Value,
    /// The attribute whose time ends an item, if any.
    pub ttl_attribute: Option<String>,
}

/// A Lambda function and all that calls it.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name within the template, such as `Intake`.
    pub logical_id: String,
    /// Its binary, such as `intake`.
    pub name: String,
    /// The names of the environment variables it is given.
    pub variables: Vec<String>,
    /// The routes it answers.
    pub routes: Vec<Route>,
    /// The table streams it is fed from.
    pub streams: Vec<Subscription>,
    /// How often its schedule runs it.
    pub schedule_s: Option<u64>,
    /// Patterns of the events on the default bus that it hears.
    pub rules: Vec<Pattern>,
}

/// A route of the HTTP API.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// The method, such as `GET`.
    pub method: String,
    /// The path as axum writes it: `/assets/{*proxy}`.
    pub path: String,
}

/// A function's subscription to a table's stream.
#[derive(Clone, Debug)]
pub struct Subscription {
    /// The event's name in the template, such as `Outbox`.
    pub name: String,
    /// The logical id of the table.
    pub table: String,
    /// The most records delivered at once.
    pub batch_size: usize,
    /// Deliver only what one of these matches; everything when there is none.
    pub filters: Vec<Pattern>,
}

/// A template that cannot be used.
#[derive(Debug, Error)]
pub enum TemplateError {
    /// The file is not YAML.
    #[error("the template is not YAML: {0}")]
    Yaml(#[from] serde_yaml_ng::Error),
    /// Something the laptop needs is not there, or is of another kind.
    #[error("the template has no {what} at `{at}`")]
    Missing {
        /// Where, such as `Intake.CodeUri`.
        at: String,
        /// What was looked for.
        what: &'static str,
    },
    /// Something is there that the laptop does not know how to do.
    #[error("the template says `{found}` at `{at}`, which the laptop does not know")]
    Unknown {
        /// Where.
        at: String,
        /// What was found.
        found: String,
    },
    /// A policy that cannot be read whole.
    #[error("the template's {at} {why}")]
    Policy {
        /// Whose policy, and which statement.
        at: String,
        /// What is wrong with it.
        why: String,
    },
    /// A filter or a rule that cannot be read.
    #[error("the template's {at}: {why}")]
    Pattern {
        /// Whose pattern.
        at: String,
        /// What is wrong with it.
        why: String,
    },
}

/// The template this program was built with.
pub fn embedded() -> Result<Template, TemplateError> {
    Template::parse(include_str!("../../aws/template.yaml"))
}

/// A template with its short tags written out.
pub fn plain(yaml: &str) -> Result<Value, TemplateError> {
    source::document(yaml)
}

impl Template {
    /// Reads a SAM template.
    pub fn parse(yaml: &str) -> Result<Template, TemplateError> {
        let document = source::document(yaml)?;
        let resources = source::resources(&document)?;
        let permissions = Permissions::read(&document)?;
        let of_kind = |kind: &'static str| resources.iter().filter(move |each| each.kind == kind);

        let tables: Vec<Table> = of_kind("AWS::DynamoDB::Table").map(table).collect::<Result<_, _>>()?;
        let functions = of_kind("AWS::Serverless::Function")
            .map(|each| function(each, &tables, &permissions))
            .collect::<Result<_, _>>()?;
        let bus = of_kind("AWS::Events::EventBus")
            .next()
            .ok_or(TemplateError::Missing { at: "Resources".to_owned(), what: "event bus" })?;
        let set = of_kind("AWS::SES::ConfigurationSet").next();
        let set = set.ok_or(TemplateError::Missing { at: "Resources".to_owned(), what: "configuration set" })?;
        Ok(Template {
            functions,
            bus: local_name(bus, "Name")?,
            configuration_set: permissions.name(&set.logical_id)?,
            permissions,
            tables,
        })
    }

    /// The table with this logical id.
    pub fn table(&self, logical_id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.logical_id == logical_id)
    }
}

fn table(resource: &Resource) -> Result<Table, TemplateError> {
    let name = local_name(resource, "TableName")?;
    let mut create = Map::new();
    create.insert("TableName".to_owned(), json!(name));
    for property in ["KeySchema", "AttributeDefinitions", "BillingMode"] {
        create.insert(property.to_owned(), resource.need(property, "property")?.clone());
    }
    if let Some(indexes) = resource.get("GlobalSecondaryIndexes") {
        create.insert("GlobalSecondaryIndexes".to_owned(), indexes.clone());
    }
    if let Some(stream) = resource.get("StreamSpecification") {
        let view = stream
            .get("StreamViewType")
            .and_then(Value::as_str)
            .ok_or_else(|| resource.missing("StreamSpecification.StreamViewType", "kind of stream"))?;
        // CloudFormation leaves out what the API wants said.
        let stream = json!({ "StreamEnabled": true, "StreamViewType": view });
        create.insert("StreamSpecification".to_owned(), stream);
    }
    let ttl_attribute = resource
        .get("TimeToLiveSpecification")
        .and_then(|ttl| ttl.get("AttributeName"))
        .and_then(Value::as_str)
        .map(str::to_owned);
    Ok(Table { logical_id: resource.logical_id.clone(), name, create: Value::Object(create), ttl_attribute })
}

fn function(resource: &Resource, tables: &[Table], names: &Permissions) -> Result<Function, TemplateError> {
    let name = binary(&resource.logical_id, &resource.properties)?;
    let mut function = Function {
        logical_id: resource.logical_id.clone(),
        name,
        variables: resource.variables.clone(),
        routes: Vec::new(),
        streams: Vec::new(),
        schedule_s: None,
        rules: Vec::new(),
    };
    let events = resource.need("Events", "events")?;
    let events = events.as_object().ok_or_else(|| resource.missing("Events", "events"))?;
    // By name, whatever order the parser kept.
    let mut events: Vec<_> = events.iter().collect();
    events.sort_by_key(|(name, _)| *name);
    for (name, event) in events {
        events::add(&mut function, name, event, tables, names)?;
    }
    Ok(function)
}

/// The binary of a function: what its folder is called.
pub(crate) fn binary(logical_id: &str, properties: &Value) -> Result<String, TemplateError> {
    let code = properties["CodeUri"].as_str().unwrap_or_default();
    match code.trim_end_matches('/').rsplit('/').next() {
        None | Some("") => {
            let at = format!("{logical_id}.CodeUri");
            Err(TemplateError::Missing { at, what: "folder of the binary" })
        }
        Some(name) => Ok(name.to_owned()),
    }
}

/// What is left of a deployed name without the stack's.
fn local_name(resource: &Resource, property: &str) -> Result<String, TemplateError> {
    resource
        .get(property)
        .and_then(|name| name.get("Fn::Sub"))
        .and_then(Value::as_str)
        .and_then(|name| name.strip_prefix("${AWS::StackName}-"))
        .map(str::to_owned)
        .ok_or_else(|| resource.missing(property, "name of the form ${AWS::StackName}-name"))
}

#[cfg(test)]
mod tests;
