//! A service of one complaint, and `redress` beside it as an operator runs it.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use redress_e2e::{Client, complaint};
use redress_local::dynamo::Place;
use redress_local::permissions::caller::key_id;
use redress_local::{Laptop, Options};
use redress_platform::{Clock, Source};
use serde_json::{Value, json};

/// A service with one complaint, which somebody has to answer.
pub(crate) struct Service {
    pub(crate) laptop: Arc<Laptop>,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) reference: String,
}

impl Service {
    pub(crate) async fn start() -> Service {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Folder(folder.path().to_owned());
        let options = Options { port: 0, place, clock: Clock::real(), policies: Source::Packed };
        let laptop = Laptop::start(options).await.unwrap();
        let nobody = Client::new(laptop.address());
        let filed = nobody.post("/api/westminster/feedback", complaint()).await.is(201);
        laptop.quiet().await;
        let reference = filed.json["reference"].as_str().unwrap().to_owned();
        Service { laptop, folder, reference }
    }

    /// The deadline for the first answer, as staff see it.
    pub(crate) async fn answer_due(&self) -> Value {
        let nobody = Client::new(self.laptop.address());
        let asked = json!({"council": "westminster", "role": "complaints-manager"});
        let token = nobody.post("/dev/token", asked).await.is(200).json["token"].as_str().unwrap().to_owned();
        let case = nobody.with("authorization", &format!("Bearer {token}"));
        let case = case.get(&format!("/api/westminster/cases/{}", self.reference)).await.is(200);
        case.deadline("stage-1.respond").clone()
    }

    /// Runs `redress` with the variables of a function, and the laptop's own key.
    pub(crate) fn redress(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let secret = std::fs::read_to_string(self.folder.path().join("secret")).unwrap();
        let (store, heads) = self.laptop.heads();
        let mut command = command(self.folder.path());
        command
            .args(arguments)
            .env("AWS_REGION", "eu-west-2")
            .env("AWS_ACCESS_KEY_ID", key_id("laptop"))
            .env("AWS_SECRET_ACCESS_KEY", "local")
            .env("AWS_ENDPOINT_URL_DYNAMODB", self.laptop.database().endpoint())
            .env("AWS_ENDPOINT_URL_S3", store)
            .env("REDRESS_HEADS", heads)
            .env("REDRESS_CASES", "cases")
            .env("REDRESS_LEDGER", "ledger")
            .env("REDRESS_BUS", "redress")
            .env("REDRESS_BASE_URL", self.laptop.address())
            .env("REDRESS_SECRET", secret.trim());
        command
    }
}

pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.env_clear().current_dir(folder);
    command
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}
