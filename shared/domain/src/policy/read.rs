//! From a TOML file to a [`Policy`], or to what is wrong with it and where.

use serde::Deserialize;

use super::Policy;
use super::check::check;

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

/// Reads and checks a policy. Every error that can be told apart is told at once.
///
/// # Errors
/// Broken TOML and unknown or missing fields stop the reading at the first;
/// what is written well but cannot be meant is listed whole.
pub fn read(file: &str, text: &str) -> Result<Policy, Vec<PolicyError>> {
    let parsed = toml::Deserializer::parse(text).and_then(Policy::deserialize);
    let policy = parsed.map_err(|error| vec![located(file, text, &error)])?;
    let wrong: Vec<PolicyError> = check(&policy).into_iter().map(|found| found.locate(file, text)).collect();
    if wrong.is_empty() { Ok(policy) } else { Err(wrong) }
}

fn located(file: &str, text: &str, error: &toml::de::Error) -> PolicyError {
    let at = error.span().map_or(0, |span| span.start);
    PolicyError::at(file, text, at, meant(error.message()))
}

impl PolicyError {
    /// An error at a byte offset of a file.
    pub(crate) fn at(file: &str, text: &str, at: usize, message: String) -> PolicyError {
        let before = text.get(..at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        PolicyError { file: file.to_owned(), line, column, message }
    }
}

/// Adds “did you mean” to serde's “unknown field `x`, expected one of `a`, `b`”.
fn meant(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = message.starts_with("unknown field") || message.starts_with("unknown variant");
    let Some(written) = quoted.next().filter(|_| unknown) else {
        return message.to_owned();
    };
    let nearest = quoted.map(|known| (strsim::jaro_winkler(written, known), known)).max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((likeness, known)) if likeness > 0.7 => {
            format!("{message}. Did you mean `{known}`?")
        }
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_toml_names_file_line_and_column() {
        let errors = read("x/v1.toml", "[policy]\ncouncil = \n").unwrap_err();
        assert_eq!((errors[0].file.as_str(), errors[0].line), ("x/v1.toml", 2));
    }

    #[test]
    fn an_unknown_field_names_what_was_meant() {
        let errors = read("x/v1.toml", "[policy]\ncouncil = \"x\"\ncounsil = 1\nverzion = 1\n").unwrap_err();
        assert_eq!((errors[0].line, errors[0].column), (3, 1));
        assert!(errors[0].message.ends_with("Did you mean `council`?"), "{}", errors[0].message);
    }
}
