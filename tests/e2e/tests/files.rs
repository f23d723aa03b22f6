//! Files of a case, as a browser without a script sends them, and everybody who may not have them.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use axum::http::Method;
use redress_domain::calendar::parse_moment;
use redress_e2e::upload::Upload;
use redress_e2e::{Answer, Client, Filed, World, complaint};
use redress_local::dynamo::Place;
use redress_local::{Laptop, Options};
use redress_platform::{Clock, Source};

const COUNCIL: &str = "westminster";
const PDF: &[u8] = b"%PDF-1.7\nThe bin on Monday.";

fn page(filed: &Filed) -> String {
    format!("/{}/track/{}/files?key={}", filed.council, filed.reference, filed.key)
}

/// Sends one file from the page of a case, and comes back to the page once it was looked into.
async fn send(world: &World, filed: &Filed, name: &str, content: &[u8]) -> Answer {
    let form = Upload::of(&world.nobody.get(&page(filed)).await.is(200).text);
    let back = form.post(name, content).await.is(303);
    world.laptop.quiet().await;
    let back = world.nobody.get(back.location()).await.is(303);
    world.nobody.get(back.location()).await.is(200)
}

async fn manager(world: &World) -> Client {
    world.staff(COUNCIL, "complaints-manager", "Chris Adeyemi").await
}

#[tokio::test]
async fn a_file_sent_without_a_script_is_checked_and_then_there_for_its_person_and_for_staff() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    let first = world.nobody.get(&page(&filed)).await.is(200);
    assert!(first.text.contains("up to 10 MB each") && first.text.contains("up to 5 files"), "told before");
    let form = Upload::of(&first.text);
    let policy = first.headers["content-security-policy"].to_str().unwrap().to_owned();
    let origin = form.url.rsplitn(3, '/').nth(2).unwrap();
    assert!(policy.contains(&format!("form-action 'self' {origin};")), "{policy}");
    assert!(!form.fields.iter().any(|(_, value)| value.contains(&filed.key)), "the store sees no key of a case");

    let came = form.post("Nadia’s bin.PDF", PDF).await.is(303);
    assert!(!came.location().contains("Nadia"), "{}", came.location());
    world.laptop.quiet().await;
    let back = world.nobody.get(came.location()).await.is(303);
    let shown = world.nobody.get(back.location()).await.is(200);
    assert!(shown.text.contains("We have your file."), "{}", shown.text);
    assert!(shown.text.contains("Nadia’s bin.pdf"), "{}", shown.text);

    let case = world.case(&filed).await;
    let file = &case.json["files"][0];
    assert_eq!((file["name"].as_str(), file["kind"].as_str()), (Some("Nadia’s bin.pdf"), Some("pdf")));
    assert_eq!((file["by"].as_str(), file["bytes"].as_u64()), (None, Some(27)));
    assert_eq!(case.json["history"][0]["what"], "file-added");
    let link = world.nobody.get(&format!("/{COUNCIL}/track/{}/files/1?key={}", filed.reference, filed.key)).await;
    let opened = world.nobody.get(link.is(303).location()).await.is(200);
    assert_eq!(opened.text.as_bytes(), PDF);
    let disposition = opened.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment;") && disposition.contains("bin.pdf"), "{disposition}");
    assert_eq!(opened.headers["content-type"], "application/pdf");
}

#[tokio::test]
async fn what_is_no_document_is_refused_whatever_it_is_called_and_it_is_said_why() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    let back = send(&world, &filed, "invoice.pdf", b"MZ\x90\x00 This program cannot be run in DOS mode.").await;
    assert!(back.text.contains("We could not take your file."), "{}", back.text);
    assert!(back.text.contains("whatever its name says"), "{}", back.text);
    let back = send(&world, &filed, "empty.pdf", b"").await;
    assert!(back.text.contains("There is nothing in it."), "{}", back.text);
    let case = world.case(&filed).await;
    assert_eq!(case.json["files"][0]["refused"], "kind");
    assert_eq!(case.json["history"][0]["what"], "file-refused");
    let path = format!("/{COUNCIL}/track/{}/files/1?key={}", filed.reference, filed.key);
    world.nobody.get(&path).await.is(404);
}

