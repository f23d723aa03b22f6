//! What a complaint costs in DynamoDB's units, from its first word to its final letter: `docs/cost.md` has the table.
//! Metered by dynoxide, after captures from a real Region, and never measured on AWS.

use redress_e2e::meter::Cost;
use serde_json::{Value, json};

use crate::cloud::Cloud;
use crate::event::{Request, scheduled};

/// What must hold of each step, in units written: by the function that answers, and by all that follows from it
/// (first answer, letters sent, bus), without the rows of the search. Measured, and a little room.
const MOST: [(&str, f64, f64); 13] = [
    ("a complaint of 2 KB arrives", 22.0, 70.0),
    ("accept", 16.0, 16.0),
    ("assign", 19.0, 19.0),
    ("note", 14.0, 14.0),
    ("extend, with its letter", 29.0, 44.0),
    ("update, with its letter", 21.0, 34.0),
    ("respond, with its letter", 40.0, 60.0),
    ("a review is asked for", 33.0, 52.0),
    ("acknowledge stage 2, with its letter", 30.0, 48.0),
    ("the final answer, with its letter", 38.0, 56.0),
    ("staff read the case", 4.0, 4.0),
    ("the resident follows it", 0.0, 0.0),
    ("a sweep that finds nothing", 0.0, 0.0),
];

/// The whole life, in units written and read, without sweep and search.
const LIFE: (f64, f64) = (395.0, 180.0);

/// A step of the life, and what it cost.
struct Step {
    what: &'static str,
    by: &'static str,
    cost: Cost,
}

impl Step {
    fn of_function(&self) -> [f64; 2] {
        self.cost.parts.get(self.by).copied().unwrap_or_default()
    }

    /// Everything but the search's rows: read, written.
    fn in_all(&self) -> [f64; 2] {
        let search = self.cost.parts.get("search").copied().unwrap_or_default();
        [self.cost.read - search[0], self.cost.written - search[1]]
    }
}

/// A complaint on its way, and the bill so far.
struct Life {
    cloud: Cloud,
    reference: String,
    key: String,
    steps: Vec<Step>,
}

impl Life {
    async fn begins() -> Life {
        let cloud = Cloud::metered().await;
        // What a warm function knows is not counted.
        cloud.filed().await;
        cloud.everything_happens().await;
        let mut life = Life { cloud, reference: String::new(), key: String::new(), steps: Vec::new() };
        life.taken("", "");
        life.steps.clear();
        let mut feedback = redress_e2e::complaint();
        feedback["about"] = json!("The bin was not collected. ".repeat(76));
        let sent = Request::json("/api/westminster/feedback", &feedback);
        let receipt = life.cloud.ask("intake", sent).await.is(201).read();
        let text = |name: &str| receipt[name].as_str().unwrap().to_owned();
        (life.reference, life.key) = (text("reference"), text("key"));
        life.follows(MOST[0].0, "intake").await;
        life
    }

    /// What the step set off, and the bill for it.
    async fn follows(&mut self, what: &'static str, by: &'static str) {
        self.cloud.everything_happens().await;
        self.taken(what, by);
    }

    fn taken(&mut self, what: &'static str, by: &'static str) {
        let cost = self.cloud.meter.as_ref().unwrap().taken();
        self.steps.push(Step { what, by, cost });
    }

    async fn command(&mut self, place: usize, role: &str, name: &str, command: &str, body: Value) {
        let path = format!("/api/westminster/cases/{}/{command}", self.reference);
        let sent = Request::json(&path, &body).bearer(&self.cloud.token(role, name));
        self.cloud.ask("transitions", sent).await.is(200);
        self.follows(MOST[place].0, "transitions").await;
    }

    async fn lived(&mut self) {
        let finding =
            json!([{"point": 1, "outcome": "upheld", "reason": "The crew's log shows three missed Mondays."}]);
        let remedies = json!([{"kind": "apology", "what": "We apologise for three missed collections."}]);
        let answer = json!({"outcome": "upheld", "findings": finding, "remedies": remedies, "text": "I am sorry that we missed your bin."});
        let owner = json!({"owner": {"id": "maya", "name": "Maya Patel", "role": "manager"}});
        let (manager, maya, investigator, iris) = ("manager", "Maya Patel", "investigator", "Iris Chan");
        self.command(1, "officer", "Olu Balogun", "accept", json!({"points": [{"text": "Missed bins"}]})).await;
        self.command(2, "officer", "Olu Balogun", "assign", owner).await;
        self.command(3, "officer", "Olu Balogun", "note", json!({"text": "Rang the depot."})).await;
        let longer = json!({"reason": "We wait for the contractor.", "by": "5 working days"});
        self.command(4, manager, maya, "extend", longer).await;
        self.command(5, manager, maya, "update", json!({"text": "The contractor has answered."})).await;
        self.command(6, manager, maya, "respond", answer.clone()).await;
        let ask = format!("/api/westminster/track/{}/request-review", self.reference);
        let review = Request::json(&ask, &json!({"reasons": "It was missed again."})).header("x-case-key", &self.key);
        self.cloud.ask("intake", review).await.is(200);
        self.follows(MOST[7].0, "intake").await;
        self.command(8, investigator, iris, "acknowledge", json!({"wanted": "Weekly collections"})).await;
        self.command(9, investigator, iris, "respond", answer).await;
    }

    fn written(&self) -> f64 {
        self.steps.iter().map(|step| step.in_all()[1]).sum()
    }

    fn read(&self) -> f64 {
        self.steps.iter().map(|step| step.in_all()[0]).sum()
    }

    /// As `docs/cost.md` has it.
    fn table(&self) -> String {
        let mut table =
            "| step | function | WRU | RRU | WRU in all | RRU in all |\n|---|---|---:|---:|---:|---:|\n".to_owned();
        for step in &self.steps {
            let ([own_read, own], [read, written]) = (step.of_function(), step.in_all());
            table += &format!("| {} | `{}` | {own} | {own_read} | {written} | {read} |\n", step.what, step.by);
        }
        table
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_life_of_two_stages_costs_no_more_than_its_units() {
    if std::env::var("REDRESS_ENGINE").is_ok() {
        println!("skipped: another engine does not meter as AWS does");
        return;
    }
    let mut life = Life::begins().await;
    life.lived().await;
    let (written, read) = (life.written(), life.read());
    let letters = life.cloud.case(&life.reference).await["letters"].as_array().unwrap().len();
    life.follows(MOST[10].0, "casework").await;
    let track = Request::get(&format!("/api/westminster/track/{}", life.reference));
    life.cloud.ask("intake", track.header("x-case-key", &life.key)).await.is(200);
    life.follows(MOST[11].0, "intake").await;
    life.cloud.invoke("deadlines", scheduled()).await;
    life.follows(MOST[12].0, "deadlines").await;
    println!("{}{letters} letters, {written} WRU, {read} RRU", life.table());
    let search: f64 = life.steps.iter().filter_map(|step| step.cost.parts.get("search")).map(|units| units[1]).sum();
    println!("rows of the search: {search} WRU");
    assert_eq!(letters, 7);
    for (step, (what, own, all)) in life.steps.iter().zip(MOST) {
        assert_eq!(step.what, what);
        assert!(step.of_function()[1] <= own, "{what}: {} of {own} WRU", step.of_function()[1]);
        assert!(step.in_all()[1] <= all, "{what}: {} of {all} WRU in all", step.in_all()[1]);
    }
    assert!(written <= LIFE.0 && read <= LIFE.1, "{written} WRU, {read} RRU");
}
