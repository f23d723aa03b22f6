//! Lambda as the binaries see it: a Runtime API, AWS's environment and no other, and the services they call.

use std::collections::{BTreeMap, HashMap};
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use redress_e2e::client::serve;
use redress_e2e::meter::Meter;
use redress_local::issuer::{self, Issuer};
use redress_local::permissions::caller::key_id;
use redress_local::runtime_api::RuntimeApi;
use redress_local::streams::Delivery;
use redress_local::template::Template;
use redress_platform::{Clock, random};
use serde_json::{Value, json};

use crate::built::built;
use crate::engine::{Engine, Sent};
use crate::event::{Answer, Request};

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The six.
pub(crate) const FUNCTIONS: [&str; 6] =
    ["intake", "acknowledgement", "transitions", "casework", "deadlines", "notices"];

/// A binary that is ended with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ended = self.0.kill();
        let _waited = self.0.wait();
    }
}

/// All six binaries, and everything they talk to.
pub(crate) struct Cloud {
    pub(crate) engine: Engine,
    pub(crate) cases: String,
    /// What is asked of the database, where somebody counts it.
    pub(crate) meter: Option<Meter>,
    runtime: Arc<RuntimeApi>,
    issuer: Arc<Issuer>,
    running: BTreeMap<&'static str, Mutex<Running>>,
    folder: tempfile::TempDir,
}

impl Cloud {
    /// Starts them as Lambda does.
    pub(crate) async fn start() -> Cloud {
        Cloud::started(false, &[]).await
    }

    /// The same, with a meter on the wire to the database.
    pub(crate) async fn metered() -> Cloud {
        Cloud::started(true, &[]).await
    }

    /// The same where files wait for a scan.
    pub(crate) async fn scanning() -> Cloud {
        Cloud::started(false, &[("REDRESS_SCAN_FILES", "guardduty")]).await
    }

    /// The same where the bucket of heads is none.
    pub(crate) async fn unanchored() -> Cloud {
        Cloud::started(false, &[("REDRESS_HEADS", "nowhere")]).await
    }

