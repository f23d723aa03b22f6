use axum::body::{Body, to_bytes};
use axum::http::Request;
use openidconnect::core::CoreJsonWebKey;
use openidconnect::{ClientId, IdTokenVerifier, Nonce};
use tower::ServiceExt;

use super::*;

fn clock() -> Clock {
    Clock::given("2026-06-01T09:00:00Z".parse().unwrap())
}

fn issuer(clock: &Clock, key: Option<PathBuf>) -> Arc<Issuer> {
    let councils = vec!["westminster".to_owned(), "south-staffordshire".to_owned()];
    Arc::new(Issuer::new("http://127.0.0.1:8080/", councils, key, clock.clone()).unwrap())
}

async fn send(issuer: &Arc<Issuer>, request: Request<Body>) -> (StatusCode, Value) {
    let answer = router(issuer.clone()).oneshot(request).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 10_000).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

async fn fetch(issuer: &Arc<Issuer>, path: &str) -> (StatusCode, Value) {
    send(issuer, Request::get(path).body(Body::empty()).unwrap()).await
}

async fn ask(issuer: &Arc<Issuer>, body: Value) -> (StatusCode, Value) {
    let request = Request::post("/dev/token").body(Body::from(body.to_string())).unwrap();
    send(issuer, request).await
}

/// What a function would make of a token, with the keys it would fetch.
async fn verify(issuer: &Arc<Issuer>, clock: &Clock, council: &str, token: &str) -> Result<Value, String> {
    let base = format!("/dev/issuer/{council}");
    let (_, found) = fetch(issuer, &format!("{base}/.well-known/openid-configuration")).await;
    let (_, keys) = fetch(issuer, &format!("{base}/jwks")).await;
    let keys: CoreJsonWebKeySet = serde_json::from_value(keys).unwrap();
    let address = IssuerUrl::new(found["issuer"].as_str().unwrap().to_owned()).unwrap();
    let now = clock.clone();
    let verifier: IdTokenVerifier<'_, CoreJsonWebKey> =
        IdTokenVerifier::new_public_client(ClientId::new(AUDIENCE.to_owned()), address, keys)
            .set_allowed_algs([CoreJwsSigningAlgorithm::EdDsa])
            .set_time_fn(move || now.now());
    let token: Token = token.parse().unwrap();
    let claims = token.claims(&verifier, |_: Option<&Nonce>| Ok(()));
    claims.map(|claims| serde_json::to_value(claims).unwrap()).map_err(|error| error.to_string())
}

#[tokio::test]
async fn a_token_is_verified_by_the_councils_keys_and_says_who_it_is_for() {
    let clock = clock();
    let issuer = issuer(&clock, None);
    let asked = json!({"council": "westminster", "role": "investigator", "name": "Ann Other",
                       "organisation": "city-west", "team": "housing"});
    let (status, answer) = ask(&issuer, asked.clone()).await;
    assert_eq!(status, StatusCode::OK);
    let token = answer["token"].as_str().unwrap();
    let claims = verify(&issuer, &clock, "westminster", token).await.unwrap();
    assert_eq!(claims["iss"], "http://127.0.0.1:8080/dev/issuer/westminster");
    assert_eq!(claims["aud"], json!(["redress"]));
    assert_eq!(claims["name"], "Ann Other");
    assert_eq!(claims["council"], "westminster");
    assert_eq!(claims["roles"], json!(["investigator"]));
    assert_eq!((&claims["organisation"], &claims["team"]), (&json!("city-west"), &json!("housing")));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 86_400);
    let subject = claims["sub"].as_str().unwrap();
    assert_eq!(subject.len(), 32);

    let (_, again) = ask(&issuer, asked).await;
    let again = verify(&issuer, &clock, "westminster", again["token"].as_str().unwrap()).await.unwrap();
    assert_eq!(again["sub"], subject);
}

#[tokio::test]
async fn a_token_of_one_council_is_no_token_of_another() {
    let clock = clock();
    let issuer = issuer(&clock, None);
    let (_, answer) = ask(&issuer, json!({"council": "westminster", "role": "auditor"})).await;
    let token = answer["token"].as_str().unwrap();
    assert!(verify(&issuer, &clock, "south-staffordshire", token).await.is_err());
}

#[tokio::test]
async fn a_token_ends_after_a_day_of_the_services_clock() {
    let clock = clock();
    let issuer = issuer(&clock, None);
    let (_, answer) = ask(&issuer, json!({"council": "westminster", "role": "officer"})).await;
    let token = answer["token"].as_str().unwrap();
    clock.give("2026-06-02T08:59:59Z".parse().unwrap());
    assert_eq!(verify(&issuer, &clock, "westminster", token).await.unwrap()["name"], "Officer");
    clock.give("2026-06-02T09:00:01Z".parse().unwrap());
    assert!(verify(&issuer, &clock, "westminster", token).await.is_err());
}

#[tokio::test]
async fn a_token_outlives_a_restart_where_the_key_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = Some(folder.path().join("issuer.pem"));
    let clock = clock();
    let first = issuer(&clock, file.clone());
    let (_, answer) = ask(&first, json!({"council": "westminster", "role": "manager"})).await;
    let token = answer["token"].as_str().unwrap();
    assert!(verify(&issuer(&clock, file), &clock, "westminster", token).await.is_ok());
    assert!(verify(&issuer(&clock, None), &clock, "westminster", token).await.is_err());
}

#[tokio::test]
async fn everything_wrong_with_a_request_is_said_at_once() {
    let issuer = issuer(&clock(), None);
    let asked = json!({"council": "atlantis", "role": "king", "name": 7, "team": " "});
    let (status, answer) = ask(&issuer, asked).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer["status"], 422);
    let fields: Vec<&str> =
        answer["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["council", "role", "name", "team"]);
    assert_eq!(ask(&issuer, json!([])).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(ask(&issuer, json!({})).await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_council_that_is_not_there_has_no_issuer() {
    let issuer = issuer(&clock(), None);
    assert_eq!(fetch(&issuer, "/dev/issuer/atlantis/jwks").await.0, StatusCode::NOT_FOUND);
}
