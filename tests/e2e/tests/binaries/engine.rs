//! What the binaries talk to: the engine that comes with Redress, or another one on loopback.

use redress_local::streams::Deliver;
use redress_local::template::Template;
use serde_json::{Value, json};

use crate::other::Other;
use crate::ours::Ours;

/// A mail that was taken.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) html: String,
}

/// DynamoDB with its streams, SES, EventBridge and S3.
pub(crate) enum Engine {
    Ours(Ours),
    Other(Other),
}

impl Engine {
    /// The engine that `REDRESS_ENGINE` names; ours where it names none.
    pub(crate) async fn start(stack: &str, template: &Template) -> Engine {
        match std::env::var("REDRESS_ENGINE").ok().filter(|url| !url.is_empty()) {
            Some(url) => Engine::Other(Other::start(&url, stack, template).await),
            None => Engine::Ours(Ours::start(template).await),
        }
    }

    /// Where the database is, and where the other services are.
    pub(crate) fn addresses(&self) -> (String, String) {
        match self {
            Engine::Ours(ours) => (ours.database.endpoint().to_owned(), ours.services.clone()),
            Engine::Other(other) => (other.url.clone(), other.url.clone()),
        }
    }

    /// What the store says that a file was called. The other engine does not put its name where the form asks for it.
    pub(crate) fn name_of(&self, name: &str) -> Value {
        match self {
            Engine::Ours(_) => json!(name),
            Engine::Other(_) => json!("${filename}.pdf"),
        }
    }

    /// Where S3 is, and what the buckets of files and of heads are called there.
    pub(crate) fn store(&self) -> (String, String, String) {
        match self {
            Engine::Ours(ours) => ours.store.clone(),
            Engine::Other(other) => other.store(),
        }
    }

    /// What a table, or the bus, is called there.
    pub(crate) fn name(&self, stack: &str, of: &str) -> String {
        match self {
            Engine::Ours(_) => of.to_owned(),
            Engine::Other(_) => format!("{stack}-{of}"),
        }
    }

    /// Puts an item as it never came through a door.
    pub(crate) async fn put(&self, table: &str, item: &Value) {
        match self {
            Engine::Ours(ours) => ours.put(table, item),
            Engine::Other(other) => other.put(table, item).await,
        }
    }

    /// Until nothing is in the streams; how many records were given up on the way.
    pub(crate) async fn everything_happens(&self, deliver: &Deliver<'_>) -> usize {
        match self {
            Engine::Ours(ours) => ours.everything_happens(deliver).await,
            Engine::Other(other) => other.everything_happens(deliver).await,
        }
    }

    /// The mails about a case.
    pub(crate) async fn mails(&self, reference: &str) -> Vec<Sent> {
        let all = match self {
            Engine::Ours(ours) => ours.mails(),
            Engine::Other(other) => other.mails().await,
        };
        all.into_iter().filter(|mail| mail.html.contains(reference)).collect()
    }

    /// How many events the bus was told.
    pub(crate) async fn told(&self) -> usize {
        match self {
            Engine::Ours(ours) => ours.told(),
            Engine::Other(other) => other.told().await,
        }
    }
}
