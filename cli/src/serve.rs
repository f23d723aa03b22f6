//! `redress serve`: the whole service at one address.

use std::io::Write as _;
use std::path::PathBuf;
use std::str::FromStr;

use anyhow::{Context as _, Result, anyhow};
use chrono::{DateTime, Utc};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use redress_local::dynamo::Place;
use redress_local::{Laptop, Options, demo, laptop};
use redress_platform::{Source, start_terminal_logs};

/// How to run the service.
#[derive(Args, Clone, Debug)]
pub(crate) struct Serve {
    /// The port on 127.0.0.1; 0 picks one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// A folder for the data, or `memory`
    #[arg(long, default_value = "redress-data")]
    data: String,
    /// `real`, or a time like 2026-06-01T09:00 that stands still until it is moved
    #[arg(long, default_value = "real")]
    clock: GivenClock,
    /// A folder of policies, instead of those packed in
    #[arg(long)]
    policies: Option<PathBuf>,
    /// Fill every council with cases in every state (the default with a new data folder)
    #[arg(long, overrides_with = "no_demo")]
    demo: bool,
    /// Start empty
    #[arg(long)]
    no_demo: bool,
}

/// What the clock shows.
#[derive(Clone, Copy, Debug)]
struct GivenClock(Option<DateTime<Utc>>);

impl FromStr for GivenClock {
    type Err = String;

    fn from_str(text: &str) -> Result<GivenClock, String> {
        if text == "real" {
            return Ok(GivenClock(None));
        }
        let at = redress_domain::calendar::parse_moment(text);
        at.map(|at| GivenClock(Some(at))).ok_or_else(|| "write `real`, or a time like 2026-06-01T09:00".to_owned())
    }
}

/// Runs until it is stopped.
pub(crate) fn run(serve: &Serve) -> Result<bool> {
    start_terminal_logs();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(service(serve)).map(|()| true)
}

async fn service(serve: &Serve) -> Result<()> {
    let place = match serve.data.as_str() {
        "memory" => Place::Memory,
        folder => Place::Folder(folder.into()),
    };
    let fresh = match &place {
        Place::Memory => true,
        Place::Folder(folder) => laptop::is_new(folder),
    };
    let with_demo = serve.demo || (fresh && !serve.no_demo);
    let clock = laptop::clock(serve.clock.0);
    let policies = serve.policies.clone().map_or(Source::Packed, Source::Folder);
    let options = Options { port: serve.port, place, clock: clock.clone(), policies };
    let running = Laptop::start(options).await.context("the service did not start")?;
    if with_demo {
        let bar = ProgressBar::new(0).with_style(
            ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}")
                .unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        bar.set_message("living through some cases");
        let seeded = demo::fill(&running, serve.clock.0, |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        });
        seeded.await.map_err(|error| anyhow!("the demo: {error}"))?;
        bar.finish_and_clear();
    }
    ready(running.address());
    tokio::signal::ctrl_c().await?;
    Ok(())
}

/// Says that it is ready. Whoever started it may have stopped listening; that is no reason to stop.
fn ready(address: &str) {
    let mut out = std::io::stdout().lock();
    let _nobody_listens = writeln!(out, "listening on {address}").and_then(|()| out.flush());
    eprintln!("the desk, where a case can be lived through: {address}/dev/desk");
}
