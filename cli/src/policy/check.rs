//! `redress policy check`: errors with their place, then the table of the Codes' paragraphs.

use std::collections::BTreeSet;
use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use redress_domain::calendar::local_date;
use redress_domain::code::{Codes, Judgement, Verdict, Warning, judge_policy, warnings};
use redress_domain::policy::{Policy, PolicyError};
use redress_letters::{LetterError, Press};
use redress_platform::{Clock, Library, Source};

use super::says::beside::remedy_in_words;
use super::table::table;

/// Which policies.
#[derive(Args, Debug)]
pub(super) struct Check {
    /// Policy files; none means all that are packed in
    files: Vec<PathBuf>,
    /// Warn of what is past on this day, instead of today
    #[arg(long)]
    today: Option<NaiveDate>,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// A policy that can be read, judged.
struct Judged {
    file: String,
    policy: Policy,
    judgements: Vec<Judgement>,
    warnings: Vec<Warning>,
}

/// Checks; false when a file has an error. To be weaker than a Code is none.
pub(super) fn run(check: &Check) -> Result<bool> {
    let library = Library::load(&Source::Packed)?;
    let today = check.today.unwrap_or_else(|| local_date(Clock::real().now()));
    let mut wrong: Vec<PolicyError> = Vec::new();
    let mut judged = Vec::new();
    let unfit = unfit(&library, &check.files)?;
    if check.files.is_empty() {
        judged.extend(library.policies().map(|(file, policy)| judge(library.codes(), file, policy.clone(), today)));
    }
    for path in &check.files {
        let file = path.display().to_string();
        let text = std::fs::read_to_string(path).with_context(|| file.clone())?;
        match library.read(&file, &text) {
            Ok(policy) => judged.push(judge(library.codes(), file, policy, today)),
            Err(errors) => wrong.extend(errors),
        }
    }
    if check.json {
        let errors: Vec<Value> = wrong.iter().map(error).chain(unfit.iter().map(Unfit::json)).collect();
        let policies: Vec<Value> = judged.iter().map(Judged::json).collect();
        say(&serde_json::to_string_pretty(&json!({"errors": errors, "policies": policies}))?)?;
    } else {
        let mut text: Vec<String> = wrong.iter().map(|error| format!("error: {error}")).collect();
        text.extend(unfit.iter().map(|unfit| format!("error: {unfit}")));
        text.extend(judged.iter().map(Judged::text));
        text.extend(library.alarms(today).into_iter().map(|alarm| format!("warning: {alarm}")));
        text.extend(not_for_machines(&judged));
        say(&text.join("\n"))?;
    }
    Ok(wrong.is_empty() && unfit.is_empty())
}

/// A letter that cannot be written.
struct Unfit {
    /// The folder of policies it lies in; nothing for those packed in.
    root: PathBuf,
    error: LetterError,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.root.join(self.error.to_string()).display())
    }
}

impl Unfit {
    fn json(&self) -> Value {
        let file = self.root.join(self.error.file()).display().to_string();
        json!({"file": file, "line": self.error.line(), "column": null, "message": self.error.message()})
    }
}

/// Every letter of the folders that the files lie in, tried out; of those packed in where a file lies in none.
fn unfit(library: &Library, files: &[PathBuf]) -> Result<Vec<Unfit>> {
    let mut roots: BTreeSet<Option<PathBuf>> = files.iter().map(|file| root(file)).collect();
    if files.is_empty() {
        roots.insert(None);
    }
    let mut found = Vec::new();
    for root in roots {
        let templates = match &root {
            Some(root) => on_disk(root)?,
            None => library.templates().collect(),
        };
        let errors = Press::new(templates).map_or_else(|error| vec![error], |press| press.proof());
        let root = root.unwrap_or_default();
        found.extend(errors.into_iter().map(|error| Unfit { root: root.clone(), error }));
    }
    Ok(found)
}

/// The folder of policies, as its letters show, that `<council>/v1.toml` lies in.
fn root(file: &Path) -> Option<PathBuf> {
    let council = file.parent()?;
    let root = if council.as_os_str().is_empty() { Path::new("..") } else { council.parent()? };
    root.join("letters").is_dir().then(|| root.to_owned())
}

