//! `redress calendar publish`: a day off proclaimed or withdrawn at a service on AWS.

use anyhow::{Context as _, Result, anyhow, bail};
use clap::Args;
use serde_json::json;

use redress_domain::calendar::{Announcement, long_date};
use redress_domain::input::Fields;
use redress_office::{Office, Republished};

use crate::account;

/// What changes, and where.
#[derive(Args, Debug)]
pub(crate) struct Publish {
    /// A council's id, or `all` of this service
    #[arg(long)]
    council: String,
    /// A day that is off from now on, like 2026-06-12; may be given more than once
    #[arg(long)]
    add: Vec<String>,
    /// A day that is off no longer; may be given more than once
    #[arg(long)]
    remove: Vec<String>,
    /// What the added days are called
    #[arg(long)]
    title: Option<String>,
    /// Only say which dates would move
    #[arg(long)]
    preview: bool,
    /// Write JSON, a line for each council
    #[arg(long)]
    json: bool,
}

/// Publishes, or says what publishing would do.
pub(crate) fn run(publish: &Publish) -> Result<bool> {
    let announced = announced(publish)?;
    let office = account::office()?;
    let councils = councils(&office, &publish.council)?;
    account::wait(async {
        for council in councils {
            let done = office.publish_calendar(&council, &announced, publish.preview).await;
            let done = done.with_context(|| {
                format!("{council}: stopped half-way; the same command again goes on where it ended")
            })?;
            tell(publish, &council, &done)?;
        }
        Ok(true)
    })
}

fn announced(publish: &Publish) -> Result<Announcement> {
    let mut sent = json!({});
    for (field, days) in [("add", &publish.add), ("remove", &publish.remove)] {
        if !days.is_empty() {
            sent[field] = json!(days);
        }
    }
    if let Some(title) = &publish.title {
        sent["title"] = json!(title);
    }
    let mut fields = Fields::of(sent);
    let read = Announcement::read(&mut fields);
    fields.finish(read).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|error| format!("{}: {}", error.field, error.message)).collect();
        anyhow!("{}", lines.join("\n"))
    })
}

/// One council, or all that the service serves.
fn councils(office: &Office, asked: &str) -> Result<Vec<String>> {
    let library = &office.settings.library;
    if asked != "all" {
        if library.present(asked).is_none() {
            bail!("there is no council “{asked}” here: {}", library.councils().collect::<Vec<_>>().join(", "));
        }
        return Ok(vec![asked.to_owned()]);
    }
    let all: Vec<String> = library.councils().map(str::to_owned).collect();
    if all.is_empty() {
        bail!("no council is served here: is it the folder that the package was made from?");
    }
    Ok(all)
}

fn tell(publish: &Publish, council: &str, done: &Republished) -> Result<()> {
    if publish.json {
        let line = json!({"council": council, "preview": publish.preview, "calendar_version": done.calendar_version, "moved": done.moved});
        println!("{}", serde_json::to_string(&line)?);
        return Ok(());
    }
    for moved in &done.moved {
        let promised = moved.promised_on.map(|on| format!(", promised for {}", long_date(on))).unwrap_or_default();
        println!("{}  {}: {} becomes {}{promised}", moved.reference, moved.rule, moved.from, moved.to);
    }
    let (n, version) = (done.moved.len(), done.calendar_version);
    match publish.preview {
        true => {
            println!("{council}: {n} dates would move; the calendar would be version {version}. Nothing is written.")
        }
        false => println!("{council}: {n} dates moved; the calendar is version {version}."),
    }
    Ok(())
}
