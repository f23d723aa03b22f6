//! The OpenAPI document and the template name the same doors of the API.

use crate::Finding;
use crate::routes::{Route, TEMPLATE};

/// Where the document is made.
pub const DOCUMENT: &str = "shared/web/src/openapi.rs";

/// Routes of the API that no document need describe, and why.
const UNDESCRIBED: [(&str, &str); 1] = [("/api/openapi.json", "is the document itself")];

/// Operations that are no route, and routes of the API that are no operation. An operation is a method and a path.
pub fn agree(operations: &[(String, String)], template: &[Route]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let api = |path: &str| path.starts_with("/api/");
    for (method, path) in operations.iter().filter(|(_, path)| api(path)) {
        if !template.iter().any(|route| is(route, method, path)) {
            let what =
                format!("{method} {path} is described and is no route of {TEMPLATE}: add the route, or take it out");
            findings.push(Finding::new(DOCUMENT, 1, what));
        }
    }
    for route in template.iter().filter(|route| api(&route.path)) {
        let described = operations.iter().any(|(method, path)| is(route, method, path));
        if !described && !UNDESCRIBED.iter().any(|(path, _)| *path == route.path) {
            let what = format!(
                "{} {} is a route of {TEMPLATE} and is not described: add the operation",
                route.method, route.path
            );
            findings.push(Finding::new(DOCUMENT, 1, what));
        }
    }
    findings
}

/// Whether an operation is this route, whose last part may stand for any command.
fn is(route: &Route, method: &str, path: &str) -> bool {
    let expanded = match (route.path.rsplit_once('/'), path.rsplit_once('/')) {
        (Some((before, "{command}" | "{action}")), Some((same, _))) => before == same,
        _ => false,
    };
    route.method.eq_ignore_ascii_case(method) && (route.path == path || expanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(operations: &[(&str, &str)]) -> usize {
        let template = [
            Route::new("casework", "GET", "/api/{council}/cases/{reference}"),
            Route::new("transitions", "POST", "/api/{council}/cases/{reference}/{command}"),
            Route::new("intake", "GET", "/api/openapi.json"),
        ];
        let owned: Vec<_> =
            operations.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned())).collect();
        agree(&owned, &template).len()
    }

    const READ: (&str, &str) = ("get", "/api/{council}/cases/{reference}");
    const ACT: (&str, &str) = ("post", "/api/{council}/cases/{reference}/accept");

    #[test]
    fn what_only_one_of_them_names_is_found() {
        assert_eq!(found(&[READ, ACT]), 0);
        assert_eq!(found(&[READ, ACT, ("get", "/api/{council}/cases")]), 1);
        assert_eq!(found(&[READ, ACT, ("delete", "/api/{council}/cases/{reference}")]), 1);
        assert_eq!(found(&[READ]), 1);
    }
}
