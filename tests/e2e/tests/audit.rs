//! Who read and did what: the trail shows all of it, to the auditor, and what was not his to see nobody saw.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Answer, Client, Filed, World, complaint};
use serde_json::{Value, json};

const COUNCIL: &str = "south-staffordshire";

/// What the trail must say of one act: who, what, of what, which case, how many lines.
type Act = (String, String, String, String, Option<u64>);

/// The script's own list.
#[derive(Default)]
struct Script {
    acts: Vec<Act>,
}

impl Script {
    fn wrote(&mut self, who: &str, what: &str, of: &str, case: &str, lines: impl Into<Option<u64>>) {
        let text = |text: &str| text.to_owned();
        self.acts.push((text(who), text(what), text(of), text(case), lines.into()));
    }
}

fn acts(audit: &Answer) -> Vec<Act> {
    let text = |line: &Value, name: &str| line[name].as_str().unwrap_or_default().to_owned();
    let act = |line: &Value| {
        let who = if line["name"].is_null() { text(line, "actor") } else { text(line, "name") };
        (who, text(line, "what"), text(line, "of"), text(line, "reference"), line["shown"].as_u64())
    };
    audit.json["lines"].as_array().unwrap().iter().map(act).collect()
}

async fn trail(auditor: &Client, query: &str) -> Answer {
    auditor.get(&format!("/api/{COUNCIL}/audit?{query}")).await.is(200)
}

/// The opaque id of somebody who did something.
async fn id_of(auditor: &Client, name: &str) -> String {
    let all = trail(auditor, "").await;
    let lines = all.json["lines"].as_array().unwrap();
    let line = lines.iter().find(|line| line["name"] == name).expect("somebody of that name");
    line["actor"].as_str().unwrap().to_owned()
}

fn page_of(filed: &Filed) -> String {
    format!("/staff/{}/cases/{}", filed.council, filed.reference)
}

#[tokio::test]
async fn the_reads_shown_on_the_audit_page_equal_the_reads_made_in_a_scripted_hour() {
    let world = World::at("2026-03-20T10:00").await;
    let (bin, roof) = (world.file(COUNCIL, complaint()).await, world.file(COUNCIL, complaint()).await);
    let olu = world.staff(COUNCIL, "officer", "Olu Balogun").await;
    let maya = world.staff(COUNCIL, "manager", "Maya Patel").await;
    let chris = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let ada = world.staff(COUNCIL, "analyst", "Ada Moss").await;
    let ines = world.staff(COUNCIL, "auditor", "Ines Rowe").await;
    let stranger = world.staff("westminster", "officer", "Wes Minster").await;
    let mut script = Script::default();

    olu.get(&format!("/api/{COUNCIL}/cases")).await.is(200);
    script.wrote("Olu Balogun", "list", "cases", "", 2);
    world.pass("PT7M").await;
    olu.get(&bin.path()).await.is(200);
    script.wrote("Olu Balogun", "read", "", &bin.reference, None);
    olu.get(&page_of(&bin)).await.is(200);
    script.wrote("Olu Balogun", "read", "", &bin.reference, None);
    world.pass("PT7M").await;
    maya.get(&format!("/staff/{COUNCIL}?owner=nobody")).await.is(200);
    script.wrote("Maya Patel", "list", "cases", "", 2);
    maya.get(&page_of(&roof)).await.is(200);
    script.wrote("Maya Patel", "read", "", &roof.reference, None);
    maya.get(&format!("{}/letters/1/print", page_of(&roof))).await.is(200);
    script.wrote("Maya Patel", "print", "", &roof.reference, None);
    world.pass("PT7M").await;
    ada.get(&format!("/api/{COUNCIL}/cases")).await.is(403);
    script.wrote("", "refused", "list", "", None);
    ada.get(&page_of(&bin)).await.is(403);
    script.wrote("", "refused", "read", &bin.reference, None);
    stranger.get(&bin.path()).await.is(403);
    script.wrote("", "refused", "read, from another council", &bin.reference, None);
    world.pass("PT7M").await;
    maya.post(&roof.command("note"), json!({"text": "I rang."})).await.is(200);
    script.wrote("Maya Patel", "command", "note", &roof.reference, None);
    maya.get(&format!("/staff/{COUNCIL}/print")).await.is(200);
    script.wrote("Maya Patel", "list", "letters to post", "", 0);
    maya.get(&format!("/staff/{COUNCIL}/cases.csv")).await.is(200);
    script.wrote("Maya Patel", "export", "cases", "", 2);
    maya.form(&format!("/staff/{COUNCIL}/search"), &[("q", &bin.reference)]).await.is(200);
    script.wrote("Maya Patel", "search", "cases", "", 1);
    olu.get(&format!("/api/{COUNCIL}/audit")).await.is(403);
    script.wrote("Olu Balogun", "refused", "audit", "", None);
    chris.get(&format!("/staff/{COUNCIL}/audit?reference={}", bin.reference)).await.is(403);
    script.wrote("", "refused", "audit", "", None);
    world.pass("PT7M").await;
    olu.get(&page_of(&roof)).await.is(200);
    script.wrote("Olu Balogun", "read", "", &roof.reference, None);

    script.acts.reverse();
    let shown = trail(&ines, "").await;
    let named: Vec<Act> = acts(&shown)
        .into_iter()
        .map(|act| if act.0.contains(' ') { act } else { (String::new(), act.1, act.2, act.3, act.4) })
        .collect();
    assert_eq!(named, script.acts);
    let page = ines.get(&format!("/staff/{COUNCIL}/audit")).await.is(200);
    // The table has the script's rows, the auditor's own look before it, and its heading.
    assert_eq!(page.text.matches("<tr").count(), script.acts.len() + 2, "{}", page.text);
    let file = ines.get(&format!("/staff/{COUNCIL}/audit.csv")).await.is(200);
    assert_eq!(file.text.lines().count(), script.acts.len() + 3, "{}", file.text);

    let olu_id = id_of(&ines, "Olu Balogun").await;
    let his: Vec<Act> = script.acts.iter().filter(|act| act.0 == "Olu Balogun").cloned().collect();
    for who in [olu_id.as_str(), "olu%20balogun"] {
        assert_eq!(acts(&trail(&ines, &format!("actor={who}")).await), his);
    }
    let of_roof = acts(&trail(&ines, &format!("reference={}", roof.reference)).await);
    let read: Vec<&Act> = of_roof.iter().filter(|act| act.1 == "read" || act.1 == "print").collect();
    let expected: Vec<&Act> =
        script.acts.iter().filter(|act| act.3 == roof.reference && (act.1 == "read" || act.1 == "print")).collect();
    assert_eq!(read, expected);
    let did: Vec<&str> = of_roof.iter().filter(|act| act.1 == "entry").map(|act| act.2.as_str()).collect();
    assert_eq!(did, ["noted", "opened", "received"], "{of_roof:?}");
    assert!(!of_roof.iter().any(|act| act.1 == "command"), "a command is told by the entry it made");
    let theirs = world.staff("westminster", "auditor", "Una West").await;
    let there = theirs.get("/api/westminster/audit").await.is(200);
    assert_eq!(acts(&there)[0].2, "read, at another council");
    assert!(!there.text.contains(&bin.reference));
}

