//! Every route of staff.

use redress_domain::roles::Roles;
use redress_e2e::{Answer, Client, Filed, World, complaint};
use redress_local::template::{Route, embedded};
use serde_json::json;

use crate::places::{PLACES, Place};
use crate::{COUNCIL, Everybody, head, line};

/// The routes that are staff's: all of the functions that are theirs, and every page under `/staff`.
fn staff_routes() -> Vec<Route> {
    let functions = embedded().expect("the template").functions;
    let routes = functions.into_iter().flat_map(|function| {
        let theirs = ["casework", "transitions"].contains(&function.name.as_str());
        function.routes.into_iter().filter(move |route| theirs || route.path.starts_with("/staff"))
    });
    let mut routes: Vec<Route> = routes.collect();
    routes.sort_by_key(|route| (route.path.clone(), route.method.clone()));
    routes
}

fn place_of(route: &Route) -> Option<Place> {
    let found = PLACES.iter().find(|(method, path, _)| *method == route.method && *path == route.path);
    found.map(|(_, _, place)| *place)
}

#[test]
fn every_route_of_staff_is_in_the_table_and_every_line_of_it_is_a_route() {
    let routes = staff_routes();
    let missing: Vec<String> = routes
        .iter()
        .filter(|route| place_of(route).is_none())
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    assert!(missing.is_empty(), "place these in tests/e2e/tests/authorisation/places.rs:\n{}", missing.join("\n"));
    for (method, path, _) in PLACES {
        let there = routes.iter().any(|route| route.method == *method && route.path == *path);
        assert!(there, "{method} {path} is not in the template any more: take it out of places.rs");
    }
}

/// An address of a route, with what stands in this world put in.
fn address(path: &str, filed: &Filed) -> String {
    let path = path.replace("{council}", COUNCIL).replace("{reference}", &filed.reference);
    let path = path.replace("{n}", "1").replace("{command}", "note").replace("{file}", "1");
    assert!(!path.contains('{'), "{path}: say in `address` what stands there");
    path
}

async fn ask(client: &Client, route: &Route, path: &str) -> Answer {
    match route.method.as_str() {
        "GET" => client.get(path).await,
        _ if path.starts_with("/api") => client.post(path, json!({})).await,
        _ => client.form(path, &[]).await,
    }
}

#[tokio::test]
async fn every_route_is_answered_by_role_and_by_nothing_else() {
    let world = World::at("2026-03-20T10:00").await;
    let roles: &Roles = world.laptop.office.settings.library.roles();
    let everybody = Everybody::of(&world).await;
    let filed = world.file(COUNCIL, complaint()).await;
    let mut table = head("route");
    for route in staff_routes() {
        let Some(place) = place_of(&route).filter(|place| *place != Place::Command) else { continue };
        let path = address(&route.path, &filed);
        let what = format!("{} {}", route.method, route.path);
        let nobody = ask(&everybody.nobody, &route, &path).await;
        let elsewhere = ask(&everybody.elsewhere, &route, &path).await.status.as_u16();
        let mut statuses = Vec::new();
        for (role, client) in &everybody.staff {
            let status = ask(client, &route, &path).await.status.as_u16();
            match place.may(roles, *role) {
                true if place != Place::Anybody => {
                    assert!(![401, 403].contains(&status) && status < 500, "{what}: {role:?} may, and got {status}");
                }
                true => assert!(status < 500, "{what}: {status}"),
                false => assert_eq!(status, 403, "{what}: {role:?} may not"),
            }
            statuses.push(status);
        }
        if place != Place::Anybody {
            let led = nobody.location().starts_with("/staff/sign-in?to=");
            let page = route.method == "GET" && path.starts_with("/staff");
            let right = if page { nobody.status == 303 && led } else { nobody.status == 401 };
            assert!(right, "{what}: nobody is signed in, and got {}", nobody.status);
        }
        if !matches!(place, Place::Anybody | Place::Own) {
            assert_eq!(elsewhere, 403, "{what}: another council");
        }
        table.push_str(&line(&what, nobody.status.as_u16(), elsewhere, &statuses));
    }
    insta::assert_snapshot!("routes", table);
}
