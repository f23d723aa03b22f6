//! The Lambda binaries, run as binaries: started by a Runtime API, with the environment
//! that AWS gives them and nothing else, fed with events shaped as AWS shapes them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use redress_local::bus::{self, Bus};
use redress_local::dynamo::{Embedded, Place};
use redress_local::runtime_api::RuntimeApi;
use redress_local::ses::{self, Mailbox};
use redress_local::streams::{Delivery, Streams};
use redress_platform::Clock;
use serde_json::{Value, json};

/// Builds the binaries as this test was built, and says where they are.
fn built() -> PathBuf {
    let here = std::env::current_exe().expect("a test has a path");
    let profile = here.parent().and_then(Path::parent).expect("it lies in target/<profile>/deps").to_owned();
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut build = Command::new(cargo);
    build.args(["build", "--workspace", "--bins", "--locked", "--quiet"]);
    if profile.ends_with("release") {
        build.arg("--release");
    }
    // What cargo told this test of itself is not for another cargo: with it, crates whose build
    // looks at those variables would be built again, and once more the next time.
    for (name, _) in std::env::vars() {
        let of_this_test = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];
        if of_this_test.iter().any(|prefix| name.starts_with(prefix)) {
            build.env_remove(name);
        }
    }
    build.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    assert!(build.status().expect("cargo runs").success(), "the binaries are built");
    profile
}

/// A binary that is ended with the test.
struct Running(std::process::Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ended = self.0.kill();
        let _waited = self.0.wait();
    }
}

/// Everything the binaries talk to.
struct Cloud {
    runtime: Arc<RuntimeApi>,
    database: Arc<Embedded>,
    template: redress_local::template::Template,
    mailbox: Arc<Mailbox>,
    services: String,
    running: Vec<Running>,
    folder: tempfile::TempDir,
}

impl Cloud {
    async fn start() -> Cloud {
        let template = redress_local::template::embedded().unwrap();
        let database = Arc::new(Embedded::open(&Place::Memory, &template).unwrap());
        let mailbox = Arc::new(Mailbox::open(None, Clock::real()).unwrap());
        let router = ses::router(Arc::clone(&mailbox)).merge(bus::router(Arc::new(Bus::new(Clock::real()))));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let services = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { redress_e2e::client::serve(listener, router).await });
        let runtime = Arc::new(RuntimeApi::start().await.unwrap());
        let folder = tempfile::tempdir().unwrap();
        let deployment = r#"
[council.westminster]
issuer = "https://issuer.example/westminster"
audience = "redress"
from = "complaints@westminster.example"
reply_to = "complaints@westminster.example"
complaints_manager = "manager@westminster.example"
"#;
        std::fs::write(folder.path().join("deployment.toml"), deployment).unwrap();
        Cloud { runtime, database, template, mailbox, services, running: Vec::new(), folder }
    }

    /// Starts a function as Lambda does: a cleared environment, and what the template sets.
    fn run(&mut self, binaries: &Path, name: &str) {
        let variables: BTreeMap<&str, String> = BTreeMap::from([
            // One port serves all functions, so the address has a path and needs its scheme.
            ("AWS_LAMBDA_RUNTIME_API", format!("http://{}", self.runtime.address(name))),
            ("AWS_LAMBDA_FUNCTION_NAME", format!("redress-{name}")),
            ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".to_owned()),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128".to_owned()),
            ("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/redress-{name}")),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "test".to_owned()),
            ("AWS_REGION", "eu-west-2".to_owned()),
            ("AWS_ACCESS_KEY_ID", name.to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "local".to_owned()),
            ("AWS_SESSION_TOKEN", "local".to_owned()),
            ("AWS_ENDPOINT_URL_DYNAMODB", self.database.endpoint().to_owned()),
            ("AWS_ENDPOINT_URL_SESV2", self.services.clone()),
            ("AWS_ENDPOINT_URL_EVENTBRIDGE", self.services.clone()),
            ("REDRESS_CASES", "cases".to_owned()),
            ("REDRESS_LEDGER", "ledger".to_owned()),
            ("REDRESS_BUS", "redress".to_owned()),
            ("REDRESS_BASE_URL", "https://complaints.example".to_owned()),
            ("REDRESS_SECRET", "a secret for this test only".to_owned()),
            ("REDRESS_DEPLOYMENT", self.folder.path().join("deployment.toml").display().to_string()),
        ]);
        let child = Command::new(binaries.join(name))
            .env_clear()
            .envs(variables)
            .stdout(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        self.running.push(Running(child));
    }

    async fn invoke(&self, function: &str, event: Value) -> Value {
        self.runtime
            .invoke(function, event, Duration::from_secs(20))
            .await
            .unwrap_or_else(|error| panic!("{function}: {error}"))
    }
}

/// A request as API Gateway's HTTP API hands it over, payload format 2.0.
fn request(method: &str, path: &str, body: &Value) -> Value {
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "host": "complaints.example", "x-forwarded-proto": "https"},
        "requestContext": {
            "accountId": "123456789012", "apiId": "api", "domainName": "complaints.example", "domainPrefix": "complaints",
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "test"},
            "requestId": "id", "routeKey": "$default", "stage": "$default", "time": "20/Mar/2026:10:00:00 +0000", "timeEpoch": 1_774_000_800_000u64,
        },
        "body": body.to_string(),
        "isBase64Encoded": false,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_goes_from_an_api_gateway_event_to_an_accepted_letter() {
    let binaries = built();
    let mut cloud = Cloud::start().await;
    for name in ["intake", "acknowledgement", "notices", "deadlines"] {
        cloud.run(&binaries, name);
    }
    let event = request("POST", "/api/westminster/feedback", &redress_e2e::complaint());
    let answer = cloud.invoke("intake", event).await;
    assert_eq!(answer["statusCode"], 201, "{answer}");
    let receipt: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    let reference = receipt["reference"].as_str().unwrap().to_owned();
    assert!(receipt["track_url"].as_str().unwrap().starts_with("https://complaints.example/westminster/track/"));

    // The streams carry it on: first answer, outbox, letter.
    let streams = Streams::new(Arc::clone(&cloud.database), &cloud.template, None).unwrap();
    let runtime = Arc::clone(&cloud.runtime);
    let deliver = |name: String, event: Value| -> Delivery {
        let runtime = Arc::clone(&runtime);
        Box::pin(async move { runtime.invoke(&name, event, Duration::from_secs(20)).await })
    };
    while streams.step(&deliver).await > 0 {}
    let mails = cloud.mailbox.list(None, Some(&reference));
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(mails[0].kind.as_deref(), Some("acknowledgement"));
    assert_eq!(streams.left_to_the_sweep(), 0);

    // The schedule's event finds nothing due, and says so.
    let swept = cloud
        .invoke(
            "deadlines",
            json!({"version": "0", "source": "aws.scheduler", "detail-type": "Scheduled Event", "detail": {}}),
        )
        .await;
    assert_eq!(swept, json!({"cases": 0, "settled": 0, "revived": 0, "failed": 0}));

    // What a caller sends wrong is the caller's, also through the gateway.
    let wrong = cloud.invoke("intake", request("POST", "/api/westminster/feedback", &json!({"kind": "x"}))).await;
    assert_eq!(wrong["statusCode"], 422, "{wrong}");
}
