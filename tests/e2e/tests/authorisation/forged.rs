//! Tokens that must not hold. Each differs from one that does in one thing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use redress_e2e::World;
use redress_local::issuer::Person;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::{COUNCIL, ELSEWHERE};

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn part(token: &str, n: usize) -> Value {
    let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(n).unwrap()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn token(world: &World, council: &str, role: &str) -> String {
    let person = Person {
        council: council.to_owned(),
        role: role.to_owned(),
        name: "Maya Patel".to_owned(),
        organisation: None,
        team: None,
    };
    world.laptop.issuer.token(&person).unwrap()
}

/// The same claims with some said differently, under the issuer's own key.
fn signed(world: &World, claims: &Value, differently: Value) -> String {
    let mut claims = claims.clone();
    for (name, value) in differently.as_object().unwrap() {
        claims[name] = value.clone();
    }
    world.laptop.issuer.sign(&claims).unwrap()
}

/// That it is worth nothing at any door: as a program's token, on a page, or put into the cookie of a session.
async fn refused(world: &World, why: &str, token: &str) {
    let (api, page) = (format!("/api/{COUNCIL}/cases"), format!("/staff/{COUNCIL}"));
    let bearer = world.nobody.with("authorization", &format!("Bearer {token}"));
    for path in [&api, &page] {
        let status = bearer.get(path).await.status;
        assert_eq!(status, 401, "{why}: {path}");
    }
    let note = format!("/api/{COUNCIL}/cases/SSC-000-000/note");
    assert_eq!(bearer.post(&note, json!({"text": "x"})).await.status, 401, "{why}: a command");
    let new = format!("/staff/{COUNCIL}/new");
    assert_eq!(bearer.get(&new).await.status, 401, "{why}: intake");
    let cookie = world.nobody.with("cookie", &format!("__Host-redress={token}"));
    assert_eq!(cookie.get(&api).await.status, 401, "{why}: as a session");
    assert_eq!(cookie.get(&page).await.status, 303, "{why}: as a session");
}

#[tokio::test]
async fn a_token_that_does_not_hold_in_one_thing_is_nobodys() {
    let world = World::at("2026-03-20T10:00").await;
    let good = token(&world, COUNCIL, "manager");
    let (claims, now) = (part(&good, 1), world.laptop.clock.now().timestamp());
    let bearer = |token: &str| world.nobody.with("authorization", &format!("Bearer {token}"));
    let api = format!("/api/{COUNCIL}/cases");
    bearer(&good).get(&api).await.is(200);
    // What follows is refused for the one thing it says differently, not for how it is made.
    bearer(&signed(&world, &claims, json!({}))).get(&api).await.is(200);

    let (head, body) = (part(&good, 0), encoded(&claims));
    let bytes = |token: &str| URL_SAFE_NO_PAD.decode(token.split('.').nth(2).unwrap()).unwrap();
    let mut seal = bytes(&good);
    seal[10] ^= 1;
    let forged = format!("{}.{body}.{}", encoded(&head), URL_SAFE_NO_PAD.encode(&seal));
    refused(&world, "a forged signature", &forged).await;
    let mut more = claims.clone();
    more["roles"] = json!(["complaints-manager"]);
    let raised = format!("{}.{}.{}", encoded(&head), encoded(&more), URL_SAFE_NO_PAD.encode(bytes(&good)));
    refused(&world, "claims that were not signed", &raised).await;
    for none in ["none", "None", "NONE"] {
        for seal in ["", "AAAA"] {
            refused(&world, "alg none", &format!("{}.{body}.{seal}", encoded(&json!({"alg": none})))).await;
        }
    }
    let keys = world.nobody.get(&format!("/dev/issuer/{COUNCIL}/jwks")).await.is(200).json;
    let public = keys["keys"][0]["x"].as_str().unwrap();
    for secret in [public.as_bytes().to_vec(), URL_SAFE_NO_PAD.decode(public).unwrap(), b"redress".to_vec()] {
        let said = format!("{}.{body}", encoded(&json!({"alg": "HS256", "kid": keys["keys"][0]["kid"]})));
        let mut mac = Hmac::<Sha256>::new_from_slice(&secret).unwrap();
        mac.update(said.as_bytes());
        let seal = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        refused(&world, "HS256 with the public key", &format!("{said}.{seal}")).await;
    }
    let other = redress_local::issuer::Issuer::new(
        world.laptop.address(),
        vec![COUNCIL.to_owned()],
        None,
        world.laptop.clock.clone(),
    );
    refused(&world, "another key", &other.unwrap().sign(&claims).unwrap()).await;

    for (why, differently) in [
        ("expired", json!({"exp": now - 1})),
        ("ends now", json!({"exp": now})),
        ("an issuer nobody knows", json!({"iss": "https://evil.example"})),
        ("no issuer", json!({"iss": null})),
        ("a wrong audience", json!({"aud": ["another-service"]})),
        ("no audience", json!({"aud": []})),
        ("an audience too many", json!({"aud": ["redress", "another-service"]})),
        ("no role", json!({"roles": []})),
        ("no role of ours", json!({"roles": ["owner", "Officer", "*"]})),
        ("issued in the future", json!({"iat": now + 3600})),
        ("not valid yet", json!({"nbf": now + 3600})),
        ("no subject", json!({"sub": ""})),
        ("a subject that is too long", json!({"sub": "x".repeat(256)})),
    ] {
        refused(&world, why, &signed(&world, &claims, differently)).await;
    }
    for wrong in ["", ".", "..", "a.b.c", "null", &"a".repeat(20_000)] {
        refused(&world, "no token at all", wrong).await;
    }
    world.pass("P1D").await;
    refused(&world, "a day later", &good).await;
}

#[tokio::test]
async fn another_councils_token_opens_its_own_council_and_no_other() {
    let world = World::at("2026-03-20T10:00").await;
    let theirs =
        world.nobody.with("authorization", &format!("Bearer {}", token(&world, ELSEWHERE, "complaints-manager")));
    theirs.get(&format!("/api/{ELSEWHERE}/cases")).await.is(200);
    theirs.get(&format!("/api/{COUNCIL}/cases")).await.is(403);
    // What it says of itself makes it no other council's: the issuer does.
    let claims = part(&token(&world, ELSEWHERE, "complaints-manager"), 1);
    let claims = signed(&world, &claims, json!({"council": COUNCIL}));
    let lying = world.nobody.with("authorization", &format!("Bearer {claims}"));
    lying.get(&format!("/api/{COUNCIL}/cases")).await.is(403);
}

#[tokio::test]
async fn of_several_roles_the_one_that_may_do_most_counts() {
    let world = World::at("2026-03-20T10:00").await;
    let claims = part(&token(&world, COUNCIL, "manager"), 1);
    let several = signed(&world, &claims, json!({"roles": ["analyst", "something", "officer"]}));
    world
        .nobody
        .with("authorization", &format!("Bearer {several}"))
        .get(&format!("/api/{COUNCIL}/cases"))
        .await
        .is(200);
}
