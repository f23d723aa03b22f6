#![doc = include_str!("../README.md")]

mod send;

pub use send::{ENDPOINT_VARIABLE, Mail, Mailer, Sending};
