#![doc = include_str!("../README.md")]

mod clean;
mod context;
mod error;
mod filters;
mod html;
mod lint;
mod marked;
mod page;
mod plain;
mod press;
mod print;
mod proof;
mod rule;
pub mod specimen;
mod templates;

pub use context::{DigestEnvelope, DigestItem, Envelope, StaffEnvelope};
pub use error::LetterError;
pub use html::{fragment, html};
pub use lint::{INADEQUATE, lint};
pub use marked::{Block, blocks};
pub use page::page;
pub use plain::plain;
pub use press::{Press, Words};
pub use print::{Printable, print, print_all};
