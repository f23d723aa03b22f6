//! The engine that comes with Redress: dynoxide, and a mailbox and a bus of our own.

use std::sync::Arc;

use redress_e2e::client::serve;
use redress_local::bus::Bus;
use redress_local::dynamo::{Embedded, Place};
use redress_local::files::{self, Store};
use redress_local::ses::Mailbox;
use redress_local::streams::{Deliver, Streams};
use redress_local::template::Template;
use redress_local::wires;
use redress_platform::Clock;
use serde_json::{Value, json};

use crate::engine::Sent;

pub(crate) struct Ours {
    pub(crate) database: Arc<Embedded>,
    pub(crate) services: String,
    /// Where S3 is, and what its buckets are called.
    pub(crate) store: (String, String, String),
    mailbox: Arc<Mailbox>,
    bus: Arc<Bus>,
    streams: Streams,
    _objects: tempfile::TempDir,
}

impl Ours {
    pub(crate) async fn start(template: &Template) -> Ours {
        let database = Arc::new(Embedded::open(&Place::Memory, template).unwrap());
        let mailbox = Arc::new(Mailbox::open(None, Clock::real()).unwrap());
        let bus = Arc::new(Bus::new(Clock::real()));
        let router = wires::router(Arc::clone(&mailbox), Arc::clone(&bus), database.gate().clone());
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let services = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(serve(listener, router));
        let streams = Streams::new(Arc::clone(&database), template, None).unwrap();
        let objects = tempfile::tempdir().unwrap();
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let at = format!("http://{}", listener.local_addr().unwrap());
        let buckets = Store::open(objects.path(), template, database.gate(), &Clock::real(), &at).unwrap();
        let (files, heads) = buckets.buckets();
        let store = (at, files.to_owned(), heads.to_owned());
        tokio::spawn(serve(listener, files::router(buckets)));
        Ours { database, services, store, mailbox, bus, streams, _objects: objects }
    }

    pub(crate) fn put(&self, table: &str, item: &Value) {
        let request = json!({"TableName": table, "Item": item});
        self.database.db().put_item(serde_json::from_value(request).unwrap()).unwrap();
    }

    /// Until nothing is in the streams; how many records were given up on the way.
    pub(crate) async fn everything_happens(&self, deliver: &Deliver<'_>) -> usize {
        let before = self.streams.left_to_the_sweep();
        while self.streams.step(deliver).await > 0 {}
        self.streams.left_to_the_sweep() - before
    }

    pub(crate) fn mails(&self) -> Vec<Sent> {
        let mails = self.mailbox.list(None, None).into_iter();
        mails.map(|mail| Sent { to: mail.to, subject: mail.subject, html: mail.html }).collect()
    }

    pub(crate) fn told(&self) -> usize {
        self.bus.list().len()
    }
}
