#![doc = include_str!("../README.md")]

pub mod arrows;
mod blank;
pub mod clock;
pub mod councils;
pub mod docs;
pub mod document;
mod finding;
pub mod guides;
pub mod hosts;
mod house;
pub mod logs;
pub mod names;
pub mod owners;
pub mod panics;
pub mod permissions;
mod room;
pub mod routes;
pub mod size;
mod source;
pub mod variables;

pub use finding::{Finding, hold};
pub use house::{House, Text};
pub use room::{Dependency, Kind, Room};
pub use source::{Literal, Source};
