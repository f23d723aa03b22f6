//! `redress calendar`: a date, counted as a policy counts, and why; or a day off published.

use std::io::{BufRead as _, Write as _};

use anyhow::{Context as _, Result, anyhow};
use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use serde::Deserialize;
use serde_json::json;

use redress_domain::calendar::{Calendar, Counted, Counting, Roll, calendars, count, long_date};
use redress_domain::length::Length;
use redress_platform::{Library, Source};

/// What to do with a calendar.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Count from a day
    Add(Add),
    /// Read JSON lines {"from","amount","counting"?,"roll"?,"holidays"?} and write {"date"} or {"error"} for each
    Batch(Batch),
    /// Publish a day off, or withdraw one, at a service on AWS: open cases are counted anew
    Publish(crate::publish::Publish),
}

#[derive(Args, Debug)]
struct Add {
    /// The day to count from, like 2026-03-20
    #[arg(long)]
    from: NaiveDate,
    /// How much, like "10 working days"; negative counts back
    #[arg(long, allow_hyphen_values = true)]
    amount: Length,
    /// How working days are counted
    #[arg(long, value_enum, default_value_t)]
    counting: CountingName,
    /// What happens to a date on a day off
    #[arg(long, value_enum, default_value_t)]
    roll: RollName,
    /// A calendar's name, or a file in gov.uk's form
    #[arg(long, default_value = "england-and-wales")]
    calendar: String,
    /// Say why
    #[arg(long)]
    explain: bool,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
struct Batch {
    /// A calendar's name, or a file in gov.uk's form
    #[arg(long, default_value = "england-and-wales")]
    calendar: String,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum CountingName {
    #[default]
    NextWorkingDay,
    RolledStart,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum RollName {
    #[default]
    None,
    Forward,
}

/// A line of a batch.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    from: NaiveDate,
    amount: Length,
    #[serde(default)]
    counting: Counting,
    #[serde(default)]
    roll: Roll,
    holidays: Option<Vec<NaiveDate>>,
}

/// Counts.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    match &arguments.command {
        Command::Add(add) => one(add),
        Command::Batch(batch) => many(batch),
        Command::Publish(publish) => crate::publish::run(publish),
    }
}

fn one(add: &Add) -> Result<bool> {
    let calendar = named(&add.calendar)?;
    let counting = match add.counting {
        CountingName::NextWorkingDay => Counting::NextWorkingDay,
        CountingName::RolledStart => Counting::RolledStart,
    };
    let roll = match add.roll {
        RollName::None => Roll::None,
        RollName::Forward => Roll::Forward,
    };
    let counted = count(&calendar, counting, roll, add.from, add.amount);
    if add.json {
        println!("{}", serde_json::to_string(&counted)?);
        return Ok(true);
    }
    println!("{}", counted.date);
    let provisional = counted.provisional.then(|| {
        let known = long_date(calendar.horizon);
        format!("provisional: bank holidays after {known} are not announced yet, so the date may still move")
    });
    if add.explain {
        explain(&counted, &calendar);
        provisional.iter().for_each(|note| println!("{note}"));
    } else {
        // Whatever reads one date on standard output is not disturbed.
        provisional.iter().for_each(|note| eprintln!("{note}"));
    }
    Ok(true)
}

fn explain(counted: &Counted, calendar: &Calendar) {
    println!("{} is {} from {}", long_date(counted.date), counted.amount, long_date(counted.from));
    for day in &counted.days {
        let mark = if day.counted { ' ' } else { '-' };
        println!("  {mark} {} {}  {}", day.date.format("%a"), day.date, day.why);
    }
    println!("calendar {}, version {}, known up to {}", calendar.name, calendar.version, long_date(calendar.horizon));
}

fn many(batch: &Batch) -> Result<bool> {
    let calendar = named(&batch.calendar)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = match serde_json::from_str::<Line>(&line) {
            Err(error) => json!({"error": error.to_string()}),
            Ok(line) => {
                let own = line
                    .holidays
                    .map(|days| Calendar::of("given", days.into_iter().map(|day| (day, "holiday".to_owned()))));
                let counted =
                    count(own.as_ref().unwrap_or(&calendar), line.counting, line.roll, line.from, line.amount);
                match counted.provisional {
                    true => json!({"date": counted.date, "provisional": true}),
                    false => json!({"date": counted.date}),
                }
            }
        };
        writeln!(out, "{answer}")?;
    }
    out.flush()?;
    Ok(true)
}

/// A calendar by its name, or from a file that holds one.
fn named(name: &str) -> Result<Calendar> {
    let library = Library::load(&Source::Packed)?;
    if let Some(calendar) = library.calendar(name) {
        return Ok(calendar.as_ref().clone());
    }
    let text = std::fs::read_to_string(name).with_context(|| format!("there is no calendar and no file “{name}”"))?;
    let found = calendars(&text)?;
    let only = found.len() == 1;
    found
        .into_iter()
        .find(|calendar| only || calendar.name == "england-and-wales")
        .ok_or_else(|| anyhow!("{name} has several calendars, and none is england-and-wales"))
}
