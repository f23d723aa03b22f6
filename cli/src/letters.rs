//! `redress letters`: every letter of a council, made up, to look at before anybody gets one.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use clap::Args;

use redress_domain::rules::Rules;
use redress_letters::specimen::{self, Specimen};
use redress_letters::{Press, Printable, html, plain, print, print_all};
use redress_platform::{Library, Source};

/// All letters in one document, for a printer.
const ALL_ON_PAPER: &str = "all-print.html";

/// Whose letters, and where to.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The council's id
    #[arg(long)]
    council: String,
    /// The folder to write them to; it is made if it is not there
    #[arg(long)]
    out: PathBuf,
    /// A folder of policies, instead of those packed in
    #[arg(long)]
    policies: Option<PathBuf>,
}

/// Writes them, and says how many and where.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    let source = arguments.policies.clone().map_or(Source::Packed, Source::Folder);
    let library = Library::load(&source).context("the policies")?;
    let rules = library.present(&arguments.council).ok_or_else(|| {
        let known: Vec<&str> = library.councils().collect();
        anyhow!("there is no council “{}”; there are {}", arguments.council, known.join(", "))
    })?;
    let press = Press::new(library.templates()).context("the letters")?;
    let letters = specimen::specimens(&press, &rules).context("the letters")?;
    let out = &arguments.out;
    std::fs::create_dir_all(out).with_context(|| format!("the folder {} cannot be made", out.display()))?;
    write_all(out, &rules, &letters)?;
    println!(
        "{} letters of {} are in {}. Open {}.",
        letters.len(),
        rules.policy.council.name,
        out.display(),
        out.join("index.html").display()
    );
    Ok(true)
}

fn write_all(out: &Path, rules: &Rules, letters: &[Specimen]) -> Result<()> {
    let council = &rules.policy.council;
    let to = specimen::addressee();
    let on_paper: Vec<Printable<'_>> = letters
        .iter()
        .map(|letter| Printable { council, to: Some(&to), subject: &letter.words.subject, words: &letter.words.body })
        .collect();
    for (letter, sheet) in letters.iter().zip(&on_paper) {
        let (name, words) = (letter.name(), &letter.words);
        write(out, &format!("{name}.html"), &html(&words.body, council, specimen::BASE))?;
        write(out, &format!("{name}.txt"), &format!("Subject: {}\n\n{}", words.subject, plain(&words.body)))?;
        write(out, &format!("{name}-print.html"), &print(sheet))?;
    }
    write(out, ALL_ON_PAPER, &print_all(&on_paper))?;
    write(out, "index.html", &specimen::index(&rules.policy, letters, ALL_ON_PAPER))
}

fn write(out: &Path, name: &str, text: &str) -> Result<()> {
    let file = out.join(name);
    std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))
}
