#![doc = include_str!("../README.md")]

mod call;
mod form;
mod link;
mod locked;
mod said;

use std::sync::{Arc, OnceLock};

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials as _, SharedCredentialsProvider};
use aws_types::SdkConfig;
use bytes::Bytes;
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use redress_platform::Clock;

pub use call::{Found, Kept};
pub use form::{PostForm, Upload};
pub use locked::Version;

/// The variable that redirects the client.
pub const ENDPOINT_VARIABLE: &str = "AWS_ENDPOINT_URL_S3";

/// A bucket, for one function.
#[derive(Clone)]
pub struct Bucket {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    credentials: Option<SharedCredentialsProvider>,
    region: Arc<str>,
    name: Arc<str>,
    /// Where the bucket answers, without a slash at its end.
    at: Arc<str>,
    /// A request to S3 is signed for now, whatever time the service's own clock was given.
    machine: Clock,
}

/// What could not be done with the bucket. Holds nothing of a file.
#[derive(Debug, thiserror::Error)]
pub enum BucketError {
    /// There is no such object.
    #[error("there is no such file")]
    NotThere,
    /// It is larger than was asked for.
    #[error("the file is larger than it may be")]
    TooLarge,
    /// The store says no, with this status.
    #[error("the file store answered {0}")]
    Refused(u16),
    /// It did not answer, or could not be asked.
    #[error("the file store cannot be asked: {0}")]
    NoAnswer(String),
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bucket({})", self.name)
    }
}

impl Bucket {
    /// The bucket of this name, at the account's endpoint or where the configuration points.
    ///
    /// # Errors
    /// When the system has no certificates.
    pub fn new(config: &SdkConfig, name: &str) -> Result<Bucket, BucketError> {
        let https = connector()?;
        let region = config.region().map_or("eu-west-2", |region| region.as_ref());
        let at = match config.endpoint_url() {
            // Whoever stands in for S3 has one name for all buckets.
            Some(url) => format!("{}/{name}", url.trim_end_matches('/')),
            None => format!("https://{name}.s3.{region}.amazonaws.com"),
        };
        Ok(Bucket {
            client: Client::builder(TokioExecutor::new()).build(https),
            credentials: config.credentials_provider(),
            region: region.into(),
            name: name.into(),
            at: at.into(),
            machine: Clock::real(),
        })
    }

    /// The bucket whose name is in this variable of the environment; nothing where it names none.
    ///
    /// # Errors
    /// When the system has no certificates.
    pub fn named_in(variable: &str) -> Result<Option<Bucket>, BucketError> {
        let Some(name) = std::env::var(variable).ok().filter(|name| !name.is_empty()) else {
            return Ok(None);
        };
        Bucket::new(&redress_platform::account(None).client(ENDPOINT_VARIABLE), &name).map(Some)
    }

    /// Where a browser posts to: scheme, host and port, as a page's policy names it.
    pub fn origin(&self) -> String {
        let mut parts = self.at.splitn(4, '/');
        let (scheme, host) = (parts.next().unwrap_or_default(), parts.nth(1).unwrap_or_default());
        format!("{scheme}//{host}")
    }

    /// The credentials to sign with now.
    async fn signer(&self) -> Result<Credentials, BucketError> {
        let provider = self.credentials.as_ref().ok_or_else(|| BucketError::NoAnswer("no credentials".to_owned()))?;
        provider.provide_credentials().await.map_err(|error| BucketError::NoAnswer(error.to_string()))
    }
}

/// How to reach S3. The system's certificates are read once, however many buckets a process has.
fn connector() -> Result<HttpsConnector<HttpConnector>, BucketError> {
    static ONE: OnceLock<HttpsConnector<HttpConnector>> = OnceLock::new();
    if let Some(one) = ONE.get() {
        return Ok(one.clone());
    }
    let roots = HttpsConnectorBuilder::new().with_native_roots();
    let roots = roots.map_err(|error| BucketError::NoAnswer(error.to_string()))?;
    Ok(ONE.get_or_init(|| roots.https_or_http().enable_http1().build()).clone())
}
