use axum::body::Body;
use axum::routing::get;
use tower::ServiceExt as _;

use super::*;

async fn asked(proof: Option<&str>, hops: &str) -> (StatusCode, String) {
    let hops_seen = |headers: HeaderMap| async move {
        assert!(!headers.contains_key(PROOF), "nobody inside needs the word");
        assert_eq!(headers[HOST], "complaints.example", "the name that people know");
        headers.get(HOPS).map(|hops| hops.to_str().unwrap().to_owned()).unwrap_or_default()
    };
    let edge = Edge { word: "a word of ours".to_owned(), host: HeaderValue::from_static("complaints.example") };
    let routes = behind(Router::new().route("/", get(hops_seen)), edge);
    let mut request = Request::get("/").header(HOPS, hops).header(HOST, "api.execute-api.example");
    if let Some(proof) = proof {
        request = request.header(PROOF, proof);
    }
    let answer = routes.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), 10_000).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn whoever_goes_past_the_network_is_refused() {
    assert_eq!(asked(None, "203.0.113.9").await.0, StatusCode::FORBIDDEN);
    assert_eq!(asked(Some("a word of theirs"), "203.0.113.9").await.0, StatusCode::FORBIDDEN);
    assert_eq!(asked(Some("a word"), "203.0.113.9").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn behind_the_network_the_last_hop_is_the_persons() {
    let (status, hops) = asked(Some("a word of ours"), "10.0.0.1, 203.0.113.9, 198.51.100.7").await;
    assert_eq!((status, hops.as_str()), (StatusCode::OK, "10.0.0.1, 203.0.113.9"));
    assert_eq!(asked(Some("a word of ours"), "198.51.100.7").await.1, "", "nobody's address but the network's");
}
