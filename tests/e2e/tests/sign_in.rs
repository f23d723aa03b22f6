//! Signing in, as a browser does: to the council's issuer, back, eight hours, and out. And every way it may go wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use redress_e2e::{Answer, Client, Leaving, Resident, World, complaint};
use serde_json::Value;

const COUNCIL: &str = "south-staffordshire";
const SESSION: &str = "__Host-redress";
const ERRAND: &str = "__Host-redress-sign-in";

async fn world() -> World {
    World::at("2026-03-20T09:00").await
}

/// What the council's auditor sees of signing in, oldest first.
async fn trail(world: &World) -> Vec<String> {
    let auditor = world.staff(COUNCIL, "auditor", "Ada Audit").await;
    let rows: Value = auditor.get(&format!("/api/{COUNCIL}/audit")).await.is(200).json;
    let rows = rows["lines"].as_array().unwrap();
    let whats = rows.iter().rev().map(|row| row["what"].as_str().unwrap().to_owned());
    whats.filter(|what| ["sign-in", "sign-out", "refused"].contains(&what.as_str())).collect()
}

/// That nobody was let in, and the page says what to do.
#[track_caller]
fn turned_away(browser: &Resident, answer: Answer, status: u16, says: &str) {
    let answer = answer.is(status);
    assert!(answer.text.contains(says) && answer.text.contains("Sign in again"), "{says}: {}", answer.text);
    assert_eq!(browser.cookie(SESSION), None);
    assert_eq!(browser.cookie(ERRAND), None, "each serves once");
}

async fn comes_back(leaving: &Leaving, role: &str) -> Answer {
    let back = leaving.chooses(role, "Maya Patel").await;
    leaving.browser.get(&back).await
}

#[tokio::test]
async fn whoever_opens_a_page_signs_in_and_is_where_they_wanted_to_be() {
    let world = world().await;
    let filed = world.file(COUNCIL, complaint()).await;
    let page = format!("/staff/{COUNCIL}/cases/{}", filed.reference);
    let browser = Resident::new(&world.nobody);
    let led = browser.get(&format!("{page}?done=note")).await.is(303);
    let away = browser.get(led.location()).await.is(303);
    let asked: Vec<&str> = away.location().split(['?', '&']).collect();
    for part in ["response_type=code", "client_id=redress", "code_challenge_method=S256"] {
        assert!(asked.contains(&part), "{part}: {}", away.location());
    }
    for part in ["state=", "nonce=", "code_challenge=", "scope=openid+profile"] {
        assert!(asked.iter().any(|asked| asked.starts_with(part)), "{part}: {}", away.location());
    }
    assert!(!away.location().contains("done"), "the issuer is not told where somebody was");
    let leaving = Leaving { browser, url: away.location().to_owned() };
    let back = comes_back(&leaving, "manager").await.is(303);
    assert_eq!(back.location(), format!("{page}?done=note"));
    let shown = leaving.browser.get(back.location()).await.is(200);
    assert!(shown.text.contains("Maya Patel"), "{}", shown.text);
    assert_eq!(trail(&world).await, ["sign-in"]);
}

#[tokio::test]
async fn a_session_is_sealed_ends_after_eight_hours_and_leads_back() {
    let world = world().await;
    let leaving = world.leaving(COUNCIL, "").await;
    comes_back(&leaving, "officer").await.is(303);
    let browser = leaving.browser;
    let sealed = browser.cookie(SESSION).unwrap();
    assert!(!sealed.contains('.') && sealed.len() < 1000, "no token can be read in it: {sealed}");
    let page = format!("/staff/{COUNCIL}");
    browser.get(&page).await.is(200);
    world.nobody.get(&format!("/api/{COUNCIL}/cases")).await.is(401);

    let mut changed = sealed.clone().into_bytes();
    changed[40] = if changed[40] == b'A' { b'B' } else { b'A' };
    let changed = world.nobody.with("cookie", &format!("{SESSION}={}", String::from_utf8(changed).unwrap()));
    changed.get(&page).await.is(303);
    changed.get(&format!("/api/{COUNCIL}/cases")).await.is(401);

    world.pass("PT7H59M").await;
    browser.get(&page).await.is(200);
    world.pass("PT1M").await;
    let held = world.nobody.with("cookie", &format!("{SESSION}={sealed}"));
    held.get(&format!("/api/{COUNCIL}/cases")).await.is(401);
    let led = browser.get(&format!("{page}?owner=me")).await.is(303);
    let said = browser.get(led.location()).await.is(200);
    assert!(said.text.contains("You have been signed out after eight hours"), "{}", said.text);
    assert!(said.text.contains("owner%3Dme"), "the way back: {}", said.text);
    assert_eq!(browser.cookie(SESSION), None);
    browser.get(led.location()).await.is(303);
}

