//! What staff did and tried to do, written down before they are answered, or there is no answer.

use axum::Router;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};

use redress_domain::case::Reference;
use redress_office::Office;
use redress_store::{AuditRow, StoreError};

use crate::{Identity, Problem, Verifier};

/// The longest word of an address that the trail repeats.
const WORD_MAX: usize = 40;

/// These routes, with every refusal of somebody who is known written into the trail before they hear of it.
pub fn watched(routes: Router, office: &Office, verifier: &Verifier) -> Router {
    routes.layer(from_fn_with_state((office.clone(), verifier.clone()), watch))
}

/// Writes a row into the trail of a council.
///
/// # Errors
/// 500 when it cannot be written: then nothing may be shown.
pub async fn written(office: &Office, council: &str, row: &AuditRow) -> Result<(), Problem> {
    office.store.audit(council, row).await.map_err(|error| unwritten(&error))
}

impl Identity {
    /// A row of the trail about this person.
    pub fn row(&self, office: &Office, what: &str) -> AuditRow {
        AuditRow::new(office.clock.now(), &self.id, self.role_name(), what)
    }
}

async fn watch(
    State((office, verifier)): State<(Office, Verifier)>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let headers = request.headers().clone();
    let answer = next.run(request).await;
    if answer.status() == StatusCode::FORBIDDEN
        && let Some(identity) = who(headers, &verifier).await
        && let Err(problem) = refused(&office, &identity, &Tried::of(&method, &path)).await
    {
        return Ok(problem.into_response());
    }
    Ok(answer)
}

/// Who sent these headers. What they sent is refused already, so where it came from does not matter.
async fn who(headers: HeaderMap, verifier: &Verifier) -> Option<Identity> {
    let (mut parts, ()) = axum::http::Request::new(()).into_parts();
    parts.headers = headers;
    <Identity as FromRequestParts<Verifier>>::from_request_parts(&mut parts, verifier).await.ok()
}

async fn refused(office: &Office, identity: &Identity, tried: &Tried) -> Result<(), Problem> {
    let own = tried.council.as_deref().is_none_or(|council| council == identity.council);
    let mut row = identity.row(office, "refused");
    row.of = Some(tried.what.clone());
    if own {
        row.reference.clone_from(&tried.reference);
        return written(office, &identity.council, &row).await;
    }
    // Both councils hear of it: the one that was tried, and the one whose person tried.
    let there = tried.council.as_deref().filter(|council| office.settings.library.councils().any(|id| id == *council));
    if let Some(council) = there {
        let from = format!("{}, from another council", tried.what);
        let row = AuditRow { of: Some(from), reference: tried.reference.clone(), ..row.clone() };
        written(office, council, &row).await?;
    }
    row.of = Some(format!("{}, at another council", tried.what));
    written(office, &identity.council, &row).await
}

/// What an address was to do.
#[derive(Debug, PartialEq, Eq)]
struct Tried {
    council: Option<String>,
    what: String,
    reference: Option<String>,
}

impl Tried {
    /// Read from the address itself, since whoever refused may not have come so far.
    fn of(method: &Method, path: &str) -> Tried {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let (council, rest) = match parts.as_slice() {
            ["api" | "staff", council, rest @ ..] => (Some((*council).to_owned()), rest),
            rest => (None, rest),
        };
        let reference = |text: &str| text.parse::<Reference>().ok().map(|reference| reference.to_string());
        let (what, reference) = match rest {
            [] | ["cases"] => (word("list"), None),
            ["cases", one] if *method == Method::GET => (word("read"), reference(one)),
            ["cases", one, inner @ ..] => (word(inner.last().copied().unwrap_or_default()), reference(one)),
            [first, inner @ ..] if *method == Method::POST => (word(inner.last().unwrap_or(first)), None),
            [first, ..] => (word(first), None),
        };
        Tried { council, what, reference }
    }
}

/// A word as our own addresses have them; anything else is somebody's typing, which is not kept.
fn word(part: &str) -> String {
    let ours = part.len() <= WORD_MAX && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if ours && !part.is_empty() { part.to_owned() } else { "something".to_owned() }
}

fn unwritten(error: &StoreError) -> Problem {
    tracing::error!(%error, "what somebody did could not be written down, so nothing was shown");
    Problem::ours()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(method: &Method, path: &str) -> (String, Option<String>) {
        let tried = Tried::of(method, path);
        (tried.what, tried.reference)
    }

    #[test]
    fn an_address_says_what_was_tried_and_never_what_somebody_typed() {
        let reference = Reference::from_random("SSC", 7).unwrap().to_string();
        let at = |rest: &str| format!("/staff/south-staffordshire{rest}");
        let of_case = |what: &str| (what.to_owned(), Some(reference.clone()));
        let of_list = |what: &str| (what.to_owned(), None);
        assert_eq!(tried(&Method::GET, &at("")), of_list("list"));
        assert_eq!(tried(&Method::GET, &at("/print/all")), of_list("print"));
        assert_eq!(tried(&Method::POST, &at("/admin/retry")), of_list("retry"));
        assert_eq!(tried(&Method::GET, &at(&format!("/cases/{reference}"))), of_case("read"));
        assert_eq!(tried(&Method::POST, &at(&format!("/cases/{reference}/sign-off"))), of_case("sign-off"));
        assert_eq!(tried(&Method::GET, &at(&format!("/cases/{reference}/letters/2/print"))), of_case("print"));
        assert_eq!(tried(&Method::POST, &at("/cases/Nadia%20Okafor/Nadia%20Okafor")), of_list("something"));
        assert_eq!(Tried::of(&Method::GET, "/staff").council, None);
    }
}
