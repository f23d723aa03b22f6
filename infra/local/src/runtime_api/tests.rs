use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

const SOON: Duration = Duration::from_secs(5);

/// One request on a connection of its own, as a function's runtime makes it;
/// the answer with its head.
async fn call(address: &str, method: &str, path: &str, body: &str) -> String {
    let (host, base) = address.split_once('/').unwrap();
    let mut connection = tokio::net::TcpStream::connect(host).await.unwrap();
    let request = format!(
        "{method} /{base}/2018-06-01/runtime/{path} HTTP/1.1\r\nhost: {host}\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    answer
}

/// A function that takes one event and posts `body` to `.../{end}`.
async fn function(address: String, end: &str, body: &str) -> String {
    let next = call(&address, "GET", "invocation/next", "").await;
    let id = next.split("lambda-runtime-aws-request-id: ").nth(1).unwrap();
    let id = id.lines().next().unwrap();
    let posted = call(&address, "POST", &format!("invocation/{id}/{end}"), body).await;
    assert!(posted.starts_with("HTTP/1.1 202"), "{posted}");
    next
}

#[tokio::test]
async fn a_function_gets_its_event_with_its_headers_and_answers_it() {
    let api = RuntimeApi::start().await.unwrap();
    let running = function(api.address("intake"), "response", r#"{"statusCode":200}"#);
    let invoked = api.invoke("intake", json!({"a": 1}), SOON);
    let (next, answer) = tokio::join!(running, invoked);
    assert_eq!(answer, Ok(json!({"statusCode": 200})));
    assert!(next.ends_with(r#"{"a":1}"#), "{next}");
    for header in [
        "lambda-runtime-deadline-ms: ",
        "lambda-runtime-invoked-function-arn: arn:aws:lambda:eu-west-2:000000000000:function:intake",
        "lambda-runtime-trace-id: Root=1-",
    ] {
        assert!(next.contains(header), "{header} is not in {next}");
    }
}

#[tokio::test]
async fn an_error_a_function_reports_is_what_its_caller_gets() {
    let api = RuntimeApi::start().await.unwrap();
    let body = r#"{"errorMessage":"no table","errorType":"Error"}"#;
    let running = function(api.address("notices"), "error", body);
    let (_, answer) = tokio::join!(running, api.invoke("notices", json!({}), SOON));
    assert_eq!(answer, Err("no table".to_owned()));
}

#[tokio::test]
async fn each_function_gets_its_own_events_only() {
    let api = RuntimeApi::start().await.unwrap();
    let (one, other, first, second) = tokio::join!(
        function(api.address("one"), "response", "1"),
        function(api.address("other"), "response", "2"),
        api.invoke("other", json!("for other"), SOON),
        api.invoke("one", json!("for one"), SOON),
    );
    assert!(one.ends_with("\"for one\"") && other.ends_with("\"for other\""));
    assert_eq!((first, second), (Ok(json!(2)), Ok(json!(1))));
}

#[tokio::test]
async fn an_event_that_timed_out_is_not_handed_over_later() {
    let api = RuntimeApi::start().await.unwrap();
    let late = api.invoke("slow", json!("late"), Duration::from_millis(20)).await;
    assert!(late.unwrap_err().contains("timed out"));
    let running = function(api.address("slow"), "response", "null");
    let (next, answer) = tokio::join!(running, api.invoke("slow", json!("next"), SOON));
    assert!(next.ends_with("\"next\""), "{next}");
    assert_eq!(answer, Ok(Value::Null));
    let unknown = call(&api.address("slow"), "POST", "invocation/none/response", "{}").await;
    assert!(unknown.starts_with("HTTP/1.1 400"), "{unknown}");
}
