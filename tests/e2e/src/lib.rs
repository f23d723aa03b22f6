#![doc = include_str!("../README.md")]
#![allow(clippy::expect_used, reason = "a test that cannot go on says why")]

pub mod client;
pub mod meter;
mod resident;
mod signing_in;
pub mod upload;
mod world;

pub use client::{Answer, Client};
pub use resident::Resident;
pub use signing_in::Leaving;
pub use world::{COUNCILS, Filed, World, complaint};