#[tokio::test]
async fn whoever_a_case_is_about_cannot_read_own_sign_or_take_it_away_and_the_auditor_sees_that_they_tried() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file("lichfield-traded-services", complaint()).await;
    let council = filed.council.as_str();
    let chris = world.staff(council, "complaints-manager", "Chris Adeyemi").await;
    let maya = world.staff(council, "manager", "Maya Patel").await;
    let ines = world.staff(council, "auditor", "Ines Rowe").await;
    maya.get(&filed.path()).await.is(200);
    chris.get(&filed.path()).await.is(200);
    let seen = ines.get(&format!("/api/{council}/audit?actor=Maya%20Patel")).await.is(200);
    let id = seen.json["lines"][0]["actor"].as_str().unwrap().to_owned();
    let note = maya.with("idempotency-key", "before-it-was-about-her");
    note.post(&filed.command("note"), json!({"text": "x"})).await.is(200);
    let about = json!({"people": [{"id": id, "name": "Maya Patel"}]});
    chris.post(&filed.command("about-staff"), about).await.is(200);
    world.pass("PT1M").await;

    let secret = "The bin was not collected";
    let mut tried = Vec::new();
    for (what, path) in [("read", filed.path()), ("read", page_of(&filed))] {
        assert!(!maya.get(&path).await.is(403).text.contains(secret));
        tried.push(what);
    }
    assert!(!maya.get(&format!("{}/letters/1/print", page_of(&filed))).await.is(403).text.contains(secret));
    tried.push("print");
    let again = note.post(&filed.command("note"), json!({"text": "x"})).await.is(403);
    assert!(!again.text.contains(secret), "a repeated request shows nothing either: {}", again.text);
    tried.push("note");
    for (command, body) in [
        ("assign", json!({"owner": {"id": id, "name": "Maya Patel", "role": "manager"}})),
        ("respond", json!({"outcome": "not-upheld", "text": "No."})),
        ("sign-off", json!({"approve": true})),
    ] {
        assert!(!maya.post(&filed.command(command), body).await.is(403).text.contains(secret));
        tried.push(command);
    }
    maya.form(&format!("{}/note", page_of(&filed)), &[("text", "x")]).await.is(403);
    tried.push("note");
    let file = maya.get(&format!("/staff/{council}/cases.csv")).await.is(200);
    assert!(!file.text.contains(&filed.reference), "{}", file.text);
    let owner = json!({"owner": {"id": id, "name": "Maya Patel", "role": "manager"}});
    let given = chris.post(&filed.command("assign"), owner).await.is(409);
    assert!(given.json["detail"].as_str().unwrap().contains("about"), "{}", given.text);

    tried.reverse();
    let trail = ines.get(&format!("/api/{council}/audit?actor={id}&reference={}", filed.reference)).await.is(200);
    let lines = trail.json["lines"].as_array().unwrap();
    let refused: Vec<&str> =
        lines.iter().filter(|line| line["what"] == "refused").map(|line| line["of"].as_str().unwrap()).collect();
    assert_eq!(refused, tried);
    assert!(lines.iter().all(|line| line["name"] == "Maya Patel"), "{}", trail.text);
}

