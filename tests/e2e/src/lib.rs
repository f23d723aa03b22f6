#![doc = include_str!("../README.md")]

pub mod client;
mod world;

pub use client::{Answer, Client};
pub use world::{COUNCILS, Filed, World, complaint};
