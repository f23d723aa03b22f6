//! The template and the code name the same functions, routes and variables.

use redress_local::template::{Template, embedded};
use redress_tidy::routes::{Route, TEMPLATE};
use redress_tidy::{House, document, hold, routes, variables};

fn template() -> Template {
    embedded().unwrap_or_else(|error| panic!("{TEMPLATE}: {error}"))
}

fn doors(template: &Template) -> Vec<Route> {
    let functions = template.functions.iter();
    functions
        .flat_map(|function| function.routes.iter().map(|route| Route::new(&function.name, &route.method, &route.path)))
        .collect()
}

#[test]
fn every_function_of_the_template_is_a_binary_and_every_binary_a_function() {
    let house = House::here();
    let functions: Vec<String> = template().functions.into_iter().map(|function| function.name).collect();
    hold(routes::binaries(&functions, &house.read(TEMPLATE), &house.rooms()));
}

#[test]
fn every_route_of_the_template_is_served_and_every_route_served_is_in_the_template() {
    let house = House::here();
    let doors = doors(&template());
    assert!(!doors.is_empty(), "the template's routes were not found");
    hold(routes::agree(&doors, &house.read(TEMPLATE), &house.sources()));
}

#[test]
fn every_variable_that_is_read_is_set_and_every_one_set_is_read() {
    let house = House::here();
    let set: Vec<String> = template().functions.into_iter().flat_map(|function| function.variables).collect();
    assert!(!set.is_empty(), "the template's variables were not found");
    hold(variables::agree(&set, &house.read(TEMPLATE), &house.sources()));
}

#[test]
fn the_openapi_document_describes_the_routes_there_are() {
    let document = serde_json::to_value(redress_web::openapi::document()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let methods = item
            .as_object()
            .unwrap()
            .keys()
            .filter(|key| ["get", "post", "put", "patch", "delete"].contains(&key.as_str()));
        operations.extend(methods.map(|method| (method.clone(), path.clone())));
    }
    assert!(!operations.is_empty(), "the document's operations were not found");
    hold(document::agree(&operations, &doors(&template())));
}
