//! The files of the house.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::{Room, Source};

/// Folders that hold nothing of ours.
const NOT_OURS: [&str; 4] = [".git", "target", "node_modules", "redress-data"];

/// A text file.
#[derive(Clone, Debug)]
pub struct Text {
    /// From the root of the house.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// The repository, on disk.
#[derive(Clone, Debug)]
pub struct House {
    root: PathBuf,
}

impl House {
    /// The one this was built in.
    pub fn here() -> House {
        House { root: Path::new(env!("CARGO_MANIFEST_DIR")).join("../..") }
    }

    /// A file's text.
    ///
    /// # Panics
    /// When it cannot be read.
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// A file's text, if it is there.
    pub fn find(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.root.join(path)).ok()
    }

    /// Whether a file or a folder is there.
    pub fn has(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// Every text file, by its path.
    ///
    /// # Panics
    /// When a folder cannot be read.
    pub fn texts(&self) -> Vec<Text> {
        let mut found = Vec::new();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            let inside = std::fs::read_dir(self.root.join(&folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
            for entry in inside.flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
                if entry.path().is_dir() {
                    if !NOT_OURS.contains(&name.as_str()) {
                        folders.push(path);
                    }
                } else if let Ok(text) = std::fs::read_to_string(entry.path()) {
                    found.push(Text { path, text });
                }
            }
        }
        found.sort_by(|one, other| one.path.cmp(&other.path));
        found
    }

    /// Every Rust file.
    pub fn sources(&self) -> Vec<Source> {
        let rust = self.texts().into_iter().filter(|text| text.path.ends_with(".rs"));
        mark_tests(rust.map(|text| Source::new(&text.path, &text.text)).collect())
    }

    /// Every crate of the workspace.
    ///
    /// # Panics
    /// When a Cargo.toml cannot be read.
    pub fn rooms(&self) -> Vec<Room> {
        let members = self.workspace().get("members").and_then(Value::as_array).cloned().unwrap_or_default();
        let folders = members.iter().filter_map(Value::as_str);
        folders
            .map(|folder| {
                let manifest = self.read(&format!("{folder}/Cargo.toml"));
                Room::parse(folder, &manifest).unwrap_or_else(|error| panic!("{folder}/Cargo.toml: {error}"))
            })
            .collect()
    }

    /// The `[workspace]` of the root's Cargo.toml.
    ///
    /// # Panics
    /// When it cannot be read.
    pub fn workspace(&self) -> Table {
        let manifest: Table =
            toml::from_str(&self.read("Cargo.toml")).unwrap_or_else(|error| panic!("Cargo.toml: {error}"));
        manifest.get("workspace").and_then(Value::as_table).cloned().unwrap_or_default()
    }
}

/// Marks the files that are modules which only tests have.
fn mark_tests(mut sources: Vec<Source>) -> Vec<Source> {
    let mut only_tests = BTreeSet::new();
    for source in &sources {
        let stem = source.path.trim_end_matches(".rs");
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let beside = if ["lib", "main", "mod"].contains(&name) { folder } else { stem };
        for module in &source.test_modules {
            only_tests.insert(format!("{beside}/{module}.rs"));
            only_tests.insert(format!("{beside}/{module}/mod.rs"));
        }
    }
    for source in &mut sources {
        source.is_test |= only_tests.contains(&source.path);
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_a_test_only_if_the_module_above_says_so() {
        let above = Source::new("shared/a/src/b.rs", "#[cfg(test)]\nmod tests;");
        let tests = Source::new("shared/a/src/b/tests.rs", "");
        let stray = Source::new("shared/a/src/c/tests.rs", "");
        let marked = mark_tests(vec![above, tests, stray]);
        assert_eq!(marked.iter().map(|source| source.is_test).collect::<Vec<_>>(), [false, true, false]);
    }

    #[test]
    fn the_house_is_found() {
        assert!(House::here().rooms().iter().any(|room| room.name == "redress-tidy"));
        assert!(House::here().sources().iter().any(|source| source.path == "tests/tidy/src/house.rs"));
    }
}
