#![doc = include_str!("../README.md")]

pub mod bus;
mod calendar;
pub mod demo;
mod desk;
mod dev;
pub mod dynamo;
pub mod files;
pub mod folder;
mod functions;
mod gateway;
pub mod issuer;
pub mod laptop;
mod moving;
pub mod pattern;
pub mod permissions;
pub mod runtime_api;
pub mod ses;
pub mod streams;
pub mod template;
pub mod wires;

pub use laptop::{Laptop, LocalError, Options};
