//! Files small enough to be read.

use crate::{Finding, Source};

/// No Rust file has more lines.
pub const LINES_MAX: usize = 400;

/// Half of the files that are no tests have fewer lines.
pub const MEDIAN_BELOW: usize = 120;

/// Files that are too long.
pub fn long(sources: &[Source]) -> Vec<Finding> {
    let too_long =
        sources.iter().map(|source| (source, source.text.lines().count())).filter(|(_, lines)| *lines > LINES_MAX);
    too_long
        .map(|(source, lines)| {
            let what = format!(
                "{lines} lines, and {LINES_MAX} is the most: it holds a second idea, which wants a file of its own"
            );
            Finding::new(&source.path, lines, what)
        })
        .collect()
}

/// The longest file, and how long it is.
pub fn longest(sources: &[Source]) -> Option<(&str, usize)> {
    sources.iter().map(|source| (source.path.as_str(), source.text.lines().count())).max_by_key(|(_, lines)| *lines)
}

/// The length of the file in the middle, of those that are no tests.
pub fn median(sources: &[Source]) -> usize {
    let code = sources.iter().filter(|source| !source.is_test);
    let mut lengths: Vec<usize> = code.map(|source| source.text.lines().count()).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, lines: usize) -> Source {
        Source::new(path, &"a\n".repeat(lines))
    }

    #[test]
    fn a_file_of_401_lines_is_found() {
        assert_eq!(long(&[of("a.rs", 400)]), []);
        assert_eq!(long(&[of("a.rs", 401), of("tests/b.rs", 401)]).len(), 2);
    }

    #[test]
    fn the_median_leaves_tests_out() {
        let sources = [of("a.rs", 10), of("b.rs", 30), of("c.rs", 300), of("tests/d.rs", 1), of("tests/e.rs", 1)];
        assert_eq!(median(&sources), 30);
        assert_eq!(longest(&sources), Some(("c.rs", 300)));
    }
}
