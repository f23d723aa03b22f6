//! Items and attributes, in and out.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::StoreError;

/// A stored item.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// A text.
pub(crate) fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

/// A number.
pub(crate) fn n(number: impl ToString) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

/// Bytes.
pub(crate) fn b(bytes: impl Into<Vec<u8>>) -> AttributeValue {
    AttributeValue::B(Blob::new(bytes))
}

/// An item with its keys.
pub(crate) fn item(pk: &str, sk: &str) -> Item {
    HashMap::from([("pk".to_owned(), s(pk)), ("sk".to_owned(), s(sk))])
}

/// A key to get an item by.
pub(crate) fn key(pk: &str, sk: &str) -> Option<Item> {
    Some(item(pk, sk))
}

/// A text attribute.
pub(crate) fn text<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.get(name).and_then(|value| value.as_s().ok()).map(String::as_str)
}

/// A number attribute.
pub(crate) fn number<T: std::str::FromStr>(item: &Item, name: &str) -> Option<T> {
    item.get(name).and_then(|value| value.as_n().ok()).and_then(|number| number.parse().ok())
}

/// A set of texts; no attribute at all is an empty one, which DynamoDB does not have.
pub(crate) fn texts(item: &Item, name: &str) -> BTreeSet<String> {
    item.get(name).and_then(|value| value.as_ss().ok()).into_iter().flatten().cloned().collect()
}

/// An instant.
pub(crate) fn at(item: &Item, name: &str) -> Option<DateTime<Utc>> {
    text(item, name).and_then(|text| text.parse().ok())
}

/// The body of an item.
pub(crate) fn body<T: DeserializeOwned>(item: &Item) -> Result<T, StoreError> {
    let body = text(item, "body").ok_or_else(|| StoreError::corrupt(item, "it has no body"))?;
    serde_json::from_str(body).map_err(|error| StoreError::corrupt(item, &error.to_string()))
}

/// A body to store.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Other(error.to_string()))
}
