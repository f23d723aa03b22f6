//! Asking an issuer for its keys. The only calls this service makes but those to AWS.

use std::pin::Pin;
use std::time::Duration;

use axum::body::Body;
use http_body_util::{BodyExt, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

/// A key set is smaller than this.
const ANSWER_MAX: usize = 256 * 1024;

/// An issuer answers within this time, or not at all.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// A client for issuers.
#[derive(Clone, Debug)]
pub struct Fetch {
    client: Client<HttpsConnector<HttpConnector>, Body>,
}

/// An issuer that did not answer.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Not in time.
    #[error("no answer in time")]
    Late,
    /// Not at all, or not in words we read.
    #[error("{0}")]
    Failed(String),
}

impl Fetch {
    /// A client that trusts what the system trusts.
    ///
    /// # Errors
    /// When the system has no certificates.
    pub fn new() -> Result<Fetch, FetchError> {
        let https = HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(|error| FetchError::Failed(error.to_string()))?
            .https_or_http()
            .enable_http1()
            .build();
        Ok(Fetch { client: Client::builder(TokioExecutor::new()).build(https) })
    }

    /// One question, one answer.
    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, FetchError> {
        let failed = |error: String| FetchError::Failed(error);
        let asked = self.client.request(request.map(Body::from));
        let answered = tokio::time::timeout(ANSWER_WITHIN, asked).await.map_err(|_| FetchError::Late)?;
        let (parts, body) = answered.map_err(|error| failed(error.to_string()))?.into_parts();
        let body = Limited::new(body, ANSWER_MAX).collect();
        let body = tokio::time::timeout(ANSWER_WITHIN, body).await.map_err(|_| FetchError::Late)?;
        let body = body.map_err(|error| failed(error.to_string()))?.to_bytes();
        Ok(HttpResponse::from_parts(parts, body.to_vec()))
    }
}

impl<'c> AsyncHttpClient<'c> for Fetch {
    type Error = FetchError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, FetchError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}
