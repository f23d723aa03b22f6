//! `redress verify`: is every history what was written, and does it give the case that is stored?

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;

use redress_local::folder;
use redress_office::verify::{Verdict, examine};
use redress_store::Store;

use crate::account;

/// What to verify.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The data folder
    #[arg(long, default_value = "redress-data", conflicts_with = "account")]
    data: PathBuf,
    /// The tables of a service on AWS instead: all of them are read
    #[arg(long)]
    account: bool,
    /// Only these cases
    references: Vec<String>,
}

/// Verifies; false when something does not hold.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    let verdicts = account::wait(verdicts(arguments)).context("the data could not be read")?;
    let mut wrong = 0;
    for Verdict { key: case, entries, why } in &verdicts {
        match why {
            None if arguments.references.is_empty() => {}
            None => println!("{case}: {entries} entries, the chain holds and gives the stored case"),
            Some(why) => {
                wrong += 1;
                println!("{case}: {why}");
            }
        }
    }
    let entries: usize = verdicts.iter().map(|verdict| verdict.entries).sum();
    println!("{} cases, {entries} entries, {wrong} wrong", verdicts.len());
    Ok(wrong == 0)
}

async fn verdicts(arguments: &Arguments) -> Result<Vec<Verdict>> {
    if arguments.account {
        return of(&account::office()?.store, &arguments.references).await;
    }
    let opened = folder::open(&arguments.data)?;
    of(&opened.store, &arguments.references).await
}

async fn of(store: &Store, references: &[String]) -> Result<Vec<Verdict>> {
    let mut verdicts = Vec::new();
    for key in store.every_case().await? {
        if references.is_empty() || references.contains(&key.reference) {
            verdicts.push(examine(store, key).await?);
        }
    }
    Ok(verdicts)
}
