//! A link that opens one object, for a short time.

use std::time::{Duration, SystemTime};

use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings,
    UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::identity::Identity;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::Request;
use http_body_util::Full;

use crate::{Bucket, BucketError};

impl Bucket {
    /// An address that opens this object until `valid` has passed, for whoever has it.
    ///
    /// # Errors
    /// When there are no credentials to sign with.
    pub async fn link(&self, key: &str, now: DateTime<Utc>, valid: Duration) -> Result<String, BucketError> {
        let mut settings = settings();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(valid);
        let request = self.request("GET", &format!("/{key}"), &[], Bytes::new())?;
        let request = self.signed(request, settings, SignableBody::UnsignedPayload, now.into()).await?;
        Ok(request.uri().to_string())
    }

    /// A request to the bucket, not signed yet.
    pub(crate) fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&'static str, String)],
        body: Bytes,
    ) -> Result<Request<Full<Bytes>>, BucketError> {
        let host = self.origin();
        let host = host.rsplit('/').next().unwrap_or_default();
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.at)).header("host", host);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        request.body(Full::new(body)).map_err(|error| BucketError::NoAnswer(error.to_string()))
    }

    /// The same, signed at this time with the credentials there are.
    pub(crate) async fn signed(
        &self,
        mut request: Request<Full<Bytes>>,
        settings: SigningSettings,
        body: SignableBody<'_>,
        at: SystemTime,
    ) -> Result<Request<Full<Bytes>>, BucketError> {
        let failed = |error: String| BucketError::NoAnswer(error);
        let identity = Identity::from(self.signer().await?);
        let params = SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name("s3")
            .time(at)
            .settings(settings)
            .build()
            .map_err(|error| failed(error.to_string()))?;
        let headers = request.headers().iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        let signable = SignableRequest::new(request.method().as_str(), request.uri().to_string(), headers, body);
        let signable = signable.map_err(|error| failed(error.to_string()))?;
        let signed = sign(signable, &params.into()).map_err(|error| failed(error.to_string()))?;
        signed.into_parts().0.apply_to_request_http1x(&mut request);
        Ok(request)
    }
}

/// S3 takes a path as it is, and wants the digest of the body in a header.
pub(crate) fn settings() -> SigningSettings {
    let mut settings = SigningSettings::default();
    settings.percent_encoding_mode = PercentEncodingMode::Single;
    settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    settings
}
