#![doc = include_str!("../README.md")]
#![allow(clippy::expect_used, reason = "a test that cannot go on says why")]

pub mod client;
mod resident;
mod world;

pub use client::{Answer, Client};
pub use resident::Resident;
pub use world::{COUNCILS, Filed, World, complaint};
