//! What the template's references come to on the laptop: ARNs, names, and which options are on.

use serde_json::{Value, json};

use crate::template::TemplateError;

/// The deployed stack's name, as far as the laptop has one.
const STACK: &str = "local";

/// A text of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    /// As the template writes it, without its tag.
    pub(super) written: String,
    /// What it comes to here.
    pub(super) means: String,
}

/// The template, as what its references are looked up in.
#[derive(Clone, Debug)]
pub(super) struct Names {
    template: Value,
}

impl Names {
    pub(super) fn read(template: &Value) -> Result<Names, TemplateError> {
        if template.get("Resources").and_then(Value::as_object).is_none() {
            return Err(TemplateError::Missing { at: "Resources".to_owned(), what: "resources" });
        }
        Ok(Names { template: template.clone() })
    }

    /// Every resource, by name.
    pub(super) fn resources(&self) -> impl Iterator<Item = (&str, &Value)> {
        let resources = self.template["Resources"].as_object();
        resources.into_iter().flatten().map(|(id, resource)| (id.as_str(), resource))
    }

    /// What a name on the laptop is called in a stack.
    pub(super) fn deployed(&self, local_name: &str) -> String {
        format!("{STACK}-{local_name}")
    }

    /// One text or a list of them, whatever is off by default left out.
    pub(super) fn texts(&self, value: &Value) -> Result<Vec<Text>, String> {
        let mut texts = Vec::new();
        for (value, in_force) in self.chosen(value)? {
            if in_force {
                texts.push(self.text(value)?);
            }
        }
        Ok(texts)
    }

