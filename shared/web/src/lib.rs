#![doc = include_str!("../README.md")]

mod assets;
pub mod body;
pub mod boxes;
pub mod date;
mod edge;
mod fetch;
mod identity;
mod me;
pub mod openapi;
mod pages;
mod problem;
mod provider;
mod request;
mod session;
mod small;
pub mod step;
mod token;
pub mod trail;
mod way_in;
mod words;

pub use assets::{asset, colour};
pub use edge::behind_the_edge;
pub use fetch::{Fetch, FetchError};
pub use identity::Identity;
pub use pages::{PageError, Pages, sending_to};
pub use problem::{FieldProblem, Problem};
pub use request::{Form, idempotency, if_match, key_of, not_found};
pub use session::{SESSION_COOKIE, SESSION_HOURS, cookie, with_cookie, without_session};
pub use small::compressed;
pub use token::{NoIdentity, Verifier};
pub use way_in::{SIGN_IN, way_back, with_way_in};
pub use words::{FIRST, Words, WordsError, languages};