#[tokio::test]
async fn a_sixth_file_is_not_offered_and_not_kept() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    let early = Upload::of(&world.nobody.get(&page(&filed)).await.is(200).text);
    for n in 1..=5 {
        send(&world, &filed, &format!("{n}.pdf"), PDF).await;
    }
    let full = world.nobody.get(&page(&filed)).await.is(200);
    assert!(full.text.contains("You have sent 5 files") && !full.text.contains("multipart"), "{}", full.text);
    early.post("6.pdf", PDF).await.is(303);
    world.laptop.quiet().await;
    let shown = world.nobody.get(&page(&filed)).await.is(200);
    assert!(shown.text.contains("You had sent as many files as we take."), "{}", shown.text);
    let case = world.case(&filed).await;
    assert_eq!(case.json["files"][5]["refused"], "too-many");
}

#[tokio::test]
async fn the_store_takes_nothing_but_what_its_form_says() {
    let world = World::at("2026-03-20T10:00").await;
    let (one, other) = (world.file(COUNCIL, complaint()).await, world.file(COUNCIL, complaint()).await);
    let form = Upload::of(&world.nobody.get(&page(&one)).await.is(200).text);
    let theirs = Upload::of(&world.nobody.get(&page(&other)).await.is(200).text);
    let key = form.field("key").replace("quarantine/", "files/");
    for changed in [
        form.clone().with("key", &key),
        form.clone().with("key", theirs.field("key")),
        form.clone().with("x-amz-meta-ticket", theirs.field("x-amz-meta-ticket")),
        form.clone().with("Content-Type", "text/html"),
        form.clone().with("x-amz-meta-more", "x"),
        form.clone().with("success_action_redirect", "https://example.com/"),
        form.clone().with("x-amz-credential", "AKIALOCALNOTICES/20260320/eu-west-2/s3/aws4_request"),
        form.clone().with("x-amz-signature", &"0".repeat(64)),
        form.clone().with("policy", "e30="),
    ] {
        let refused = changed.post("a.pdf", PDF).await.is(403);
        assert!(refused.text.contains("<Error>"), "{}", refused.text);
    }
    let large = form.post("a.pdf", &vec![b'x'; 10 * 1024 * 1024 + 1]).await.is(400);
    assert!(large.text.contains("EntityTooLarge"), "{}", large.text);
    world.pass("PT61M").await;
    assert!(form.post("a.pdf", PDF).await.is(403).text.contains("expired"));
    world.laptop.quiet().await;
    for filed in [one, other] {
        assert_eq!(world.case(&filed).await.json["files"].as_array().unwrap().len(), 0);
    }
}

#[tokio::test]
async fn nobody_opens_what_is_not_theirs_or_not_looked_into_and_a_link_works_for_a_minute() {
    let world = World::at("2026-03-20T10:00").await;
    let (one, other) = (world.file(COUNCIL, complaint()).await, world.file(COUNCIL, complaint()).await);
    let form = Upload::of(&world.nobody.get(&page(&one)).await.is(200).text);
    let object = format!("{}{}", form.url, form.field("key"));
    form.post("a.pdf", PDF).await.is(303);
    world.nobody.get(&object).await.is(403);
    world.laptop.quiet().await;
    let at = |filed: &Filed, key: &str| format!("/{COUNCIL}/track/{}/files/1?key={key}", filed.reference);
    world.nobody.get(&at(&one, &other.key)).await.is(403);
    world.nobody.get(&at(&other, &other.key)).await.is(404);
    let link = world.nobody.get(&at(&one, &one.key)).await.is(303).location().to_owned();
    world.nobody.get(&link.replace("/files/", "/quarantine/")).await.is(403);
    world.nobody.get(&link.replace("X-Amz-Expires=60", "X-Amz-Expires=6000")).await.is(403);
    world.nobody.get(link.split('?').next().unwrap()).await.is(403);
    world.nobody.get(&link).await.is(200);
    world.pass("PT2M").await;
    assert!(world.nobody.get(&link).await.is(403).text.contains("expired"));
}

