//! The desk: whose work, what is late, filters, files, saved views, the next case, many cases at once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use redress_e2e::{Answer, Client, Filed, World, complaint};
use serde_json::{Value, json};

const COUNCIL: &str = "south-staffordshire";

/// One of its teams.
const TEAM: &str = "waste-environment";

/// Somebody with a token, and the id it gives them.
struct Person {
    client: Client,
    id: String,
}

async fn person(world: &World, role: &str, name: &str, team: Option<&str>) -> Person {
    let mut asked = json!({"council": COUNCIL, "role": role, "name": name});
    if let Some(team) = team {
        asked["team"] = json!(team);
    }
    let answer = world.nobody.post("/dev/token", asked).await.is(200);
    let token = answer.json["token"].as_str().unwrap();
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let id = serde_json::from_slice::<Value>(&payload).unwrap()["sub"].as_str().unwrap().to_owned();
    Person { client: world.nobody.with("authorization", &format!("Bearer {token}")), id }
}

async fn filed(world: &World, how_many: usize) -> Vec<Filed> {
    let mut filed = Vec::new();
    for _ in 0..how_many {
        filed.push(world.file(COUNCIL, complaint()).await);
    }
    filed
}

async fn assign(by: &Person, filed: &Filed, to: &Person) {
    let owner = json!({"owner": {"id": to.id, "name": "Whoever has it", "role": "officer"}});
    by.client.post(&filed.command("assign"), owner).await.is(200);
}

async fn references(reader: &Client, query: &str) -> Vec<String> {
    let list = reader.get(&format!("/api/{COUNCIL}/cases?{query}")).await.is(200).json;
    list["cases"].as_array().unwrap().iter().map(|case| case["reference"].as_str().unwrap().to_owned()).collect()
}

async fn desk(reader: &Client, query: &str) -> String {
    plain(reader.get(&format!("/staff/{COUNCIL}?{query}")).await.is(200))
}

fn plain(answer: Answer) -> String {
    answer.text.replace("&#x2f;", "/").replace("&amp;", "&").replace("&#x27;", "'")
}

fn heading(page: &str) -> &str {
    page.split("<h1").nth(1).and_then(|rest| rest.split('>').nth(1)).and_then(|rest| rest.split('<').next()).unwrap()
}

#[tokio::test]
async fn whoever_works_cases_sees_their_own_first_and_whoever_looks_after_them_sees_all() {
    let world = World::at("2026-03-20T10:00").await;
    let cases = filed(&world, 3).await;
    let officer = person(&world, "officer", "Olu Balogun", None).await;
    let manager = person(&world, "complaints-manager", "Chris Adeyemi", None).await;
    assert_eq!(heading(&desk(&officer.client, "").await), "All open cases", "nothing of their own yet");
    assign(&officer, &cases[1], &officer).await;
    let page = desk(&officer.client, "").await;
    assert_eq!(heading(&page), "My work");
    assert!(page.contains(&cases[1].reference) && !page.contains(&cases[0].reference), "{page}");
    assert!(!page.contains(">Whose</th>"), "whose they are goes without saying: {page}");
    for (tab, count) in [("owner=me", 1), ("owner=nobody", 2), ("owner=all", 3)] {
        assert!(page.contains(&format!("?{tab}\"")), "{tab}: {page}");
        assert_eq!(desk(&officer.client, tab).await.matches("data-row").count(), count, "{tab}");
        assert!(page.contains(&format!("({count})")), "{count}: {page}");
    }
    assert!(!page.contains("Nadia") && !page.contains("The bin was"), "nothing about the person: {page}");
    assert_eq!(heading(&desk(&manager.client, "").await), "All open cases");
    let colleague = person(&world, "officer", "Tia Marsh", Some(TEAM)).await;
    let page = desk(&colleague.client, "").await;
    assert_eq!(heading(&page), "My team: Waste and environment");
}

