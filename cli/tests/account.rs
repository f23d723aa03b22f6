//! `redress` on a service in an account: here the account is a laptop's database, found by the variable that the
//! functions' clients follow too.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

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
struct Service {
    laptop: Arc<Laptop>,
    folder: tempfile::TempDir,
    reference: String,
}

impl Service {
    async fn start() -> Service {
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
    async fn answer_due(&self) -> Value {
        let nobody = Client::new(self.laptop.address());
        let asked = json!({"council": "westminster", "role": "complaints-manager"});
        let token = nobody.post("/dev/token", asked).await.is(200).json["token"].as_str().unwrap().to_owned();
        let case = nobody.with("authorization", &format!("Bearer {token}"));
        let case = case.get(&format!("/api/westminster/cases/{}", self.reference)).await.is(200);
        case.deadline("stage-1.respond").clone()
    }

    /// Runs `redress` with the variables of a function, and the laptop's own key.
    fn redress(&self, arguments: &[&str]) -> Output {
        let secret = std::fs::read_to_string(self.folder.path().join("secret")).unwrap();
        command(self.folder.path())
            .args(arguments)
            .env("AWS_REGION", "eu-west-2")
            .env("AWS_ACCESS_KEY_ID", key_id("laptop"))
            .env("AWS_SECRET_ACCESS_KEY", "local")
            .env("AWS_ENDPOINT_URL_DYNAMODB", self.laptop.database().endpoint())
            .env("REDRESS_CASES", "cases")
            .env("REDRESS_LEDGER", "ledger")
            .env("REDRESS_BUS", "redress")
            .env("REDRESS_BASE_URL", self.laptop.address())
            .env("REDRESS_SECRET", secret.trim())
            .output()
            .unwrap()
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.env_clear().current_dir(folder);
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_proclaimed_at_a_service_in_an_account_moves_what_is_owed_there() {
    let service = Service::start().await;
    let before = service.answer_due().await;
    let days = before["explain"]["days"].as_array().unwrap();
    let counted = days.iter().filter(|day| day["counted"] == json!(true)).nth(2).unwrap();
    let holiday = counted["date"].as_str().unwrap().to_owned();
    let publish = |more: &[&str]| {
        let base = ["calendar", "publish", "--council", "westminster", "--add", holiday.as_str(), "--title", "Jubilee"];
        service.redress(&[&base[..], more].concat())
    };

    // First only what it would do.
    let preview = publish(&["--preview"]);
    assert!(preview.status.success(), "{}", said(&preview));
    assert!(said(&preview).contains(&format!("{}  stage-1.respond: ", service.reference)), "{}", said(&preview));
    assert!(said(&preview).contains("Nothing is written"), "{}", said(&preview));
    assert_eq!(service.answer_due().await["due_on"], before["due_on"]);

    let done = publish(&["--json"]);
    assert!(done.status.success(), "{}", said(&done));
    let line: Value = serde_json::from_slice(&done.stdout).unwrap();
    let after = service.answer_due().await;
    assert!(after["due_on"].as_str() > before["due_on"].as_str(), "{after}");
    assert_eq!(after["promised_on"], before["promised_on"], "what was promised stays");
    let moved = line["moved"].as_array().unwrap().iter().find(|moved| moved["rule"] == "stage-1.respond").unwrap();
    assert_eq!((&moved["from"], &moved["to"]), (&before["due_on"], &after["due_on"]));

    // The same again moves nothing, and at all councils only where it is new.
    let again = publish(&[]);
    assert!(said(&again).contains("westminster: 0 dates moved"), "{}", said(&again));
    let all = ["calendar", "publish", "--council", "all", "--remove", holiday.as_str()];
    let all = service.redress(&all);
    assert!(all.status.success() && said(&all).lines().any(|line| line.starts_with("westminster: ")), "{}", said(&all));
    assert_eq!(service.answer_due().await["due_on"], before["due_on"]);
    let verified = service.redress(&["verify", "--account"]);
    assert!(verified.status.success(), "{}", said(&verified));
    assert!(said(&verified).contains("1 cases, ") && said(&verified).contains(" 0 wrong"), "{}", said(&verified));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_day_or_an_account_is_said_before_anything_is_written() {
    let service = Service::start().await;
    let wrong = ["calendar", "publish", "--council", "westminster", "--add", "2026-06-13", "--add", "soon"];
    let wrong = service.redress(&wrong);
    assert!(!wrong.status.success());
    let words = said(&wrong);
    for named in ["add.0: ", "Saturday", "add.1: ", "title: "] {
        assert!(words.contains(named), "{named}: {words}");
    }
    let nowhere = ["calendar", "publish", "--council", "atlantis", "--remove", "2026-06-12"];
    let words = said(&service.redress(&nowhere));
    assert!(words.contains("atlantis") && words.contains("westminster"), "{words}");
    // Without an account there is nothing to work on, and it says where the variables come from.
    let nothing = command(service.folder.path()).args(["verify", "--account"]).output().unwrap();
    assert!(!nothing.status.success());
    assert!(said(&nothing).contains("infra/aws/environment"), "{}", said(&nothing));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_in_an_account_that_was_tampered_with_is_seen() {
    let service = Service::start().await;
    let of = |path: &str| json!({"S": path});
    let key = json!({"pk": of(&format!("C#westminster#{}", service.reference)), "sk": of("000001")});
    let db = service.laptop.database().db();
    let get = json!({"TableName": "ledger", "Key": key});
    let found = db.get_item(serde_json::from_value(get).unwrap()).unwrap();
    let mut item = serde_json::to_value(found.item).unwrap();
    let body = item["body"]["S"].as_str().unwrap().replace("resident", "system");
    item["body"] = of(&body);
    db.put_item(serde_json::from_value(json!({"TableName": "ledger", "Item": item})).unwrap()).unwrap();
    let verified = service.redress(&["verify", "--account", &service.reference]);
    assert!(!verified.status.success(), "{}", said(&verified));
    assert!(said(&verified).contains("1 wrong"), "{}", said(&verified));
}
