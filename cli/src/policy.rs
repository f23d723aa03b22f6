//! `redress policy check`: what is wrong with a policy file, and where.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use serde_json::json;

use redress_domain::policy::{PolicyError, read};
use redress_platform::{Library, Source};

/// What to do with policies.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check policy files, or all that are packed in
    Check(Check),
}

#[derive(Args, Debug)]
struct Check {
    /// Policy files; none means all that are packed in
    files: Vec<PathBuf>,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// Checks; false when something is wrong.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    let Command::Check(check) = &arguments.command;
    if check.files.is_empty() {
        let library = Library::load(&Source::Packed)?;
        println!("{} councils, nothing wrong", library.councils().count());
        return Ok(true);
    }
    let mut wrong: Vec<PolicyError> = Vec::new();
    for file in &check.files {
        wrong.extend(one(file, check.json)?);
    }
    if check.json {
        let errors: Vec<_> = wrong
            .iter()
            .map(|error| json!({"file": error.file, "line": error.line, "column": error.column, "message": error.message}))
            .collect();
        println!("{}", json!({"errors": errors}));
    } else {
        wrong.iter().for_each(|error| println!("error: {error}"));
    }
    Ok(wrong.is_empty())
}

fn one(file: &Path, quiet: bool) -> Result<Vec<PolicyError>> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).with_context(|| name.clone())?;
    match read(&name, &text) {
        Err(errors) => Ok(errors),
        Ok(policy) => {
            if !quiet {
                println!("{name}: {}, version {}: nothing wrong", policy.council.name, policy.policy.version);
                for reading in &policy.readings {
                    println!("  reading: {} {}", reading.question, reading.choice);
                }
            }
            Ok(Vec::new())
        }
    }
}
