#![doc = include_str!("../README.md")]

mod clean;
mod context;
mod error;
mod filters;
mod html;
mod lint;
mod marked;
mod plain;
mod press;
mod proof;
mod rule;
mod templates;

pub use context::{Envelope, StaffEnvelope};
pub use error::LetterError;
pub use html::{fragment, html};
pub use lint::{INADEQUATE, lint};
pub use marked::{Block, blocks};
pub use plain::plain;
pub use press::{Press, Words};
