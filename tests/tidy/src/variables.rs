//! The template sets what the functions read from their environment, and nothing else.

use crate::routes::{TEMPLATE, line_with};
use crate::{Finding, Source};

/// Variables that are read where the template sets none, and why.
const OPTIONAL: &[(&str, &str)] = &[];

/// Variables that only one of the two knows.
pub fn agree(set: &[String], yaml: &str, sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut read = Vec::new();
    let ours = |path: &str| path.starts_with("functions/") || path.starts_with("shared/");
    for source in sources.iter().filter(|source| !source.is_test && ours(&source.path)) {
        for literal in source.literals.iter().filter(|literal| is_variable(&literal.value)) {
            read.push(literal.value.as_str());
            let known = set.contains(&literal.value) || OPTIONAL.iter().any(|(name, _)| *name == literal.value);
            if !known {
                let what = format!("reads {}, which {TEMPLATE} does not set: set it there", literal.value);
                findings.push(Finding::new(&source.path, source.line(literal.at), what));
            }
        }
    }
    for name in set.iter().filter(|name| is_variable(name) && !read.contains(&name.as_str())) {
        let what = format!("sets {name}, which no function reads: take it out");
        findings.push(Finding::new(TEMPLATE, line_with(yaml, &format!("{name}:")), what));
    }
    findings
}

fn is_variable(text: &str) -> bool {
    let rest = text.strip_prefix("REDRESS_");
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(set: &[&str], text: &str) -> Vec<Finding> {
        let set: Vec<String> = set.iter().map(|name| (*name).to_owned()).collect();
        agree(&set, "Variables:\n  REDRESS_CASES: a\n", &[Source::new("shared/platform/src/settings.rs", text)])
    }

    #[test]
    fn a_variable_that_only_one_of_them_knows_is_found() {
        let text = "// REDRESS_LOG\nvariable(\"REDRESS_CASES\"); say(\"REDRESS_BUS is not set\");";
        assert_eq!(found(&["REDRESS_CASES"], text), []);
        assert_eq!(found(&[], text)[0].line, 2);
        let unread = found(&["REDRESS_CASES"], "");
        assert_eq!((unread[0].file.as_str(), unread[0].line), (TEMPLATE, 2));
    }
}
