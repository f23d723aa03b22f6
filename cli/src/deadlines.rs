//! `redress deadlines`: every deadline of a complaint, as the service would compute it.

mod reasons;

use std::io::Write as _;

use anyhow::{Context as _, Result, anyhow, bail};
use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use redress_domain::calendar::{local_date, long_date, parse_moment};
use redress_domain::deadline::Deadline;
use redress_domain::sample::sample;
use redress_platform::{Library, Source};

use reasons::{beginning, explain};

/// Which complaint.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The council's id
    #[arg(long)]
    council: String,
    /// When it was received, like 2026-08-22T21:05
    #[arg(long, value_parser = moment)]
    received: DateTime<Utc>,
    /// The day it was acknowledged
    #[arg(long)]
    acknowledged: Option<NaiveDate>,
    /// The day stage 1 was answered
    #[arg(long)]
    responded: Option<NaiveDate>,
    /// A folder of policies, instead of those packed in
    #[arg(long)]
    policies: Option<std::path::PathBuf>,
    /// Say why
    #[arg(long)]
    explain: bool,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// Prints them.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    let source = arguments.policies.clone().map_or(Source::Packed, Source::Folder);
    let library = Library::load(&source).context("the policies")?;
    let rules = library.present_on(&arguments.council, local_date(arguments.received)).ok_or_else(|| {
        let known: Vec<&str> = library.councils().collect();
        anyhow!("there is no council “{}”; there are {}", arguments.council, known.join(", "))
    })?;
    let received_on = local_date(arguments.received);
    for (what, on) in [("acknowledged", arguments.acknowledged), ("answered", arguments.responded)] {
        if let Some(on) = on.filter(|on| *on < received_on) {
            let (on, received_on) = (long_date(on), long_date(received_on));
            bail!("it cannot be {what} on {on}: it was received on {received_on}");
        }
    }
    let deadlines = sample(&rules, arguments.received, arguments.acknowledged, arguments.responded);
    if arguments.json {
        return say(&serde_json::to_string_pretty(&deadlines)?);
    }
    let header = &rules.policy.policy;
    let mut lines = vec![format!("{}: {}, version {}", rules.policy.council.name, header.title, header.version)];
    if arguments.explain {
        lines.extend(beginning(&rules, arguments.received));
    }
    for deadline in &deadlines {
        lines.push(line(deadline));
        if arguments.explain {
            lines.extend(explain(&rules, deadline).into_iter().map(|line| format!("    {line}")));
        }
    }
    say(&lines.join("\n"))
}

/// Prints a long text, which its reader may leave half way.
fn say(text: &str) -> Result<bool> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(true),
    }
}

fn line(deadline: &Deadline) -> String {
    let mut notes = Vec::new();
    if let Some(target) = deadline.target_on {
        notes.push(format!("aimed at {}", long_date(target)));
    }
    if let Some(met) = deadline.met_on {
        let late = if met > deadline.due_on { ", late" } else { "" };
        notes.push(format!("done {}{late}", long_date(met)));
    }
    if !deadline.in_policy {
        notes.push("not in the policy".to_owned());
    }
    if deadline.provisional {
        notes.push("provisional".to_owned());
    }
    let notes = if notes.is_empty() { String::new() } else { format!("  ({})", notes.join("; ")) };
    format!("{:<22} {} {}{notes}", deadline.rule, deadline.due_on.format("%a"), deadline.due_on)
}

fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    parse_moment(text).ok_or_else(|| "write it like 2026-08-22T21:05, or 2026-08-22".to_owned())
}
