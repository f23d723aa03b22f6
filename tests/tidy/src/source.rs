//! A Rust file, read as far as the rules need it.

use std::ops::Range;

use crate::blank::{blank, is_word, without};

/// A string in a Rust file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// Where it begins, in bytes.
    pub at: usize,
    /// What stands between its quotation marks, escapes as written.
    pub value: String,
}

/// A Rust file.
#[derive(Clone, Debug)]
pub struct Source {
    /// From the root of the house.
    pub path: String,
    /// All of it.
    pub text: String,
    /// Whether all of it is a test: in a `tests` folder, or a module that only tests have.
    pub is_test: bool,
    /// Its code outside tests, with comments and strings made blank.
    pub code: String,
    /// Its strings outside tests.
    pub literals: Vec<Literal>,
    /// Everything outside tests, with comments and strings.
    pub prose: String,
    /// Modules in files of their own that only tests have.
    pub test_modules: Vec<String>,
}

impl Source {
    /// Reads a file.
    pub fn new(path: &str, text: &str) -> Source {
        let blanked = blank(text);
        let (tests, test_modules) = tests(&blanked.code);
        let outside = |at: usize| !tests.iter().any(|range| range.contains(&at));
        Source {
            path: path.to_owned(),
            text: text.to_owned(),
            is_test: path.starts_with("tests/") || path.contains("/tests/"),
            code: without(&blanked.code, &tests),
            literals: blanked.literals.into_iter().filter(|literal| outside(literal.at)).collect(),
            prose: without(text, &tests),
            test_modules,
        }
    }

    /// The line of a byte, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1
    }

    /// Where `wanted` stands in the code outside tests, with no letter before or after it.
    pub fn places(&self, wanted: &str) -> Vec<usize> {
        places(&self.code, wanted)
    }

    /// What stands in the brackets that open at this byte of the code, as a range.
    pub fn bracketed(&self, open: usize) -> Range<usize> {
        bracketed(&self.code, open)
    }
}

/// Where `wanted` stands in a text, with no letter before or after it.
pub(crate) fn places(text: &str, wanted: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let word = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|byte| is_word(*byte));
    let first = wanted.as_bytes().first().is_some_and(|byte| is_word(*byte));
    let last = wanted.as_bytes().last().is_some_and(|byte| is_word(*byte));
    text.match_indices(wanted)
        .map(|(at, _)| at)
        .filter(|at| !(first && word(at.checked_sub(1)) || last && word(Some(at + wanted.len()))))
        .collect()
}

fn bracketed(code: &str, open: usize) -> Range<usize> {
    let mut depth = 0usize;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return open + 1..at;
                }
            }
            _ => {}
        }
    }
    open + 1..code.len()
}

/// What `#[cfg(test)]` stands before, and the modules in files of their own among it.
fn tests(code: &str) -> (Vec<Range<usize>>, Vec<String>) {
    let (mut ranges, mut modules) = (Vec::new(), Vec::new());
    for (start, mark) in code.match_indices("#[cfg(test)]") {
        let after = start + mark.len();
        let Some(at) = code[after..].find(['{', ';']).map(|at| after + at) else { continue };
        let end = if code.as_bytes()[at] == b'{' { bracketed(code, at).end + 1 } else { at + 1 };
        ranges.push(start..end.min(code.len()));
        if let Some(name) = code[after..at].trim().strip_prefix("mod ") {
            modules.push(name.trim().to_owned());
        }
    }
    (ranges, modules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_tests_have_is_not_code() {
        let source =
            Source::new("a.rs", "fn a() { b(\"c\") }\n#[cfg(test)]\nmod tests {\n fn d() { e(\"f\") }\n}\nfn g() {}");
        assert_eq!(source.places("b").len(), 1);
        assert_eq!(source.places("e"), []);
        assert_eq!(source.literals.len(), 1);
        assert_eq!(source.line(source.places("g")[0]), 6);
    }

    #[test]
    fn a_module_of_tests_in_a_file_of_its_own_is_known() {
        let source = Source::new("a.rs", "#[cfg(test)]\nmod tests;\nfn b() {}");
        assert_eq!(source.test_modules, ["tests"]);
        assert_eq!(source.places("b").len(), 1);
    }

    #[test]
    fn a_word_is_not_found_in_a_longer_one() {
        let source = Source::new("a.rs", "unwrap_or(x).unwrap();");
        assert_eq!(source.places(".unwrap"), [12]);
        assert_eq!(&source.code[source.bracketed(9)], "x");
    }
}
