use axum::body::{Body as Payload, to_bytes};
use axum::http::Request;
use redress_platform::Clock;
use serde_json::Value;
use tower::ServiceExt;

use super::*;

fn clock() -> Clock {
    Clock::given("2026-06-01T09:00:00Z".parse().unwrap())
}

fn mailbox() -> Arc<Mailbox> {
    Arc::new(Mailbox::open(None, clock()).unwrap())
}

fn letter(to: &str, attempt: &str) -> Value {
    json!({
        "FromEmailAddress": "feedback@council.example",
        "Destination": {"ToAddresses": [to]},
        "ReplyToAddresses": ["watched@council.example"],
        "Content": {"Simple": {
            "Subject": {"Data": "Your feedback", "Charset": "UTF-8"},
            "Body": {"Text": {"Data": "Hello"}, "Html": {"Data": "<p>Hello</p>"}},
            "Headers": [{"Name": "Auto-Submitted", "Value": "auto-generated"}],
        }},
        "EmailTags": [
            {"Name": "council", "Value": "westminster"},
            {"Name": "attempt", "Value": attempt},
            {"Name": "kind", "Value": "acknowledgement"},
        ],
        "ConfigurationSetName": "letters",
    })
}

async fn post(mailbox: &Arc<Mailbox>, body: Value) -> (StatusCode, String, Value) {
    let request = Request::post("/v2/email/outbound-emails")
        .header("content-type", "application/json")
        .body(Payload::from(body.to_string()))
        .unwrap();
    let answer = router(mailbox.clone()).oneshot(request).await.unwrap();
    let status = answer.status();
    let kind = answer.headers().get("x-amzn-errortype").map(|kind| kind.to_str().unwrap());
    let kind = kind.unwrap_or_default().to_owned();
    let body = to_bytes(answer.into_body(), 10_000).await.unwrap();
    (status, kind, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn a_letter_sent_is_in_the_mailbox_with_its_case_and_kind() {
    let mailbox = mailbox();
    let (status, _, answer) = post(&mailbox, letter("Ann <ann@x.example>", "WCC-7QK4_2_1")).await;
    assert_eq!(status, StatusCode::OK);
    let mail = &mailbox.list(Some("ANN@x.example"), Some("WCC-7QK4"))[0];
    assert_eq!(answer["MessageId"], mail.message_id.as_str());
    let shown = serde_json::to_value(mail).unwrap();
    assert_eq!(shown["reference"], "WCC-7QK4");
    assert_eq!(shown["kind"], "acknowledgement");
    assert_eq!(shown["subject"], "Your feedback");
    assert_eq!(shown["at"], "2026-06-01T09:00:00Z");
    assert_eq!(shown["tags"]["attempt"], "WCC-7QK4_2_1");
    assert_eq!(shown["headers"]["Auto-Submitted"], "auto-generated");
    assert!(mailbox.list(Some("bob@x.example"), None).is_empty());
    assert_eq!(mailbox.find("WCC-7QK4", "acknowledgement").as_ref(), Some(mail));
}

#[tokio::test]
async fn each_failure_is_given_once_and_in_order() {
    let mailbox = mailbox();
    for failure in [Failure::Throttle, Failure::Reject, Failure::DropAfterAccept] {
        mailbox.fail_next(failure);
    }
    let mut answers = Vec::new();
    for n in 1..=4 {
        let (status, kind, _) = post(&mailbox, letter("a@x.example", &format!("R_1_{n}"))).await;
        answers.push((status.as_u16(), kind));
    }
    let kinds: Vec<(u16, &str)> = answers.iter().map(|(status, kind)| (*status, kind.as_str())).collect();
    assert_eq!(
        kinds,
        [(429, "TooManyRequestsException"), (400, "MessageRejected"), (500, "InternalServiceError"), (200, "")]
    );
    let attempts: Vec<String> = mailbox.list(None, None).iter().map(|mail| mail.tags["attempt"].clone()).collect();
    assert_eq!(attempts, ["R_1_3", "R_1_4"]);
}

#[tokio::test]
async fn what_ses_would_refuse_is_refused_here_too() {
    let mailbox = mailbox();
    let (status, kind, _) = post(&mailbox, letter("a@x.example", "R/1")).await;
    assert_eq!((status.as_u16(), kind.as_str()), (400, "BadRequestException"));
    assert_eq!(post(&mailbox, letter("nobody", "R_1_1")).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(post(&mailbox, json!({})).await.0, StatusCode::BAD_REQUEST);
    assert!(mailbox.list(None, None).is_empty());
}

#[tokio::test]
async fn the_mailbox_is_found_again_less_a_half_written_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mailbox.jsonl");
    let open = || Arc::new(Mailbox::open(Some(file.clone()), clock()).unwrap());
    post(&open(), letter("a@x.example", "R_1_1")).await;
    let whole = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{whole}{}", &whole[..40])).unwrap();
    let again = open();
    assert_eq!(again.list(None, None).len(), 1);
    post(&again, letter("a@x.example", "R_1_2")).await;
    assert_eq!(open().list(None, None), again.list(None, None));
    assert_eq!(open().list(None, None).len(), 2);
}

#[tokio::test]
async fn an_event_about_a_letter_names_its_attempt_and_its_message() {
    let mailbox = mailbox();
    post(&mailbox, letter("a@x.example", "R_1_1")).await;
    let mail = &mailbox.list(None, None)[0];
    let at = "2026-06-01T10:00:00Z".parse().unwrap();
    let rule = crate::template::embedded().unwrap();
    let rule = rule.functions.iter().find(|each| each.name == "notices").unwrap().rules[0].clone();
    for (name, kind) in
        [("bounce", EventKind::Bounce), ("delivery", EventKind::Delivery), ("complaint", EventKind::Complaint)]
    {
        let parsed: EventKind = serde_json::from_value(json!(name)).unwrap();
        assert_eq!(parsed, kind);
        let event = ses_event(mail, kind, at);
        assert!(rule.matches(&event), "{name}");
        assert_eq!(event["time"], "2026-06-01T10:00:00Z");
        let detail = &event["detail"];
        assert_eq!(detail["eventType"].as_str().unwrap().to_lowercase(), name);
        assert_eq!(detail[name]["timestamp"], "2026-06-01T10:00:00.000Z");
        assert_eq!(detail["mail"]["tags"]["attempt"], json!(["R_1_1"]));
        assert_eq!(detail["mail"]["tags"]["ses:configuration-set"], json!(["letters"]));
        assert_eq!(detail["mail"]["messageId"], mail.message_id.as_str());
    }
}
