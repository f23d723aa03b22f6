//! The template's YAML, with its short tags written out, as resources.

use serde_json::{Map, Value, json};
use serde_yaml_ng::Value as Yaml;

use super::TemplateError;

/// A resource of the template.
pub(super) struct Resource {
    pub(super) logical_id: String,
    pub(super) kind: String,
    /// The environment variables it is given, those of `Globals` included.
    pub(super) variables: Vec<String>,
    pub(super) properties: Value,
}

impl Resource {
    pub(super) fn get(&self, property: &str) -> Option<&Value> {
        self.properties.get(property)
    }

    pub(super) fn need(&self, property: &str, what: &'static str) -> Result<&Value, TemplateError> {
        self.get(property).ok_or_else(|| self.missing(property, what))
    }

    pub(super) fn missing(&self, property: &str, what: &'static str) -> TemplateError {
        TemplateError::Missing { at: format!("{}.{property}", self.logical_id), what }
    }
}

/// The whole template, made plain.
pub(super) fn document(yaml: &str) -> Result<Value, TemplateError> {
    Ok(plain(serde_yaml_ng::from_str(yaml)?))
}

/// Every resource, by name.
pub(super) fn resources(template: &Value) -> Result<Vec<Resource>, TemplateError> {
    let shared = variables(template.pointer("/Globals/Function"));
    let resources = template.get("Resources").and_then(Value::as_object);
    let resources =
        resources.ok_or_else(|| TemplateError::Missing { at: "Resources".to_owned(), what: "resources" })?;
    // By name, whatever order the parser kept.
    let mut resources: Vec<_> = resources.iter().collect();
    resources.sort_by_key(|(logical_id, _)| *logical_id);
    resources
        .into_iter()
        .map(|(logical_id, resource)| {
            let kind = resource
                .get("Type")
                .and_then(Value::as_str)
                .ok_or_else(|| TemplateError::Missing { at: format!("{logical_id}.Type"), what: "type" })?;
            let properties = resource.get("Properties").cloned().unwrap_or_else(|| json!({}));
            let mut all = shared.clone();
            all.extend(variables(Some(&properties)));
            Ok(Resource { logical_id: logical_id.clone(), kind: kind.to_owned(), variables: all, properties })
        })
        .collect()
}

fn variables(properties: Option<&Value>) -> Vec<String> {
    properties
        .and_then(|each| each.pointer("/Environment/Variables"))
        .and_then(Value::as_object)
        .map(|variables| variables.keys().cloned().collect())
        .unwrap_or_default()
}

/// YAML as JSON, with `!Ref X` as `{"Ref": "X"}` and `!GetAtt` as `{"Fn::GetAtt": …}`.
fn plain(yaml: Yaml) -> Value {
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(yes) => Value::Bool(yes),
        Yaml::Number(number) => serde_json::to_value(number).unwrap_or(Value::Null),
        Yaml::String(text) => Value::String(text),
        Yaml::Sequence(items) => Value::Array(items.into_iter().map(plain).collect()),
        Yaml::Mapping(entries) => Value::Object(
            entries.into_iter().filter_map(|(key, value)| Some((key.as_str()?.to_owned(), plain(value)))).collect(),
        ),
        Yaml::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            let tag = tag.trim_start_matches('!');
            let name = match tag {
                "Ref" | "Condition" => tag.to_owned(),
                _ => format!("Fn::{tag}"),
            };
            Value::Object(Map::from_iter([(name, plain(tagged.value))]))
        }
    }
}
