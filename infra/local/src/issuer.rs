//! An OpenID issuer for the laptop: one address for each council, as on AWS
//! each council has a tenant of its own. Whoever signs in chooses who they are.

mod codes;
mod key;
mod request;
mod sign_in;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use openidconnect::core::{
    CoreEdDsaPrivateSigningKey, CoreGenderClaim, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
};
use openidconnect::{
    AdditionalClaims, Audience, EndUserName, IdToken, IdTokenClaims, IssuerUrl, JsonWebTokenError, LocalizedClaim,
    Nonce, PrivateSigningKey, StandardClaims, SubjectIdentifier,
};
use redress_platform::Clock;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use thiserror::Error;

pub(crate) use key::keep as write_private;
pub use request::{FieldError, Person, ROLES};

/// Whom every token is for.
pub const AUDIENCE: &str = "redress";
/// A token lasts a day by the service's own clock.
const LIFE: TimeDelta = TimeDelta::days(1);

/// The issuer of every council.
pub struct Issuer {
    base_url: String,
    councils: Vec<String>,
    last_stage_of: HashMap<String, String>,
    /// Who can be chosen on its page: role and name, by council.
    staff_of: HashMap<String, Vec<(String, String)>>,
    codes: codes::Codes,
    key: CoreEdDsaPrivateSigningKey,
    clock: Clock,
}

/// A key or a token that cannot be made.
#[derive(Debug, Error)]
pub enum IssuerError {
    /// The key's file cannot be read or written.
    #[error("the issuer's key: {0}")]
    Io(#[from] std::io::Error),
    /// No chance to be had, or a file that holds no key.
    #[error("the issuer's key: {0}")]
    Key(String),
    /// The base URL is not one.
    #[error("the issuer's address: {0}")]
    Url(String),
    /// A token that could not be signed.
    #[error("the token could not be signed: {0}")]
    Token(#[from] JsonWebTokenError),
}

/// What a token says beyond OpenID's own claims.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Claims {
    council: String,
    roles: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
}

impl AdditionalClaims for Claims {}

type Token = IdToken<Claims, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

/// The issuers' addresses and pages, and `POST /dev/token` for programs.
pub fn router(issuer: Arc<Issuer>) -> Router {
    Router::new()
        .route("/dev/issuer/{council}/.well-known/openid-configuration", get(configuration))
        .route("/dev/issuer/{council}/jwks", get(keys))
        .route("/dev/issuer/{council}/authorize", get(sign_in::show).post(sign_in::choose))
        .route("/dev/issuer/{council}/token", post(sign_in::exchange))
        .route("/dev/token", post(token))
        .with_state(issuer)
}

impl Issuer {
    /// The issuer of these councils. The key is made once and kept in
    /// `key_file`, so that tokens outlive a restart.
    pub fn new(
        base_url: &str,
        councils: Vec<String>,
        key_file: Option<PathBuf>,
        clock: Clock,
    ) -> Result<Issuer, IssuerError> {
        let key = key::have(key_file.as_deref())?;
        let base_url = base_url.trim_end_matches('/').to_owned();
        let (last_stage_of, staff_of) = (HashMap::new(), HashMap::new());
        Ok(Issuer { base_url, councils, last_stage_of, staff_of, codes: codes::Codes::default(), key, clock })
    }

    /// With the organisations that run the last stage at some of the councils: whoever reviews or
    /// signs there is one of their people, unless the request for a token says otherwise.
    #[must_use]
    pub fn with_organisations(self, last_stage_of: HashMap<String, String>) -> Issuer {
        Issuer { last_stage_of, ..self }
    }

    /// With people to choose from when somebody signs in: their roles and names, by council.
    #[must_use]
    pub fn with_staff(self, staff_of: HashMap<String, Vec<(String, String)>>) -> Issuer {
        Issuer { staff_of, ..self }
    }

    /// The person a request describes, or everything that is wrong with it.
    pub fn person(&self, asked: &HashMap<String, Value>) -> Result<Person, Vec<FieldError>> {
        let mut person = Person::parse(asked, &self.councils)?;
        if person.organisation.is_none() && ["investigator", "signatory"].contains(&person.role.as_str()) {
            person.organisation = self.last_stage_of.get(&person.council).cloned();
        }
        Ok(person)
    }

    /// A council's issuer, as its tokens name it.
    pub fn address(&self, council: &str) -> String {
        format!("{}/dev/issuer/{council}", self.base_url)
    }

