//! Events as AWS shapes them, from the files in `tests/e2e/events`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// What the schedule sends.
pub(crate) fn scheduled() -> Value {
    read(include_str!("../../events/scheduler.json"))
}

/// Entries of the history, as the ledger's stream delivers them: case and body of each.
pub(crate) fn ledger(entries: &[(&str, &str)]) -> Value {
    batch(include_str!("../../events/ledger-stream.json"), entries, |record, body| {
        record["dynamodb"]["NewImage"]["body"]["S"] = json!(body);
    })
}

/// The body of an entry.
pub(crate) fn entry() -> String {
    let entry = json!({
        "n": 1, "at": "2026-03-20T10:00:00Z", "by": {"who": "system"}, "fold": 1, "prev": "",
        "event": {"type": "opened"},
    });
    entry.to_string()
}

/// Items of the outbox, as the stream of cases delivers them: case and id of each.
pub(crate) fn outbox(items: &[(&str, &str)]) -> Value {
    batch(include_str!("../../events/outbox-stream.json"), items, |record, id| {
        for place in ["Keys", "NewImage"] {
            record["dynamodb"][place]["sk"]["S"] = json!(format!("OUT#{id}"));
        }
    })
}

/// The place in the stream of a record of a batch.
pub(crate) fn sequence(batch: &Value, place: usize) -> &str {
    batch["Records"][place]["dynamodb"]["SequenceNumber"].as_str().unwrap()
}

/// Word of S3 that a file has come.
pub(crate) fn uploaded(key: &str) -> Value {
    let mut event = read(include_str!("../../events/s3-object-created.json"));
    event["detail"]["object"]["key"] = json!(key);
    event
}

/// Word of GuardDuty that it has looked into a file, and what it found.
pub(crate) fn scanned(key: &str, found: &str) -> Value {
    let mut event = read(include_str!("../../events/guardduty-scanned.json"));
    event["detail"]["s3ObjectDetails"]["objectKey"] = json!(key);
    event["detail"]["scanResultDetails"]["scanResultStatus"] = json!(found);
    event
}

/// Word of a letter that arrived.
pub(crate) fn delivered(reference: &str, out: &str) -> Value {
    about(include_str!("../../events/ses-delivered.json"), reference, out)
}

/// Word of a letter that came back, for good (`Permanent`) or for now (`Transient`).
pub(crate) fn bounced(reference: &str, out: &str, how: &str) -> Value {
    let mut event = about(include_str!("../../events/ses-bounced.json"), reference, out);
    event["detail"]["bounce"]["bounceType"] = json!(how);
    event
}

fn about(file: &str, reference: &str, out: &str) -> Value {
    let mut event = read(file);
    event["detail"]["mail"]["tags"]["attempt"] = json!([format!("{reference}_{out}_1")]);
    event
}

fn batch(file: &str, records: &[(&str, &str)], write: impl Fn(&mut Value, &str)) -> Value {
    let one = read(file)["Records"][0].clone();
    let first: u128 = one["dynamodb"]["SequenceNumber"].as_str().unwrap().parse().unwrap();
    let records = records.iter().zip(0u128..).map(|((reference, what), n)| {
        let mut record = one.clone();
        for place in ["Keys", "NewImage"] {
            record["dynamodb"][place]["pk"]["S"] = json!(format!("C#westminster#{reference}"));
        }
        record["dynamodb"]["SequenceNumber"] = json!((first + n).to_string());
        write(&mut record, what);
        record
    });
    json!({"Records": records.collect::<Vec<_>>()})
}

fn read(file: &str) -> Value {
    serde_json::from_str(file).unwrap()
}

/// A request as API Gateway's HTTP API hands it over: bodies in base 64, cookies apart from the headers.
#[derive(Clone, Debug)]
pub(crate) struct Request(pub(crate) Value);

impl Request {
    pub(crate) fn get(path: &str) -> Request {
        Request::of("GET", path)
    }

    pub(crate) fn json(path: &str, body: &Value) -> Request {
        Request::of("POST", path).header("content-type", "application/json").body(&body.to_string())
    }

    pub(crate) fn form(path: &str, body: &str) -> Request {
        Request::of("POST", path).header("content-type", "application/x-www-form-urlencoded").body(body)
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Request {
        self.0["headers"][name] = json!(value);
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Request {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn cookies(mut self, cookies: &[String]) -> Request {
        self.0["cookies"] = json!(cookies);
        self
    }

    fn of(method: &str, target: &str) -> Request {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut event = read(include_str!("../../events/http-api-v2.json"));
        event["rawPath"] = json!(path);
        event["rawQueryString"] = json!(query);
        event["requestContext"]["http"]["method"] = json!(method);
        event["requestContext"]["http"]["path"] = json!(path);
        if method == "GET" {
            event["headers"].as_object_mut().unwrap().remove("content-type");
        }
        Request(event)
    }

    fn body(mut self, body: &str) -> Request {
        self.0["headers"]["content-length"] = json!(body.len().to_string());
        self.0["body"] = json!(STANDARD.encode(body));
        self.0["isBase64Encoded"] = json!(true);
        self
    }
}

/// What a function gives API Gateway to send back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u64,
    pub(crate) headers: Value,
    /// `name=value` of each cookie that is set.
    pub(crate) cookies: Vec<String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn of(value: &Value) -> Answer {
        let body = value["body"].as_str().unwrap_or_default();
        let body = match value["isBase64Encoded"].as_bool() {
            Some(true) => STANDARD.decode(body).unwrap(),
            _ => body.as_bytes().to_vec(),
        };
        let pair = |cookie: &Value| cookie.as_str().and_then(|set| set.split(';').next()).map(str::to_owned);
        let cookies = value["cookies"].as_array().into_iter().flatten().filter_map(pair).collect();
        let status = value["statusCode"].as_u64().unwrap_or_else(|| panic!("no answer: {value}"));
        Answer { status, headers: value["headers"].clone(), cookies, body }
    }

    /// The answer, which must have this status.
    #[track_caller]
    pub(crate) fn is(self, status: u64) -> Answer {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn read(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}
