//! A form that a browser posts: its policy's signature, day and conditions are checked, as S3 checks them.

use std::collections::BTreeMap;

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use axum::body::Bytes;
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDateTime, Utc};
use serde_json::Value;

use super::{SECRET, Store, arn, denied, refuse};
use crate::permissions::Ask;

/// Nothing larger is even read: more than any policy of ours lets in.
const READ_MAX: usize = 64 * 1024 * 1024;

/// Fields that a policy need not name.
const FREE: [&str; 3] = ["x-amz-signature", "policy", "file"];

/// A form as it was sent; names in small letters.
struct Form {
    fields: BTreeMap<String, String>,
    file: Bytes,
}

/// Why a form is not taken: status, code, words.
type No = (StatusCode, &'static str, String);

pub(super) async fn take(store: &Store, request: Request) -> Response {
    match taken(store, request).await {
        Ok(response) => response,
        Err(response) => response,
    }
}

async fn taken(store: &Store, request: Request) -> Result<Response, Response> {
    let no = |(status, code, message): No| refuse(status, code, &message);
    if store.key(request.uri()) != Some("") {
        return Err(refuse(StatusCode::NOT_FOUND, "NoSuchBucket", "The specified bucket does not exist"));
    }
    let form = read(request).await.map_err(no)?;
    let who = permitted(&form, store).map_err(no)?;
    let key = form.said("key").to_owned();
    store.gate.permit_key(&who, &[Ask::new("s3:PutObject", arn(&store.bucket, &key))]).map_err(denied)?;
    let etag = put(store, &form, &key).await?;
    store.came.note(&key, form.file.len(), &etag, store.clock.now());
    let back = form.said("success_action_redirect");
    let join = if back.contains('?') { '&' } else { '?' };
    let to = format!("{back}{join}bucket={}&key={}&etag=%22{etag}%22", store.bucket, key.replace('/', "%2F"));
    match back {
        "" => Ok(StatusCode::NO_CONTENT.into_response()),
        _ => Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()),
    }
}

async fn read(request: Request) -> Result<Form, No> {
    let malformed = |message: String| (StatusCode::BAD_REQUEST, "MalformedPOSTRequest", message);
    let mut parts = Multipart::from_request(request, &()).await.map_err(|error| malformed(error.to_string()))?;
    let mut fields = BTreeMap::new();
    while let Some(mut part) = parts.next_field().await.map_err(|error| malformed(error.to_string()))? {
        let name = part.name().unwrap_or_default().to_lowercase();
        if name != "file" {
            let value = part.text().await.map_err(|error| malformed(error.to_string()))?;
            fields.insert(name, value);
            continue;
        }
        // The file comes last: what stands after it is not read.
        let called = part.file_name().unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let mut file = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|error| malformed(error.to_string()))? {
            if file.len() + chunk.len() > READ_MAX {
                return Err(too_large());
            }
            file.extend_from_slice(&chunk);
        }
        fields.values_mut().for_each(|value| *value = value.replace("${filename}", &called));
        return Ok(Form { fields, file: file.into() });
    }
    Err((StatusCode::BAD_REQUEST, "InvalidArgument", "POST requires exactly one file upload per request.".to_owned()))
}

fn too_large() -> No {
    let message = "Your proposed upload exceeds the maximum allowed size".to_owned();
    (StatusCode::BAD_REQUEST, "EntityTooLarge", message)
}

