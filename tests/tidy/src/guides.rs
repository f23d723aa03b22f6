//! The guides at the root name files, links and tests that there are.

use crate::{Finding, House, Source, Text};

/// Rooms that a path in a guide begins with.
const ROOMS: [&str; 6] = ["cli/", "functions/", "infra/", "policies/", "shared/", "tests/"];

/// Names of tests are sentences: nothing else in backticks has so many words.
const WORDS_MIN: usize = 4;

/// What guides name and is not there.
pub fn guides(guides: &[Text], sources: &[Source], exists: impl Fn(&str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for guide in guides {
        for (line, words) in (1..).zip(guide.text.lines()) {
            for link in links(words).filter(|link| !exists(link)) {
                findings.push(Finding::new(&guide.path, line, format!("links to {link}, which is not there")));
            }
            for quoted in words.split('`').skip(1).step_by(2) {
                if is_file(quoted) && !exists(quoted) {
                    findings.push(Finding::new(
                        &guide.path,
                        line,
                        format!("names {quoted}, which is not there: say where it is now"),
                    ));
                }
                let head = format!("fn {quoted}(");
                if is_test(quoted) && !sources.iter().any(|source| source.text.contains(&head)) {
                    findings.push(Finding::new(
                        &guide.path,
                        line,
                        format!("names the test {quoted}, which is not there: name the one that holds it now"),
                    ));
                }
            }
        }
    }
    findings
}

/// The guides of a house.
pub fn of(house: &House) -> Vec<Text> {
    let texts = house.texts().into_iter();
    texts.filter(|text| text.path.ends_with(".md") && !text.path.contains('/')).collect()
}

/// Links to files of ours.
fn links(words: &str) -> impl Iterator<Item = &str> {
    let targets = words.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets
        .filter(|target| !target.contains("://") && !target.starts_with('#'))
        .map(|target| target.split('#').next().unwrap_or(target))
}

fn is_file(quoted: &str) -> bool {
    let plain = !quoted.contains(['<', '{', '*', ' ', '…']);
    plain && ROOMS.iter().any(|room| quoted.starts_with(room))
}

fn is_test(quoted: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let words: Vec<&str> = quoted.split('_').collect();
    words.len() >= WORDS_MIN && words.into_iter().all(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> usize {
        let guide = Text { path: "ARCHITECTURE.md".to_owned(), text: text.to_owned() };
        let sources = [Source::new("tests/e2e/tests/a.rs", "fn nobody_is_turned_away_late() {}")];
        guides(&[guide], &sources, |path| path == "cli/src/main.rs").len()
    }

    #[test]
    fn what_a_guide_names_and_is_not_there_is_found() {
        assert_eq!(found("see `cli/src/gone.rs`"), 1);
        assert_eq!(found("see [it](cli/src/gone.rs#here)"), 1);
        assert_eq!(found("held by `nobody_is_turned_away_early`"), 1);
    }

    #[test]
    fn what_is_there_is_not() {
        assert_eq!(found("`cli/src/main.rs`, [it](cli/src/main.rs), [other](https://example.org/a.rs)"), 0);
        assert_eq!(found("held by `nobody_is_turned_away_late`, with `due_at` and `shared/<room>/x.rs`"), 0);
    }
}
