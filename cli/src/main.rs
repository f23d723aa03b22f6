#![doc = include_str!("../README.md")]

mod account;
mod calendar;
mod deadlines;
mod letters;
mod policy;
mod publish;
mod replay;
mod serve;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// A council's complaints procedure, on one machine.
#[derive(Debug, Parser)]
#[command(name = "redress", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::Serve,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the whole service (the default)
    Serve(serve::Serve),
    /// Count working days, and say why
    Calendar(calendar::Arguments),
    /// Every deadline of a complaint
    Deadlines(deadlines::Arguments),
    /// Every letter of a council, made up, to look at
    Letters(letters::Arguments),
    /// Check policies
    Policy(policy::Arguments),
    /// The same history under another policy
    Replay(replay::Arguments),
    /// Check every hash chain, and that replay gives the stored case
    Verify(verify::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        None => serve::run(&arguments.serve),
        Some(Command::Serve(serve)) => serve::run(&serve),
        Some(Command::Calendar(arguments)) => calendar::run(&arguments),
        Some(Command::Deadlines(arguments)) => deadlines::run(&arguments),
        Some(Command::Letters(arguments)) => letters::run(&arguments),
        Some(Command::Policy(arguments)) => policy::run(&arguments),
        Some(Command::Replay(arguments)) => replay::run(&arguments),
        Some(Command::Verify(arguments)) => verify::run(&arguments),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("redress: {error:#}");
            ExitCode::FAILURE
        }
    }
}