#[tokio::test]
async fn what_is_late_comes_first_in_words_of_working_days() {
    let world = World::at("2026-03-20T10:00").await;
    let early = filed(&world, 1).await.remove(0);
    let officer = person(&world, "officer", "Olu Balogun", None).await;
    let due = |list: Answer| list.json["cases"][0]["next_due"]["due_on"].as_str().unwrap().to_owned();
    let path = format!("/api/{COUNCIL}/cases");
    let due_on = due(officer.client.get(&path).await.is(200));
    assert_eq!(due_on, "2026-03-27", "an acknowledgement is owed in five working days");
    let page = desk(&officer.client, "owner=all").await;
    assert!(page.contains("Due in 5 working days") && page.contains("Acknowledge"), "{page}");
    world.until("2026-03-26T10:00").await;
    let officer = person(&world, "officer", "Olu Balogun", None).await;
    assert!(desk(&officer.client, "owner=all").await.contains("Due tomorrow"));
    world.until("2026-03-27T10:00").await;
    let officer = person(&world, "officer", "Olu Balogun", None).await;
    let page = desk(&officer.client, "owner=all").await;
    assert!(page.contains("Due today"), "{page}");
    world.until("2026-04-08T10:00").await;
    let officer = person(&world, "officer", "Olu Balogun", None).await;
    let late = filed(&world, 1).await.remove(0);
    let page = desk(&officer.client, "owner=all").await;
    // From 27 March, without Good Friday and Easter Monday.
    assert!(page.contains("Overdue by 6 working days"), "{page}");
    let (first, second) = (page.find(&early.reference).unwrap(), page.find(&late.reference).unwrap());
    assert!(first < second && page.find(">Overdue ").unwrap() < page.find(">Later ").unwrap(), "{page}");
    assert_eq!(references(&officer.client, "overdue=true").await, vec![early.reference.clone()]);
    assert_eq!(
        references(&officer.client, "sort=received").await,
        vec![late.reference.clone(), early.reference.clone()]
    );
    assert_eq!(references(&officer.client, "sort=received-oldest").await, vec![early.reference, late.reference]);
}

#[tokio::test]
async fn filters_are_in_the_address_each_can_be_removed_and_wrong_ones_are_told_at_once() {
    let world = World::at("2026-03-20T10:00").await;
    let cases = filed(&world, 2).await;
    let officer = person(&world, "officer", "Olu Balogun", None).await;
    assign(&officer, &cases[0], &officer).await;
    assert_eq!(references(&officer.client, &format!("owner={}", officer.id)).await, vec![cases[0].reference.clone()]);
    assert_eq!(references(&officer.client, "owner=nobody").await, vec![cases[1].reference.clone()]);
    officer.client.post(&cases[1].command("raise-risk"), json!({"text": "He says he is at risk."})).await.is(200);
    assert_eq!(references(&officer.client, "flag=vulnerable").await, vec![cases[1].reference.clone()]);
    let query = "owner=all&status=new&due_before=27%2F3%2F2027&stage=1";
    let page = desk(&officer.client, query).await;
    assert!(page.contains("Due before 27 March 2027") && page.contains("Stage 1"), "{page}");
    assert!(page.contains("href=\"/staff/south-staffordshire?owner=all&status=new&stage=1\""), "{page}");
    let wrong =
        "owner=all&team=none&status=closed&stage=9&kind=x&service=y&due_before=soon&overdue=maybe&flag=z&sort=up&q=1";
    let all = ["team", "status", "stage", "kind", "service", "due_before", "overdue", "flag", "sort", "q"];
    // To a program, `q` is words to look for.
    let api = officer.client.get(&format!("/api/{COUNCIL}/cases?{wrong}")).await.is(422);
    let fields: BTreeSet<&str> = api.bad_fields().into_iter().collect();
    assert_eq!(fields, all.into_iter().filter(|field| *field != "q").collect::<BTreeSet<&str>>());
    let page = plain(officer.client.get(&format!("/staff/{COUNCIL}?{wrong}")).await.is(422));
    assert!(page.contains("<title>Error: ") && page.contains("value=\"soon\""), "{page}");
    for field in all {
        assert!(
            page.contains(&format!("href=\"#{field}\"")) && page.contains(&format!("id=\"{field}-error\"")),
            "{field}"
        );
    }
    officer.client.get(&format!("/api/{COUNCIL}/cases?cursor=made-up")).await.is(422);
    let page = plain(officer.client.get(&format!("/staff/{COUNCIL}?owner=all&team=%3Cb%3E")).await.is(422));
    assert!(page.contains("&lt;b&gt;") && !page.contains("<b>"), "{page}");
}

