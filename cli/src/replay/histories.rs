//! Where histories come from: a data folder, or a file with one case a line.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use anyhow::{Context as _, Result};

use redress_local::folder;

use super::History;
use super::tally::Tally;

/// Lines a worker takes at once.
const BATCH: usize = 256;

/// Every history of a data folder.
pub(super) async fn from_folder(folder: &Path) -> Result<Vec<History>> {
    let opened = folder::open(folder)?;
    let mut histories = Vec::new();
    for key in opened.store.every_case().await? {
        let stored = opened.store.history(&key).await?;
        let entries = stored.iter().map(|entry| serde_json::from_str(&entry.body)).collect::<Result<_, _>>();
        histories.push(entries.with_context(|| key.to_string())?);
    }
    Ok(histories)
}

/// Works through the lines of a file with every processor there is, never holding more than a few.
pub(super) fn each_line(file: &Path, work: impl Fn(&str, &mut Tally) + Sync) -> Result<Tally> {
    let opened = File::open(file).with_context(|| file.display().to_string())?;
    let lines = Mutex::new(BufReader::with_capacity(1 << 20, opened).lines());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let work = &work;
    let lines = &lines;
    let tallies: Vec<Result<Tally>> = thread::scope(|scope| {
        let started: Vec<_> = (0..workers)
            .map(|_| {
                scope.spawn(move || -> Result<Tally> {
                    let mut tally = Tally::default();
                    loop {
                        let mut taken = Vec::with_capacity(BATCH);
                        if let Ok(mut lines) = lines.lock() {
                            for line in lines.by_ref().take(BATCH) {
                                taken.push(line.context("a line could not be read")?);
                            }
                        }
                        if taken.is_empty() {
                            return Ok(tally);
                        }
                        taken.iter().filter(|line| !line.trim().is_empty()).for_each(|line| work(line, &mut tally));
                    }
                })
            })
            .collect();
        let stopped = |_| Err(anyhow::anyhow!("a worker stopped"));
        started.into_iter().map(|worker| worker.join().unwrap_or_else(stopped)).collect()
    });
    let mut whole = Tally::default();
    for tally in tallies {
        whole.join(tally?);
    }
    Ok(whole)
}
