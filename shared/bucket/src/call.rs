//! The four calls: read an object, copy it, delete it, list those under a prefix.

use std::time::Duration;

use aws_sigv4::http_request::SignableBody;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt as _, Limited};

use crate::link::settings;
use crate::said::decoded;
use crate::{Bucket, BucketError};

/// An answer that takes longer is given up; ten megabytes within one Region take a fraction of it.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// An answer without an object in it is smaller than this: a list of a thousand keys of ours is a quarter of it.
pub(crate) const WORDS_MAX: u64 = 2 * 1024 * 1024;

/// An object, read whole.
#[derive(Debug)]
pub struct Found {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// The ticket its form was given.
    pub ticket: String,
    /// What its sender calls it.
    pub name: String,
    /// What it shows, if the form asked and they said.
    pub about: Option<String>,
}

/// What an object is given when it is kept. Its name stands here, and so in no address.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its media type.
    pub media_type: &'static str,
    /// What a browser is to do with it: `attachment`, and under which name.
    pub disposition: String,
}

impl Bucket {
    /// An object whole, with what was said of it.
    ///
    /// # Errors
    /// [`BucketError::NotThere`] when there is none; [`BucketError::TooLarge`] when it is larger than `bytes_max`.
    pub async fn read(&self, key: &str, bytes_max: u64) -> Result<Found, BucketError> {
        let (headers, bytes) = self.ask("GET", &format!("/{key}"), &[], Bytes::new(), bytes_max).await?;
        let said = |name: &str| headers.get(name).map(|value| decoded(value.as_bytes())).unwrap_or_default();
        let about = Some(said("x-amz-meta-about")).filter(|about| !about.trim().is_empty());
        Ok(Found { bytes, ticket: said("x-amz-meta-ticket"), name: said("x-amz-meta-name"), about })
    }

    /// Copies an object within the bucket; of what was said of it nothing goes along but what is given here.
    ///
    /// # Errors
    /// [`BucketError::NotThere`] when there is none to copy.
    pub async fn copy(&self, from: &str, to: &str, kept: &Kept) -> Result<(), BucketError> {
        let headers = [
            ("x-amz-copy-source", format!("/{}/{from}", self.name)),
            ("x-amz-metadata-directive", "REPLACE".to_owned()),
            ("content-type", kept.media_type.to_owned()),
            ("content-disposition", kept.disposition.clone()),
        ];
        let (_, said) = self.ask("PUT", &format!("/{to}"), &headers, Bytes::new(), WORDS_MAX).await?;
        // A copy that fails half-way has answered 200 by then, and says so in its words.
        match String::from_utf8_lossy(&said).contains("<Error>") {
            true => Err(BucketError::Refused(500)),
            false => Ok(()),
        }
    }

    /// Deletes an object; one that is not there is as good as deleted.
    ///
    /// # Errors
    /// When the store does not say that it is gone.
    pub async fn delete(&self, key: &str) -> Result<(), BucketError> {
        match self.ask("DELETE", &format!("/{key}"), &[], Bytes::new(), WORDS_MAX).await {
            Ok(_) | Err(BucketError::NotThere) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Keys under a prefix, at most a thousand: ask again once those are gone.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn list(&self, prefix: &str) -> Result<Vec<String>, BucketError> {
        let query = format!("/?list-type=2&max-keys=1000&prefix={}", encoded(prefix));
        let (_, said) = self.ask("GET", &query, &[], Bytes::new(), WORDS_MAX).await?;
        let said = String::from_utf8_lossy(&said);
        // Our keys are letters, digits, dashes and slashes: nothing of them is written another way in XML.
        let keys = said.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next());
        Ok(keys.filter(|key| key.starts_with(prefix)).map(str::to_owned).collect())
    }

    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&'static str, String)],
        body: Bytes,
        bytes_max: u64,
    ) -> Result<(HeaderMap, Vec<u8>), BucketError> {
        let request = self.request(method, path, headers, body.clone())?;
        let now = self.machine.now().into();
        let request = self.signed(request, settings(), SignableBody::Bytes(&body), now).await?;
        let late = |_| BucketError::NoAnswer("no answer in time".to_owned());
        let answered = tokio::time::timeout(ANSWER_WITHIN, self.client.request(request)).await.map_err(late)?;
        let answered = answered.map_err(|error| BucketError::NoAnswer(error.to_string()))?;
        good(answered.status())?;
        let (parts, body) = answered.into_parts();
        let max = usize::try_from(bytes_max).unwrap_or(usize::MAX);
        let read = tokio::time::timeout(ANSWER_WITHIN, Limited::new(body, max).collect()).await.map_err(late)?;
        let read = read.map_err(|error| match error.is::<http_body_util::LengthLimitError>() {
            true => BucketError::TooLarge,
            false => BucketError::NoAnswer(error.to_string()),
        })?;
        Ok((parts.headers, read.to_bytes().to_vec()))
    }
}

fn good(status: StatusCode) -> Result<(), BucketError> {
    match status {
        status if status.is_success() => Ok(()),
        StatusCode::NOT_FOUND => Err(BucketError::NotThere),
        status => Err(BucketError::Refused(status.as_u16())),
    }
}

impl Kept {
    /// To be saved and never shown in a page, under this name.
    pub fn as_attachment(name: &str, media_type: &'static str) -> Kept {
        let plain = |one: char| if one.is_ascii_alphanumeric() || " .-_()".contains(one) { one } else { '_' };
        let ascii: String = name.chars().map(plain).collect();
        let encoded = encoded(name);
        let disposition = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}");
        Kept { media_type, disposition }
    }
}

/// A text as it stands in a query, and as RFC 8187 has it in a name.
pub(crate) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