#[tokio::test]
async fn a_long_list_is_read_page_by_page_counted_to_a_hundred_and_taken_away_whole() {
    let world = World::at("2026-03-20T10:00").await;
    let cases = filed(&world, 104).await;
    let officer = person(&world, "officer", "=Olu Balogun", None).await;
    assign(&officer, &cases[0], &officer).await;
    let page = desk(&officer.client, "owner=all").await;
    assert!(page.contains("(100+)") && page.matches("data-row").count() == 50, "{page}");
    let mut seen = BTreeSet::new();
    for sort in ["", "&sort=received", "&sort=received-oldest"] {
        let mut address = format!("/api/{COUNCIL}/cases?owner=all{sort}");
        let mut found = Vec::new();
        loop {
            let list = officer.client.get(&address).await.is(200).json;
            let lines = list["cases"].as_array().unwrap().clone();
            found.extend(lines.iter().map(|line| line["reference"].as_str().unwrap().to_owned()));
            let Some(next) = list["next"].as_str() else { break };
            address = format!("/api/{COUNCIL}/cases?owner=all{sort}&cursor={next}");
        }
        assert_eq!(found.len(), 104, "each once: {sort}");
        seen.extend(found);
    }
    assert_eq!(seen.len(), 104);
    let next = page.split("rel=\"next\"").next().unwrap().rsplit("href=\"").next().unwrap().split('"').next().unwrap();
    let second = plain(officer.client.get(next).await.is(200));
    assert_eq!(second.matches("data-row").count(), 50);
    let file = officer.client.get(&format!("/staff/{COUNCIL}/cases.csv?owner=all")).await.is(200);
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(file.headers["x-redress-more"], "false");
    assert!(file.text.starts_with("\u{feff}\"reference\",") && file.text.lines().count() == 105, "{}", file.text);
    assert!(!file.text.contains("Nadia") && !file.text.contains("The bin"), "{}", file.text);
    let program =
        officer.client.with("accept", "text/csv").get(&format!("/api/{COUNCIL}/cases?owner=me")).await.is(200);
    assert!(program.text.starts_with("\"reference\",") && program.text.lines().count() == 2, "{}", program.text);
    assert!(program.text.contains("\"'=Olu Balogun\"") || program.text.contains("Whoever has it"), "{}", program.text);
    let auditor = person(&world, "auditor", "Ada Quist", None).await;
    let trail = auditor.client.get(&format!("/api/{COUNCIL}/audit")).await.is(200);
    let exports = trail.json["lines"].as_array().unwrap().iter().filter(|line| line["what"] == "export");
    let shown: Vec<&Value> = exports.map(|line| &line["shown"]).collect();
    assert_eq!(shown, [&json!(1), &json!(104)], "{}", trail.text);
    officer.client.get(&format!("/staff/{COUNCIL}/cases.csv?stage=9")).await.is(422);
}

#[tokio::test]
async fn a_view_is_saved_under_a_name_for_oneself_or_the_team_and_removed() {
    let world = World::at("2026-03-20T10:00").await;
    let officer = person(&world, "officer", "Olu Balogun", Some(TEAM)).await;
    let colleague = person(&world, "officer", "Tia Marsh", Some(TEAM)).await;
    let path = format!("/staff/{COUNCIL}/views");
    let save = |name: &'static str, query: &'static str| [("view", name), ("query", query)];
    officer.client.form(&path, &save("<b>Late</b> & mine", "owner=me&overdue=true&q=&cursor=x")).await.is(303);
    let page = officer.client.get(&format!("/staff/{COUNCIL}?owner=all")).await.is(200);
    assert!(page.text.contains("&lt;b&gt;Late&lt;&#x2f;b&gt; &amp; mine"), "{}", page.text);
    assert!(plain(page).contains(&format!("href=\"/staff/{COUNCIL}?owner=me&overdue=true\"")));
    officer.client.form(&path, &save("<b>Late</b> & mine", "owner=me&overdue=true")).await.is(303);
    for (name, query, says) in [
        ("", "owner=me", "Enter a name for this view"),
        ("<B>LATE</b> & mine", "owner=all", "already"),
        ("Good", "stage=9", "is not a stage"),
    ] {
        let page = officer.client.form(&path, &[("view", name), ("query", query)]).await.is(422);
        assert!(page.text.contains(says) && page.text.contains("<title>Error: "), "{says}: {}", page.text);
    }
    let long = "x".repeat(61);
    let page = officer.client.form(&path, &[("view", &long), ("query", "owner=me")]).await.is(422);
    assert!(page.text.contains("60 characters or less"), "{}", page.text);
    let ours = [("view", "Everything of ours"), ("query", "owner=all&stage=1"), ("shelf", "team")];
    colleague.client.form(&path, &ours).await.is(303);
    assert!(desk(&officer.client, "owner=all").await.contains("Everything of ours"));
    assert!(!desk(&colleague.client, "owner=all").await.contains("&lt;b&gt;"), "a person's own are theirs alone");
    colleague.client.form(&format!("{path}/remove"), &ours).await.is(303);
    assert!(!desk(&officer.client, "owner=all").await.contains("Everything of ours"));
    for n in 0..19 {
        let name = format!("View {n}");
        officer.client.form(&path, &[("view", &name), ("query", "owner=me")]).await.is(303);
    }
    let page = officer.client.form(&path, &[("view", "One more"), ("query", "owner=me")]).await.is(422);
    assert!(page.text.contains("There are 20 views already"), "{}", page.text);
    let teamless = person(&world, "officer", "Nia Solo", None).await;
    teamless.client.form(&path, &ours).await.is(403);
    person(&world, "analyst", "Ana List", None).await.client.form(&path, &save("x", "")).await.is(403);
}

