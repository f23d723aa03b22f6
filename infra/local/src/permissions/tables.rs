//! What a request of DynamoDB asks for: actions on tables and indexes, with the partition keys it names.

use std::collections::BTreeMap;

use serde_json::Value;

use super::ask::{Ask, ENCLOSING_OPERATION, LEADING_KEYS};
use super::key_condition::equal_to;
use crate::template::Template;

/// The tables there are, with what they and their indexes are keyed by.
#[derive(Clone, Debug)]
pub(crate) struct Tables {
    tables: BTreeMap<String, Shape>,
    unknown: String,
}

#[derive(Clone, Debug)]
struct Shape {
    arn: String,
    key: String,
    indexes: BTreeMap<String, String>,
}

/// What each request inside a transaction is authorised as.
const INSIDE: [(&str, &str, &str); 5] = [
    ("Put", "dynamodb:PutItem", "Item"),
    ("Update", "dynamodb:UpdateItem", "Key"),
    ("Delete", "dynamodb:DeleteItem", "Key"),
    ("ConditionCheck", "dynamodb:ConditionCheckItem", "Key"),
    ("Get", "dynamodb:GetItem", "Key"),
];

impl Tables {
    pub(crate) fn of(template: &Template) -> Tables {
        const KIND: &str = "AWS::DynamoDB::Table";
        let arn = |name: &str| template.permissions.arn(KIND, name);
        let shape = |table: &crate::template::Table| {
            let indexes = table.create["GlobalSecondaryIndexes"].as_array().into_iter().flatten();
            let named = |index: &Value| Some((index["IndexName"].as_str()?.to_owned(), partition_key(index)));
            let indexes = indexes.filter_map(named).collect();
            Shape { arn: arn(&table.name), key: partition_key(&table.create), indexes }
        };
        let tables = template.tables.iter().map(|table| (table.name.clone(), shape(table))).collect();
        Tables { tables, unknown: arn("") }
    }

    /// What an operation asks for, each of which must be allowed.
    ///
    /// # Errors
    /// When it cannot be told: such a request must not pass.
    pub(crate) fn asks(&self, operation: &str, body: &Value) -> Result<Vec<Ask>, String> {
        let action = format!("dynamodb:{operation}");
        let one = |keys: Vec<String>| vec![Ask::new(&action, self.place(body)).with(LEADING_KEYS, keys)];
        match operation {
            "PutItem" => Ok(one(self.keys(body, [&body["Item"]]))),
            "GetItem" | "UpdateItem" | "DeleteItem" => Ok(one(self.keys(body, [&body["Key"]]))),
            "Query" => Ok(one(vec![self.queried(body)?])),
            "BatchGetItem" | "BatchWriteItem" => self.batch(&action, &body["RequestItems"]),
            "TransactWriteItems" | "TransactGetItems" => self.transaction(operation, &body["TransactItems"]),
            "ExecuteStatement" => Ok(vec![self.partiql(body)?]),
            "BatchExecuteStatement" => each(&body["Statements"]).map(|one| self.partiql(one)).collect(),
            "ExecuteTransaction" => each(&body["TransactStatements"]).map(|one| self.partiql(one)).collect(),
            // A Scan names no key, and everything else is for administrators.
            _ => Ok(one(Vec::new())),
        }
    }

    fn batch(&self, action: &str, tables: &Value) -> Result<Vec<Ask>, String> {
        let tables = tables.as_object().ok_or("RequestItems is not a map of tables")?;
        let asks = tables.iter().map(|(table, requests)| {
            let named = serde_json::json!({ "TableName": table });
            let keys: Vec<&Value> = match requests.get("Keys") {
                Some(keys) => each(keys).collect(),
                None => each(requests)
                    .map(|one| {
                        if one["PutRequest"].is_null() {
                            &one["DeleteRequest"]["Key"]
                        } else {
                            &one["PutRequest"]["Item"]
                        }
                    })
                    .collect(),
            };
            Ask::new(action, self.place(&named)).with(LEADING_KEYS, self.keys(&named, keys))
        });
        Ok(asks.collect())
    }

