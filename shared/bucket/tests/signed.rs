//! What is signed here, as it stands in `signed.json`. `tests/other-engine/run` has botocore sign the same and compare,
//! so these are not signatures that only we believe.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use std::time::Duration;

use aws_credential_types::Credentials;
use chrono::{DateTime, TimeDelta, Utc};
use redress_bucket::{Bucket, Upload};
use serde_json::{Value, json};

fn bucket(token: Option<&str>) -> Bucket {
    let credentials =
        Credentials::new("AKIDEXAMPLE", "a key for this test only", token.map(str::to_owned), None, "test");
    let config = redress_platform::account(Some(credentials)).client("REDRESS_NO_ENDPOINT");
    Bucket::new(&config, "files").unwrap()
}

#[tokio::test]
async fn a_form_and_a_link_are_signed_as_they_were_when_botocore_agreed() {
    let now: DateTime<Utc> = "2026-03-20T10:00:00Z".parse().unwrap();
    let mut signed = Vec::new();
    for token in [None, Some("a session/with+signs=")] {
        let upload = Upload {
            key: "quarantine/borchester/BOR-0000-0000/00".to_owned(),
            ticket: "sealed".to_owned(),
            back: "https://complaints.example/borchester/track/BOR-0000-0000/came/00".to_owned(),
            described: true,
            bytes_max: 10 * 1024 * 1024,
            now,
            valid: TimeDelta::hours(1),
        };
        let form = bucket(token).form(upload).await.unwrap();
        let link = bucket(token).link("files/borchester/BOR-0000-0000/00", now, Duration::from_secs(60)).await.unwrap();
        signed.push(json!({"token": token, "form": form, "link": link}));
    }
    let signed = Value::Array(signed);
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/signed.json");
    let known: Value =
        std::fs::read_to_string(file).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    assert_eq!(known, signed, "have botocore look at the new ones: {signed:#}");
}
