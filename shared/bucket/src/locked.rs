//! A bucket under object lock: what was put there once is there, whatever is put or deleted over it.
//!
//! Whoever may delete only hides a version, and whoever puts another under the same key adds one. So it is read by
//! versions and not by keys.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use crate::call::{WORDS_MAX, encoded};
use crate::{Bucket, BucketError};

/// One version of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The object.
    pub key: String,
    /// Which of its versions.
    pub id: String,
}

impl Bucket {
    /// Stores an object. Where the bucket is under object lock it cannot be removed afterwards; S3 takes such an
    /// object only with a digest of what is in it.
    ///
    /// # Errors
    /// When the store does not take it.
    pub async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), BucketError> {
        let headers = [
            ("content-type", "text/plain; charset=utf-8".to_owned()),
            // Into a bucket under lock nothing goes without both.
            ("x-amz-sdk-checksum-algorithm", "SHA256".to_owned()),
            ("x-amz-checksum-sha256", STANDARD.encode(Sha256::digest(&bytes))),
        ];
        self.ask("PUT", &format!("/{key}"), &headers, Bytes::from(bytes), WORDS_MAX).await?;
        Ok(())
    }

    /// Every version of every object under a prefix, those that a later one or a deletion hides among them.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn versions(&self, prefix: &str) -> Result<Vec<Version>, BucketError> {
        let mut found = Vec::new();
        let mut from = String::new();
        loop {
            let query = format!("/?versions=&max-keys=1000&prefix={}{from}", encoded(prefix));
            let (_, said) = self.ask("GET", &query, &[], Bytes::new(), WORDS_MAX).await?;
            let page = String::from_utf8_lossy(&said);
            let each = page.split("<Version>").skip(1).filter_map(|rest| rest.split("</Version>").next());
            found.extend(each.filter_map(|version| {
                Some(Version { key: text(version, "Key")?.to_owned(), id: text(version, "VersionId")?.to_owned() })
            }));
            let next = (text(&page, "NextKeyMarker"), text(&page, "NextVersionIdMarker"));
            match (text(&page, "IsTruncated"), next) {
                (Some("true"), (Some(key), Some(id))) => {
                    from = format!("&key-marker={}&version-id-marker={}", encoded(key), encoded(id));
                }
                // Half an answer that looks whole would be believed.
                (Some("true"), _) => return Err(BucketError::NoAnswer("a list that does not go on".to_owned())),
                _ => return Ok(found),
            }
        }
    }

    /// What is in one version.
    ///
    /// # Errors
    /// [`BucketError::TooLarge`] when it is larger than `bytes_max`.
    pub async fn read_version(&self, version: &Version, bytes_max: u64) -> Result<Vec<u8>, BucketError> {
        let path = format!("/{}?versionId={}", version.key, encoded(&version.id));
        Ok(self.ask("GET", &path, &[], Bytes::new(), bytes_max).await?.1)
    }
}

/// What stands in the first element of this name. Our keys and S3's ids are written in XML as they are.
fn text<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(text, _)| text)
}