impl Form {
    fn said(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// Whose key signed the policy, once everything in it holds.
fn permitted(form: &Form, store: &Store) -> Result<String, No> {
    let forbidden = |code, message: &str| (StatusCode::FORBIDDEN, code, message.to_owned());
    let scope: Vec<&str> = form.said("x-amz-credential").split('/').collect();
    let [who, day, region, "s3", "aws4_request"] = scope[..] else {
        return Err(forbidden("AccessDenied", "The credential is not one."));
    };
    let at = NaiveDateTime::parse_from_str(form.said("x-amz-date"), "%Y%m%dT%H%M%SZ");
    let at = at.map_err(|_| forbidden("AccessDenied", "The date is not one."))?.and_utc();
    if at.format("%Y%m%d").to_string() != day {
        return Err(forbidden("AccessDenied", "The credential is not of the day."));
    }
    let policy = form.said("policy");
    let key = generate_signing_key(SECRET, at.into(), region, "s3");
    if calculate_signature(key, policy.as_bytes()) != form.said("x-amz-signature") {
        let message = "The request signature we calculated does not match the signature you provided.";
        return Err(forbidden("SignatureDoesNotMatch", message));
    }
    let invalid = |_| forbidden("InvalidPolicyDocument", "Invalid Policy: Invalid JSON.");
    let policy = STANDARD.decode(policy).map_err(|_| forbidden("InvalidPolicyDocument", "Invalid Policy."))?;
    let policy: Value = serde_json::from_slice(&policy).map_err(invalid)?;
    let until = policy["expiration"].as_str().and_then(|until| until.parse::<DateTime<Utc>>().ok());
    if until.is_none_or(|until| store.clock.now() > until) {
        return Err(forbidden("AccessDenied", "Invalid according to Policy: Policy expired."));
    }
    let conditions = policy["conditions"].as_array().cloned().unwrap_or_default();
    let mut named = vec!["bucket".to_owned()];
    for condition in &conditions {
        let (field, holds) = holds(condition, form, &store.bucket)?;
        if !holds {
            let message = format!("Invalid according to Policy: Policy Condition failed: {condition}");
            return Err(forbidden("AccessDenied", &message));
        }
        named.push(field);
    }
    match form.fields.keys().find(|name| !FREE.contains(&name.as_str()) && !named.contains(name)) {
        Some(extra) => {
            Err(forbidden("AccessDenied", &format!("Invalid according to Policy: Extra input fields: {extra}")))
        }
        None => Ok(who.to_owned()),
    }
}

/// The field a condition is about, and whether it holds.
fn holds(condition: &Value, form: &Form, bucket: &str) -> Result<(String, bool), No> {
    let of = |field: &str| match field {
        "bucket" => bucket.to_owned(),
        field => form.said(field).to_owned(),
    };
    if let Some((field, value)) = condition.as_object().and_then(|one| one.iter().next()) {
        let field = field.to_lowercase();
        let holds = value.as_str().is_some_and(|value| of(&field) == value);
        return Ok((field, holds));
    }
    let field = condition[1].as_str().unwrap_or_default().trim_start_matches('$').to_lowercase();
    let value = condition[2].as_str().unwrap_or_default();
    match condition[0].as_str().unwrap_or_default() {
        "eq" => Ok((field.clone(), of(&field) == value)),
        "starts-with" => Ok((field.clone(), of(&field).starts_with(value))),
        "content-length-range" => {
            let size = u64::try_from(form.file.len()).unwrap_or(u64::MAX);
            match condition[2].as_u64().is_some_and(|max| size > max) {
                true => Err(too_large()),
                false => Ok((String::new(), condition[1].as_u64().is_some_and(|min| size >= min))),
            }
        }
        _ => Ok((String::new(), false)),
    }
}

/// Stores it, and says its digest.
async fn put(store: &Store, form: &Form, key: &str) -> Result<String, Response> {
    let failed = || refuse(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", "We encountered an internal error.");
    let mut request = axum::http::Request::builder().method(Method::PUT).uri(format!("/{}/{key}", store.bucket));
    request = request.header(header::CONTENT_TYPE, form.said("content-type"));
    request = request.header(header::CONTENT_LENGTH, form.file.len());
    for (name, value) in form.fields.iter().filter(|(name, _)| name.starts_with("x-amz-meta-")) {
        // As S3 gives back what is not ASCII.
        let plain = value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
        let value = if plain { value.clone() } else { format!("=?UTF-8?B?{}?=", STANDARD.encode(value)) };
        request = request.header(name, value);
    }
    let request = request.body(s3s::Body::from(form.file.clone())).map_err(|_| failed())?;
    let answered = Store::answer(&store.checked, request).await;
    if !answered.status().is_success() {
        return Err(answered);
    }
    let etag = answered.headers().get(header::ETAG).and_then(|etag| etag.to_str().ok()).unwrap_or_default();
    Ok(etag.trim_matches('"').to_owned())
}
