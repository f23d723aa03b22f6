#![doc = include_str!("../README.md")]

pub mod calendar;
pub mod case;
pub mod code;
pub mod commands;
pub mod danger;
pub mod deadline;
pub mod decide;
pub mod feedback;
pub mod files;
pub mod input;
pub mod key;
pub mod length;
pub mod letter;
mod parts;
pub mod policy;
pub mod reading;
pub mod recount;
pub mod refusal;
pub mod replayed;
pub mod roles;
pub mod rules;
pub mod sample;
pub mod search;
pub mod staff_mail;
pub mod sweep;
pub mod timer;