#[tokio::test]
async fn a_form_carries_its_own_sessions_token_and_another_sessions_does_nothing() {
    let world = world().await;
    let filed = world.file(COUNCIL, complaint()).await;
    let origin = |client: &Client| {
        let address = world.laptop.address();
        client.with("origin", address).with("host", address.trim_start_matches("http://"))
    };
    let maya = origin(&world.signed_in(COUNCIL, "manager", "Maya Patel").await);
    let olu = origin(&world.signed_in(COUNCIL, "manager", "Olu Balogun").await);
    let token = maya.get(&format!("/staff/{COUNCIL}")).await.is(200).hidden("_token");
    let other = olu.get(&format!("/staff/{COUNCIL}")).await.is(200).hidden("_token");
    assert!(token.len() >= 32 && token != other);
    let note = format!("/staff/{COUNCIL}/cases/{}/note", filed.reference);
    for wrong in [vec![], vec![("_token", "")], vec![("_token", other.as_str())]] {
        let fields = [wrong, vec![("text", "Mine.")]].concat();
        let page = maya.form(&note, &fields).await.is(403);
        assert!(page.text.contains("load the page again"), "{}", page.text);
    }
    maya.form(&note, &[("_token", &token), ("text", "Mine.")]).await.is(303);
    let elsewhere = world.signed_in(COUNCIL, "manager", "Maya Patel").await.with("origin", "https://evil.example");
    let token = elsewhere.get(&format!("/staff/{COUNCIL}")).await.is(200).hidden("_token");
    elsewhere.form(&note, &[("_token", &token), ("text", "Theirs.")]).await.is(403);
    let program = world.staff(COUNCIL, "manager", "Maya Patel").await;
    program.form(&note, &[("text", "A program’s.")]).await.is(303);
}

#[tokio::test]
async fn signing_out_takes_the_session_away_and_says_so() {
    let world = world().await;
    let client = world.signed_in(COUNCIL, "officer", "Olu Balogun").await;
    let address = world.laptop.address();
    let client = client.with("origin", address).with("host", address.trim_start_matches("http://"));
    let token = client.get(&format!("/staff/{COUNCIL}")).await.is(200).hidden("_token");
    client.form("/staff/sign-out", &[]).await.is(403);
    let out = client.form("/staff/sign-out", &[("_token", &token)]).await.is(200);
    assert!(out.text.contains("You are signed out"), "{}", out.text);
    let cleared = out.headers["set-cookie"].to_str().unwrap();
    assert!(cleared.starts_with("__Host-redress=;") && cleared.contains("Max-Age=0"), "{cleared}");
    world.nobody.form("/staff/sign-out", &[]).await.is(200);
    let mut trail = trail(&world).await;
    // All at one moment of a clock that stands.
    trail.sort();
    assert_eq!(trail, ["refused", "sign-in", "sign-out"]);
}

#[tokio::test]
async fn somebody_without_a_role_is_told_so_and_whom_to_ask() {
    let world = world().await;
    let leaving = world.leaving(COUNCIL, "").await;
    let answer = comes_back(&leaving, "none").await;
    assert!(answer.text.contains("complaints manager") && answer.text.contains("Ask "), "{}", answer.text);
    turned_away(&leaving.browser, answer, 403, "You have no role in Redress yet");
    assert_eq!(trail(&world).await, ["refused"]);
}

#[tokio::test]
async fn what_comes_back_wrong_lets_nobody_in() {
    let world = world().await;
    // The person, or the issuer, says no.
    let leaving = world.leaving(COUNCIL, "").await;
    let back = leaving.sends(&leaving.asked(), &[("cancel", "yes")]).await.is(303).location().to_owned();
    turned_away(&leaving.browser, leaving.browser.get(&back).await, 401, "did not let you in");
    // Another state, and none.
    for wrong in ["state=another", "s=none"] {
        let leaving = world.leaving(COUNCIL, "").await;
        let back = leaving.chooses("officer", "Maya Patel").await;
        let (before, state) = back.split_once("state=").unwrap();
        let back = format!("{before}{wrong}{}", state.split_once('&').map(|(_, rest)| rest).unwrap_or_default());
        turned_away(&leaving.browser, leaving.browser.get(&back).await, 400, "Start signing in again");
    }
    // A token for another sign-in.
    let leaving = world.leaving(COUNCIL, "").await;
    let mut asked = leaving.asked();
    asked.iter_mut().filter(|(name, _)| name == "nonce").for_each(|(_, value)| *value = "another".to_owned());
    let back = leaving.sends(&asked, &[("role", "officer")]).await.is(303).location().to_owned();
    turned_away(&leaving.browser, leaving.browser.get(&back).await, 401, "could not be verified");
    // A code that somebody else asked for: the proof is not theirs.
    let (mine, theirs) = (world.leaving(COUNCIL, "").await, world.leaving(COUNCIL, "").await);
    let code = |back: &str| back.split_once("code=").unwrap().1.split('&').next().unwrap().to_owned();
    let (ours, stolen) = (mine.chooses("officer", "A").await, theirs.chooses("complaints-manager", "B").await);
    let back = ours.replace(&code(&ours), &code(&stolen));
    turned_away(&mine.browser, mine.browser.get(&back).await, 401, "could not be verified");
    // No code at all, and what is none.
    for wrong in [String::new(), "code=".to_owned(), "code=1&code=2".to_owned(), format!("code={}", "a".repeat(5000))] {
        let leaving = world.leaving(COUNCIL, "").await;
        let state = leaving.asked().into_iter().find(|(name, _)| name == "state").unwrap().1;
        let answer = leaving.browser.get(&format!("/staff/callback?state={state}&{wrong}")).await;
        let twice = wrong.contains("code=2");
        let (status, says) = if twice { (400, "Start signing in again") } else { (401, "could not be verified") };
        turned_away(&leaving.browser, answer, status, says);
    }
    assert_eq!(trail(&world).await, ["refused"; 9]);
}

