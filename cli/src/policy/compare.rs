//! `redress policy compare`: two policies side by side, in sentences.

use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use clap::Args;
use serde_json::json;

use redress_domain::policy::{Policy, read};
use redress_platform::{Library, Source};

use super::difference::differences;

/// Which two.
#[derive(Args, Debug)]
pub(super) struct Compare {
    /// A council's id, or a policy file
    a: String,
    /// Another
    b: String,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// Prints a line for each thing that differs for a resident.
pub(super) fn run(compare: &Compare) -> Result<bool> {
    let library = Library::load(&Source::Packed)?;
    let (a, b) = (find(&library, &compare.a)?, find(&library, &compare.b)?);
    let found = differences(&a, &b);
    if compare.json {
        println!("{}", serde_json::to_string_pretty(&json!({"a": compare.a, "b": compare.b, "differences": found}))?);
        return Ok(true);
    }
    if found.is_empty() {
        println!("Nothing differs for a resident.");
    }
    found.iter().for_each(|difference| println!("{}", difference.says));
    Ok(true)
}

/// The present policy of a council, or the one in a file.
fn find(library: &Library, named: &str) -> Result<Policy> {
    if let Some(rules) = library.present(named) {
        return Ok(rules.policy.as_ref().clone());
    }
    if !Path::new(named).exists() {
        let known: Vec<&str> = library.councils().collect();
        return Err(anyhow!("“{named}” is neither a file nor a council; there are {}", known.join(", ")));
    }
    let text = std::fs::read_to_string(named).with_context(|| named.to_owned())?;
    read(named, &text).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow!("{}", lines.join("\n"))
    })
}
