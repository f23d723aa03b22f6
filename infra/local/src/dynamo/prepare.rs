//! A dynoxide database with the template's tables, and with an index on its
//! stream records without which each write is slower than the one before.

use std::path::Path;

use dynoxide::Database;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::DynamoError;
use crate::template::{Table, Template};

/// The file in the data folder.
const FILE: &str = "redress.sqlite";

/// dynoxide finds a stream's next sequence number by reading all its records.
const INDEX: &str = "CREATE INDEX IF NOT EXISTS _redress_stream_sequence
     ON _stream_records (table_name, CAST(sequence_number AS INTEGER))";

/// In memory nothing else can reach the records, so the oldest go by
/// themselves once there are 100,000: more than any consumer is ever behind.
pub(super) const BOUND: &str = "CREATE TRIGGER IF NOT EXISTS _redress_stream_bound
     AFTER INSERT ON _stream_records WHEN NEW.id % 1000 = 0
     BEGIN DELETE FROM _stream_records WHERE id <= NEW.id - 100000; END";

/// A database in memory. dynoxide lets nobody near its connection, so the
/// index is made in a file, and the file copied into memory.
pub(super) fn in_memory(template: &Template) -> Result<Database, DynamoError> {
    let folder = tempfile::tempdir()?;
    let (made, beside) = in_folder(folder.path(), template)?;
    beside.execute_batch(BOUND)?;
    drop((made, beside));
    let db = Database::memory()?;
    db.restore_from(&file(folder.path())?)?;
    Ok(db)
}

/// A database in a folder, and a second connection to its file.
pub(super) fn in_folder(folder: &Path, template: &Template) -> Result<(Database, Connection), DynamoError> {
    std::fs::create_dir_all(folder)?;
    let file = file(folder)?;
    let db = Database::new(&file)?;
    let beside = Connection::open(&file)?;
    beside.execute_batch(INDEX)?;
    for table in &template.tables {
        have(&db, table)?;
    }
    Ok((db, beside))
}

/// What dynoxide says of a table.
pub(super) fn describe(db: &Database, table: &str) -> Result<Value, DynamoError> {
    let request = serde_json::from_value(json!({ "TableName": table }))?;
    Ok(serde_json::to_value(db.describe_table(request)?.table)?)
}

fn have(db: &Database, table: &Table) -> Result<(), DynamoError> {
    if db.get_table_metadata(&table.name)?.is_some() {
        return agrees(db, table);
    }
    db.create_table(serde_json::from_value(table.create.clone())?)?;
    if let Some(attribute) = &table.ttl_attribute {
        db.update_time_to_live(serde_json::from_value(json!({
            "TableName": table.name,
            "TimeToLiveSpecification": { "AttributeName": attribute, "Enabled": true },
        }))?)?;
    }
    Ok(())
}

/// A table made by an earlier version must still have what this one asks of it.
fn agrees(db: &Database, table: &Table) -> Result<(), DynamoError> {
    let made = describe(db, &table.name)?;
    let other = |what: String| DynamoError::OtherVersion { table: table.name.clone(), what };
    for index in indexes(&table.create) {
        let name = index["IndexName"].as_str().unwrap_or_default();
        let same = indexes(&made).iter().any(|each| {
            each["IndexName"] == index["IndexName"]
                && each["KeySchema"] == index["KeySchema"]
                && each["Projection"] == index["Projection"]
        });
        if !same {
            return Err(other(format!("index `{name}` as it is now")));
        }
    }
    if made["KeySchema"] != table.create["KeySchema"] {
        return Err(other("key as it is now".to_owned()));
    }
    Ok(())
}

fn indexes(table: &Value) -> &[Value] {
    table.get("GlobalSecondaryIndexes").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn file(folder: &Path) -> Result<String, DynamoError> {
    let file = folder.join(FILE);
    file.to_str().map(str::to_owned).ok_or_else(|| DynamoError::Path(folder.to_owned()))
}