#[tokio::test]
async fn the_next_case_is_the_one_due_first_and_two_who_ask_at_once_get_two() {
    let world = World::at("2026-03-20T10:00").await;
    let first = filed(&world, 1).await.remove(0);
    world.pass("2 working days").await;
    let rest = filed(&world, 3).await;
    let (olu, tia) =
        (person(&world, "officer", "Olu Balogun", None).await, person(&world, "officer", "Tia Marsh", None).await);
    let path = format!("/api/{COUNCIL}/next");
    let manager = person(&world, "complaints-manager", "Chris Adeyemi", None).await;
    let about = json!({"people": [{"id": olu.id, "name": "Olu Balogun"}]});
    manager.client.post(&first.command("about-staff"), about).await.is(200);
    person(&world, "auditor", "Ada Quist", None).await.client.post(&path, json!({})).await.is(403);
    assert_eq!(olu.client.post(&path, json!({"team": "none"})).await.is(422).bad_fields(), ["team"]);
    let once = olu.client.with("idempotency-key", "once");
    let (mine, hers) = tokio::join!(once.post(&path, json!({})), tia.client.post(&path, json!({})));
    let (mine, hers) = (mine.is(200).json, hers.is(200).json);
    assert_ne!(mine["reference"], hers["reference"]);
    assert_ne!(mine["reference"], json!(first.reference), "nobody is handed a case about themselves");
    assert_eq!(hers["reference"], json!(first.reference), "what is due first");
    assert_eq!((&mine["owner"]["id"], &hers["owner"]["id"]), (&json!(olu.id), &json!(tia.id)));
    assert_eq!(once.post(&path, json!({})).await.is(200).json["reference"], mine["reference"], "the same request");
    let page = tia.client.form(&format!("/staff/{COUNCIL}/next"), &[]).await.is(303);
    assert!(rest.iter().any(|filed| page.location().contains(&filed.reference)), "{}", page.location());
    tia.client.post(&path, json!({})).await.is(200);
    olu.client.post(&path, json!({})).await.is(204);
    let nothing = olu.client.form(&format!("/staff/{COUNCIL}/next"), &[]).await.is(303);
    assert!(plain(olu.client.get(nothing.location()).await.is(200)).contains("Nothing waits"));
}

