//! Whoever opens a page of staff and is not signed in is led to where they sign in, and back afterwards.

use axum::Router;
use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Redirect, Response};

/// Where staff sign in.
pub const SIGN_IN: &str = "/staff/sign-in";

/// A way back longer than this is not kept.
const TO_MAX: usize = 1500;

/// The routes, where a page that needs a sign-in leads to it. Programs are told, and led nowhere.
pub fn with_way_in(routes: Router) -> Router {
    routes.layer(from_fn(lead))
}

async fn lead(request: Request, next: Next) -> Response {
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    let path = request.uri().path();
    let leads = reads && !request.headers().contains_key(AUTHORIZATION) && way_back(path).is_some();
    // A question that cannot be kept is lost; the page it was put to is not.
    let whole = request.uri().path_and_query().and_then(|at| way_back(at.as_str()));
    let to = whole.unwrap_or(path).to_owned();
    let answer = next.run(request).await;
    if leads && answer.status() == StatusCode::UNAUTHORIZED {
        let to: String = serde_urlencoded::to_string([("to", &to)]).unwrap_or_default();
        return Redirect::to(&format!("{SIGN_IN}?{to}")).into_response();
    }
    answer
}

/// An address to come back to: a page of staff, on this very host, and not one of signing in.
pub fn way_back(to: &str) -> Option<&str> {
    let inside = to.strip_prefix("/staff")?;
    let page = inside.is_empty() || inside.starts_with(['/', '?']);
    let own = ["/sign-in", "/sign-out", "/callback"]
        .into_iter()
        .any(|own| inside.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?'])));
    let plain = to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') && !to.contains("//");
    (page && !own && plain && to.len() <= TO_MAX).then_some(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_a_page_of_ours_and_never_another_site() {
        for to in ["/staff", "/staff?x=1", "/staff/a-council", "/staff/a-council/cases/A-1?done=note#history"] {
            assert_eq!(way_back(to), Some(to));
        }
        for to in [
            "",
            "/",
            "//evil.example",
            "https://evil.example/staff",
            "/staffed",
            "/staff.evil.example",
            "/staff\\evil",
            "/staff//evil.example",
            "/staff/../a b",
            "/staff/\r\nset-cookie: a=b",
            "/staff/caf\u{e9}",
            "/staff/sign-in?to=/staff",
            "/staff/callback?code=1",
            "/staff/sign-out",
        ] {
            assert_eq!(way_back(to), None, "{to}");
        }
        assert_eq!(way_back(&format!("/staff/{}", "a".repeat(TO_MAX))), None);
    }
}
