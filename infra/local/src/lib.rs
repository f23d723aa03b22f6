//! The infrastructure on one machine.

pub mod bus;
pub mod dynamo;
pub mod issuer;
pub mod pattern;
pub mod runtime_api;
pub mod ses;
pub mod streams;
pub mod template;
