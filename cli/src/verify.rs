//! `redress verify`: is every history what was written, and does it give the case that is stored?

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;

use redress_local::folder;
use redress_office::verify::{Verdict, examine};

/// What to verify.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The data folder
    #[arg(long, default_value = "redress-data")]
    data: PathBuf,
    /// Only these cases
    references: Vec<String>,
}

/// Verifies; false when something does not hold.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let verdicts = runtime.block_on(verdicts(arguments)).context("the data could not be read")?;
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
    let opened = folder::open(&arguments.data)?;
    let mut verdicts = Vec::new();
    for key in opened.store.every_case().await? {
        if arguments.references.is_empty() || arguments.references.contains(&key.reference) {
            verdicts.push(examine(&opened.store, key).await?);
        }
    }
    Ok(verdicts)
}
