//! The issuer's own pages: whoever signs in chooses who they are, and what comes of it goes back by way of a code.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Json, Redirect, Response};
use minijinja::Environment;
use minijinja::value::{Serde, Value as Shown};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::codes::Grant;
use super::{AUDIENCE, FieldError, Issuer, Person, ROLES, not_found, problem};

/// Somebody whom the council has given no role: for seeing what they are told.
const NO_ROLE: &str = "none";

/// What the service asks of the issuer, by way of the browser.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Asked {
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    redirect_uri: String,
    #[serde(default)]
    response_type: String,
    #[serde(default)]
    state: String,
    nonce: Option<String>,
    #[serde(default)]
    code_challenge: String,
    #[serde(default)]
    code_challenge_method: String,
}

/// Who somebody says they are.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Chosen {
    #[serde(flatten)]
    asked: Asked,
    /// One of those who are offered: role and name.
    who: Option<String>,
    role: Option<String>,
    name: Option<String>,
    /// They would rather not.
    cancel: Option<String>,
}

/// What the service sends with a code.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Exchanged {
    #[serde(default)]
    grant_type: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    redirect_uri: String,
    #[serde(default)]
    code_verifier: String,
}

/// `GET …/authorize`: the page to choose on.
pub(super) async fn show(
    State(issuer): State<Arc<Issuer>>,
    Path(council): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    match issuer.checked(&council, &asked) {
        Ok(()) => issuer.page(&council, &asked, &[]),
        Err(answer) => *answer,
    }
}

/// `POST …/authorize`: back to the service with a code.
pub(super) async fn choose(
    State(issuer): State<Arc<Issuer>>,
    Path(council): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Response {
    if let Err(answer) = issuer.checked(&council, &chosen.asked) {
        return *answer;
    }
    let asked = chosen.asked.clone();
    if chosen.cancel.is_some() {
        return back(&asked, &[("error", "access_denied")]);
    }
    let person = match issuer.chosen(&council, chosen) {
        Ok(person) => person,
        Err(errors) => return issuer.page(&council, &asked, &errors),
    };
    let grant = Grant { person, nonce: asked.nonce.clone(), challenge: asked.code_challenge.clone() };
    let code = issuer.codes.give(grant, issuer.clock.now());
    back(&asked, &[("code", &code), ("iss", &issuer.address(&council))])
}

/// `POST …/token`: the token for a code.
pub(super) async fn exchange(
    State(issuer): State<Arc<Issuer>>,
    Path(council): Path<String>,
    Form(sent): Form<Exchanged>,
) -> Response {
    let wrong = |error: &str| {
        let mut answer = (StatusCode::BAD_REQUEST, Json(json!({"error": error}))).into_response();
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        answer
    };
    if sent.grant_type != "authorization_code" {
        return wrong("unsupported_grant_type");
    }
    let grant = issuer.codes.take(&sent.code, &council, &sent.code_verifier, issuer.clock.now());
    let Some(grant) = grant.filter(|_| sent.redirect_uri == issuer.way_back()) else {
        return wrong("invalid_grant");
    };
    match issuer.token_for(&grant.person, grant.nonce) {
        Ok(token) => {
            let body = json!({"access_token": token, "id_token": token, "token_type": "Bearer", "expires_in": 86_400});
            ([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
        }
        Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string(), &[]),
    }
}

impl Issuer {
    fn way_back(&self) -> String {
        format!("{}/staff/callback", self.base_url)
    }

    /// Whoever asks for another way back, or under another name, gets no redirect: that would be an open one.
    fn checked(&self, council: &str, asked: &Asked) -> Result<(), Box<Response>> {
        if !self.knows(council) {
            return Err(Box::new(not_found()));
        }
        if asked.client_id != AUDIENCE || asked.redirect_uri != self.way_back() {
            let why = format!("The client must be {AUDIENCE}, and its redirect_uri {}.", self.way_back());
            return Err(Box::new(problem(StatusCode::BAD_REQUEST, &why, &[])));
        }
        let proof = asked.code_challenge_method == "S256" && asked.code_challenge.len() == 43;
        if asked.response_type != "code" || !proof {
            return Err(Box::new(back(asked, &[("error", "invalid_request")])));
        }
        Ok(())
    }

    fn chosen(&self, council: &str, chosen: Chosen) -> Result<Person, Vec<FieldError>> {
        let offered = chosen.who.as_deref().and_then(|who| who.split_once('|'));
        let (role, name) = match offered {
            Some((role, name)) => (Some(role.to_owned()), Some(name.to_owned())),
            None => (chosen.role, chosen.name.filter(|name| !name.trim().is_empty())),
        };
        let nothing = role.as_deref() == Some(NO_ROLE);
        let role = if nothing { ROLES.first().map(|role| (*role).to_owned()) } else { role };
        let fields = [("council", Some(council.to_owned())), ("role", role), ("name", name)];
        let fields: HashMap<String, Value> =
            fields.into_iter().filter_map(|(field, said)| Some((field.to_owned(), Value::String(said?)))).collect();
        let person = self.person(&fields)?;
        Ok(if nothing { Person { role: String::new(), ..person } } else { person })
    }

    fn page(&self, council: &str, asked: &Asked, errors: &[FieldError]) -> Response {
        let known = self.staff_of.get(council).map(Vec::as_slice).unwrap_or_default();
        let groups = ROLES.iter().map(|role| {
            let names: Vec<&str> = known.iter().filter(|(of, _)| of == role).map(|(_, name)| name.as_str()).collect();
            json!({"role": role, "names": names})
        });
        let context = json!({
            "council": council,
            "asked": asked,
            "groups": groups.collect::<Vec<_>>(),
            "roles": ROLES,
            "errors": errors,
        });
        match render(&context) {
            Ok(html) => {
                let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
                (status, Html(html)).into_response()
            }
            Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string(), &[]),
        }
    }
}

/// Back to the service; its `state` goes with every answer.
fn back(asked: &Asked, said: &[(&str, &str)]) -> Response {
    let pairs = said.iter().copied().chain([("state", asked.state.as_str())]);
    let query: String = serde_urlencoded::to_string(pairs.collect::<Vec<_>>()).unwrap_or_default();
    Redirect::to(&format!("{}?{query}", asked.redirect_uri)).into_response()
}

fn render(context: &Value) -> Result<String, minijinja::Error> {
    let mut templates = Environment::new();
    templates.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    templates.add_filter("words", |name: String| name.replace('-', " "));
    templates.add_template("authorize.html", include_str!("../../desk/authorize.html"))?;
    templates.get_template("authorize.html")?.render(Shown::from(Serde(context)))
}