    async fn started(metered: bool, otherwise: &[(&'static str, &str)]) -> Cloud {
        let binaries = tokio::task::spawn_blocking(built).await.unwrap();
        let template = redress_local::template::embedded().unwrap();
        let stack = format!("t{}", random::<6>().iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        let engine = Engine::start(&stack, &template).await;
        let issuer = issuer().await;
        let folder = tempfile::tempdir().unwrap();
        let deployment = folder.path().join("deployment.toml");
        std::fs::write(&deployment, deployment_of(&issuer.address("westminster"))).unwrap();
        let runtime = Arc::new(RuntimeApi::start().await.unwrap());
        let (mut dynamodb, services) = engine.addresses();
        let mut meter = None;
        if metered {
            let (wire, address) = Meter::at(&dynamodb).await;
            (meter, dynamodb) = (Some(wire), address);
        }
        let cases = engine.name(&stack, "cases");
        let (store, files, heads) = engine.store();
        let mut set = HashMap::from([
            ("REDRESS_CASES", cases.clone()),
            ("REDRESS_LEDGER", engine.name(&stack, "ledger")),
            ("REDRESS_BUS", engine.name(&stack, "redress")),
            ("REDRESS_BASE_URL", "https://complaints.example".to_owned()),
            ("REDRESS_SECRET", "a secret for this test only".to_owned()),
            ("REDRESS_DEPLOYMENT", deployment.display().to_string()),
            ("REDRESS_CONFIGURATION_SET", template.configuration_set.clone()),
            ("REDRESS_LOG", "error".to_owned()),
            ("REDRESS_METRICS", stack.clone()),
            ("REDRESS_FILES", files),
            ("REDRESS_HEADS", heads),
            ("AWS_ENDPOINT_URL_S3", store),
            ("AWS_ENDPOINT_URL_DYNAMODB", dynamodb),
            ("AWS_ENDPOINT_URL_SESV2", services.clone()),
            ("AWS_ENDPOINT_URL_EVENTBRIDGE", services),
        ]);
        set.extend(otherwise.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let mut running = BTreeMap::new();
        for name in FUNCTIONS {
            let mut variables = given(&template, name, &runtime);
            // Only what the template gives this function, and where the services are.
            let of_its_own = |variable: &str| variable.starts_with("AWS_") || variables.contains_key(variable);
            let known: Vec<_> = set.iter().filter(|(variable, _)| of_its_own(variable)).collect();
            variables.extend(known.into_iter().map(|(variable, value)| ((*variable).to_owned(), value.clone())));
            let mut command = Command::new(binaries.join(name));
            let log = std::fs::File::create(folder.path().join(format!("{name}.log"))).unwrap();
            // What a process says when its test ends and nobody is there to ask any more is no news.
            let last = std::fs::File::create(folder.path().join(format!("{name}.err"))).unwrap();
            command.env_clear().envs(variables).stdout(log).stderr(last);
            let child = command.spawn().unwrap_or_else(|error| panic!("{name}: {error}"));
            running.insert(name, Mutex::new(Running(child)));
        }
        Cloud { engine, cases, meter, runtime, issuer, running, folder }
    }

    /// Hands a function an event; its answer.
    pub(crate) async fn invoke(&self, function: &str, event: Value) -> Value {
        self.tried(function, event).await.unwrap_or_else(|error| panic!("{function}: {error}"))
    }

    /// The same, where the function may report an error.
    pub(crate) async fn tried(&self, function: &str, event: Value) -> Result<Value, String> {
        self.runtime.invoke(function, event, PATIENCE).await
    }

    /// A request through the gateway.
    pub(crate) async fn ask(&self, function: &str, request: Request) -> Answer {
        Answer::of(&self.invoke(function, request.0).await)
    }

    /// Everything that what was stored sets off, delivered as event source mappings do it.
    pub(crate) async fn everything_happens(&self) {
        let runtime = Arc::clone(&self.runtime);
        let deliver = move |name: String, event: Value| -> Delivery {
            let runtime = Arc::clone(&runtime);
            Box::pin(async move { runtime.invoke(&name, event, PATIENCE).await })
        };
        assert_eq!(self.engine.everything_happens(&deliver).await, 0, "records failed twice");
    }

    /// The mails about a case.
    pub(crate) async fn mails(&self, reference: &str) -> Vec<Sent> {
        self.engine.mails(reference).await
    }

    /// A member of staff's token, signed by the council's own issuer.
    pub(crate) fn token(&self, role: &str, name: &str) -> String {
        let asked = [("council", "westminster"), ("role", role), ("name", name)];
        let asked = asked.into_iter().map(|(field, value)| (field.to_owned(), json!(value))).collect();
        self.issuer.token(&self.issuer.person(&asked).unwrap()).unwrap()
    }

    /// The case as a complaints manager reads it.
    pub(crate) async fn case(&self, reference: &str) -> Value {
        let read = Request::get(&format!("/api/westminster/cases/{reference}"));
        self.ask("casework", read.bearer(&self.token("complaints-manager", "Chris Adeyemi"))).await.is(200).read()
    }

    /// Files a complaint, and nothing more happens yet; its receipt.
    pub(crate) async fn filed(&self) -> Value {
        let sent = Request::json("/api/westminster/feedback", &redress_e2e::complaint());
        self.ask("intake", sent).await.is(201).read()
    }

    /// What a function said on its standard output, line by line.
    pub(crate) fn said(&self, function: &str) -> Vec<Value> {
        let log = std::fs::read_to_string(self.folder.path().join(format!("{function}.log"))).unwrap();
        log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"))).collect()
    }

    /// Whether a function's process has not ended.
    pub(crate) fn lives(&self, function: &str) -> bool {
        self.running[function].lock().unwrap().0.try_wait().unwrap().is_none()
    }
}

/// What Lambda gives every function, and every variable that the template sets: empty, as its own defaults are.
fn given(template: &Template, name: &str, runtime: &RuntimeApi) -> HashMap<String, String> {
    let function = template.functions.iter().find(|function| function.name == name).unwrap();
    let mut variables: HashMap<String, String> =
        function.variables.iter().map(|name| (name.clone(), String::new())).collect();
    let own = [
        // One port serves all functions, so the address has a path and needs its scheme.
        ("AWS_LAMBDA_RUNTIME_API", format!("http://{}", runtime.address(name))),
        ("AWS_LAMBDA_FUNCTION_NAME", format!("redress-{name}")),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".to_owned()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256".to_owned()),
        ("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/redress-{name}")),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "test".to_owned()),
        ("AWS_REGION", "eu-west-2".to_owned()),
        ("AWS_ACCESS_KEY_ID", key_id(name)),
        ("AWS_SECRET_ACCESS_KEY", "local".to_owned()),
        ("AWS_SESSION_TOKEN", "local".to_owned()),
    ];
    variables.extend(own.map(|(name, value)| (name.to_owned(), value)));
    variables
}

/// An issuer of the council's own.
async fn issuer() -> Arc<Issuer> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let at = format!("http://{}", listener.local_addr().unwrap());
    let issuer = Arc::new(Issuer::new(&at, vec!["westminster".to_owned()], None, Clock::real()).unwrap());
    tokio::spawn(serve(listener, issuer::router(Arc::clone(&issuer))));
    issuer
}

fn deployment_of(issuer: &str) -> String {
    format!(
        r#"
[council.westminster]
issuer = "{issuer}"
audience = "redress"
from = "complaints@westminster.example"
reply_to = "complaints@westminster.example"
complaints_manager = "manager@westminster.example"
"#
    )
}
