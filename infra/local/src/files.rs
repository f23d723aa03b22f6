//! S3 on the laptop: the wire that the functions and a browser speak, and a folder behind it.
//!
//! `s3s` reads the requests, checks their signatures and answers as S3 does, and `s3s-fs` keeps the objects. Two kinds
//! of request are checked here instead, by the service's own clock, which may stand on a day of last March: a form
//! that a browser posts, and a link that opens an object. `s3s` knows the machine's clock only.

mod came;
mod link;
mod post;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use redress_files::Files;
use redress_platform::Clock;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;

use crate::permissions::ask::PREFIX;
use crate::permissions::caller::{key_id, signer};
use crate::permissions::gate::Refused;
use crate::permissions::{Ask, Gate};
use crate::template::Template;

pub(crate) use came::Came;

/// What the bucket is called in the template.
const BUCKET: &str = "FilesBucket";

/// What every key here signs with; the key's id is what tells them apart.
const SECRET: &str = "local";

/// The bucket, and whoever may use it.
pub(crate) struct Store {
    /// For requests that `s3s` checks.
    signed: S3Service,
    /// For requests that were checked here.
    checked: S3Service,
    gate: Gate,
    clock: Clock,
    bucket: String,
    address: String,
    folder: PathBuf,
    pub(crate) came: Came,
}

impl Store {
    /// The bucket of the template, with its objects in a folder.
    ///
    /// # Errors
    /// When the folder cannot be made, or the template has no such bucket.
    pub(crate) fn open(
        folder: &Path,
        template: &Template,
        gate: &Gate,
        clock: &Clock,
        address: &str,
    ) -> Result<Arc<Store>, String> {
        let bucket = gate.permissions().name(BUCKET).map_err(|error| error.to_string())?;
        std::fs::create_dir_all(folder.join(&bucket)).map_err(|error| error.to_string())?;
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
            folder: folder.join(&bucket),
            bucket,
            address: address.to_owned(),
        }))
    }

    /// A client of the bucket for one function.
    pub(crate) fn client(function: &str, address: &str, bucket: &str) -> Result<Files, String> {
        Files::new(&signer(function).at(address), bucket).map_err(|error| error.to_string())
    }

    /// The keys of all objects, for tests that look at what is stored.
    pub(crate) fn keys(&self) -> Vec<String> {
        came::keys_in(&self.folder)
    }

    /// What the bucket is called here.
    pub(crate) fn bucket(&self) -> &str {
        &self.bucket
    }

    fn arn(&self, key: &str) -> String {
        match key {
            "" => format!("arn:aws:s3:::{}", self.bucket),
            key => format!("arn:aws:s3:::{}/{key}", self.bucket),
        }
    }

    /// The key of the object that an address names; nothing when it is of another bucket.
    fn key<'a>(&self, uri: &'a Uri) -> Option<&'a str> {
        uri.path().strip_prefix('/')?.strip_prefix(self.bucket.as_str())?.strip_prefix('/')
    }

    /// What a signed request asks for.
    fn asks(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<Vec<Ask>> {
        let key = self.key(uri)?;
        let query = uri.query().unwrap_or_default();
        let one = |action: &str| vec![Ask::new(action, self.arn(key))];
        match *method {
            Method::GET if key.is_empty() => {
                let prefix = query.split('&').find_map(|pair| pair.strip_prefix("prefix=")).unwrap_or_default();
                let ask = Ask::new("s3:ListBucket", self.arn("")).with(PREFIX, vec![prefix.replace("%2F", "/")]);
                Some(vec![ask])
            }
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

/// The bucket's wire.
pub(crate) fn router(store: Arc<Store>) -> Router {
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
    let Ok(body) = axum::body::to_bytes(body, 1024).await else {
        return refuse(StatusCode::BAD_REQUEST, "EntityTooLarge", "None of our requests has a body.");
    };
    Store::answer(&store.signed, axum::http::Request::from_parts(parts, s3s::Body::from(body))).await
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
