//! A link that opens an object: signed again with the key of whom it names, and compared.

use std::time::Duration;

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use chrono::NaiveDateTime;

use super::{Store, arn, denied, refuse};
use crate::permissions::Ask;

/// The longest that a link of S3 may work.
const VALID_MAX_S: u64 = 7 * 24 * 3600;

pub(super) async fn open(store: &Store, request: Request) -> Response {
    let forbidden = |code, message| refuse(StatusCode::FORBIDDEN, code, message);
    let uri = request.uri().clone();
    let (Some(key), true) = (store.key(&uri), request.method() == Method::GET) else {
        return forbidden("AccessDenied", "Access Denied");
    };
    let given: Vec<(String, String)> = serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
    let said = |name: &str| given.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str());
    let who = said("X-Amz-Credential").split('/').next().unwrap_or_default().to_owned();
    let at = NaiveDateTime::parse_from_str(said("X-Amz-Date"), "%Y%m%dT%H%M%SZ").map(|at| at.and_utc());
    let valid = said("X-Amz-Expires").parse::<u64>().ok().filter(|valid| *valid <= VALID_MAX_S);
    let (Ok(at), Some(valid)) = (at, valid) else {
        return forbidden("AuthorizationQueryParametersError", "The query string is not a signed one.");
    };
    let now = store.clock.now();
    let age_s = (now - at).num_seconds();
    if age_s < -900 || u64::try_from(age_s).unwrap_or(0) > valid {
        return forbidden("AccessDenied", "Request has expired");
    }
    if let Err(refused) = store.gate.permit_key(&who, &[Ask::new("s3:GetObject", arn(&store.bucket, key))]) {
        return denied(refused);
    }
    let token = said("X-Amz-Security-Token");
    let again = store.link(&who, token, key, at, Duration::from_secs(valid)).await.unwrap_or_default();
    let signature = |link: &str| {
        link.split("X-Amz-Signature=").nth(1).map(|rest| rest.split('&').next().unwrap_or_default().to_owned())
    };
    if signature(&again).is_none_or(|right| right != said("X-Amz-Signature")) {
        return forbidden(
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided.",
        );
    }
    let plain = axum::http::Request::builder().method(Method::GET).uri(uri.path()).body(s3s::Body::empty());
    match plain {
        Ok(plain) => Store::answer(&store.checked, plain).await,
        Err(_) => forbidden("InvalidURI", "Couldn't parse the specified URI."),
    }
}
