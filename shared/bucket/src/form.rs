//! A form that a browser posts to the bucket by itself, one file at a time.
//!
//! The SDK presigns no POST: a policy document says what the form may send, and is signed with the day's key.

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::{Bucket, BucketError};

/// Whatever is sent is stored as bytes: what it is, its content has to show.
const MEDIA_TYPE: &str = "application/octet-stream";

/// What a form is for.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Where the object goes: says nothing of anybody.
    pub key: String,
    /// What we give along with it, and get back unread and unchanged.
    pub ticket: String,
    /// Where the browser goes when the file is in.
    pub back: String,
    /// The form has a field of its own for what the file shows.
    pub described: bool,
    /// The largest file.
    pub bytes_max: u64,
    /// From when the form works.
    pub now: DateTime<Utc>,
    /// For how long. Never longer than the credentials it is signed with, which for a function are good for hours.
    pub valid: TimeDelta,
}

/// A form to post: its address, and its fields in the order in which they are sent. The file comes last.
#[derive(Clone, Debug, serde::Serialize)]
pub struct PostForm {
    /// Where it is posted.
    pub url: String,
    /// Names and values.
    pub fields: Vec<(String, String)>,
}

impl Bucket {
    /// A form that stores one file under one key.
    ///
    /// # Errors
    /// When there are no credentials to sign with.
    pub async fn form(&self, upload: Upload) -> Result<PostForm, BucketError> {
        let signer = self.signer().await?;
        let (day, at) = (upload.now.format("%Y%m%d"), upload.now.format("%Y%m%dT%H%M%SZ").to_string());
        let credential = format!("{}/{day}/{}/s3/aws4_request", signer.access_key_id(), self.region);
        let mut fields = vec![
            ("key", upload.key),
            ("Content-Type", MEDIA_TYPE.to_owned()),
            ("success_action_redirect", upload.back),
            ("x-amz-meta-ticket", upload.ticket),
            ("x-amz-algorithm", "AWS4-HMAC-SHA256".to_owned()),
            ("x-amz-credential", credential),
            ("x-amz-date", at),
        ];
        // The key of a function is good only together with its token.
        fields.extend(signer.session_token().map(|token| ("x-amz-security-token", token.to_owned())));
        let mut conditions: Vec<Value> = vec![json!({"bucket": &*self.name})];
        conditions.extend(fields.iter().map(|(name, value)| json!(["eq", format!("${name}"), value])));
        // The store writes the file's own name where this stands.
        fields.push(("x-amz-meta-name", "${filename}".to_owned()));
        conditions.push(json!(["starts-with", "$x-amz-meta-name", ""]));
        if upload.described {
            conditions.push(json!(["starts-with", "$x-amz-meta-about", ""]));
        }
        // An empty file is let in, and refused with words of ours instead of the store's.
        conditions.push(json!(["content-length-range", 0, upload.bytes_max]));
        let expiration = (upload.now + upload.valid).to_rfc3339_opts(SecondsFormat::Millis, true);
        let policy = STANDARD.encode(json!({"expiration": expiration, "conditions": conditions}).to_string());
        let key = generate_signing_key(signer.secret_access_key(), upload.now.into(), &self.region, "s3");
        let signature = calculate_signature(key, policy.as_bytes());
        fields.push(("policy", policy));
        fields.push(("x-amz-signature", signature));
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Ok(PostForm { url: format!("{}/", self.at), fields })
    }
}
