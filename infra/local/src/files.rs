//! S3 on the laptop: the wire that the functions and a browser speak, and a folder behind it.
//!
//! Two buckets: the files of cases, and the heads of histories. `s3s` reads the requests, checks their signatures and answers as S3 does, and `s3s-fs` keeps the objects. Two kinds
//! of request are checked here instead, by the service's own clock, which may stand on a day of last March: a form
//! that a browser posts, and a link that opens an object. `s3s` knows the machine's clock only.

mod came;
mod link;
mod post;
mod versions;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use redress_bucket::Bucket;
use redress_office::heads::Anchored;
use redress_platform::Clock;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;

use crate::permissions::ask::PREFIX;
use crate::permissions::caller::{key_id, signer, signer_with};
use crate::permissions::gate::Refused;
use crate::permissions::{Ask, Gate};
use crate::template::Template;

pub(crate) use came::Came;

/// What the bucket of files is called in the template.
const BUCKET: &str = "FilesBucket";

/// What the bucket of heads is called there.
const HEADS: &str = "HeadsBucket";

/// The largest body of a request of ours, to the bucket of heads; a browser's file comes in a form.
const BODY_MAX: usize = 1024 * 1024;

/// What every key here signs with; the key's id is what tells them apart.
const SECRET: &str = "local";

/// The buckets, and whoever may use them.
pub struct Store {
    /// For requests that `s3s` checks.
    signed: S3Service,
    /// For requests that were checked here.
    checked: S3Service,
    gate: Gate,
    clock: Clock,
    /// The bucket of files.
    bucket: String,
    /// The bucket of heads.
    heads: String,
    address: String,
    /// The folder of both.
    folder: PathBuf,
    pub(crate) came: Came,
}

impl Store {
    /// The buckets of the template, with their objects in a folder.
    ///
    /// # Errors
    /// When the folder cannot be made, or the template has no such bucket.
    pub fn open(
        folder: &Path,
        template: &Template,
        gate: &Gate,
        clock: &Clock,
        address: &str,
    ) -> Result<Arc<Store>, String> {
        let name = |resource| gate.permissions().name(resource).map_err(|error| error.to_string());
        let (bucket, heads) = (name(BUCKET)?, name(HEADS)?);
        for bucket in [&bucket, &heads] {
            std::fs::create_dir_all(folder.join(bucket)).map_err(|error| error.to_string())?;
        }
        let objects = || FileSystem::new(folder).map_err(|error| format!("{error:?}"));
        let mut keys = SimpleAuth::new();
        for function in &template.functions {
            keys.register(key_id(&function.name), SECRET.into());
        }
        keys.register(key_id("laptop"), SECRET.into());
        let mut signed = S3ServiceBuilder::new(objects()?);
        signed.set_auth(keys);
        Ok(Arc::new(Store {
            signed: signed.build(),
            checked: S3ServiceBuilder::new(objects()?).build(),
            gate: gate.clone(),
            clock: clock.clone(),
            came: Came::open(&folder.join(&bucket), &bucket, template),
            folder: folder.to_owned(),
            bucket,
            heads,
            address: address.to_owned(),
        }))
    }

    /// A client of a bucket for one function.
    pub(crate) fn client(function: &str, address: &str, bucket: &str) -> Result<Bucket, String> {
        Bucket::new(&signer(function).at(address), bucket).map_err(|error| error.to_string())
    }

    /// The link of a file as whoever has this access key would make it.
    async fn link(&self, who: &str, token: &str, key: &str, at: DateTime<Utc>, valid: Duration) -> Option<String> {
        let name = who.trim_start_matches("AKIALOCAL").to_lowercase();
        let token = Some(token.to_owned()).filter(|token| !token.is_empty());
        let config = signer_with(&name, token).at(&self.address);
        Bucket::new(&config, &self.bucket).ok()?.link(key, at, valid).await.ok()
    }

    /// The keys of all objects, for tests that look at what is stored.
    pub(crate) fn keys(&self) -> Vec<String> {
        came::keys_in(&self.folder.join(&self.bucket))
    }

    /// Where this answers.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What the buckets are called here: of files, and of heads.
    pub fn buckets(&self) -> (&str, &str) {
        (&self.bucket, &self.heads)
    }

