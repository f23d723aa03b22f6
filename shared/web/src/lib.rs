#![doc = include_str!("../README.md")]

pub mod body;
mod fetch;
mod identity;
pub mod openapi;
mod pages;
mod problem;
mod request;
mod token;

pub use fetch::{Fetch, FetchError};
pub use identity::{Identity, SESSION_COOKIE};
pub use pages::{PageError, Pages, asset};
pub use problem::{FieldProblem, Problem};
pub use request::{Form, idempotency, if_match, key_of, not_found};
pub use token::Verifier;
