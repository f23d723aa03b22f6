//! The template's policies: no wildcard without a reason, and nothing allowed that no test uses.

use std::collections::BTreeMap;
use std::path::PathBuf;

use redress_local::permissions::used::{FOLDER, read};
use redress_local::permissions::{Statement, Use};
use redress_local::template::embedded;
use redress_tidy::routes::TEMPLATE;
use redress_tidy::{House, hold, permissions};

#[test]
fn a_wildcard_in_a_policy_has_its_reason_beside_it() {
    let yaml = House::here().read(TEMPLATE);
    assert!(yaml.contains("Action:") && yaml.contains("Resource:"), "the policies were not found");
    hold(permissions::wildcards(&yaml));
}

/// What the tests wrote down is of these very statements, so this runs after all of them: as `.ci/run` does.
#[test]
#[ignore = "runs after all other tests, on what they wrote down: see CONTRIBUTING.md"]
fn every_statement_is_used_by_a_test() {
    let folder = std::env::var_os(FOLDER).map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| panic!("{FOLDER} names no folder: nothing was written down"));
    let written = read(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    assert!(!written.is_empty(), "{} holds nothing: run the tests first", folder.display());
    let policies = embedded().unwrap_or_else(|error| panic!("{TEMPLATE}: {error}")).permissions;
    let places: BTreeMap<String, String> =
        policies.statements().map(|each| (each.of.clone(), each.logical_id.clone())).collect();
    let told = |one: Use| permissions::Use {
        logical_id: places.get(&one.of).cloned().unwrap_or_default(),
        sid: one.sid,
        action: one.action,
        resource: one.resource,
        key: one.key,
    };
    let all: Vec<_> = policies.statements().flat_map(Statement::uses).map(told).collect();
    let used: Vec<_> = written.into_iter().map(told).collect();
    println!("{} uses are allowed or denied by name; {} were made", all.len(), used.len());
    hold(permissions::unused(&all, &used, &House::here().read(TEMPLATE)));
}
