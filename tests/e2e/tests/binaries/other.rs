//! Another engine, which somebody else wrote: moto's server, at the address in `REDRESS_ENGINE`.
//! `tests/other-engine/run` starts one.

use std::sync::Mutex;

use axum::http::Method;
use redress_bucket::Version;
use redress_e2e::Client;
use redress_local::streams::{Deliver, deliver_batch};
use redress_local::template::{Subscription, Template};
use serde_json::{Value, json};

use crate::engine::Sent;

/// How often it is asked for its mails.
const TRIES: u32 = 20;

pub(crate) struct Other {
    pub(crate) url: String,
    stack: String,
    client: Client,
    subscribed: Mutex<Vec<Subscribed>>,
}

#[derive(Clone)]
struct Subscribed {
    function: String,
    subscription: Subscription,
    /// Where it stands in the stream.
    iterator: String,
}

impl Other {
    /// Makes what a stack would make: tables, bus, an archive that counts its events, a verified sender, two buckets.
    pub(crate) async fn start(url: &str, stack: &str, template: &Template) -> Other {
        let client = Client::new(url);
        let other = Other { url: url.to_owned(), stack: stack.to_owned(), client, subscribed: Mutex::default() };
        for table in &template.tables {
            let mut create = table.create.clone();
            create["TableName"] = json!(format!("{stack}-{}", table.name));
            other.call("dynamodb", "DynamoDB_20120810.CreateTable", create).await;
        }
        let bus = other.call("events", "AWSEvents.CreateEventBus", json!({"Name": format!("{stack}-redress")})).await;
        let archive = json!({"ArchiveName": stack, "EventSourceArn": bus["EventBusArn"]});
        other.call("events", "AWSEvents.CreateArchive", archive).await;
        let sender = json!({"EmailIdentity": "westminster.example"});
        other.signed("ses").post("/v2/email/identities", sender).await;
        other.buckets().await;
        for function in &template.functions {
            for subscription in &function.streams {
                let table = template.table(&subscription.table).unwrap();
                let iterator = other.iterator(&table.name).await;
                let (function, subscription) = (function.name.clone(), subscription.clone());
                other.subscribed.lock().unwrap().push(Subscribed { function, subscription, iterator });
            }
        }
        other
    }

    /// Where S3 is, and what the buckets of files and of heads are called.
    pub(crate) fn store(&self) -> (String, String, String) {
        let named = |what: &str| format!("{}-{what}", self.stack);
        (self.url.clone(), named("files"), named("heads"))
    }

    /// Holds that a version of an object is locked, for whoever asks.
    pub(crate) async fn cannot_take_away(&self, bucket: &str, version: &Version) {
        let path = format!("/{bucket}/{}?versionId={}", version.key, version.id);
        let refused = self.signed("s3").send(Method::DELETE, &path, "", String::new()).await.is(403);
        assert!(refused.text.contains("AccessDenied"), "{}", refused.text);
    }

    async fn buckets(&self) {
        let (_, files, heads) = self.store();
        let s3 = self.signed("s3");
        let here =
            "<CreateBucketConfiguration><LocationConstraint>eu-west-2</LocationConstraint></CreateBucketConfiguration>";
        let locking = s3.with("x-amz-bucket-object-lock-enabled", "true");
        let years = "<Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Years>7</Years></DefaultRetention></Rule>";
        let lock = format!(
            "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>{years}</ObjectLockConfiguration>"
        );
        for (client, path, body) in [
            (&s3, format!("/{files}"), here),
            (&locking, format!("/{heads}"), here),
            (&s3, format!("/{heads}?object-lock"), lock.as_str()),
        ] {
            client.send(Method::PUT, &path, "application/xml", body.to_owned()).await.is(200);
        }
    }

    pub(crate) async fn put(&self, table: &str, item: &Value) {
        self.call("dynamodb", "DynamoDB_20120810.PutItem", json!({"TableName": table, "Item": item})).await;
    }

    /// Until nothing is in the streams; how many records were given up on the way.
    pub(crate) async fn everything_happens(&self, deliver: &Deliver<'_>) -> usize {
        let mut left = 0;
        loop {
            let mut read = 0;
            let all = self.subscribed.lock().unwrap().clone();
            for (place, each) in all.into_iter().enumerate() {
                let got = self.call(
                    "dynamodb",
                    "DynamoDBStreams_20120810.GetRecords",
                    json!({"ShardIterator": each.iterator}),
                );
                let got = got.await;
                let next = got["NextShardIterator"].as_str().expect("a stream that goes on").to_owned();
                self.subscribed.lock().unwrap()[place].iterator = next;
                let records = got["Records"].as_array().cloned().unwrap_or_default();
                read += records.len();
                let filters = &each.subscription.filters;
                let passing: Vec<Value> =
                    records.into_iter().filter(|record| filters.iter().any(|filter| filter.matches(record))).collect();
                for batch in passing.chunks(each.subscription.batch_size) {
                    left += deliver_batch(&each.function, batch, deliver).await.len();
                }
            }
            if read == 0 {
                return left;
            }
        }
    }

    /// What SES took. The engine keeps no tags, and of two forms of a mail the one in HTML.
    pub(crate) async fn mails(&self) -> Vec<Sent> {
        let mut all = Value::Null;
        // It reads its own lists while another test writes to them, and then has no answer for once.
        for _ in 0..TRIES {
            all = self.client.get("/moto-api/data.json").await.json;
            if all.is_object() {
                break;
            }
        }
        let mails = all["ses"]["Message"].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let sent = |mail: &Value| Sent {
            to: text(&mail["destinations"]["ToAddresses"][0]),
            subject: text(&mail["subject"]),
            html: text(&mail["body"]),
        };
        mails.iter().map(sent).collect()
    }

    pub(crate) async fn told(&self) -> usize {
        let archive = self.call("events", "AWSEvents.DescribeArchive", json!({"ArchiveName": self.stack})).await;
        archive["EventCount"].as_u64().and_then(|count| usize::try_from(count).ok()).expect("a count")
    }

    async fn iterator(&self, table: &str) -> String {
        let name = json!({"TableName": format!("{}-{table}", self.stack)});
        let table = self.call("dynamodb", "DynamoDB_20120810.DescribeTable", name).await;
        let arn = &table["Table"]["LatestStreamArn"];
        let stream = self.call("dynamodb", "DynamoDBStreams_20120810.DescribeStream", json!({"StreamArn": arn})).await;
        let shard = &stream["StreamDescription"]["Shards"][0]["ShardId"];
        let asked = json!({"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"});
        let iterator = self.call("dynamodb", "DynamoDBStreams_20120810.GetShardIterator", asked).await;
        iterator["ShardIterator"].as_str().expect("an iterator").to_owned()
    }

    async fn call(&self, service: &str, target: &str, body: Value) -> Value {
        let client = self.signed(service).with("x-amz-target", target);
        let kind = "application/x-amz-json-1.0";
        let answer = client.send(Method::POST, "/", kind, body.to_string()).await;
        assert!(answer.status.is_success(), "{target}: {}", answer.text);
        answer.json
    }

    /// A caller of this service. The engine looks at the name of service and Region, and at no signature.
    fn signed(&self, service: &str) -> Client {
        let scope = format!("Credential=test/20260101/eu-west-2/{service}/aws4_request");
        self.client.with("authorization", &format!("AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0"))
    }
}
