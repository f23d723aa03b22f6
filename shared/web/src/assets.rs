//! The pages' styles and script, as the build made them, each address for ever the same file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};
use sha2::{Digest as _, Sha256};

use crate::Problem;

static ASSETS: Dir<'_> = include_dir!("$OUT_DIR/assets");

/// A file under its own version never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A file named without its version may.
const FOR_AN_HOUR: &str = "public, max-age=3600";

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let files: BTreeMap<_, _> = ASSETS.files().map(|file| (file.path(), file.contents())).collect();
    let mut hasher = Sha256::new();
    for (path, contents) in files {
        hasher.update(path.to_string_lossy().as_bytes());
        hasher.update(contents);
    }
    hasher.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
});

/// A hash of all of them: part of their address.
pub(crate) fn version() -> &'static str {
    &VERSION
}

/// A file: `<version>/redress.css`, or `redress.css` for whoever does not know the version.
pub fn asset(path: &str) -> Response {
    let (name, caching) = match path.split_once('/') {
        Some((version, name)) if version == self::version() => (name, FOR_EVER),
        // An old page may still ask for an old version: it gets what there is.
        Some((_, name)) => (name, FOR_AN_HOUR),
        None => (path, FOR_AN_HOUR),
    };
    let Some(file) = ASSETS.get_file(name) else { return Problem::not_found("There is no such file.").into_response() };
    let kind = match file.path().extension().and_then(|extension| extension.to_str()) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let mut response = file.contents().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    response
}

/// A council's own colour, as a stylesheet: no page has a style of its own inside it.
pub fn colour(colour: &str) -> Response {
    let safe =
        colour.len() == 7 && colour.starts_with('#') && colour.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit());
    let rule = if safe { format!(":root{{--redress-council:{colour}}}") } else { String::new() };
    let mut response = rule.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(FOR_AN_HOUR));
    response
}
