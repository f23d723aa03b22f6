//! `redress policy`: what is wrong with a policy, what it is next to the Codes, and how two differ.

mod check;
mod compare;
mod difference;
mod says;
mod table;

use anyhow::Result;
use clap::{Args, Subcommand};

/// What to do with policies.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check policy files, or all that are packed in, and judge them by the Codes
    Check(check::Check),
    /// What differs for a resident between two policies
    Compare(compare::Compare),
}

/// Checks or compares; false when something is wrong.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    match &arguments.command {
        Command::Check(check) => check::run(check),
        Command::Compare(compare) => compare::run(compare),
    }
}
