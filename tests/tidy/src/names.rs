//! A file and a type are named by their idea.

use crate::blank::is_word;
use crate::{Finding, Source};

/// Names of files that say nothing.
const DRAWERS: [&str; 7] = ["util", "utils", "helper", "helpers", "misc", "stuff", "shared"];

/// Ends of names of types that do instead of being.
const DOERS: [&str; 5] = ["Manager", "Helper", "Helpers", "Util", "Utils"];

/// Files and types named by nothing in particular. A role such as `ComplaintsManager`, a
/// variant of an enum, is a person and no type.
pub fn names(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        let stem =
            source.path.trim_end_matches("/mod.rs").trim_end_matches(".rs").rsplit('/').next().unwrap_or_default();
        if DRAWERS.contains(&stem) {
            findings.push(Finding::new(
                &source.path,
                1,
                format!("“{stem}” is a drawer, not an idea: name the file by what it holds"),
            ));
        }
        for keyword in ["struct ", "enum ", "trait ", "type "] {
            for at in source.places(keyword) {
                let rest = &source.code[at + keyword.len()..];
                let name = rest.split(|c: char| !c.is_ascii() || c.try_into().is_ok_and(|byte| !is_word(byte))).next();
                if let Some(name) = name.filter(|name| DOERS.iter().any(|end| name.ends_with(end))) {
                    let what = format!("{name}: name a type by what it is, and let it be that");
                    findings.push(Finding::new(&source.path, source.line(at), what));
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawers_and_doers_are_found() {
        assert_eq!(names(&[Source::new("shared/a/src/utils.rs", "")]).len(), 1);
        assert_eq!(names(&[Source::new("shared/a/src/helpers/mod.rs", "")]).len(), 1);
        assert_eq!(names(&[Source::new("a.rs", "\npub struct CaseManager<T> {}\nenum DateHelper {}")]).len(), 2);
    }

    #[test]
    fn a_role_is_a_person() {
        assert_eq!(names(&[Source::new("shared/a/src/roles.rs", "enum Role { ComplaintsManager, Manager }")]), []);
    }
}
