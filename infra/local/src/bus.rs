//! EventBridge on the laptop: the wire of `PutEvents`, and what was put.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use chrono::{DateTime, SecondsFormat, Utc};
use redress_platform::Clock;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// The most events kept; the oldest go first.
const EVENTS_MAX: usize = 10_000;
/// EventBridge's own limit on one call.
const ENTRIES_MAX: usize = 10;
const TARGET: &str = "AWSEvents.PutEvents";

/// What was put on the bus.
pub struct Bus {
    clock: Clock,
    events: Mutex<VecDeque<Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PutEvents {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    source: Option<String>,
    detail_type: Option<String>,
    detail: Option<String>,
    event_bus_name: Option<String>,
    #[serde(default)]
    resources: Vec<String>,
    /// Seconds since 1970, as the SDK writes times.
    time: Option<f64>,
}

/// The one operation of EventBridge that Redress uses.
pub fn router(bus: Arc<Bus>) -> Router {
    Router::new().route("/", post(put)).with_state(bus)
}

impl Bus {
    /// An empty bus.
    pub fn new(clock: Clock) -> Bus {
        Bus { clock, events: Mutex::new(VecDeque::new()) }
    }

    /// What was put, oldest first, as a rule's target would receive it, with
    /// the bus's name added.
    pub fn list(&self) -> Vec<Value> {
        self.lock().iter().cloned().collect()
    }

    /// Keeps an entry; its id, or the code and message EventBridge refuses with.
    fn put(&self, entry: Entry) -> Result<String, (&'static str, &'static str)> {
        let (Some(source), Some(detail_type), Some(detail)) = (entry.source, entry.detail_type, entry.detail) else {
            return Err(("InvalidArgument", "Source, DetailType and Detail are required."));
        };
        let detail: Value = serde_json::from_str(&detail)
            .ok()
            .filter(Value::is_object)
            .ok_or(("MalformedDetail", "Detail is malformed."))?;
        let at = entry.time.and_then(instant).unwrap_or_else(|| self.clock.now());
        let id = Uuid::new_v4().to_string();
        let event = json!({
            "version": "0",
            "id": id,
            "detail-type": detail_type,
            "source": source,
            "account": "000000000000",
            "time": at.to_rfc3339_opts(SecondsFormat::Secs, true),
            "region": "eu-west-2",
            "resources": entry.resources,
            "detail": detail,
            "bus": entry.event_bus_name.unwrap_or_else(|| "default".to_owned()),
        });
        let mut events = self.lock();
        if events.len() >= EVENTS_MAX {
            events.pop_front();
        }
        events.push_back(event);
        Ok(id)
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Value>> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn put(State(bus): State<Arc<Bus>>, headers: HeaderMap, body: Bytes) -> Response {
    if headers.get("x-amz-target").is_none_or(|target| target != TARGET) {
        return refuse("UnknownOperationException", "Only PutEvents is known here.");
    }
    let request: PutEvents = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(error) => return refuse("SerializationException", &error.to_string()),
    };
    if request.entries.is_empty() || request.entries.len() > ENTRIES_MAX {
        return refuse("ValidationException", "Between 1 and 10 entries are taken at once.");
    }
    let mut failed = 0;
    let mut entries = Vec::with_capacity(request.entries.len());
    for entry in request.entries {
        entries.push(match bus.put(entry) {
            Ok(id) => json!({ "EventId": id }),
            Err((code, message)) => {
                failed += 1;
                json!({ "ErrorCode": code, "ErrorMessage": message })
            }
        });
    }
    answer(StatusCode::OK, &json!({ "FailedEntryCount": failed, "Entries": entries }))
}

fn instant(seconds: f64) -> Option<DateTime<Utc>> {
    let millis = std::time::Duration::try_from_secs_f64(seconds).ok()?.as_millis();
    DateTime::from_timestamp_millis(i64::try_from(millis).ok()?)
}

/// As EventBridge says no.
pub(crate) fn refuse(kind: &str, message: &str) -> Response {
    answer(StatusCode::BAD_REQUEST, &json!({ "__type": kind, "message": message }))
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let content_type = [(header::CONTENT_TYPE, "application/x-amz-json-1.1")];
    (status, content_type, body.to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    fn bus() -> Arc<Bus> {
        Arc::new(Bus::new(Clock::given("2026-06-01T09:00:00Z".parse().unwrap())))
    }

    async fn send(bus: &Arc<Bus>, target: &str, body: Value) -> (StatusCode, Value) {
        let request = Request::post("/").header("x-amz-target", target);
        let request = request.body(Body::from(body.to_string())).unwrap();
        let answer = router(bus.clone()).oneshot(request).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 10_000).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    fn entry(detail: &str) -> Value {
        json!({"Source": "redress", "DetailType": "case.received", "Detail": detail,
               "EventBusName": "redress"})
    }

    #[tokio::test]
    async fn an_event_put_is_on_the_bus_with_its_detail_read() {
        let bus = bus();
        let entries = json!({"Entries": [entry("{\"council\":\"westminster\"}")]});
        let (status, answer) = send(&bus, TARGET, entries).await;
        assert_eq!((status, &answer["FailedEntryCount"]), (StatusCode::OK, &json!(0)));
        let event = &bus.list()[0];
        assert_eq!(answer["Entries"][0]["EventId"], event["id"]);
        assert_eq!(event["detail"]["council"], "westminster");
        assert_eq!(event["bus"], "redress");
        assert_eq!(event["time"], "2026-06-01T09:00:00Z");
    }

    #[tokio::test]
    async fn a_malformed_entry_fails_alone() {
        let bus = bus();
        let mut dated = entry("{}");
        dated["Time"] = json!(1_767_225_600.5);
        let entries = json!({"Entries": [entry("not json"), dated, {}]});
        let (_, answer) = send(&bus, TARGET, entries).await;
        assert_eq!(answer["FailedEntryCount"], 2);
        assert_eq!(answer["Entries"][0]["ErrorCode"], "MalformedDetail");
        assert_eq!(bus.list().len(), 1);
        assert_eq!(bus.list()[0]["time"], "2026-01-01T00:00:00Z");
    }

    #[tokio::test]
    async fn more_than_ten_entries_or_another_operation_are_refused() {
        let bus = bus();
        let eleven = json!({"Entries": vec![entry("{}"); 11]});
        assert_eq!(send(&bus, TARGET, eleven).await.0, StatusCode::BAD_REQUEST);
        let (status, answer) = send(&bus, "AWSEvents.PutRule", json!({})).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert_eq!(answer["__type"], "UnknownOperationException");
    }

    #[test]
    fn the_oldest_event_goes_when_the_bus_is_full() {
        let bus = bus();
        for n in 0..=EVENTS_MAX {
            bus.put(serde_json::from_value(entry(&format!("{{\"n\":{n}}}"))).unwrap()).unwrap();
        }
        let events = bus.list();
        assert_eq!((events.len(), &events[0]["detail"]["n"]), (EVENTS_MAX, &json!(1)));
    }
}
