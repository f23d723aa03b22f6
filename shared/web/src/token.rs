//! Verifying a token, here and not in front: against the issuer of the council it
//! names, its key set, its audience, its time. Anything else is nobody.

use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreGenderClaim, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
};
use openidconnect::{AdditionalClaims, ClientId, IdToken, IdTokenClaims, IssuerUrl, Nonce};
use serde::{Deserialize, Serialize};

use redress_domain::roles::{Role, Roles};
use redress_platform::{Clock, Deployment, Keys, Settings};

use crate::provider::Providers;
use crate::{Fetch, Identity, Problem};

/// A token longer than this is none.
const TOKEN_MAX: usize = 16 * 1024;

/// The algorithms an issuer may sign with. `none` and shared secrets are not among them.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 4] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// An issuer's clock and ours may differ by this much; it forgives no token that has ended.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(2);

/// The longest subject that OpenID allows, and the longest name that is kept.
const SUBJECT_MAX: usize = 255;
const NAME_CHARS: usize = 100;

/// What our tokens say beyond the standard.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Claims {
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    team: Option<String>,
    #[serde(default)]
    organisation: Option<String>,
}

impl AdditionalClaims for Claims {}

type TokenClaims = IdTokenClaims<Claims, CoreGenderClaim>;
type Token = IdToken<Claims, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

/// Verifies tokens and sessions; keeps each issuer's keys.
#[derive(Clone)]
pub struct Verifier {
    pub(crate) deployment: Deployment,
    pub(crate) secret: Keys,
    pub(crate) clock: Clock,
    pub(crate) providers: Providers,
    roles: Roles,
}

/// A token that makes nobody of anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoIdentity {
    /// It does not hold: why, for the log.
    NotHeld(String),
    /// It holds, and gives its person no role of ours.
    NoRole {
        /// The person, as their issuer knows them.
        id: String,
    },
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Verifier")
    }
}

impl Verifier {
    /// For the councils of a deployment.
    pub fn new(settings: &Settings, clock: Clock, fetch: Fetch) -> Verifier {
        Verifier {
            deployment: settings.deployment.clone(),
            secret: settings.keys.clone(),
            clock,
            providers: Providers::new(fetch),
            roles: settings.library.roles().clone(),
        }
    }

    /// Who a token says is asking. The council is the one whose issuer signed it.
    ///
    /// # Errors
    /// 401 for a token that does not hold; the reason is for the log, not for the caller.
    pub async fn identify(&self, token: &str) -> Result<Identity, Problem> {
        let issuer = named_issuer(token).ok_or_else(|| NoIdentity::NotHeld("no issuer in it".to_owned()));
        let found = match issuer {
            Ok(issuer) => self.verify(token, &issuer, None).await,
            Err(why) => Err(why),
        };
        found.map_err(|why| {
            why.log();
            Problem::unauthorised("Your sign-in does not hold, or not any more. Sign in again.")
        })
    }

    /// Who signed in at a council: from the token its own issuer gave for this very sign-in.
    ///
    /// # Errors
    /// When the token does not hold, is another council's or another sign-in's, or gives no role.
    pub async fn signed_in(&self, council: &str, token: &str, nonce: &Nonce) -> Result<Identity, NoIdentity> {
        let arranged = self.deployment.council.get(council);
        let issuer = arranged.map(|arranged| arranged.issuer.as_str()).unwrap_or_default();
        self.verify(token, issuer, Some(nonce)).await
    }

    async fn verify(&self, text: &str, issuer: &str, nonce: Option<&Nonce>) -> Result<Identity, NoIdentity> {
        if text.len() > TOKEN_MAX {
            return Err("too long".into());
        }
        let council = self.deployment.council_of(issuer).ok_or("an issuer nobody knows")?.to_owned();
        let audience = self.deployment.council.get(&council).map(|found| found.audience.clone()).unwrap_or_default();
        let token = Token::from_str(text).map_err(|_| "no token")?;
        let now = self.clock.now();
        let mut why = String::new();
        // Twice at most: with the keys we have, and with fresh ones.
        for fresh in [false, true] {
            let Some(provider) = self.providers.of(issuer, fresh).await? else { break };
            let verifier = verifier(&audience, issuer, provider.jwks().clone(), now)?;
            let claims = token.claims(&verifier, |given: Option<&Nonce>| match nonce {
                Some(right) if given.map(Nonce::secret) != Some(right.secret()) => {
                    Err("another sign-in's nonce".to_owned())
                }
                _ => Ok(()),
            });
            match claims {
                Ok(claims) => return self.identity(claims, council, now),
                Err(error) => why = error.to_string(),
            }
        }
        Err(NoIdentity::NotHeld(why))
    }

    fn identity(&self, claims: &TokenClaims, council: String, now: DateTime<Utc>) -> Result<Identity, NoIdentity> {
        let (id, more) = (claims.subject().to_string(), claims.additional_claims());
        if id.is_empty() || id.len() > SUBJECT_MAX {
            return Err("no subject that could be one".into());
        }
        if more.nbf.is_some_and(|from| from > (now + CLOCKS_DIFFER).timestamp()) {
            return Err("not valid yet".into());
        }
        let known = |name: &String| serde_json::from_value::<Role>(serde_json::Value::String(name.clone())).ok();
        let held: Vec<Role> = more.roles.iter().filter_map(known).collect();
        let Some(role) = self.roles.most_fitting(&held) else { return Err(NoIdentity::NoRole { id }) };
        let name = claims.name().and_then(|name| name.get(None)).map(|name| short(name));
        Ok(Identity {
            name: name.filter(|name| !name.is_empty()).unwrap_or_else(|| id.clone()),
            id,
            council,
            role,
            team: more.team.as_deref().map(short),
            organisation: more.organisation.as_deref().map(short),
            form_token: None,
        })
    }
}

impl NoIdentity {
    /// Says why in the log, and of whom nothing.
    pub fn log(&self) {
        let why = match self {
            NoIdentity::NotHeld(why) => why,
            NoIdentity::NoRole { .. } => "no role of ours",
        };
        tracing::info!(why, "a token was refused");
    }
}

impl From<&str> for NoIdentity {
    fn from(why: &str) -> NoIdentity {
        NoIdentity::NotHeld(why.to_owned())
    }
}

impl From<String> for NoIdentity {
    fn from(why: String) -> NoIdentity {
        NoIdentity::NotHeld(why)
    }
}

/// Issuer, audience, algorithm, expiry, and that it was not issued in the future.
fn verifier(
    audience: &str,
    issuer: &str,
    keys: CoreJsonWebKeySet,
    now: DateTime<Utc>,
) -> Result<CoreIdTokenVerifier<'static>, String> {
    let url = IssuerUrl::new(issuer.to_owned()).map_err(|error| error.to_string())?;
    let verifier = CoreIdTokenVerifier::new_public_client(ClientId::new(audience.to_owned()), url, keys);
    Ok(verifier.set_allowed_algs(ALGORITHMS).set_time_fn(move || now).set_issue_time_verifier_fn(move |issued| {
        if issued > now + CLOCKS_DIFFER { Err("issued in the future".to_owned()) } else { Ok(()) }
    }))
}

/// As much of a name as is kept, on one line.
fn short(text: &str) -> String {
    text.trim().chars().filter(|letter| !letter.is_control()).take(NAME_CHARS).collect()
}

/// The issuer a token names, before anything is believed.
fn named_issuer(token: &str) -> Option<String> {
    if token.len() > TOKEN_MAX {
        return None;
    }
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    claims.get("iss")?.as_str().map(str::to_owned)
}
