//! Which crate may know which.

use redress_tidy::docs::{self, Pages};
use redress_tidy::{House, arrows, hold, owners};

#[test]
fn arrows_run_from_functions_through_shared_to_the_domain() {
    hold(arrows::arrows(&House::here().rooms()));
}

#[test]
fn the_domain_knows_no_io_no_async_and_no_aws() {
    hold(owners::pure(&House::here().rooms()));
}

#[test]
fn one_room_knows_dynamodb_one_knows_ses_and_one_knows_the_bus() {
    hold(owners::owners(&House::here().rooms()));
}

#[test]
fn no_old_generation_of_http_or_tls_comes_in() {
    let lock = House::here().read("Cargo.lock");
    hold(owners::banned(&lock).unwrap());
}

#[test]
fn every_crate_says_what_it_is_for() {
    hold(docs::crates(&Pages::of(&House::here())));
}

#[test]
fn every_crate_is_under_the_lints_of_the_workspace() {
    let house = House::here();
    hold(docs::lints(&house.rooms(), &house.workspace()));
}
