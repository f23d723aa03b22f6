//! From a TOML file to a [`Policy`], or to everything that is wrong with it and where.

mod meant;
mod mend;
mod places;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Policy;
use super::check::{Found, check};
use mend::{Mended, read_on};
pub(super) use places::Places;

/// One thing wrong with a policy file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct PolicyError {
    /// The file, as it was named.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What is wrong, and what was probably meant.
    pub message: String,
}

/// Reads and checks a policy. Everything wrong is told at once, in the order of the file.
///
/// # Errors
/// Broken TOML is all that is told of a file that has some. Otherwise each unknown or missing field, each
/// value that is none, and whatever is written well but cannot be meant.
pub fn read(file: &str, text: &str) -> Result<Policy, Vec<PolicyError>> {
    Policy::read_also(file, text, |_| Vec::new())
}

impl Policy {
    /// Reads a policy as [`read`] does, for somebody who knows what it can name: `also` says what else is
    /// wrong, each with the path of what it is about, like `ombudsman.general` or `closures.2.date`.
    ///
    /// # Errors
    /// As [`read`], and what `also` says.
    pub fn read_also(
        file: &str,
        text: &str,
        also: impl Fn(&Policy) -> Vec<(String, String)>,
    ) -> Result<Policy, Vec<PolicyError>> {
        let (table, broken) = DeTable::parse_recoverable(text);
        if !broken.is_empty() {
            return Err(broken.iter().map(|error| PolicyError::broken(file, text, error)).collect());
        }
        let mut root = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
        let Mended { policy, wrong, sure } = read_on(text, &mut root);
        let mut errors: Vec<PolicyError> =
            wrong.into_iter().map(|wrong| PolicyError::at(file, text, wrong.at, wrong.message)).collect();
        let places = Places::of(text, &root);
        if let Some(policy) = policy.as_ref().filter(|_| sure) {
            let also = also(policy).into_iter().map(|(path, message)| Found::at(path, message));
            let said = check(policy).into_iter().chain(also).filter_map(|found| found.say(&places));
            errors.extend(said.map(|(at, message)| PolicyError::at(file, text, at, message)));
        }
        errors.sort_by_key(|error| (error.line, error.column));
        match policy {
            Some(policy) if errors.is_empty() => Ok(policy),
            None if errors.is_empty() => Err(vec![PolicyError::at(file, text, 0, "it cannot be read".to_owned())]),
            _ => Err(errors),
        }
    }
}

impl PolicyError {
    /// An error about what stands at a path of a file.
    pub fn about(file: &str, text: &str, path: &str, message: String) -> PolicyError {
        let (table, _) = DeTable::parse_recoverable(text);
        let root = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
        let at = Places::of(text, &root).start(path).unwrap_or(0);
        PolicyError::at(file, text, at, message)
    }

    fn broken(file: &str, text: &str, error: &toml::de::Error) -> PolicyError {
        let at = error.span().map_or(0, |span| span.start);
        PolicyError::at(file, text, at, error.message().to_owned())
    }

    /// An error at a byte offset of a file.
    pub(crate) fn at(file: &str, text: &str, at: usize, message: String) -> PolicyError {
        let before = text.get(..at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        PolicyError { file: file.to_owned(), line, column, message }
    }
}

#[cfg(test)]
mod tests;