#[tokio::test]
async fn a_code_works_once_and_for_a_minute_and_a_sign_in_for_ten() {
    let world = world().await;
    let leaving = world.leaving(COUNCIL, "").await;
    let errand = leaving.browser.cookie(ERRAND).unwrap();
    let back = leaving.chooses("officer", "Maya Patel").await;
    leaving.browser.get(&back).await.is(303);
    assert_eq!(leaving.browser.get(&back).await.is(303).location(), "/staff", "back or reload after it has worked");
    let again = world.nobody.with("cookie", &format!("{ERRAND}={errand}")).get(&back).await.is(401);
    assert!(again.text.contains("could not be verified"), "{}", again.text);
    world.nobody.get(&back).await.is(400);

    let leaving = world.leaving(COUNCIL, "").await;
    let back = leaving.chooses("officer", "Maya Patel").await;
    world.pass("PT2M").await;
    turned_away(&leaving.browser, leaving.browser.get(&back).await, 401, "could not be verified");

    let leaving = world.leaving(COUNCIL, "").await;
    world.pass("PT11M").await;
    let back = leaving.chooses("officer", "Maya Patel").await;
    let late = leaving.browser.get(&back).await;
    assert!(late.text.contains("longer than 10 minutes"), "{}", late.text);
    turned_away(&leaving.browser, late, 400, "Start signing in again");
}

#[tokio::test]
async fn another_councils_issuer_lets_nobody_in_here() {
    let world = world().await;
    let leaving = world.leaving(COUNCIL, "").await;
    let elsewhere = Leaving { browser: Resident::new(&world.nobody), url: leaving.url.replace(COUNCIL, "westminster") };
    let back = elsewhere.chooses("complaints-manager", "Mallory").await;
    turned_away(&leaving.browser, leaving.browser.get(&back).await, 401, "could not be verified");
    // And where the issuer does not say who it is, its code is none of the right one's.
    let leaving = world.leaving(COUNCIL, "").await;
    let elsewhere = Leaving { browser: Resident::new(&world.nobody), url: leaving.url.replace(COUNCIL, "westminster") };
    let back = elsewhere.chooses("complaints-manager", "Mallory").await;
    let parts: Vec<&str> = back.split('&').filter(|part| !part.starts_with("iss=")).collect();
    let answer = leaving.browser.get(&parts.join("&")).await;
    turned_away(&leaving.browser, answer, 401, "could not be verified");
}

#[tokio::test]
async fn a_council_is_chosen_where_the_address_names_none() {
    let world = world().await;
    let led = world.nobody.get("/staff").await.is(303);
    let page = world.nobody.get(led.location()).await.is(200);
    assert!(page.text.contains("Which council do you work for?"), "{}", page.text);
    let named = world.nobody.get("/staff/sign-in?council=atlantis").await.is(404);
    assert!(named.text.contains("no council of that name"), "{}", named.text);
    let of_page = world.nobody.get(&format!("/staff/sign-in?to=/staff/{COUNCIL}/print")).await.is(303);
    assert!(of_page.location().contains(&format!("/dev/issuer/{COUNCIL}/authorize?")), "{}", of_page.location());
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let world = world().await;
    for to in
        ["https://evil.example/", "//evil.example", "/%5Cevil.example", "/staff//evil.example", "/westminster", "%00"]
    {
        let leaving = world.leaving(COUNCIL, to).await;
        let back = comes_back(&leaving, "officer").await.is(303);
        assert_eq!(back.location(), format!("/staff/{COUNCIL}"), "{to}");
    }
    // The local issuer sends nobody elsewhere either.
    let leaving = world.leaving(COUNCIL, "").await;
    let mut asked = leaving.asked();
    asked
        .iter_mut()
        .filter(|(name, _)| name == "redirect_uri")
        .for_each(|(_, to)| *to = "https://evil.example".to_owned());
    leaving.sends(&asked, &[("role", "officer")]).await.is(400);
}

#[tokio::test]
async fn a_program_that_is_refused_is_led_nowhere() {
    let world = world().await;
    let page = format!("/staff/{COUNCIL}");
    world.nobody.with("authorization", "Bearer forged").get(&page).await.is(401);
    let told = world.nobody.get(&format!("/api/{COUNCIL}/cases")).await.is(401);
    assert_eq!(told.headers["content-type"], "application/problem+json");
    let unsent = world.nobody.form(&format!("/staff/{COUNCIL}/new"), &[]).await.is(401);
    assert!(unsent.text.contains("/staff/sign-in"), "{}", unsent.text);
}