#[tokio::test]
async fn many_cases_are_given_at_once_each_with_a_result_of_its_own() {
    let world = World::at("2026-03-20T10:00").await;
    let cases = filed(&world, 5).await;
    let (olu, tia) =
        (person(&world, "officer", "Olu Balogun", None).await, person(&world, "officer", "Tia Marsh", None).await);
    let manager = person(&world, "complaints-manager", "Chris Adeyemi", None).await;
    desk(&tia.client, "").await;
    manager
        .client
        .post(&cases[1].command("about-staff"), json!({"people": [{"id": tia.id, "name": "T"}]}))
        .await
        .is(200);
    let only = json!({"roles": ["manager"], "reason": "A safeguarding matter."});
    manager.client.post(&cases[2].command("restrict-reading"), only).await.is(200);
    assign(&olu, &cases[3], &tia).await;
    let path = format!("/api/{COUNCIL}/assign");
    let stale = json!({"reference": cases[4].reference, "version": 1});
    olu.client.post(&cases[4].command("note"), json!({"text": "Meanwhile."})).await.is(200);
    let mut sent: Vec<Value> = cases[..4].iter().map(|filed| json!({"reference": filed.reference})).collect();
    sent.extend([stale, json!({"reference": "SSC-0000-0000"})]);
    let body = json!({"cases": sent, "owner": {"id": tia.id, "role": "officer"}});
    let results = olu.client.post(&path, body).await.is(200).json["results"].clone();
    let statuses: Vec<&str> = results.as_array().unwrap().iter().map(|row| row["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["done", "refused", "refused", "unchanged", "changed", "not-found"], "{results}");
    assert!(results[2]["version"].is_null() && results[0]["version"].as_u64().unwrap() > 1, "{results}");
    let owned = references(&tia.client, "owner=me").await.into_iter().collect::<BTreeSet<String>>();
    assert_eq!(owned, [cases[0].reference.clone(), cases[3].reference.clone()].into());
    let mistaken = json!({"cases": [{"reference": "SSC-7QK4"}], "owner": "me"});
    assert_eq!(olu.client.post(&path, mistaken).await.is(422).bad_fields(), ["cases.0.reference"]);
    let too_many: Vec<Value> = (0..101).map(|_| json!({"reference": cases[0].reference})).collect();
    let answer = olu.client.post(&path, json!({"cases": too_many, "owner": "me"})).await.is(422);
    assert_eq!(answer.bad_fields(), ["cases"]);
    let answer = olu.client.post(&path, json!({"cases": []})).await.is(422);
    assert_eq!(answer.bad_fields(), ["cases", "owner"]);
    let auditor = person(&world, "auditor", "Ada Quist", None).await;
    auditor.client.post(&path, json!({"cases": [{"reference": cases[0].reference}], "owner": "me"})).await.is(403);
}

#[tokio::test]
async fn a_leavers_cases_are_looked_at_before_they_are_handed_over_and_what_moved_meanwhile_is_left() {
    let world = World::at("2026-03-20T10:00").await;
    let cases = filed(&world, 3).await;
    let (olu, tia) =
        (person(&world, "officer", "Olu Balogun", None).await, person(&world, "officer", "Tia Marsh", None).await);
    for person in [&olu, &tia] {
        desk(&person.client, "").await;
    }
    for filed in &cases {
        assign(&olu, filed, &olu).await;
    }
    let page = desk(&tia.client, &format!("owner={}&ticked=all", olu.id)).await;
    assert_eq!((heading(&page), page.matches(" checked><label").count()), ("Cases of Olu Balogun", 3), "{page}");
    assert!(page.contains("name=\"_token\""));
    let names: Vec<String> = (0..3).map(|n| format!("cases.{n}.reference")).collect();
    let mut fields: Vec<(&str, &str)> =
        names.iter().zip(&cases).map(|(name, filed)| (name.as_str(), filed.reference.as_str())).collect();
    let path = format!("/staff/{COUNCIL}/assign");
    let nobody = plain(tia.client.form(&path, &fields).await.is(422));
    assert!(nobody.contains("Choose the person or the team") && nobody.contains(&cases[2].reference), "{nobody}");
    fields.push(("owner", "me"));
    let preview = tia.client.form(&path, &fields).await.is(200);
    assert!(preview.text.contains("3 cases will be given") && preview.text.contains("Olu Balogun"), "{}", preview.text);
    assert_eq!(references(&tia.client, "owner=me").await.len(), 0, "nothing has been given yet");
    olu.client.post(&cases[0].command("note"), json!({"text": "One more thing."})).await.is(200);
    let versions: Vec<String> = (0..3).map(|n| preview.hidden(&format!("cases.{n}.version"))).collect();
    let shown: Vec<String> = (0..3).map(|n| preview.hidden(&format!("cases.{n}.reference"))).collect();
    let version_names: Vec<String> = (0..3).map(|n| format!("cases.{n}.version")).collect();
    let (key, owner) = (preview.hidden("_key"), preview.hidden("owner"));
    let mut fields = vec![("_confirmed", "yes"), ("_key", &key), ("owner", &owner)];
    for n in 0..3 {
        fields.extend([(names[n].as_str(), shown[n].as_str()), (version_names[n].as_str(), versions[n].as_str())]);
    }
    let given = plain(tia.client.form(&path, &fields).await.is(200));
    assert!(given.contains("2 cases were given.") && given.contains("Changed meanwhile"), "{given}");
    let again = plain(tia.client.form(&path, &fields).await.is(200));
    assert!(again.contains("2 cases were given."), "a second click is the same request: {again}");
    assert_eq!(references(&tia.client, "owner=me").await.len(), 2);
    assert_eq!(references(&olu.client, "owner=me").await, vec![cases[0].reference.clone()]);
    let events = olu.client.get(&cases[1].path()).await.is(200).json;
    let assigned = events["history"].as_array().unwrap().iter().filter(|line| line["what"] == "assigned").count();
    assert_eq!(assigned, 2, "each is a command of its own");
    let take =
        [("cases.0.reference", cases[1].reference.as_str()), ("owner", "me"), ("_confirmed", "yes"), ("_then", "case")];
    let beaten = plain(olu.client.form(&path, &take).await.is(200));
    assert!(beaten.contains("Somebody else has taken this case"), "{beaten}");
}
