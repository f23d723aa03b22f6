//! An AWS account, or what stands in for one: region, credentials, endpoints, time-outs.
//!
//! Built by hand instead of by `aws-config`: half the binary, and nothing that
//! looks for profiles or an instance's metadata.

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_async::time::{SharedTimeSource, SystemTimeSource};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;

/// An attempt that takes longer is given up.
const ATTEMPT_MAX: Duration = Duration::from_secs(3);

/// A whole operation, with its retries, that takes longer is given up.
const OPERATION_MAX: Duration = Duration::from_secs(8);

/// What each client needs of the account.
#[derive(Clone, Debug)]
pub struct Account {
    base: SdkConfig,
}

/// The account that the environment names. `keys` overrides its credentials, so
/// that locally each function signs with an access key of its own.
pub fn account(credentials: Option<Credentials>) -> Account {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let credentials = credentials.unwrap_or_else(|| {
        Credentials::new(
            variable("AWS_ACCESS_KEY_ID").unwrap_or_default(),
            variable("AWS_SECRET_ACCESS_KEY").unwrap_or_default(),
            variable("AWS_SESSION_TOKEN"),
            None,
            "environment",
        )
    });
    let region = variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"));
    let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
    let base = SdkConfig::builder()
        .region(Region::new(region.unwrap_or_else(|| "eu-west-2".to_owned())))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(http)
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .time_source(SharedTimeSource::new(SystemTimeSource::new()))
        .timeout_config(
            TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT_MAX).operation_timeout(OPERATION_MAX).build(),
        )
        .retry_config(RetryConfig::standard())
        .build();
    Account { base }
}

impl Account {
    /// The configuration of a client whose endpoint may be redirected by a variable.
    pub fn client(&self, endpoint_variable: &str) -> SdkConfig {
        match std::env::var(endpoint_variable).ok().filter(|url| !url.is_empty()) {
            Some(url) => self.at(&url),
            None => self.base.clone(),
        }
    }

    /// The configuration of a client at this endpoint.
    pub fn at(&self, url: &str) -> SdkConfig {
        self.base.clone().into_builder().endpoint_url(url).build()
    }

    /// The configuration of a client that never sends twice by itself.
    pub fn without_retries(config: SdkConfig) -> SdkConfig {
        config.into_builder().retry_config(RetryConfig::disabled()).build()
    }
}