#[tokio::test]
async fn staff_add_an_email_with_what_it_shows_and_whoever_opens_it_is_written_down_first() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    let chris = manager(&world).await;
    let path = format!("/staff/{COUNCIL}/cases/{}/files", filed.reference);
    let form = Upload::of(&chris.get(&path).await.is(200).text).with("x-amz-meta-about", "Réply of the contractor");
    let eml = b"From: depot@example.com\r\nSubject: Bins\r\nDate: Thu, 19 Mar 2026 10:00:00 +0000\r\n\r\nDone.";
    let back = form.post("answer.eml", eml).await.is(303);
    world.laptop.quiet().await;
    let shown = chris.get(back.location()).await.is(200);
    assert!(shown.text.contains("It is added.") && shown.text.contains("Added by Chris Adeyemi"), "{}", shown.text);
    let case = world.case(&filed).await;
    let file = &case.json["files"][0];
    assert_eq!((file["kind"].as_str(), file["about"].as_str()), (Some("eml"), Some("Réply of the contractor")));
    assert_eq!(case.json["history"][0]["by"], "Chris Adeyemi");
    assert!(!world.nobody.get(&page(&filed)).await.is(200).text.contains("answer.eml"), "not the person's to see");

    let opened = chris.get(&format!("{path}/1")).await.is(303);
    assert_eq!(world.nobody.get(opened.location()).await.is(200).text.as_bytes(), eml);
    assert!(!opened.location().contains("answer"), "{}", opened.location());
    let auditor = world.staff(COUNCIL, "auditor", "Ola Berg").await;
    let trail = auditor.get(&format!("/api/{COUNCIL}/audit?reference={}", filed.reference)).await.is(200);
    assert!(trail.text.contains("\"what\":\"file\""), "{}", trail.text);
    world.staff("south-staffordshire", "complaints-manager", "Jo").await.get(&format!("{path}/1")).await.is(403);
}

#[tokio::test]
async fn the_files_of_a_case_are_destroyed_with_it() {
    let world = World::at("2026-03-20T10:00").await;
    let filed = world.file(COUNCIL, complaint()).await;
    send(&world, &filed, "a.pdf", PDF).await;
    let at = format!("/{COUNCIL}/track/{}/files/1?key={}", filed.reference, filed.key);
    world.nobody.get(&at).await.is(303);
    let of_this =
        || world.laptop.objects().into_iter().filter(|key| key.contains(&filed.reference)).collect::<Vec<_>>();
    assert_eq!(of_this().len(), 1, "{:?}", of_this());
    let withdraw = world.nobody.with("x-case-key", &filed.key);
    withdraw
        .send(Method::POST, &format!("{}/withdraw", filed.track()), "application/json", "{}".to_owned())
        .await
        .is(200);
    world.pass("P3700D").await;
    let case = world.case(&filed).await;
    assert_eq!(case.json["history"][0]["what"], "destroyed");
    assert_eq!(case.json["files"][0]["name"], "");
    world.nobody.get(&at).await.is(404);
    assert_eq!(of_this(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_lay_in_quarantine_when_the_service_ended_is_looked_into_when_it_starts() {
    let folder = tempfile::tempdir().unwrap();
    let options = || Options {
        port: 0,
        place: Place::Folder(folder.path().to_owned()),
        clock: Clock::given(parse_moment("2026-03-20T10:00").unwrap()),
        policies: Source::Packed,
    };
    // Nobody hears of a file: as if the plug had been pulled before.
    let mut deaf = redress_local::template::embedded().unwrap();
    deaf.functions.iter_mut().for_each(|function| function.rules.clear());
    let world = World::of_laptop(Laptop::start_from(options(), &deaf).await.unwrap());
    let filed = world.file(COUNCIL, complaint()).await;
    Upload::of(&world.nobody.get(&page(&filed)).await.is(200).text).post("a.pdf", PDF).await.is(303);
    world.laptop.quiet().await;
    assert_eq!(world.case(&filed).await.json["files"].as_array().unwrap().len(), 0);
    let in_quarantine = |laptop: &Laptop| laptop.objects().iter().filter(|key| key.starts_with("quarantine/")).count();
    assert_eq!(in_quarantine(&world.laptop), 1);
    drop(world);

    let world = World::of_laptop(Laptop::start(options()).await.unwrap());
    world.laptop.quiet().await;
    assert_eq!(world.case(&filed).await.json["files"][0]["name"], "a.pdf");
    assert_eq!(in_quarantine(&world.laptop), 0);
}
