//! This service as a client of a council's issuer.

use openidconnect::core::{CoreClient, CoreClientAuthMethod, CoreTokenResponse};
use openidconnect::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, TokenResponse as _,
};

use redress_web::Problem;

use crate::Casework;

/// As an issuer's own description of itself makes it: where to ask is known, and where to get a token mostly.
pub(super) type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// A code is shorter than this.
const CODE_MAX: usize = 4096;

/// Why there is no token.
pub(super) enum NoToken {
    /// The issuer says no: the code was used, is old, or is none of its own.
    Refused(&'static str),
    /// The issuer does not answer, or not in words we read.
    Away(String),
}

impl Casework {
    pub(super) async fn client(&self, council: &str) -> Result<Client, Problem> {
        let provider = self.verifier.provider(council).await?;
        let settings = &self.office.settings;
        let arranged = settings.deployment.council.get(council).ok_or_else(Problem::ours)?;
        let secret = settings.client_secrets.of(council).map(|secret| ClientSecret::new(secret.to_owned()));
        let back = RedirectUrl::new(format!("{}/staff/callback", settings.base_url)).map_err(|_| Problem::ours())?;
        let client =
            CoreClient::from_provider_metadata((*provider).clone(), ClientId::new(arranged.audience.clone()), secret);
        // Where an issuer says how it wants the secret, and not in a header, it gets it in the body.
        let methods = provider.token_endpoint_auth_methods_supported();
        let header = methods.is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let kind = if header { AuthType::BasicAuth } else { AuthType::RequestBody };
        Ok(client.set_redirect_uri(back).set_auth_type(kind))
    }

    /// The token for a code: asked for by this function, never by the browser.
    pub(super) async fn token(&self, client: &Client, code: String, verifier: String) -> Result<String, NoToken> {
        if code.is_empty() || code.len() > CODE_MAX {
            return Err(NoToken::Refused("no code that could be one"));
        }
        let asking = client.exchange_code(AuthorizationCode::new(code));
        let asking = asking.map_err(|_| NoToken::Away("it names no place to get a token".to_owned()))?;
        let asked = asking.set_pkce_verifier(PkceCodeVerifier::new(verifier)).request_async(self.verifier.fetch());
        let answer: CoreTokenResponse = asked.await.map_err(|error| match error {
            RequestTokenError::ServerResponse(_) => NoToken::Refused("the issuer refused the code"),
            RequestTokenError::Request(error) => NoToken::Away(error.to_string()),
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                NoToken::Away("its answer cannot be read".to_owned())
            }
        })?;
        answer.id_token().map(ToString::to_string).ok_or(NoToken::Refused("no identity in the issuer's answer"))
    }
}
