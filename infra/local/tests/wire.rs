//! The real SDKs against what stands in for AWS on the laptop.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::sync::Arc;

use aws_sdk_dynamodb::config::BehaviorVersion;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use aws_sdk_sesv2::operation::send_email::SendEmailError;
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message, MessageTag};
use redress_local::bus::Bus;
use redress_local::dynamo::{Embedded, Place};
use redress_local::permissions::caller::laptop;
use redress_local::ses::{Failure, Mailbox};
use redress_local::{bus, ses, template};
use redress_platform::{Account, Clock};

/// The configuration of a client at this endpoint.
macro_rules! at {
    ($url:expr) => {
        laptop().at($url).into_builder().behavior_version(BehaviorVersion::latest()).build()
    };
}

async fn serve(router: axum::Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

#[tokio::test]
async fn the_dynamodb_sdk_reads_what_it_wrote_through_an_index() {
    let embedded = Embedded::open(&Place::Memory, &template::embedded().unwrap()).unwrap();
    let client = aws_sdk_dynamodb::Client::new(&at!(embedded.endpoint()));
    let text = |value: &str| AttributeValue::S(value.to_owned());
    let put = client.put_item().table_name("cases").item("pk", text("C#a#R"));
    let put = put.item("sk", text("CASE")).item("queue_pk", text("Q#a"));
    let put = put.item("queue_sk", text("2026-06-01")).item("summary", text("late bin"));
    put.item("note", text("not projected")).send().await.unwrap();
    let query = client.query().table_name("cases").index_name("queue");
    let query = query.key_condition_expression("queue_pk = :q");
    let found = query.expression_attribute_values(":q", text("Q#a")).send().await.unwrap();
    let item = &found.items()[0];
    assert_eq!(item["summary"], text("late bin"));
    assert!(!item.contains_key("note"));
}

#[tokio::test]
async fn the_ses_sdk_understands_what_the_mailbox_answers() {
    let mailbox = Arc::new(Mailbox::open(None, Clock::real()).unwrap());
    let url = serve(ses::router(mailbox.clone())).await;
    let config = Account::without_retries(at!(&url));
    let client = aws_sdk_sesv2::Client::new(&config);
    let part = |text: &str| Content::builder().data(text).build().unwrap();
    let body = Body::builder().text(part("Hello")).html(part("<p>Hello</p>")).build();
    let message = Message::builder().subject(part("Your feedback")).body(body).build();
    let tag = |name, value| MessageTag::builder().name(name).value(value).build().unwrap();
    let send = client
        .send_email()
        .from_email_address("feedback@council.example")
        .destination(Destination::builder().to_addresses("ann@x.example").build())
        .content(EmailContent::builder().simple(message).build())
        .email_tags(tag("attempt", "WCC-7QK4_1_1"))
        .email_tags(tag("kind", "receipt"))
        .configuration_set_name("letters");

    mailbox.fail_next(Failure::Throttle);
    let error = send.clone().send().await.unwrap_err().into_service_error();
    assert!(matches!(error, SendEmailError::TooManyRequestsException(_)), "{error:?}");
    mailbox.fail_next(Failure::Reject);
    let error = send.clone().send().await.unwrap_err().into_service_error();
    assert!(matches!(error, SendEmailError::MessageRejected(_)), "{error:?}");

    let sent = send.send().await.unwrap();
    let mail = mailbox.find("WCC-7QK4", "receipt").unwrap();
    assert_eq!(sent.message_id(), Some(mail.message_id.as_str()));
    assert_eq!((mail.to.as_str(), mail.html.as_str()), ("ann@x.example", "<p>Hello</p>"));
}

#[tokio::test]
async fn the_eventbridge_sdk_understands_what_the_bus_answers() {
    let bus = Arc::new(Bus::new(Clock::real()));
    let url = serve(bus::router(bus.clone())).await;
    let client = aws_sdk_eventbridge::Client::new(&at!(&url));
    let entry = |detail: &str| {
        let entry = PutEventsRequestEntry::builder().source("redress").detail_type("case.received");
        entry.detail(detail).event_bus_name("redress").build()
    };
    let put = client.put_events().entries(entry("{\"n\":1}")).entries(entry("not json"));
    let answer = put.send().await.unwrap();
    assert_eq!(answer.failed_entry_count(), 1);
    assert_eq!(answer.entries()[1].error_code(), Some("MalformedDetail"));
    assert_eq!(bus.list()[0]["detail"]["n"], 1);
}
