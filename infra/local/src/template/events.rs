//! What calls a function: routes, streams, the schedule and rules.

use serde_json::Value;

use super::{Function, Route, Subscription, Table, TemplateError};
use crate::pattern::Pattern;
use crate::permissions::Permissions;

/// Lambda's own default.
const BATCH_SIZE: usize = 100;

/// Adds one entry of a function's `Events` to it.
pub(super) fn add(
    function: &mut Function,
    name: &str,
    event: &Value,
    tables: &[Table],
    names: &Permissions,
) -> Result<(), TemplateError> {
    let event = Event { at: format!("{}.{name}", function.logical_id), name, event };
    match event.text("/Type", "type of event")? {
        "HttpApi" => function.routes.push(event.route()?),
        "DynamoDB" => function.streams.push(event.subscription(tables)?),
        "ScheduleV2" => function.schedule_s = Some(event.schedule_s()?),
        "EventBridgeRule" => {
            let pattern = event.need("/Properties/Pattern", "pattern")?;
            function.rules.push(event.pattern(&named(pattern, names)?)?);
        }
        other => return Err(event.unknown("Type", other)),
    }
    Ok(())
}

/// A pattern with the names of resources in it as they are called here.
fn named(pattern: &Value, names: &Permissions) -> Result<Value, TemplateError> {
    Ok(match pattern {
        Value::Object(fields) => match (fields.len(), fields.get("Ref").and_then(Value::as_str)) {
            (1, Some(name)) => Value::String(names.name(name)?),
            _ => {
                let fields = fields.iter().map(|(field, value)| Ok((field.clone(), named(value, names)?)));
                Value::Object(fields.collect::<Result<_, TemplateError>>()?)
            }
        },
        Value::Array(items) => Value::Array(items.iter().map(|item| named(item, names)).collect::<Result<_, _>>()?),
        other => other.clone(),
    })
}

struct Event<'a> {
    at: String,
    name: &'a str,
    event: &'a Value,
}

impl<'a> Event<'a> {
    fn route(&self) -> Result<Route, TemplateError> {
        let method = self.text("/Properties/Method", "method")?.to_uppercase();
        let path = self.text("/Properties/Path", "path")?;
        // `{proxy+}`, the rest of the path, is `{*proxy}` to axum.
        let segments = path.split('/').map(|segment| {
            let rest = segment.strip_prefix('{').and_then(|name| name.strip_suffix("+}"));
            rest.map_or_else(|| segment.to_owned(), |name| format!("{{*{name}}}"))
        });
        Ok(Route { method, path: segments.collect::<Vec<_>>().join("/") })
    }

    fn subscription(&self, tables: &[Table]) -> Result<Subscription, TemplateError> {
        let stream = self.need("/Properties/Stream", "stream")?;
        let table = stream
            .get("Fn::GetAtt")
            .and_then(Value::as_str)
            .and_then(|attribute| attribute.strip_suffix(".StreamArn"))
            .ok_or_else(|| self.missing("/Properties/Stream", "!GetAtt Table.StreamArn"))?;
        let streams =
            tables.iter().any(|each| each.logical_id == table && each.create.get("StreamSpecification").is_some());
        if !streams {
            return Err(self.unknown("Stream", table));
        }
        let batch_size = self.event.pointer("/Properties/BatchSize").and_then(Value::as_u64);
        let batch_size = batch_size.and_then(|size| usize::try_from(size).ok());
        let filters = self.event.pointer("/Properties/FilterCriteria/Filters");
        let filters = filters.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        Ok(Subscription {
            name: self.name.to_owned(),
            table: table.to_owned(),
            batch_size: batch_size.unwrap_or(BATCH_SIZE),
            filters: filters.iter().map(|each| self.filter(each)).collect::<Result<_, _>>()?,
        })
    }

    fn filter(&self, filter: &Value) -> Result<Pattern, TemplateError> {
        let text = filter
            .get("Pattern")
            .and_then(Value::as_str)
            .ok_or_else(|| self.missing("FilterCriteria.Filters", "pattern"))?;
        let pattern = serde_json::from_str(text).map_err(|error| self.bad(&error))?;
        self.pattern(&pattern)
    }

    fn pattern(&self, pattern: &Value) -> Result<Pattern, TemplateError> {
        Pattern::parse(pattern).map_err(|error| self.bad(&error))
    }

    fn schedule_s(&self) -> Result<u64, TemplateError> {
        let expression = self.text("/Properties/ScheduleExpression", "schedule")?;
        rate_s(expression).ok_or_else(|| self.unknown("ScheduleExpression", expression))
    }

    fn need(&self, pointer: &str, what: &'static str) -> Result<&'a Value, TemplateError> {
        self.event.pointer(pointer).ok_or_else(|| self.missing(pointer, what))
    }

    fn text(&self, pointer: &str, what: &'static str) -> Result<&'a str, TemplateError> {
        self.need(pointer, what)?.as_str().ok_or_else(|| self.missing(pointer, what))
    }

    fn missing(&self, pointer: &str, what: &'static str) -> TemplateError {
        let property = pointer.trim_start_matches("/Properties/").trim_start_matches('/');
        TemplateError::Missing { at: format!("{}.{property}", self.at), what }
    }

    fn unknown(&self, property: &str, found: &str) -> TemplateError {
        TemplateError::Unknown { at: format!("{}.{property}", self.at), found: found.to_owned() }
    }

    fn bad(&self, error: &dyn std::error::Error) -> TemplateError {
        TemplateError::Pattern { at: self.at.clone(), why: error.to_string() }
    }
}

/// `rate(5 minutes)` in seconds.
fn rate_s(expression: &str) -> Option<u64> {
    let inside = expression.strip_prefix("rate(")?.strip_suffix(')')?;
    let (count, unit) = inside.split_once(' ')?;
    let unit_s = match unit.trim_end_matches('s') {
        "minute" => 60,
        "hour" => 3_600,
        "day" => 86_400,
        _ => return None,
    };
    count.parse::<u64>().ok()?.checked_mul(unit_s).filter(|s| *s > 0)
}