    /// A token for this person.
    pub fn token(&self, person: &Person) -> Result<String, IssuerError> {
        self.token_for(person, None)
    }

    /// The same, for one sign-in.
    fn token_for(&self, person: &Person, nonce: Option<String>) -> Result<String, IssuerError> {
        let now = self.clock.now();
        let issuer =
            IssuerUrl::new(self.address(&person.council)).map_err(|error| IssuerError::Url(error.to_string()))?;
        let mut name = LocalizedClaim::new();
        name.insert(None, EndUserName::new(person.name.clone()));
        let standard = StandardClaims::new(subject(person)).set_name(Some(name));
        let claims = Claims {
            council: person.council.clone(),
            roles: Some(person.role.clone()).filter(|role| !role.is_empty()).into_iter().collect(),
            team: person.team.clone(),
            organisation: person.organisation.clone(),
        };
        let audience = vec![Audience::new(AUDIENCE.to_owned())];
        let claims =
            IdTokenClaims::new(issuer, audience, now + LIFE, now, standard, claims).set_nonce(nonce.map(Nonce::new));
        let token = Token::new(claims, &self.key, CoreJwsSigningAlgorithm::EdDsa, None, None)?;
        Ok(token.to_string())
    }

    /// Anything at all under the key of every council's issuer: for trying what must be refused.
    pub fn sign(&self, claims: &Value) -> Result<String, IssuerError> {
        let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let key = self.key.as_verification_key();
        let header = json!({"alg": "EdDSA", "kid": openidconnect::JsonWebKey::key_id(&key)});
        let said = format!("{}.{}", encoded(&header), encoded(claims));
        let seal = self.key.sign(&CoreJwsSigningAlgorithm::EdDsa, said.as_bytes());
        let seal = seal.map_err(|error| IssuerError::Key(error.to_string()))?;
        Ok(format!("{said}.{}", URL_SAFE_NO_PAD.encode(seal)))
    }

    fn knows(&self, council: &str) -> bool {
        self.councils.iter().any(|each| each == council)
    }
}

/// The same person is the same subject in every token, whatever role they have
/// in it: independence is between people. It says nothing of them.
fn subject(person: &Person) -> SubjectIdentifier {
    SubjectIdentifier::new(subject_of(&person.council, &person.name))
}

/// The subject of whoever signs in by this name.
pub(crate) fn subject_of(council: &str, name: &str) -> String {
    let hash = Sha256::digest(format!("{council}\0{name}"));
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

async fn configuration(State(issuer): State<Arc<Issuer>>, Path(council): Path<String>) -> Response {
    if !issuer.knows(&council) {
        return not_found();
    }
    let address = issuer.address(&council);
    Json(json!({
        "issuer": address,
        "authorization_endpoint": format!("{address}/authorize"),
        "token_endpoint": format!("{address}/token"),
        "jwks_uri": format!("{address}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
        "code_challenge_methods_supported": ["S256"],
    }))
    .into_response()
}

async fn keys(State(issuer): State<Arc<Issuer>>, Path(council): Path<String>) -> Response {
    if !issuer.knows(&council) {
        return not_found();
    }
    Json(CoreJsonWebKeySet::new(vec![issuer.key.as_verification_key()])).into_response()
}

async fn token(State(issuer): State<Arc<Issuer>>, body: Bytes) -> Response {
    let Ok(asked) = serde_json::from_slice::<HashMap<String, Value>>(&body) else {
        return problem(StatusCode::BAD_REQUEST, "The body is not a JSON object.", &[]);
    };
    match issuer.person(&asked) {
        Ok(person) => match issuer.token(&person) {
            Ok(token) => Json(json!({ "token": token })).into_response(),
            Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string(), &[]),
        },
        Err(errors) => problem(StatusCode::UNPROCESSABLE_ENTITY, "Some fields are wrong.", &errors),
    }
}

fn not_found() -> Response {
    problem(StatusCode::NOT_FOUND, "There is no such council.", &[])
}

fn problem(status: StatusCode, detail: &str, errors: &[FieldError]) -> Response {
    let body = json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "detail": detail,
        "errors": errors,
    });
    let content_type = [(header::CONTENT_TYPE, "application/problem+json")];
    (status, content_type, body.to_string()).into_response()
}

#[cfg(test)]
mod tests;
