//! The template and the functions' routers name the same doors.

use crate::{Finding, Room, Source};

/// The template, from the root of the house.
pub const TEMPLATE: &str = "infra/aws/template.yaml";

/// A door.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// The function's binary, such as `intake`.
    pub function: String,
    /// Such as `GET`.
    pub method: String,
    /// As axum writes it, where the rest of a path is `{*}` whatever its name.
    pub path: String,
}

impl Route {
    /// With the rest of its path named alike.
    pub fn new(function: &str, method: &str, path: &str) -> Route {
        let segments = path.split('/').map(|segment| {
            let rest = segment.starts_with("{*") || segment.ends_with("+}");
            if rest { "{*}" } else { segment }
        });
        Route {
            function: function.to_owned(),
            method: method.to_uppercase(),
            path: segments.collect::<Vec<_>>().join("/"),
        }
    }
}

/// The routes of the functions' routers with their places, and routes that cannot be read.
pub fn served(sources: &[Source]) -> (Vec<(Route, String, usize)>, Vec<Finding>) {
    let (mut routes, mut findings) = (Vec::new(), Vec::new());
    for source in sources.iter().filter(|source| !source.is_test) {
        let Some(function) = source.path.strip_prefix("functions/").and_then(|rest| rest.split('/').next()) else {
            continue;
        };
        for at in source.places(".route(") {
            let open = at + ".route".len();
            let inside = source.bracketed(open);
            let line = source.line(at);
            let path = source.literals.iter().find(|literal| inside.contains(&literal.at));
            let Some(path) = path.filter(|path| source.code[inside.start..path.at].trim().is_empty()) else {
                findings.push(Finding::new(
                    &source.path,
                    line,
                    "write a route's path as a string, so that it can be found",
                ));
                continue;
            };
            for method in ["get", "post", "put", "patch", "delete"] {
                let call = format!("{method}(");
                if !crate::source::places(&source.code[inside.clone()], &call).is_empty() {
                    routes.push((Route::new(function, method, &path.value), source.path.clone(), line));
                }
            }
        }
    }
    (routes, findings)
}

/// Doors that only one of the two names.
pub fn agree(template: &[Route], yaml: &str, sources: &[Source]) -> Vec<Finding> {
    let (served, mut findings) = served(sources);
    for (route, file, line) in &served {
        if !template.contains(route) {
            let what = format!(
                "{} {} is not in {TEMPLATE}, so nobody can reach it: add it to `{}` there",
                route.method, route.path, route.function
            );
            findings.push(Finding::new(file, *line, what));
        }
    }
    for route in template {
        if !served.iter().any(|(served, _, _)| served == route) {
            let what = format!(
                "{} {} is answered by no route of functions/{}: serve it, or take it out",
                route.method, route.path, route.function
            );
            findings.push(Finding::new(TEMPLATE, line_of(yaml, route), what));
        }
    }
    findings
}

/// Functions without a binary of their name, and folders of functions that the template does not know.
pub fn binaries(functions: &[String], yaml: &str, rooms: &[Room]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for name in functions {
        let folder = format!("functions/{name}");
        if !rooms.iter().any(|room| room.folder == folder && room.binaries.contains(name)) {
            let line = line_with(yaml, &format!("/{name}/"));
            findings.push(Finding::new(
                TEMPLATE,
                line,
                format!("there is no binary “{name}” in {folder}/Cargo.toml: name one so"),
            ));
        }
    }
    for room in rooms {
        let Some(name) = room.folder.strip_prefix("functions/") else { continue };
        if !functions.iter().any(|function| function == name) {
            findings.push(Finding::new(
                &room.manifest(),
                1,
                format!("{TEMPLATE} has no function {name}: add it there, or it never runs"),
            ));
        }
    }
    findings
}

fn line_of(yaml: &str, route: &Route) -> usize {
    let start = route.path.split("{*}").next().unwrap_or_default();
    let written = |line: &str| {
        let path = line.split("Path:").nth(1).unwrap_or_default().trim_matches([' ', '}', '"']);
        let path = if path.contains('{') && !path.ends_with('}') { format!("{path}}}") } else { path.to_owned() };
        line.contains(&format!("Method: {}", route.method))
            && (path == route.path || (route.path.contains("{*}") && path.starts_with(start)))
    };
    yaml.lines().position(written).map_or(1, |line| line + 1)
}

/// The first line that holds this, from 1.
pub(crate) fn line_with(text: &str, wanted: &str) -> usize {
    text.lines().position(|line| line.contains(wanted)).map_or(1, |line| line + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "a\n  Properties: { Method: GET, Path: \"/{council}\" }\n  Properties: { Method: POST, Path: \"/{council}\" }\n";

    fn source(router: &str) -> Vec<Source> {
        vec![Source::new("functions/intake/src/lib.rs", router)]
    }

    #[test]
    fn a_door_that_only_one_of_them_names_is_found() {
        let template = [Route::new("intake", "GET", "/{council}"), Route::new("intake", "POST", "/{council}")];
        let both = source("Router::new()\n  .route(\"/{council}\", get(a).post(b))");
        assert_eq!(agree(&template, YAML, &both), []);
        let one = agree(&template, YAML, &source(".route(\"/{council}\", get(a))"));
        assert_eq!((one.len(), one[0].line, one[0].file.as_str()), (1, 3, TEMPLATE));
        let more = agree(&template[..1], YAML, &both);
        assert_eq!((more.len(), more[0].line), (1, 2));
        let elsewhere = [Route::new("casework", "GET", "/{council}"), template[1].clone()];
        assert_eq!(agree(&elsewhere, YAML, &both).len(), 2, "another function's router");
    }

    #[test]
    fn the_rest_of_a_path_may_have_any_name() {
        let template = [Route::new("intake", "GET", "/assets/{proxy+}")];
        assert_eq!(agree(&template, YAML, &source(".route(\"/assets/{*name}\", get(a))")), []);
    }

    #[test]
    fn a_path_that_cannot_be_read_is_found() {
        assert_eq!(served(&source(".route(PATH, get(a))")).1.len(), 1);
    }

    #[test]
    fn a_function_without_a_binary_and_a_binary_without_a_function_are_found() {
        let room = Room::parse("functions/intake", "[package]\nname = \"a\"\n[[bin]]\nname = \"intake\"").unwrap();
        let rooms = [room];
        assert_eq!(binaries(&["intake".to_owned()], "", &rooms), []);
        assert_eq!(binaries(&["intake".to_owned(), "notices".to_owned()], "", &rooms).len(), 1);
        assert_eq!(binaries(&[], "", &rooms).len(), 1);
    }
}
