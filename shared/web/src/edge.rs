//! A deployment that stands behind a content delivery network: nobody gets past it, and an address is that of
//! whoever asked, and not the network's.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::HOST;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};

use crate::Problem;
use crate::identity::same;

/// The header in which the network proves to be ours. The template has it too.
const PROOF: HeaderName = HeaderName::from_static("x-redress-edge");

const HOPS: HeaderName = HeaderName::from_static("x-forwarded-for");

/// What the network says, and the name that people know the service by.
#[derive(Clone, Debug)]
struct Edge {
    word: String,
    host: HeaderValue,
}

/// The same routes behind the network whose word `REDRESS_EDGE` holds; as they are where it holds none.
pub fn behind_the_edge(routes: Router) -> Router {
    let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let Some(word) = variable("REDRESS_EDGE") else { return routes };
    let base_url = variable("REDRESS_BASE_URL").unwrap_or_default();
    let host = base_url.split("://").nth(1).and_then(|rest| HeaderValue::from_str(rest.split('/').next()?).ok());
    behind(routes, Edge { word, host: host.unwrap_or(HeaderValue::from_static("")) })
}

fn behind(routes: Router, edge: Edge) -> Router {
    routes.layer(from_fn_with_state(edge, through))
}

/// A request that went past the network went past its firewall, so it is refused.
async fn through(State(edge): State<Edge>, mut request: Request, next: Next) -> Response {
    let headers = request.headers_mut();
    let proof = headers.remove(PROOF);
    if !proof.and_then(|proof| Some(same(&edge.word, proof.to_str().ok()?))).unwrap_or_default() {
        let detail = "This address is not for use by itself. Use the council's own.";
        return Problem::new(StatusCode::FORBIDDEN, "not-by-this-way", "Not by this way", detail).into_response();
    }
    without_the_network(headers);
    // The network asks for the gateway by the gateway's own name, and a form is believed by the name people see.
    headers.insert(HOST, edge.host);
    next.run(request).await
}

/// Takes the last hop away: the gateway added the network's own address to those that the network passed on.
fn without_the_network(headers: &mut HeaderMap) {
    let hops: Vec<&str> = headers.get_all(HOPS).iter().filter_map(|value| value.to_str().ok()).collect();
    let hops = hops.join(",");
    headers.remove(HOPS);
    if let Some((before, _network)) = hops.rsplit_once(',')
        && let Ok(before) = HeaderValue::from_str(before)
    {
        headers.insert(HOPS, before);
    }
}

#[cfg(test)]
mod tests;