    fn transaction(&self, operation: &str, items: &Value) -> Result<Vec<Ask>, String> {
        let asks = each(items).map(|item| {
            let inside = INSIDE.iter().find_map(|(name, action, key)| Some((item.get(name)?, action, key)));
            let (request, action, key) = inside.ok_or("a transaction with something unknown in it")?;
            let keys = self.keys(request, [&request[*key]]);
            let ask = Ask::new(*action, self.place(request)).with(LEADING_KEYS, keys);
            Ok(ask.with(ENCLOSING_OPERATION, vec![operation.to_owned()]))
        });
        asks.collect()
    }

    /// A statement of PartiQL: no function may use it, so its table is all that is read of it.
    fn partiql(&self, request: &Value) -> Result<Ask, String> {
        let words: Vec<&str> = request["Statement"].as_str().unwrap_or_default().split_whitespace().collect();
        let verb = words.first().map(|verb| verb.to_uppercase()).unwrap_or_default();
        let (action, table) = match verb.as_str() {
            "INSERT" => ("dynamodb:PartiQLInsert", words.get(2)),
            "UPDATE" => ("dynamodb:PartiQLUpdate", words.get(1)),
            "DELETE" => ("dynamodb:PartiQLDelete", words.get(2)),
            "SELECT" => {
                let from = words.iter().position(|word| word.eq_ignore_ascii_case("FROM"));
                ("dynamodb:PartiQLSelect", from.and_then(|at| words.get(at + 1)))
            }
            _ => return Err("a statement of a kind that is not known".to_owned()),
        };
        let name = table.map(|name| name.replace('"', "")).unwrap_or_default();
        let (table, index) = name.split_once('.').map_or((name.as_str(), None), |(table, index)| (table, Some(index)));
        let place = serde_json::json!({ "TableName": table, "IndexName": index });
        Ok(Ask::new(action, self.place(&place)))
    }

    /// The partition key of a Query, of the table or of the index it reads.
    fn queried(&self, body: &Value) -> Result<String, String> {
        let expression = body["KeyConditionExpression"].as_str().unwrap_or_default();
        let shape = self.shape(body).ok_or("a table that is not there")?;
        let attribute = match body["IndexName"].as_str() {
            Some(index) => shape.indexes.get(index).ok_or("an index that is not there")?,
            None => &shape.key,
        };
        let name = |word: &str| body["ExpressionAttributeNames"][word].as_str();
        let placeholder = equal_to(expression, attribute, name).ok_or("a Query that names no partition key")?;
        let value = &body["ExpressionAttributeValues"][placeholder];
        text(value).ok_or_else(|| "a partition key without a value".to_owned())
    }

    /// The values of the table's partition key in these items.
    fn keys<'a>(&self, request: &Value, items: impl IntoIterator<Item = &'a Value>) -> Vec<String> {
        let Some(shape) = self.shape(request) else { return Vec::new() };
        items.into_iter().filter_map(|item| text(&item[&shape.key])).collect()
    }

    fn shape(&self, request: &Value) -> Option<&Shape> {
        self.tables.get(request["TableName"].as_str()?)
    }

    /// The ARN of the table, or of the index.
    fn place(&self, request: &Value) -> String {
        let Some(shape) = self.shape(request) else { return self.unknown.clone() };
        match request["IndexName"].as_str() {
            Some(index) => format!("{}/index/{index}", shape.arn),
            None => shape.arn.clone(),
        }
    }
}

fn each(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn partition_key(schema: &Value) -> String {
    let hash = each(&schema["KeySchema"]).find(|key| key["KeyType"] == "HASH");
    hash.and_then(|key| key["AttributeName"].as_str()).unwrap_or_default().to_owned()
}

/// The text of a key's value.
fn text(value: &Value) -> Option<String> {
    value.as_object()?.values().next()?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests;
