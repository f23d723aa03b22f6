//! The list of versions, which `s3s-fs` does not know. It keeps one of each object, so each is called `null`, as S3
//! calls those of a bucket without versions.

use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};

use super::{Store, came, refuse};

/// S3 lists no more at a time.
const PAGE_MAX: usize = 1000;

/// Whether a query asks for it.
pub(super) fn asked(query: &str) -> bool {
    query.split('&').any(|pair| pair == "versions" || pair == "versions=")
}

/// A page of it, by key.
pub(super) fn list(store: &Store, uri: &Uri) -> Response {
    let Some((bucket, "")) = store.place(uri) else {
        return refuse(StatusCode::NOT_FOUND, "NoSuchBucket", "The specified bucket does not exist");
    };
    let asked: Vec<(String, String)> = serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
    let said = |name: &str| asked.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str());
    let (prefix, after) = (said("prefix"), said("key-marker"));
    let most = said("max-keys").parse().unwrap_or(PAGE_MAX).min(PAGE_MAX);
    let mut keys = came::keys_in(&store.folder.join(bucket));
    keys.retain(|key| key.starts_with(prefix) && key.as_str() > after);
    keys.sort();
    let more = keys.len() > most;
    keys.truncate(most);
    let each: String = keys
        .iter()
        .map(|key| format!("<Version><Key>{key}</Key><VersionId>null</VersionId><IsLatest>true</IsLatest></Version>"))
        .collect();
    let next = match keys.last() {
        Some(last) if more => {
            format!("<NextKeyMarker>{last}</NextKeyMarker><NextVersionIdMarker>null</NextVersionIdMarker>")
        }
        _ => String::new(),
    };
    let page = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListVersionsResult><Name>{bucket}</Name>\
         <IsTruncated>{more}</IsTruncated>{next}{each}</ListVersionsResult>"
    );
    (StatusCode::OK, [("content-type", "application/xml")], page).into_response()
}
