//! The Rust itself.

use redress_tidy::councils::{self, Council};
use redress_tidy::{House, clock, hold, hosts, logs, names, panics, size};

#[test]
fn only_the_clock_reads_the_machines_clock() {
    hold(clock::clock(&House::here().sources()));
}

#[test]
fn no_file_is_too_long_and_most_are_short() {
    let sources = House::here().sources();
    let median = size::median(&sources);
    let (file, lines) = size::longest(&sources).unwrap();
    println!("longest: {file}, {lines} lines; median of files that are no tests: {median} lines");
    hold(size::long(&sources));
    assert!(median < size::MEDIAN_BELOW, "the median file has {median} lines, and {} is too many", size::MEDIAN_BELOW);
}

#[test]
fn no_rust_names_a_council() {
    let texts = House::here().texts();
    let policies = texts.iter().filter(|text| text.path.starts_with("policies/") && text.path.ends_with("/v1.toml"));
    let named: Vec<Council> = policies.map(|policy| Council::parse(&policy.text).unwrap()).collect();
    assert!(named.len() >= 5, "the policies were not found");
    hold(councils::councils(&House::here().sources(), &named));
}

#[test]
fn nothing_outside_tests_panics_on_purpose() {
    hold(panics::panics(&House::here().sources()));
}

#[test]
fn files_and_types_are_named_by_their_idea() {
    hold(names::names(&House::here().sources()));
}

#[test]
fn nothing_about_a_person_is_logged() {
    hold(logs::logs(&House::here().sources()));
}

#[test]
fn no_registry_is_named_outside_lock_files() {
    hold(hosts::hosts(&House::here().texts()));
}
