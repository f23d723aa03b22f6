//! Generated submissions: nothing breaks, nothing is lost, nothing comes out as markup.
//!
//! `FLOOD` says how many: 1,000 where it is not said; 10,000 take some minutes in a debug build.
//! `FLOOD_SEED` says from which seed. Both are printed, and the same seed gives the same submissions. A failure names
//! its number, and `FLOOD_ONLY` sends that one alone.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

mod door;
mod journey;
mod reading;
mod submission;
mod words;
mod wrong;

use std::collections::BTreeMap;
use std::env;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use redress_e2e::{COUNCILS, World};

use crate::door::Door;
use crate::reading::Readers;
use crate::submission::{Submission, submission};

const COUNT: u64 = 1_000;
const SEED: u64 = 20_260_320;
const TASKS: usize = 12;

/// How many one service is sent.
const SERVICE_TAKES: usize = 1_000;

/// How a submission was answered, to be counted.
type Tally = BTreeMap<String, usize>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn generated_submissions_break_nothing_lose_nothing_and_come_out_as_words() {
    let (count, seed, only) =
        (asked("FLOOD").unwrap_or(COUNT), asked("FLOOD_SEED").unwrap_or(SEED), asked("FLOOD_ONLY"));
    println!("flood: FLOOD={count} FLOOD_SEED={seed}");
    let began = Instant::now();
    let numbers: Vec<u64> = only.map_or_else(|| (0..count).collect(), |only| vec![only]);
    let (mut whole, mut letters) = (Tally::new(), 0);
    // A service of its own for each thousand: the embedded database looks through all that streams have held at every
    // write, so that one service for all of them would grow slower and slower.
    for some in numbers.chunks(SERVICE_TAKES) {
        let (tally, written) = flood(some.to_vec(), seed).await;
        letters += written;
        for (how, n) in tally {
            *whole.entry(how).or_default() += n;
        }
    }
    println!("flood: {} submissions, {letters} letters, {} s", numbers.len(), began.elapsed().as_secs());
    for (how, n) in &whole {
        println!("flood: {how}: {n}");
    }
    assert!(!whole.contains_key("FAILED"), "each is said above, with its number");
}

/// Sends these to a service of their own, twelve at a time, and reads everything that came of them.
async fn flood(numbers: Vec<u64>, seed: u64) -> (Tally, usize) {
    let world = Arc::new(World::at("2026-03-20T10:00").await);
    let readers = Arc::new(Readers::of(&world).await);
    let (numbers, next) = (Arc::new(numbers), Arc::new(AtomicUsize::new(0)));
    let mut tasks = Vec::new();
    for _ in 0..TASKS {
        let (world, readers) = (Arc::clone(&world), Arc::clone(&readers));
        let (numbers, next) = (Arc::clone(&numbers), Arc::clone(&next));
        tasks.push(tokio::spawn(async move {
            let mut tally = Tally::new();
            while let Some(number) = numbers.get(next.fetch_add(1, Ordering::Relaxed)) {
                let (world, readers) = (Arc::clone(&world), Arc::clone(&readers));
                // A task of its own: what fails is said and counted, and the rest goes on.
                let how = tokio::spawn(send(world, readers, seed, *number)).await;
                *tally.entry(how.unwrap_or_else(|_| "FAILED".to_owned())).or_default() += 1;
            }
            tally
        }));
    }
    let mut whole = Tally::new();
    for task in tasks {
        for (how, n) in task.await.expect("the task goes on to the end") {
            *whole.entry(how).or_default() += n;
        }
    }
    world.laptop.quiet().await;
    let letters = readers.every_letter_is_only_words(&world).await;
    (whole, letters)
}

async fn send(world: Arc<World>, readers: Arc<Readers>, seed: u64, number: u64) -> String {
    let (door, submission) = (Door::of(number), generated(seed, number));
    let submission = Submission { whole: !matches!(door, Door::Journey), ..submission };
    format!("{:?}, {}", submission.kind, door.send(&world, &readers, number, &submission).await)
}

fn asked(variable: &str) -> Option<u64> {
    env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} is a number")))
}

/// The submission of a number: always the same one for a seed.
fn generated(seed: u64, number: u64) -> Submission {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..16].copy_from_slice(&number.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    submission(&COUNCILS).new_tree(&mut runner).expect("a submission").current()
}