/// The templates of a folder of policies, by their place in it.
fn on_disk(root: &Path) -> Result<Vec<(String, String)>> {
    let listed = |folder: &Path| -> Result<Vec<PathBuf>> {
        let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
        entries.map(|entry| Ok(entry?.path())).collect()
    };
    let here = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    let councils = listed(here)?.into_iter().map(|council| council.join("letters"));
    let folders = [here.join("letters")].into_iter().chain(councils).filter(|folder| folder.is_dir());
    let mut templates = Vec::new();
    for folder in folders {
        for file in listed(&folder)?.into_iter().filter(|file| file.extension().is_some_and(|end| end == "txt")) {
            let name = file.strip_prefix(here).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            templates.push((name, text));
        }
    }
    templates.sort();
    Ok(templates)
}

/// Prints a long text, which its reader may leave half way.
fn say(text: &str) -> Result<()> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

fn judge(codes: &Codes, file: String, policy: Policy, today: NaiveDate) -> Judged {
    let (judgements, warnings) = (judge_policy(codes, &policy), warnings(codes, &policy, today));
    Judged { file, policy, judgements, warnings }
}

fn error(error: &PolicyError) -> Value {
    json!({"file": error.file, "line": error.line, "column": error.column, "message": error.message})
}

impl Judged {
    fn text(&self) -> String {
        let header = &self.policy.policy;
        let council = &self.policy.council.name;
        let mut lines =
            vec![format!("{}: {council}, “{}”, version {}: nothing wrong", self.file, header.title, header.version)];
        lines.extend(self.warnings.iter().map(|warning| format!("warning: {} ({})", warning.message, warning.cites)));
        let count = |which: fn(&Verdict) -> bool| self.judgements.iter().filter(|found| which(&found.verdict)).count();
        lines.push(format!(
            "{} weaker than the Code, {} not stated, {} met; {} no machine can check",
            count(|verdict| matches!(verdict, Verdict::Weaker { .. })),
            count(|verdict| matches!(verdict, Verdict::NotStated)),
            count(|verdict| matches!(verdict, Verdict::Met)),
            count(|verdict| matches!(verdict, Verdict::NotForMachines { .. })),
        ));
        if self.judgements.is_empty() {
            lines.push(format!("no Code is known for the Ombudsman “{}”", self.policy.ombudsman.general));
        }
        lines.push(self.remedies());
        lines.push(format!("\n{}", table(&self.judgements)));
        lines.join("\n")
    }

    fn json(&self) -> Value {
        let header = &self.policy.policy;
        json!({
            "file": self.file,
            "council": header.council,
            "version": header.version,
            "title": header.title,
            "warnings": self.warnings,
            "judgements": self.judgements,
            "readings": self.policy.readings,
            "remedies": self.policy.remedies,
        })
    }

    /// The ways of putting things right that the policy names; the Codes have eight, and all can be given.
    fn remedies(&self) -> String {
        let own = self.policy.remedies.iter().filter(|remedy| remedy.in_policy);
        let named: Vec<&str> = own.map(|remedy| remedy_in_words(remedy.id)).collect();
        let says = if named.is_empty() { "none".to_owned() } else { named.join(", ") };
        format!("ways to put things right that it names, of the Codes' eight (7.1), which can all be given: {says}")
    }
}

/// What nobody but a person can judge, once for all policies.
fn not_for_machines(judged: &[Judged]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for judgement in judged.iter().flat_map(|judged| &judged.judgements) {
        if let Verdict::NotForMachines { why } = &judgement.verdict
            && seen.insert(&judgement.rule)
        {
            let paragraphs = judgement.paragraphs.iter();
            let numbers: Vec<String> = paragraphs.map(|found| format!("{} {}", found.short, found.paragraph)).collect();
            lines.push(format!("- {} {why} ({})", judgement.asks, numbers.join("; ")));
        }
    }
    if !lines.is_empty() {
        lines.insert(0, "What no machine can check in a policy file:".to_owned());
    }
    lines
}
