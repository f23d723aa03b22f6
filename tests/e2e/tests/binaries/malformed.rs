//! What is not an event of theirs: the functions say so, and live on.

use serde_json::{Value, json};

use crate::cloud::{Cloud, FUNCTIONS};
use crate::event::{Request, scheduled};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_malformed_is_answered_with_an_error_and_the_process_lives_on() {
    let cloud = Cloud::start().await;
    let wrong =
        [json!({}), json!([]), json!("hello"), json!({"Records": "none"}), json!({"Records": [{"dynamodb": 3}]})];
    for function in FUNCTIONS {
        for event in &wrong {
            let came = cloud.tried(function, event.clone()).await;
            // The schedule's event says only that it is time, whatever is in it.
            assert!(function == "deadlines" || came.is_err(), "{function} on {event}: {came:?}");
            assert!(cloud.lives(function), "{function} ended on {event}");
        }
    }
    let page = Request::get("/westminster");
    cloud.ask("intake", page).await.is(200);
    cloud.ask("casework", Request::get("/api/westminster/cases")).await.is(401);
    cloud.ask("transitions", Request::json("/api/westminster/next", &json!({}))).await.is(401);
    assert_eq!(cloud.invoke("deadlines", scheduled()).await["failed"], 0);
    let nothing: Value = json!({"batchItemFailures": []});
    for function in ["acknowledgement", "notices"] {
        assert_eq!(cloud.invoke(function, json!({"Records": []})).await, nothing, "{function}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_caller_sends_wrong_is_the_callers_through_the_gateway_too() {
    let cloud = Cloud::start().await;
    let wrong = Request::json("/api/westminster/feedback", &json!({"kind": "x"}));
    let answer = cloud.ask("intake", wrong).await.is(422);
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    let not_json = Request::form("/api/westminster/feedback", "%%%").header("content-type", "application/json");
    cloud.ask("intake", not_json).await.is(400);
    let twice = Request::json("/api/westminster/feedback", &redress_e2e::complaint()).header("idempotency-key", "k1");
    let first = cloud.ask("intake", twice.clone()).await.is(201).read();
    assert_eq!(cloud.ask("intake", twice).await.is(201).read(), first);
    let huge = json!({"kind": "complaint", "about": "x".repeat(700 * 1024)});
    cloud.ask("intake", Request::json("/api/westminster/feedback", &huge)).await.is(413);
    cloud.ask("intake", Request::get("/nowhere/at/all/here")).await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn word_of_somebody_elses_mail_is_none_of_ours() {
    let cloud = Cloud::start().await;
    let mut event = crate::event::delivered("WCC-0000-0000", "000002-1");
    event["detail"]["mail"]["tags"] = json!({"ses:operation": ["SendEmail"]});
    assert_eq!(cloud.invoke("notices", event).await, Value::Null);
    // Ours by its tags, and of a case that is not here.
    assert_eq!(cloud.invoke("notices", crate::event::delivered("WCC-0000-0000", "000002-1")).await, Value::Null);
}
