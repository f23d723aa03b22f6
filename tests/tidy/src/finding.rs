//! Where a rule does not hold.

use std::fmt;

/// A place where a rule does not hold, and what to do there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the root of the house.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what to do.
    pub what: String,
}

impl Finding {
    /// At this place.
    pub fn new(file: &str, line: usize, what: impl Into<String>) -> Finding {
        Finding { file: file.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// Fails with every finding, one a line.
///
/// # Panics
/// When there is one: that is its purpose.
#[track_caller]
pub fn hold(mut findings: Vec<Finding>) {
    findings.sort();
    findings.dedup();
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "\n{}\n", told.join("\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_found_holds() {
        hold(Vec::new());
    }

    #[test]
    #[should_panic(expected = "shared/domain/src/case.rs:7: do better")]
    fn what_is_found_fails_with_file_line_and_what_to_do() {
        hold(vec![Finding::new("shared/domain/src/case.rs", 7, "do better")]);
    }
}
