//! The HTTP API: a route exists here because the template has it.

use std::convert::Infallible;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{MethodFilter, on_service};
use tower::{Service, ServiceExt as _, service_fn};

use crate::functions::Functions;
use crate::template::Template;

/// Every route of the template, answered by its function.
pub(crate) fn router(functions: &Functions, template: &Template) -> Router {
    let mut router = Router::new().fallback(redress_web::not_found);
    for function in &template.functions {
        let Some(service) = functions.router(&function.name) else { continue };
        for route in &function.routes {
            match method(&route.method) {
                Some(filter) => router = router.route(&route.path, on_service(filter, passed_on(service.clone()))),
                None => tracing::error!(method = route.method, path = route.path, "a route of no known method"),
            }
        }
    }
    router
}

/// As API Gateway hands a request over: the function matches the path anew, and
/// knows nothing of how the gateway did.
fn passed_on(
    service: Router,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync {
    service_fn(move |request: Request| {
        let (mut parts, body) = request.into_parts();
        parts.extensions.clear();
        service.clone().oneshot(Request::from_parts(parts, body))
    })
}

fn method(name: &str) -> Option<MethodFilter> {
    match name.to_ascii_uppercase().as_str() {
        "GET" => Some(MethodFilter::GET),
        "POST" => Some(MethodFilter::POST),
        _ => None,
    }
}
