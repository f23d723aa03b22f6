//! `redress verify`: is every history what was written, and does it give the case that is stored?

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;

use redress_local::folder;
use redress_office::heads::{Anchored, Head, Heads};
use redress_office::verify::{Verdict, examine};
use redress_store::Store;

use crate::account;

/// What to verify.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The data folder
    #[arg(long, default_value = "redress-data", conflicts_with = "account")]
    data: PathBuf,
    /// The tables of a service on AWS instead: all of them are read, and all heads that were anchored
    #[arg(long)]
    account: bool,
    /// Anchor the last entry of each history that holds and is not anchored yet
    #[arg(long, requires = "account")]
    anchor: bool,
    /// Only these cases
    references: Vec<String>,
}

/// Verifies; false when something does not hold.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    account::wait(async {
        if !arguments.account {
            let opened = folder::open(&arguments.data).context("the data could not be read")?;
            return tell(arguments, &opened.store, &opened.anchored).await.map(|(holds, _)| holds);
        }
        let office = account::office()?;
        let heads = Heads::from_environment().map_err(anyhow::Error::msg)?;
        let Some(heads) = heads else {
            println!("Heads are not compared: REDRESS_HEADS names no bucket");
            return tell(arguments, &office.store, &Anchored::default()).await.map(|(holds, _)| holds);
        };
        let anchored = heads.anchored().await.context("the bucket of heads could not be read")?;
        let (holds, open) = tell(arguments, &office.store, &anchored).await?;
        if arguments.anchor {
            heads.anchor(&open, office.clock.now()).await.context("the same command again does the rest")?;
            println!("{} anchored now", open.len());
        }
        Ok(holds)
    })
}

/// Whether all holds, and what could be anchored.
async fn tell(arguments: &Arguments, store: &Store, anchored: &Anchored) -> Result<(bool, Vec<Head>)> {
    let verdicts = verdicts(arguments, store, anchored).await.context("the data could not be read")?;
    let mut wrong = 0;
    for Verdict { key: case, entries, why, .. } in &verdicts {
        match why {
            None if arguments.references.is_empty() => {}
            None => println!("{case}: {entries} entries, the chain holds and gives the stored case"),
            Some(why) => {
                wrong += 1;
                println!("{case}: {why}");
            }
        }
    }
    for object in &anchored.strange {
        println!("{object}: among the heads, and not written by this service");
    }
    let entries: usize = verdicts.iter().map(|verdict| verdict.entries).sum();
    println!("{} cases, {entries} entries, {wrong} wrong", verdicts.len());
    let open: Vec<Head> = verdicts.into_iter().filter_map(|verdict| verdict.to_anchor).collect();
    match open.len() {
        0 => println!("{} heads anchored, the last entry of every history among them", anchored.count),
        some => println!("{} heads anchored; of {some} histories the last entry is not", anchored.count),
    }
    Ok((wrong == 0 && anchored.strange.is_empty(), open))
}

/// Of every case that is there, and of every one that once was.
async fn verdicts(arguments: &Arguments, store: &Store, anchored: &Anchored) -> Result<Vec<Verdict>> {
    let keys: BTreeSet<_> = store.every_case().await?.into_iter().chain(anchored.cases().cloned()).collect();
    let mut verdicts = Vec::new();
    for key in keys {
        if arguments.references.is_empty() || arguments.references.contains(&key.reference) {
            verdicts.push(examine(store, key, anchored).await?);
        }
    }
    Ok(verdicts)
}
