//! What an issuer says of itself: its addresses and its keys, kept for a while.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use openidconnect::IssuerUrl;
use openidconnect::core::CoreProviderMetadata;
use tokio::sync::{Mutex, RwLock};

use crate::{Fetch, Problem, Verifier};

/// An unknown key id sends us to the issuer at most this often.
const REFETCH_AFTER: Duration = Duration::from_secs(60);

/// A key that an issuer has taken back is believed no longer than this.
const KEPT_FOR: Duration = Duration::from_secs(60 * 60);

/// Each issuer as it last described itself. Only issuers of the deployment are ever asked.
#[derive(Clone)]
pub(crate) struct Providers {
    fetch: Fetch,
    known: Arc<RwLock<HashMap<String, Known>>>,
    /// One question at a time: many requests with an unknown key are still one.
    asking: Arc<Mutex<()>>,
}

#[derive(Clone)]
struct Known {
    provider: Arc<CoreProviderMetadata>,
    asked_at: Instant,
}

impl Providers {
    pub(crate) fn new(fetch: Fetch) -> Providers {
        Providers { fetch, known: Arc::default(), asking: Arc::default() }
    }

    /// An issuer; asked again where a fresh answer is wanted and the last one is old enough, and nothing where not.
    pub(crate) async fn of(&self, issuer: &str, fresh: bool) -> Result<Option<Arc<CoreProviderMetadata>>, String> {
        let age = if fresh { REFETCH_AFTER } else { KEPT_FOR };
        if let Some(known) = self.younger_than(issuer, age).await {
            return Ok((!fresh).then_some(known));
        }
        let _one = self.asking.lock().await;
        if let Some(known) = self.younger_than(issuer, age).await {
            return Ok(Some(known));
        }
        let provider = match self.ask(issuer).await {
            Ok(provider) => Arc::new(provider),
            Err(why) => match self.younger_than(issuer, Duration::MAX).await {
                // What it said before stands until it can be asked again.
                Some(known) => {
                    tracing::warn!(why, "an issuer does not answer; what it said before still counts");
                    known
                }
                None => return Err(why),
            },
        };
        let known = Known { provider: Arc::clone(&provider), asked_at: Instant::now() };
        self.known.write().await.insert(issuer.to_owned(), known);
        Ok(Some(provider))
    }

    async fn younger_than(&self, issuer: &str, age: Duration) -> Option<Arc<CoreProviderMetadata>> {
        let known = self.known.read().await;
        known.get(issuer).filter(|known| known.asked_at.elapsed() < age).map(|known| Arc::clone(&known.provider))
    }

    async fn ask(&self, issuer: &str) -> Result<CoreProviderMetadata, String> {
        let url = IssuerUrl::new(issuer.to_owned()).map_err(|error| error.to_string())?;
        CoreProviderMetadata::discover_async(url, &self.fetch).await.map_err(|error| error.to_string())
    }
}

impl Verifier {
    /// Where a council's staff sign in, as its issuer says.
    ///
    /// # Errors
    /// 404 for a council without an issuer here, 503 for an issuer that does not answer.
    pub async fn provider(&self, council: &str) -> Result<Arc<CoreProviderMetadata>, Problem> {
        let arranged = self.deployment.council.get(council);
        let arranged = arranged.ok_or_else(|| Problem::not_found("There is no such council here."))?;
        match self.providers.of(&arranged.issuer, false).await {
            Ok(Some(provider)) => Ok(provider),
            Ok(None) => Err(Problem::ours()),
            Err(why) => {
                tracing::error!(council, why, "an issuer does not answer");
                Err(Problem::away("Your council’s sign-in service does not answer. Try again in a few minutes."))
            }
        }
    }

    /// Asks an issuer on the same client: for a token, when somebody signs in.
    pub fn fetch(&self) -> &Fetch {
        &self.providers.fetch
    }
}
