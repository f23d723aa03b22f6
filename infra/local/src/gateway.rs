//! The HTTP API: a route exists here because the template has it.

use axum::Router;
use axum::routing::{MethodFilter, on_service};

use crate::functions::Functions;
use crate::template::Template;

/// Every route of the template, answered by its function.
pub(crate) fn router(functions: &Functions, template: &Template) -> Router {
    let mut router = Router::new().fallback(redress_web::not_found);
    for function in &template.functions {
        let Some(service) = functions.router(&function.name) else { continue };
        for route in &function.routes {
            match method(&route.method) {
                Some(filter) => router = router.route(&route.path, on_service(filter, service.clone())),
                None => tracing::error!(method = route.method, path = route.path, "a route of no known method"),
            }
        }
    }
    router
}

fn method(name: &str) -> Option<MethodFilter> {
    match name.to_ascii_uppercase().as_str() {
        "GET" => Some(MethodFilter::GET),
        "POST" => Some(MethodFilter::POST),
        _ => None,
    }
}