#[tokio::test]
async fn an_auditor_reads_no_trail_of_a_case_about_the_auditor_and_lines_about_it_are_counted() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    let chris = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let ines = world.staff(COUNCIL, "auditor", "Ines Rowe").await;
    chris.get(&filed.path()).await.is(200);
    ines.get(&filed.path()).await.is(200);
    let id = id_of(&ines, "Ines Rowe").await;
    let about = json!({"people": [{"id": id, "name": "Ines Rowe"}]});
    chris.post(&filed.command("about-staff"), about).await.is(200);
    let refused = ines.get(&format!("/api/{COUNCIL}/audit?reference={}", filed.reference)).await.is(403);
    assert!(refused.json["detail"].as_str().unwrap().contains("not one you can read"));
    let all = trail(&ines, "").await;
    assert!(!all.text.contains(&filed.reference), "{}", all.text);
    // Two reads and a command. Her own looks at the trail are of no case.
    assert_eq!((&all.json["hidden"], &all.json["next"]), (&json!(3), &Value::Null), "{}", all.text);
    let page = ines.get(&format!("/staff/{COUNCIL}/audit")).await.is(200);
    assert!(page.text.contains("3 lines are not shown to you"), "{}", page.text);
}

#[tokio::test]
async fn wrong_filters_are_told_at_once_and_a_cursor_of_ones_own_making_is_none() {
    let world = World::at("2026-03-20T10:00").await;
    let ines = world.staff(COUNCIL, "auditor", "Ines Rowe").await;
    let wrong = "reference=SSC&from=2026-02-30&to=yesterday&actor=Nobody";
    let told = ines.get(&format!("/api/{COUNCIL}/audit?{wrong}")).await.is(422);
    assert_eq!(told.bad_fields(), ["reference", "from", "to"]);
    let page = ines.get(&format!("/staff/{COUNCIL}/audit?{wrong}")).await.is(422);
    for kept in
        ["value=\"SSC\"", "value=\"2026-02-30\"", "value=\"yesterday\"", "value=\"Nobody\"", "There is a problem"]
    {
        assert!(page.text.contains(kept), "{kept}: {}", page.text);
    }
    let turned = ines.get(&format!("/api/{COUNCIL}/audit?from=2026-03-20&to=2026-03-19")).await.is(422);
    assert_eq!(turned.bad_fields(), ["to"]);
    let forged = ines.get(&format!("/api/{COUNCIL}/audit?cursor=2026-03-20T10:00:00.000Z~0000")).await.is(422);
    assert_eq!(forged.bad_fields(), ["cursor"]);
    let empty = ines.get(&format!("/staff/{COUNCIL}/audit?from=2026-01-01&to=2026-01-02")).await.is(200);
    assert!(empty.text.contains("Nothing is written down that fits."), "{}", empty.text);
}

#[tokio::test]
async fn a_long_trail_comes_in_pages_and_every_line_once() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    for n in [50, 50, 30] {
        // A token lasts a day.
        let olu = world.staff(COUNCIL, "officer", "Olu Balogun").await;
        for _ in 0..n {
            olu.get(&filed.path()).await.is(200);
        }
        world.pass("P1D").await;
    }
    let ines = world.staff(COUNCIL, "auditor", "Ines Rowe").await;
    for query in ["actor=Olu%20Balogun".to_owned(), format!("reference={}", filed.reference), String::new()] {
        let (mut reads, mut pages, mut next) = (0, 0, String::new());
        loop {
            let page = trail(&ines, &format!("{query}&cursor={next}")).await;
            reads += acts(&page).iter().filter(|act| act.1 == "read").count();
            pages += 1;
            match page.json["next"].as_str() {
                Some(place) => next = place.replace('~', "%7E"),
                None => break,
            }
        }
        assert_eq!((reads, pages), (130, 2), "{query}");
    }
}