    /// The things of a list or the one thing there is, each with whether it is in force: `!If` has two sides, of
    /// which one is.
    pub(super) fn chosen<'a>(&self, value: &'a Value) -> Result<Vec<(&'a Value, bool)>, String> {
        if let Value::Array(items) = value {
            let each: Result<Vec<_>, String> = items.iter().map(|item| self.chosen(item)).collect();
            return Ok(each?.into_iter().flatten().collect());
        }
        if *value == json!({"Ref": "AWS::NoValue"}) {
            return Ok(Vec::new());
        }
        let Some(sides) = value.get("Fn::If") else { return Ok(vec![(value, true)]) };
        let (Some(name), Some(yes), Some(no)) = (sides[0].as_str(), sides.get(1), sides.get(2)) else {
            return Err("has an !If without a condition and two sides".to_owned());
        };
        let holds = self.condition(&json!({"Condition": name}))?;
        let (yes, no) = (self.chosen(yes)?, self.chosen(no)?);
        let side = |some: Vec<(&'a Value, bool)>, on: bool| some.into_iter().map(move |(one, is)| (one, is && on));
        Ok(side(yes, holds).chain(side(no, !holds)).collect())
    }

    fn text(&self, value: &Value) -> Result<Text, String> {
        let text = match value {
            Value::String(text) => Text { written: text.clone(), means: text.clone() },
            _ => {
                let (tag, of) = value.as_object().and_then(|one| one.iter().next()).ok_or("has a text that is none")?;
                match (tag.as_str(), of) {
                    ("Ref", Value::String(name)) => Text { written: name.clone(), means: self.reference(name)? },
                    ("Fn::GetAtt", Value::String(name)) => Text { written: name.clone(), means: self.attribute(name)? },
                    ("Fn::Sub", Value::String(text)) => Text { written: text.clone(), means: self.filled(text)? },
                    _ => return Err(format!("uses `{tag}` in a way that the laptop does not know")),
                }
            }
        };
        // IAM's own variables look the same as CloudFormation's.
        if text.means.contains("${") {
            return Err(format!("has a variable the laptop does not know in `{}`", text.means));
        }
        Ok(text)
    }

    /// `${…}` filled in.
    fn filled(&self, text: &str) -> Result<String, String> {
        let mut parts = text.split("${");
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').ok_or_else(|| format!("has an open ${{ in `{text}`"))?;
            filled += &if name.contains('.') { self.attribute(name)? } else { self.reference(name)? };
            filled += rest;
        }
        Ok(filled)
    }

    /// What `!Ref` comes to.
    pub(super) fn reference(&self, name: &str) -> Result<String, String> {
        let pseudo = match name {
            "AWS::Partition" => Some("aws"),
            "AWS::Region" => Some("eu-west-2"),
            "AWS::AccountId" => Some("000000000000"),
            "AWS::StackName" => Some(STACK),
            _ => None,
        };
        if let Some(known) = pseudo {
            return Ok(known.to_owned());
        }
        if let Some(parameter) = self.template["Parameters"].get(name) {
            return Ok(parameter["Default"].as_str().unwrap_or_default().to_owned());
        }
        let resource = self.template["Resources"].get(name);
        let resource = resource.ok_or_else(|| format!("names `{name}`, which the template does not have"))?;
        self.name_of(name, resource)
    }

    fn attribute(&self, written: &str) -> Result<String, String> {
        let unknown = || format!("names `{written}`, which the laptop does not know");
        let id = written.strip_suffix(".Arn").ok_or_else(unknown)?;
        let resource = self.template["Resources"].get(id).ok_or_else(unknown)?;
        let kind = resource["Type"].as_str().unwrap_or_default();
        let arn = arn(kind, &self.name_of(id, resource)?);
        if arn.is_empty() { Err(unknown()) } else { Ok(arn) }
    }

    /// The name a resource is given, or one as CloudFormation would make it.
    fn name_of(&self, id: &str, resource: &Value) -> Result<String, String> {
        let given = ["TableName", "BucketName", "QueueName", "Name"];
        match given.iter().find_map(|property| resource["Properties"].get(property)) {
            Some(name) => Ok(self.text(name)?.means),
            None => Ok(self.deployed(&id.to_lowercase())),
        }
    }

    fn condition(&self, condition: &Value) -> Result<bool, String> {
        let (tag, of) =
            condition.as_object().and_then(|one| one.iter().next()).ok_or("has a condition that is none")?;
        let each = || of.as_array().into_iter().flatten();
        let side = |at: usize| of.get(at).map_or(Ok(String::new()), |value| self.text(value).map(|text| text.means));
        match (tag.as_str(), of) {
            ("Condition", Value::String(name)) => {
                let named = self.template["Conditions"].get(name);
                self.condition(named.ok_or_else(|| format!("names the condition `{name}`, which is not there"))?)
            }
            ("Fn::Not", _) => Ok(!self.condition(&of[0])?),
            ("Fn::Equals", _) => Ok(side(0)? == side(1)?),
            ("Fn::And", _) => each().try_fold(true, |all, one| Ok(all && self.condition(one)?)),
            ("Fn::Or", _) => each().try_fold(false, |any, one| Ok(any || self.condition(one)?)),
            _ => Err(format!("has the condition `{tag}`, which the laptop does not know")),
        }
    }
}

/// The ARN of a resource of this kind; empty where it has none that the laptop knows.
pub(super) fn arn(kind: &str, name: &str) -> String {
    let place = "eu-west-2:000000000000";
    match kind {
        "AWS::DynamoDB::Table" => format!("arn:aws:dynamodb:{place}:table/{name}"),
        "AWS::Events::EventBus" => format!("arn:aws:events:{place}:event-bus/{name}"),
        "AWS::S3::Bucket" => format!("arn:aws:s3:::{name}"),
        "AWS::SQS::Queue" => format!("arn:aws:sqs:{place}:{name}"),
        "AWS::SES::EmailIdentity" => format!("arn:aws:ses:{place}:identity/{name}"),
        "AWS::SES::ConfigurationSet" => format!("arn:aws:ses:{place}:configuration-set/{name}"),
        "AWS::KMS::Key" => format!("arn:aws:kms:{place}:key/{name}"),
        _ => String::new(),
    }
}
