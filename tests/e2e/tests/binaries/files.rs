//! Files of a case: from the page's form to the bucket, by word of S3 or of a scan into the case, and opened.

use axum::http::StatusCode;
use redress_e2e::Client;
use redress_e2e::upload::Upload;
use serde_json::Value;

use crate::cloud::Cloud;
use crate::event::{Request, scanned, uploaded};

const PDF: &[u8] = b"%PDF-1.7\nThe bin on Monday.";

/// A complaint whose person has posted a file to the bucket, and nobody has heard of it.
struct Sent {
    cloud: Cloud,
    /// The page of its files, and the key that opens it.
    page: String,
    query: String,
    reference: String,
    /// Where the file is.
    object: String,
}

impl Sent {
    async fn at(cloud: Cloud) -> Sent {
        let receipt = cloud.filed().await;
        let (reference, key) = (receipt["reference"].as_str().unwrap(), receipt["key"].as_str().unwrap());
        let page = format!("/westminster/track/{reference}/files");
        let query = format!("key={key}");
        let shown = cloud.ask("intake", Request::get(&format!("{page}?{query}"))).await.is(200);
        let form = Upload::of(&shown.text());
        let posted = form.post("bin.pdf", PDF).await;
        assert_eq!(posted.status, StatusCode::SEE_OTHER, "{}", posted.text);
        let object = form.field("key").to_owned();
        Sent { page, query, reference: reference.to_owned(), object, cloud }
    }

    async fn files(&self) -> Value {
        self.cloud.case(&self.reference).await["files"].clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_from_the_form_into_the_case_and_is_opened_by_its_link() {
    let sent = Sent::at(Cloud::start().await).await;
    assert_eq!(sent.files().await.as_array().unwrap().len(), 0, "nobody has looked into it");
    // Word of it may come twice.
    for _ in 0..2 {
        sent.cloud.invoke("notices", uploaded(&sent.object)).await;
    }
    let files = sent.files().await;
    assert_eq!(
        (&files[0]["name"], &files[0]["kind"]),
        (&sent.cloud.engine.name_of("bin.pdf"), &"pdf".into()),
        "{files}"
    );
    assert_eq!(files.as_array().unwrap().len(), 1, "{files}");
    let file = format!("{}/1?{}", sent.page, sent.query);
    let link = sent.cloud.ask("intake", Request::get(&file)).await.is(303);
    let opened = Client::new("").get(link.headers["location"].as_str().unwrap()).await.is(200);
    assert_eq!(opened.text.as_bytes(), PDF);
    assert_eq!(opened.headers["content-type"], "application/pdf");
    // Word of a scan that this deployment did not ask for changes nothing.
    sent.cloud.invoke("notices", scanned(&sent.object, "THREATS_FOUND")).await;
    assert_eq!(sent.files().await, files);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_waits_for_a_scan_is_taken_once_the_scan_found_nothing() {
    let sent = Sent::at(Cloud::scanning().await).await;
    sent.cloud.invoke("notices", uploaded(&sent.object)).await;
    assert_eq!(sent.files().await.as_array().unwrap().len(), 0, "it waits");
    sent.cloud.invoke("notices", scanned(&sent.object, "NO_THREATS_FOUND")).await;
    let files = sent.files().await;
    assert_eq!((&files[0]["kind"], &files[0]["refused"]), (&"pdf".into(), &Value::Null), "{files}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_which_a_scan_found_something_or_could_not_look_is_not_kept() {
    for (found, refused) in [("THREATS_FOUND", "harmful"), ("UNSUPPORTED", "not-scanned"), ("FAILED", "not-scanned")] {
        let sent = Sent::at(Cloud::scanning().await).await;
        sent.cloud.invoke("notices", scanned(&sent.object, found)).await;
        let files = sent.files().await;
        assert_eq!(files[0]["refused"], refused, "{found}: {files}");
        // Its person reads why.
        let page = format!("{}?{}", sent.page, sent.query);
        let shown = sent.cloud.ask("intake", Request::get(&page)).await.is(200).text();
        assert!(shown.contains("We did not keep this file."), "{found}: {shown}");
        // Nothing of it is left: the same word again finds no file.
        sent.cloud.invoke("notices", scanned(&sent.object, "NO_THREATS_FOUND")).await;
        assert_eq!(sent.files().await, files, "{found}");
    }
}
