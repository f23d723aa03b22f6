//! A policy that keeps every paragraph, spoiled one thing at a time; and cases likewise.

mod cases;
mod policies;
mod time;

use super::{Codes, read};
use crate::policy::{self, Policy};

const GOOD: &str = include_str!("good.toml");

fn codes() -> Codes {
    let file = include_str!("../../../../../policies/codes/complaint-handling-2024.toml");
    read("codes", file).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn policy(text: &str) -> Policy {
    policy::read("ambridge/v1.toml", text).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// The good policy with something in it written otherwise.
fn spoiled(written: &str, instead: &str) -> Policy {
    assert!(GOOD.contains(written), "the good policy does not say {written}");
    policy(&GOOD.replacen(written, instead, 1))
}
