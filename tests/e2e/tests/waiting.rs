//! What waits for somebody on a case: a tag on the desk, a filter that finds it, and a link that does it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Client, Filed, World, complaint};
use serde_json::{Value, json};

/// Its last answer is signed by somebody else.
const COUNCIL: &str = "lichfield-traded-services";

fn plain(text: &str) -> String {
    text.replace("&#x2f;", "/").replace("&amp;", "&")
}

async fn desk(reader: &Client, query: &str) -> String {
    plain(&reader.get(&format!("/staff/{COUNCIL}?{query}")).await.is(200).text)
}

fn answer() -> Value {
    json!({"outcome": "not-upheld", "text": "We went through the round's log."})
}

/// A case of which one thing waits, under its mark: the tag, and the command that the task leads to where there is one.
struct Waiting {
    filed: Filed,
    mark: &'static str,
    tag: &'static str,
    command: Option<&'static str>,
}

async fn written_again(world: &World) -> Waiting {
    let filed = world.file(COUNCIL, complaint()).await;
    let person = world.nobody.with("x-case-key", &filed.key);
    person.post(&format!("{}/message", filed.track()), json!({"text": "It was missed again."})).await.is(200);
    Waiting { filed, mark: "message", tag: "They wrote again", command: None }
}

async fn come_back(world: &World) -> Waiting {
    let filed = world.file(COUNCIL, complaint()).await;
    let bounce = json!({"reference": filed.reference, "kind": "acknowledgement", "type": "bounce"});
    world.nobody.post("/dev/mailbox/events", bounce).await.is(204);
    Waiting { filed, mark: "undelivered", tag: "A letter did not arrive", command: Some("reissue") }
}

async fn to_be_told(world: &World, manager: &Client) -> Waiting {
    let mut sent = complaint();
    sent["phone"] = json!("01543 000000");
    let filed = world.file(COUNCIL, sent).await;
    manager.post(&filed.command("accept"), json!({})).await.is(200);
    let mut by_phone = answer();
    by_phone["channel"] = json!("phone");
    manager.post(&filed.command("respond"), by_phone).await.is(200);
    Waiting { filed, mark: "call", tag: "To be told by phone", command: Some("record-contact") }
}

async fn to_be_signed(world: &World, manager: &Client) -> Waiting {
    let filed = world.file(COUNCIL, complaint()).await;
    manager.post(&filed.command("accept"), json!({})).await.is(200);
    manager.post(&filed.command("respond"), answer()).await.is(200);
    let person = world.nobody.with("x-case-key", &filed.key);
    person.post(&format!("{}/request-review", filed.track()), json!({"reasons": "It is wrong."})).await.is(200);
    let investigator = world.staff(COUNCIL, "investigator", "Iris Chan").await;
    investigator.post(&filed.command("propose-response"), answer()).await.is(200);
    Waiting { filed, mark: "sign-off", tag: "To be signed off", command: None }
}

#[tokio::test]
async fn what_waits_for_somebody_is_a_tag_on_the_desk_a_filter_and_a_link_on_its_case() {
    let world = World::at("2026-03-20T10:00").await;
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let waiting = [
        written_again(&world).await,
        come_back(&world).await,
        to_be_told(&world, &manager).await,
        to_be_signed(&world, &manager).await,
    ];
    world.file(COUNCIL, complaint()).await;
    world.laptop.quiet().await;
    for one in &waiting {
        let listed = desk(&manager, &format!("owner=all&flag={}", one.mark)).await;
        assert_eq!(listed.matches("data-row").count(), 1, "{}: {listed}", one.mark);
        assert!(
            listed.contains(&one.filed.reference) && listed.contains(&format!(">{}</strong>", one.tag)),
            "{listed}"
        );
        let case = format!("/staff/{COUNCIL}/cases/{}", one.filed.reference);
        let page = plain(&manager.get(&case).await.is(200).text);
        let to_do = page.split("id=\"todo\"").nth(1).and_then(|rest| rest.split("</section>").next()).unwrap();
        if let Some(command) = one.command {
            assert!(to_do.contains(&format!("{case}/{command}\"")), "{}: {to_do}", one.mark);
        }
    }
    assert_eq!(desk(&manager, "owner=all").await.matches("data-row").count(), 5);
}

#[tokio::test]
async fn whoever_signs_sees_what_is_to_be_signed_first() {
    let world = World::at("2026-03-20T10:00").await;
    let manager = world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await;
    let one = to_be_signed(&world, &manager).await;
    world.file(COUNCIL, complaint()).await;
    let signatory = world.staff(COUNCIL, "signatory", "Sir Humphrey Dale").await;
    let first = desk(&signatory, "").await;
    assert!(first.matches("data-row").count() == 1 && first.contains(&one.filed.reference), "{first}");
    let page = signatory.get(&format!("/staff/{COUNCIL}/cases/{}", one.filed.reference)).await.is(200);
    assert!(plain(&page.text).contains(&format!("{}/sign-off\"", one.filed.reference)), "{}", page.text);
    signatory.post(&one.filed.command("sign-off"), json!({"approve": true})).await.is(200);
    assert_eq!(desk(&signatory, "").await.matches("data-row").count(), 0);
}