    /// The key of the file that an address names; nothing when it is of another bucket.
    fn key<'a>(&self, uri: &'a Uri) -> Option<&'a str> {
        self.place(uri).filter(|(bucket, _)| *bucket == self.bucket).map(|(_, key)| key)
    }

    /// The bucket and the key that an address names.
    fn place<'a>(&self, uri: &'a Uri) -> Option<(&'a str, &'a str)> {
        let place = uri.path().strip_prefix('/')?.split_once('/')?;
        [&self.bucket, &self.heads].into_iter().any(|bucket| *bucket == place.0).then_some(place)
    }

    /// What a signed request asks for.
    fn asks(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<Vec<Ask>> {
        let (bucket, key) = self.place(uri)?;
        let query = uri.query().unwrap_or_default();
        let one = |action: &str| vec![Ask::new(action, arn(bucket, key))];
        match *method {
            Method::GET if key.is_empty() => {
                let prefix = query.split('&').find_map(|pair| pair.strip_prefix("prefix=")).unwrap_or_default();
                let action = if versions::asked(query) { "s3:ListBucketVersions" } else { "s3:ListBucket" };
                Some(vec![Ask::new(action, arn(bucket, "")).with(PREFIX, vec![prefix.replace("%2F", "/")])])
            }
            Method::GET if query.contains("versionId=") => Some(one("s3:GetObjectVersion")),
            // No versions are kept here, so what is locked would be gone.
            Method::DELETE if bucket == self.heads => None,
            Method::GET | Method::HEAD => Some(one("s3:GetObject")),
            Method::DELETE => Some(one("s3:DeleteObject")),
            Method::PUT => {
                let mut asks = one("s3:PutObject");
                let from = headers.get("x-amz-copy-source").and_then(|from| from.to_str().ok());
                asks.extend(
                    from.map(|from| Ask::new("s3:GetObject", format!("arn:aws:s3:::{}", from.trim_start_matches('/')))),
                );
                Some(asks)
            }
            _ => None,
        }
    }

    /// A request that was checked, as `s3s` answers it.
    async fn answer(service: &S3Service, request: axum::http::Request<s3s::Body>) -> Response {
        match service.call(request).await {
            Ok(answered) => answered.map(Body::new).into_response(),
            Err(_) => refuse(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", "We encountered an internal error."),
        }
    }
}

/// The heads that are in a folder of objects, read without the service.
///
/// # Errors
/// When one cannot be read.
pub(crate) fn anchored(folder: &Path, gate: &Gate) -> Result<Anchored, String> {
    let heads = gate.permissions().name(HEADS).map_err(|error| error.to_string())?;
    let mut anchored = Anchored::default();
    for key in came::keys_in(&folder.join(&heads)) {
        let bytes = std::fs::read(folder.join(&heads).join(&key)).map_err(|error| format!("{key}: {error}"))?;
        anchored.take(&key, &bytes);
    }
    Ok(anchored)
}

fn arn(bucket: &str, key: &str) -> String {
    match key {
        "" => format!("arn:aws:s3:::{bucket}"),
        key => format!("arn:aws:s3:::{bucket}/{key}"),
    }
}

/// The buckets' wire.
pub fn router(store: Arc<Store>) -> Router {
    Router::new().fallback(take).layer(DefaultBodyLimit::disable()).with_state(store)
}

async fn take(State(store): State<Arc<Store>>, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default();
    if request.method() == Method::POST {
        return post::take(&store, request).await;
    }
    if query.contains("X-Amz-Signature=") {
        return link::open(&store, request).await;
    }
    let (parts, body) = request.into_parts();
    let Some(asks) = store.asks(&parts.method, &parts.uri, &parts.headers) else {
        return refuse(StatusCode::NOT_IMPLEMENTED, "NotImplemented", "The laptop does not know this request.");
    };
    if let Err(refused) = store.gate.permit(&parts.headers, &asks) {
        return denied(refused);
    }
    let Ok(body) = axum::body::to_bytes(body, BODY_MAX).await else {
        return refuse(StatusCode::BAD_REQUEST, "EntityTooLarge", "None of our requests has such a body.");
    };
    let (uri, into_heads) = (parts.uri.clone(), parts.method == Method::PUT && store.key(&parts.uri).is_none());
    let digest = ["x-amz-checksum-sha256", "x-amz-sdk-checksum-algorithm"];
    if into_heads && !digest.iter().all(|name| parts.headers.contains_key(*name)) {
        let why = "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters";
        return refuse(StatusCode::BAD_REQUEST, "InvalidRequest", why);
    }
    let answered = Store::answer(&store.signed, axum::http::Request::from_parts(parts, s3s::Body::from(body))).await;
    // Whoever is told that there is no such thing here has passed the check of the signature.
    match (versions::asked(uri.query().unwrap_or_default()), answered.status()) {
        (true, StatusCode::NOT_IMPLEMENTED) => versions::list(&store, &uri),
        _ => answered,
    }
}

fn denied(refused: Refused) -> Response {
    match refused {
        Refused::Unknown => refuse(
            StatusCode::FORBIDDEN,
            "InvalidAccessKeyId",
            "The AWS Access Key Id you provided does not exist in our records.",
        ),
        Refused::Denied(why) => refuse(StatusCode::FORBIDDEN, "AccessDenied", &why),
    }
}

/// As S3 says no: a page of XML, which is what a browser shows when a form fails.
fn refuse(status: StatusCode, code: &str, message: &str) -> Response {
    let words = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{}</Message></Error>",
        message.replace('&', "&amp;").replace('<', "&lt;")
    );
    (status, [("content-type", "application/xml")], words).into_response()
}
