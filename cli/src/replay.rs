//! `redress replay`: the same history under another policy.

mod histories;
mod tally;

use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow, bail};
use chrono::NaiveDate;
use clap::Args;

use redress_domain::calendar::local_date;
use redress_domain::case::{Case, Entry, replay};
use redress_domain::policy::read;
use redress_domain::replayed::replayed;
use redress_domain::rules::Rules;
use redress_platform::{Clock, Library, Source};

use histories::{each_line, from_folder};
use tally::Tally;

/// Which history, under which policy.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The policy to try, as a file
    #[arg(long)]
    policy: PathBuf,
    /// The cases: a data folder, or a file with the ledger of one case a line
    #[arg(long)]
    cases: PathBuf,
    /// Whose cases; the policy's own council when left out
    #[arg(long)]
    council: Option<String>,
    /// The day to look at it from; today when left out
    #[arg(long)]
    on: Option<NaiveDate>,
    /// The folder of the policies the cases were opened under, instead of those packed in
    #[arg(long)]
    policies: Option<PathBuf>,
    /// Name each promise that would be kept otherwise, or on another day
    #[arg(long)]
    list: bool,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// Everything a worker needs.
struct Trial {
    library: Library,
    after: Rules,
    council: String,
    today: NaiveDate,
    list: bool,
}

/// Replays, and prints what differs; false when a history could not be read.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    let source = arguments.policies.clone().map_or(Source::Packed, Source::Folder);
    let library = Library::load(&source).context("the policies")?;
    let after = rules_of(&library, &arguments.policy)?;
    let council = arguments.council.clone().unwrap_or_else(|| after.policy.policy.council.clone());
    let today = arguments.on.unwrap_or_else(|| local_date(Clock::real().now()));
    let trial = Trial { library, after, council, today, list: arguments.list };
    let tally = if arguments.cases.is_dir() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let histories = runtime.block_on(from_folder(&arguments.cases)).context("the data could not be read")?;
        let mut tally = Tally::default();
        histories.iter().for_each(|history| trial.take(history, &mut tally));
        tally
    } else {
        each_line(&arguments.cases, |line, tally| match serde_json::from_str::<History>(line) {
            Ok(history) => trial.take(&history, tally),
            Err(error) => tally.wrong(&format!("a line is no history: {error}")),
        })?
    };
    if tally.cases() == 0 && tally.is_whole() {
        bail!("there is no case of {} in {}", trial.council, arguments.cases.display());
    }
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&tally)?);
    } else {
        print!("{}", tally.says(&trial.council));
    }
    Ok(tally.is_whole())
}

/// The rules with the policy of a file in the place of the council's own.
fn rules_of(library: &Library, file: &std::path::Path) -> Result<Rules> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).with_context(|| name.clone())?;
    let policy = read(&name, &text).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow!("{}", lines.join("\n"))
    })?;
    library.with_policy(policy).ok_or_else(|| anyhow!("{name}: its calendar is none that is here"))
}

impl Trial {
    fn take(&self, history: &[Entry], tally: &mut Tally) {
        let case: Case = match replay(history) {
            Ok(case) => case,
            Err(error) => return tally.wrong(&error.to_string()),
        };
        if case.council != self.council {
            return;
        }
        let before = self.library.rules(&case.council, case.policy).or_else(|| self.library.present(&case.council));
        let Some(before) = before else {
            return tally.wrong(&format!("{}: the policy it was opened under is not here", case.reference));
        };
        tally.add(&case.reference, &replayed(&before, &self.after, &case, self.today), self.list);
    }
}

/// A history as it stands on a line: the entries of one case.
type History = Vec<Entry>;
