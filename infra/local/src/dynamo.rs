//! DynamoDB on the laptop: dynoxide, its tables from the template, served on
//! the wire the real SDK speaks.

mod guard;
mod prepare;

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Mutex;

use axum::serve::ListenerExt as _;
use dynoxide::actions::get_records::GetRecordsRequest;
use dynoxide::actions::get_shard_iterator::GetShardIteratorRequest;
use dynoxide::{Database, DynoxideError};
use serde_json::Value;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::permissions::{Gate, tables::Tables};
use crate::template::{Table, Template};

/// The most stream records one trim takes away, so that it never holds the
/// database long.
const TRIM_MAX: usize = 1_000;

/// Where the data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In memory, gone when the program ends.
    Memory,
    /// In a folder, which is made when it is not there.
    Folder(PathBuf),
}

/// A DynamoDB of our own, open and served.
pub struct Embedded {
    db: Database,
    endpoint: String,
    gate: Gate,
    /// A second connection to a database in a folder; dynoxide lends its own to
    /// nobody. In memory a trigger bounds the stream instead.
    beside: Option<Mutex<rusqlite::Connection>>,
    stop: [Option<oneshot::Sender<()>>; 2],
}

/// A database that cannot be opened, served or read.
#[derive(Debug, Error)]
pub enum DynamoError {
    /// dynoxide refuses.
    #[error("the embedded database: {0}")]
    Dynoxide(#[from] DynoxideError),
    /// SQLite refuses.
    #[error("the embedded database's file: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A folder or a port that cannot be had.
    #[error("the embedded database: {0}")]
    Io(#[from] std::io::Error),
    /// A request or a record that is not as dynoxide writes it.
    #[error("the embedded database: {0}")]
    Json(#[from] serde_json::Error),
    /// The folder's path is not text, which dynoxide needs it to be.
    #[error("the folder {} cannot be used: its name is not UTF-8", .0.display())]
    Path(PathBuf),
    /// The data was made by a version whose table differs.
    #[error("the data folder is of another version: its table `{table}` has no {what}")]
    OtherVersion {
        /// The table.
        table: String,
        /// What the template has and the table has not.
        what: String,
    },
}

impl Embedded {
    /// Opens the database, makes the tables that are missing and serves it on
    /// a port of its own. Call it inside a Tokio runtime.
    pub fn open(place: &Place, template: &Template) -> Result<Embedded, DynamoError> {
        let (db, beside) = match place {
            Place::Memory => (prepare::in_memory(template)?, None),
            Place::Folder(folder) => {
                let (db, beside) = prepare::in_folder(folder, template)?;
                (db, Some(Mutex::new(beside)))
            }
        };
        let inner = Port::open()?;
        let served = db.clone();
        tokio::spawn(async move {
            if let Err(error) = dynoxide::server::serve_with_shutdown(inner.listener, served, inner.stopped).await {
                tracing::error!(%error, "the embedded database stopped");
            }
        });
        let gate = Gate::new(template.permissions.clone());
        let guarded = guard::router(gate.clone(), Tables::of(template), inner.address);
        let outer = Port::open()?;
        tokio::spawn(async move {
            let listener = outer.listener.tap_io(|stream| {
                // Without it small answers wait for one another; a stream that is gone needs it no more.
                let _ = stream.set_nodelay(true);
            });
            if let Err(error) = axum::serve(listener, guarded).with_graceful_shutdown(outer.stopped).await {
                tracing::error!(%error, "the guard of the embedded database stopped");
            }
        });
        Ok(Embedded { db, endpoint: outer.address, gate, beside, stop: [Some(outer.stop), Some(inner.stop)] })
    }

    /// What every request for it must pass, and what other services of the same stack ask.
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    /// Where the SDK finds it, for `AWS_ENDPOINT_URL_DYNAMODB`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The database itself, for tests and tools that read it directly.
    pub fn db(&self) -> &Database {
        &self.db
    }

    /// The records of a table's stream after a sequence number, oldest first.
    pub(crate) fn records(
        &self,
        stream: &Stream,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Value>, DynamoError> {
        let iterator = self.db.get_shard_iterator(GetShardIteratorRequest {
            stream_arn: stream.arn.clone(),
            shard_id: dynoxide::streams::shard_id(&stream.table),
            shard_iterator_type: after.map_or("TRIM_HORIZON", |_| "AFTER_SEQUENCE_NUMBER").to_owned(),
            sequence_number: after.map(str::to_owned),
        })?;
        let shard_iterator = iterator.shard_iterator.unwrap_or_default();
        let request = GetRecordsRequest { shard_iterator, limit: Some(limit) };
        let records = self.db.get_records(request)?.records;
        Ok(records.iter().map(serde_json::to_value).collect::<Result<_, _>>()?)
    }

    /// The stream of a table.
    pub(crate) fn stream(&self, table: &Table) -> Result<Stream, DynamoError> {
        let described = prepare::describe(&self.db, &table.name)?;
        let arn = described
            .get("LatestStreamArn")
            .and_then(Value::as_str)
            .ok_or_else(|| DynamoError::OtherVersion { table: table.name.clone(), what: "stream".to_owned() })?;
        Ok(Stream { table: table.name.clone(), arn: arn.to_owned() })
    }

    /// Takes away stream records before a sequence number that every consumer
    /// has passed, a bounded number at a time; returns how many.
    pub(crate) fn trim(&self, stream: &Stream, before: &str) -> Result<usize, DynamoError> {
        let (Some(beside), Some(before)) = (&self.beside, stored_sequence(before)) else {
            return Ok(0);
        };
        let beside = beside.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(beside.execute(
            "DELETE FROM _stream_records WHERE id IN (
                 SELECT id FROM _stream_records
                 WHERE table_name = ?1 AND CAST(sequence_number AS INTEGER) < ?2
                 ORDER BY CAST(sequence_number AS INTEGER) LIMIT ?3)",
            rusqlite::params![stream.table, before, TRIM_MAX],
        )?)
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        for stop in self.stop.iter_mut().filter_map(Option::take) {
            // The server may have stopped already.
            let _ = stop.send(());
        }
    }
}

/// A port on loopback, and what stops whoever serves it.
struct Port {
    listener: TcpListener,
    address: String,
    stop: oneshot::Sender<()>,
    stopped: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl Port {
    fn open() -> std::io::Result<Port> {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
        listener.set_nonblocking(true)?;
        let address = format!("http://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = Box::pin(async {
            // An error is the sender dropped, which stops the server too.
            let _ = stopped.await;
        });
        Ok(Port { listener: TcpListener::from_std(listener)?, address, stop, stopped })
    }
}

/// A table's stream.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    pub(crate) table: String,
    pub(crate) arn: String,
}

/// The number dynoxide stores for a sequence number it shows: it shows them
/// with a leading digit and zeros, to the width DynamoDB's have.
fn stored_sequence(shown: &str) -> Option<i64> {
    shown.strip_prefix('1').and_then(|digits| digits.parse().ok())
}

#[cfg(test)]
mod tests;
