//! No package registry is named: cargo and npm know where they get their packages.

use crate::{Finding, Text};

/// Written in halves, so that this file does not name them either.
const REGISTRIES: [[&str; 2]; 7] = [
    ["crates", ".io"],
    ["npmjs", ".com"],
    ["npmjs", ".org"],
    ["pypi", ".org"],
    ["pythonhosted", ".org"],
    ["golang", ".org"],
    ["yarnpkg", ".com"],
];

/// Where a registry is named, outside lock files.
pub fn hosts(texts: &[Text]) -> Vec<Finding> {
    let names = REGISTRIES.map(|halves| halves.concat());
    let mut findings = Vec::new();
    for text in texts.iter().filter(|text| !is_lock(&text.path)) {
        for (line, words) in (1..).zip(text.text.lines()) {
            for name in names.iter().filter(|name| words.contains(name.as_str())) {
                let what = format!("names the registry {name}: leave it to cargo's and npm's own settings");
                findings.push(Finding::new(&text.path, line, what));
            }
        }
    }
    findings
}

fn is_lock(path: &str) -> bool {
    ["Cargo.lock", "package-lock.json", "poetry.lock", "uv.lock"].contains(&path.rsplit('/').next().unwrap_or(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_is_found_but_in_lock_files() {
        let named = format!("a\nhttps://registry.{}/b", REGISTRIES[2].concat());
        let text = |path: &str| vec![Text { path: path.to_owned(), text: named.clone() }];
        assert_eq!(hosts(&text("docs/a.md"))[0].line, 2);
        assert_eq!(hosts(&text("tests/browser/package-lock.json")), []);
    }
}
