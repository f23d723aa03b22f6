//! Functions, routes and variables: the same in the template and in the code.

use redress_local::template::Template;
use redress_tidy::routes::{self, Route};
use redress_tidy::{Finding, House, variables};

use crate::Reading;

pub(crate) fn with_the_code(template: &Reading, house: &House) -> Vec<Finding> {
    let parsed = match Template::parse(&template.text) {
        Ok(parsed) => parsed,
        Err(error) => return vec![template.finding("Resources", error.to_string())],
    };
    let (sources, rooms) = (house.sources(), house.rooms());
    let names: Vec<String> = parsed.functions.iter().map(|function| function.name.clone()).collect();
    let set: Vec<String> = parsed.functions.iter().flat_map(|function| function.variables.clone()).collect();
    let doors: Vec<Route> = parsed
        .functions
        .iter()
        .flat_map(|function| function.routes.iter().map(|route| Route::new(&function.name, &route.method, &route.path)))
        .collect();
    let mut found = routes::binaries(&names, &template.text, &rooms);
    found.extend(routes::agree(&doors, &template.text, &sources));
    found.extend(variables::agree(&set, &template.text, &sources));
    found
}
