//! The ledger on the bus: what happened to which case, for whoever subscribes. No words, no people.

use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use serde_json::json;

use redress_domain::case::Entry;
use redress_office::OfficeError;
use redress_store::{CaseKey, StoreError};

use crate::Notices;

/// The variable that redirects the client.
pub const ENDPOINT_VARIABLE: &str = "AWS_ENDPOINT_URL_EVENTBRIDGE";

/// A client of EventBridge, and our bus.
#[derive(Clone, Debug)]
pub struct Bus {
    client: Client,
    name: String,
}

impl Bus {
    /// The bus of this name.
    pub fn new(config: &aws_types::SdkConfig, name: &str) -> Bus {
        let own = aws_sdk_eventbridge::config::Builder::from(config)
            .behavior_version(aws_sdk_eventbridge::config::BehaviorVersion::latest())
            .build();
        Bus { client: Client::from_conf(own), name: name.to_owned() }
    }
}

impl Notices {
    /// Puts a ledger entry on the bus. At least once: whoever listens looks at reference and number.
    pub(crate) async fn publish(&self, key: &CaseKey, entry: &Entry) -> Result<(), OfficeError> {
        let event = serde_json::to_value(&entry.event).unwrap_or_default();
        let what = event.get("type").and_then(|what| what.as_str()).unwrap_or("changed").to_owned();
        let detail = json!({
            "council": key.council,
            "reference": key.reference,
            "n": entry.n,
            "at": entry.at,
            "what": what,
            "rule": event.get("rule"),
            "due_on": event.get("due_on"),
        });
        let put = PutEventsRequestEntry::builder()
            .event_bus_name(&self.bus.name)
            .source("redress")
            .detail_type(what)
            .detail(detail.to_string())
            .build();
        let put = self.bus.client.put_events().entries(put).send().await;
        match put {
            Ok(put) if put.failed_entry_count() == 0 => Ok(()),
            Ok(_) => Err(StoreError::Other("the bus did not take an event".to_owned()).into()),
            Err(_) => Err(StoreError::Other("the bus did not answer".to_owned()).into()),
        }
    }
}
