//! Where the functions' clients find what stands in for AWS.

use std::sync::Arc;

use axum::Router;

use crate::bus::{self, Bus};
use crate::ses::{self, Mailbox};

/// The addresses of the wires.
#[derive(Clone, Debug)]
pub(crate) struct Wires {
    /// DynamoDB.
    pub(crate) database: String,
    /// SES and EventBridge.
    pub(crate) services: String,
}

/// SES and EventBridge on one port: their paths do not meet.
pub(crate) fn router(mailbox: Arc<Mailbox>, bus: Arc<Bus>) -> Router {
    ses::router(mailbox).merge(bus::router(bus))
}
