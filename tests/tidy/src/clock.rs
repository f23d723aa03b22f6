//! One clock for the whole house.

use crate::{Finding, Source};

/// The only file that asks the machine for the time.
const CLOCK: &str = "shared/platform/src/clock.rs";

/// Where the machine is asked for the time, outside the clock.
pub fn clock(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| !source.is_test && source.path != CLOCK) {
        for wanted in ["Utc::now", "SystemTime::now", "Local::now"] {
            for at in source.places(wanted) {
                let instead = if source.path.starts_with("shared/domain/") {
                    "in the domain `now` is an argument"
                } else {
                    "ask the Clock you were given, so that it can be moved"
                };
                findings.push(Finding::new(
                    &source.path,
                    source.line(at),
                    format!("{wanted} reads the machine's clock: {instead}"),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_at_the_machines_clock_is_found() {
        let source = Source::new("shared/domain/src/a.rs", "fn a() {\n    chrono::Utc::now()\n}");
        assert_eq!(clock(&[source])[0].line, 2);
        let passed = Source::new("cli/src/a.rs", "x.unwrap_or_else(SystemTime::now)");
        assert_eq!(clock(&[passed]).len(), 1);
    }

    #[test]
    fn tests_comments_and_the_clock_itself_may() {
        let text = "Utc::now()";
        assert_eq!(clock(&[Source::new(CLOCK, text), Source::new("tests/e2e/src/a.rs", text)]), []);
        assert_eq!(clock(&[Source::new("cli/src/a.rs", "// not Utc::now()\nlet a = \"Utc::now\";")]), []);
    }
}
