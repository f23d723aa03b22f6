//! A whole service of a test's own, with a clock that stands until it is moved.

use std::sync::Arc;

use serde_json::{Value, json};

use redress_domain::calendar::parse_moment;
use redress_local::dynamo::Place;
use redress_local::template::Template;
use redress_local::{Laptop, Options};
use redress_platform::{Clock, Source};

use crate::{Answer, Client};

/// The first five customers.
pub const COUNCILS: [&str; 5] = [
    "lichfield-traded-services",
    "together-for-children",
    "south-staffordshire",
    "westminster",
    "north-west-leicestershire",
];

/// The service, and who talks to it.
pub struct World {
    /// The service itself.
    pub laptop: Arc<Laptop>,
    /// Nobody in particular.
    pub nobody: Client,
}

/// A complaint that was filed.
#[derive(Clone, Debug)]
pub struct Filed {
    /// At which council.
    pub council: String,
    /// Its reference.
    pub reference: String,
    /// Its tracking key.
    pub key: String,
    /// What the door answered.
    pub receipt: Value,
}

impl World {
    /// Starts a service in memory at a time in London.
    pub async fn at(time: &str) -> World {
        World::with_policies(time, Source::Packed).await
    }

    /// Starts one with policies of its own.
    pub async fn with_policies(time: &str, policies: Source) -> World {
        let now = parse_moment(time).expect("a time");
        let options = Options { port: 0, place: Place::Memory, clock: Clock::given(now), policies };
        World::of_laptop(Laptop::start(options).await.expect("the service starts"))
    }

    /// Starts one as another template says, such as one that allows less.
    pub async fn of(time: &str, template: &Template) -> World {
        let now = parse_moment(time).expect("a time");
        let options = Options { port: 0, place: Place::Memory, clock: Clock::given(now), policies: Source::Packed };
        World::of_laptop(Laptop::start_from(options, template).await.expect("the service starts"))
    }

    /// Of a service that runs.
    pub fn of_laptop(laptop: Arc<Laptop>) -> World {
        let nobody = Client::new(laptop.address());
        World { laptop, nobody }
    }

    /// A member of staff with a token.
    pub async fn staff(&self, council: &str, role: &str, name: &str) -> Client {
        let asked = json!({"council": council, "role": role, "name": name});
        let answer = self.nobody.post("/dev/token", asked).await.is(200);
        let token = answer.json["token"].as_str().expect("a token");
        self.nobody.with("authorization", &format!("Bearer {token}"))
    }

    /// Files a complaint and waits until everything it set off is done.
    pub async fn file(&self, council: &str, feedback: Value) -> Filed {
        let answer = self.nobody.post(&format!("/api/{council}/feedback"), feedback).await.is(201);
        self.laptop.quiet().await;
        Filed::of(council, answer.json)
    }

    /// Moves the clock.
    pub async fn pass(&self, amount: &str) {
        self.nobody.post("/dev/clock", json!({"advance": amount})).await.is(200);
    }

    /// Moves the clock to a time in London.
    pub async fn until(&self, time: &str) {
        self.nobody.post("/dev/clock", json!({"now": time})).await.is(200);
    }

    /// The case as a complaints manager sees it.
    pub async fn case(&self, filed: &Filed) -> Answer {
        let manager = self.staff(&filed.council, "complaints-manager", "Chris Adeyemi").await;
        manager.get(&filed.path()).await.is(200)
    }

    /// The mails about a case, oldest first, once all are sent.
    pub async fn mails(&self, filed: &Filed) -> Vec<Value> {
        self.laptop.quiet().await;
        let answer = self.nobody.get(&format!("/dev/mailbox?reference={}", filed.reference)).await.is(200);
        answer.json.as_array().cloned().unwrap_or_default()
    }

    /// The kinds of the mails about a case.
    pub async fn mail_kinds(&self, filed: &Filed) -> Vec<String> {
        let mails = self.mails(filed).await;
        mails.iter().map(|mail| mail["kind"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

impl Filed {
    /// As the door's receipt tells it.
    pub fn of(council: &str, receipt: Value) -> Filed {
        let text = |name: &str| receipt[name].as_str().unwrap_or_default().to_owned();
        Filed { council: council.to_owned(), reference: text("reference"), key: text("key"), receipt }
    }

    /// The case for staff.
    pub fn path(&self) -> String {
        format!("/api/{}/cases/{}", self.council, self.reference)
    }

    /// A command on it.
    pub fn command(&self, name: &str) -> String {
        format!("{}/{name}", self.path())
    }

    /// The case for its resident.
    pub fn track(&self) -> String {
        format!("/api/{}/track/{}", self.council, self.reference)
    }
}

/// A plain complaint by somebody with an e-mail address.
pub fn complaint() -> Value {
    json!({
        "kind": "complaint",
        "about": "The bin was not collected on three Mondays.",
        "wanted": "Collect it every Monday.",
        "name": "Nadia Okafor",
        "email": "nadia@example.com",
    })
}
