#![doc = include_str!("../README.md")]

mod assets;
pub mod body;
mod fetch;
mod identity;
pub mod openapi;
mod pages;
mod problem;
mod request;
mod small;
mod token;
mod words;

pub use assets::{asset, colour};
pub use fetch::{Fetch, FetchError};
pub use identity::{Identity, SESSION_COOKIE};
pub use pages::{PageError, Pages};
pub use problem::{FieldProblem, Problem};
pub use request::{Form, idempotency, if_match, key_of, not_found};
pub use small::compressed;
pub use token::Verifier;
pub use words::{FIRST, Words, WordsError, languages};
