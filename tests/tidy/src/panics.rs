//! Nothing in the service panics on purpose.

use crate::{Finding, Source};

const WAYS: [(&str, &str); 5] = [
    (".unwrap()", "say what went wrong: return the error, or a value that is right without it"),
    (".expect(", "say what went wrong: return the error, or a value that is right without it"),
    ("todo!", "finish it, or leave it out"),
    ("unimplemented!", "finish it, or leave it out"),
    ("dbg!", "take it out; what an engineer on call would ask goes into a log"),
];

/// Where code outside tests panics on purpose, or was left unfinished.
pub fn panics(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| !source.is_test) {
        for (way, instead) in WAYS {
            let found = source.places(way).into_iter();
            findings.extend(found.map(|at| Finding::new(&source.path, source.line(at), format!("{way}: {instead}"))));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_panic_is_found() {
        for (way, _) in WAYS {
            let source = Source::new("shared/a/src/a.rs", &format!("fn a() {{\n    b() {way}\n}}"));
            assert_eq!(panics(&[source]).len(), 1, "{way}");
        }
    }

    #[test]
    fn tests_and_gentler_names_are_not() {
        let text = "a.unwrap_or(1); // .unwrap()\n#[cfg(test)]\nmod tests { fn b() { c.unwrap() } }";
        assert_eq!(panics(&[Source::new("shared/a/src/a.rs", text)]), []);
        assert_eq!(panics(&[Source::new("shared/a/tests/a.rs", "a.unwrap()")]), []);
    }
}
