//! Verifying a token, here and not in front: against the issuer of the council it
//! names, its key set, its audience, its time. Anything else is nobody.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::core::{
    CoreGenderClaim, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::{AdditionalClaims, ClientId, IdToken, IssuerUrl, Nonce};
use serde::{Deserialize, Serialize};
use tokio::sync::RwLock;

use redress_domain::roles::Role;
use redress_platform::{Clock, Deployment};

use crate::{Fetch, Identity, Problem};

/// An unknown key id sends us to the issuer at most this often.
const REFETCH_AFTER: Duration = Duration::from_secs(60);

/// A token longer than this is none.
const TOKEN_MAX: usize = 16 * 1024;

/// The algorithms an issuer may sign with. `none` and shared secrets are not among them.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 4] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What our tokens say beyond the standard.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Claims {
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    team: Option<String>,
    #[serde(default)]
    organisation: Option<String>,
}

impl AdditionalClaims for Claims {}

type Token = IdToken<Claims, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

/// Verifies tokens; keeps each issuer's keys.
#[derive(Clone)]
pub struct Verifier {
    deployment: Deployment,
    clock: Clock,
    fetch: Fetch,
    keys: Arc<RwLock<HashMap<String, (CoreJsonWebKeySet, Instant)>>>,
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Verifier")
    }
}

impl Verifier {
    /// For the councils of a deployment.
    pub fn new(deployment: Deployment, clock: Clock, fetch: Fetch) -> Verifier {
        Verifier { deployment, clock, fetch, keys: Arc::default() }
    }

    /// Who a token says is asking. The council is the one whose issuer signed it.
    ///
    /// # Errors
    /// 401 for a token that does not hold; the reason is for the log, not for the caller.
    pub async fn identify(&self, token: &str) -> Result<Identity, Problem> {
        self.verify(token).await.map_err(|why| {
            tracing::info!(why, "a token was refused");
            Problem::unauthorised("Your sign-in does not hold, or not any more. Sign in again.")
        })
    }

    async fn verify(&self, text: &str) -> Result<Identity, String> {
        if text.len() > TOKEN_MAX {
            return Err("too long".to_owned());
        }
        let issuer = named_issuer(text).ok_or("no issuer in it")?;
        let council = self.deployment.council_of(&issuer).ok_or("an issuer nobody knows")?.to_owned();
        let audience = self.deployment.council.get(&council).map(|found| found.audience.clone()).unwrap_or_default();
        let token = Token::from_str(text).map_err(|_| "no token")?;
        let mut why = String::new();
        // Twice at most: with the keys we have, and with fresh ones.
        for fresh in [false, true] {
            let Some(keys) = self.keys(&issuer, fresh).await? else { break };
            let url = IssuerUrl::new(issuer.clone()).map_err(|error| error.to_string())?;
            let clock = self.clock.clone();
            let verifier = CoreIdTokenVerifier::new_public_client(ClientId::new(audience.clone()), url, keys)
                .set_allowed_algs(ALGORITHMS)
                .set_time_fn(move || clock.now());
            match token.claims(&verifier, |_: Option<&Nonce>| Ok(())) {
                Ok(claims) => {
                    let name = claims.name().and_then(|name| name.get(None)).map(|name| name.as_str());
                    return identity(claims.subject().as_str(), name, claims.additional_claims(), council);
                }
                Err(error) => why = error.to_string(),
            }
        }
        Err(why)
    }

    /// The issuer's keys; fresh ones only when it is time for some.
    async fn keys(&self, issuer: &str, fresh: bool) -> Result<Option<CoreJsonWebKeySet>, String> {
        if let Some((keys, at)) = self.keys.read().await.get(issuer) {
            if !fresh {
                return Ok(Some(keys.clone()));
            }
            if at.elapsed() < REFETCH_AFTER {
                return Ok(None);
            }
        }
        let url = IssuerUrl::new(issuer.to_owned()).map_err(|error| error.to_string())?;
        let found = CoreProviderMetadata::discover_async(url, &self.fetch).await.map_err(|error| error.to_string())?;
        let keys = found.jwks().clone();
        self.keys.write().await.insert(issuer.to_owned(), (keys.clone(), Instant::now()));
        Ok(Some(keys))
    }
}

fn identity(subject: &str, name: Option<&str>, claims: &Claims, council: String) -> Result<Identity, String> {
    let known = |name: &String| serde_json::from_value::<Role>(serde_json::Value::String(name.clone())).ok();
    let role = claims.roles.iter().find_map(known).ok_or("no role of ours")?;
    Ok(Identity {
        id: subject.to_owned(),
        name: name.unwrap_or(subject).to_owned(),
        council,
        role,
        team: claims.team.clone(),
        organisation: claims.organisation.clone(),
    })
}

/// The issuer a token names, before anything is believed.
fn named_issuer(token: &str) -> Option<String> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    claims.get("iss")?.as_str().map(str::to_owned)
}
