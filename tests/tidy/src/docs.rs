//! Docs on every crate, and the compiler's eye on the rest.

use toml::{Table, Value};

use crate::{Finding, House, Room};

/// What the first lines of a crate must say.
const FROM_README: &str = "#![doc = include_str!(\"../README.md\")]";

/// The documents of a crate.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The crate.
    pub room: Room,
    /// Its README.md.
    pub readme: Option<String>,
    /// Its lib.rs.
    pub lib: Option<String>,
    /// Its main.rs.
    pub main: Option<String>,
}

impl Pages {
    /// The documents of every crate.
    pub fn of(house: &House) -> Vec<Pages> {
        let rooms = house.rooms().into_iter();
        rooms
            .map(|room| Pages {
                readme: house.find(&format!("{}/README.md", room.folder)),
                lib: house.find(&format!("{}/src/lib.rs", room.folder)),
                main: house.find(&format!("{}/src/main.rs", room.folder)),
                room,
            })
            .collect()
    }
}

/// Crates without docs.
pub fn crates(all: &[Pages]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for Pages { room, readme, lib, main } in all {
        let folder = &room.folder;
        if readme.as_ref().is_none_or(|text| text.trim().is_empty()) {
            findings.push(Finding::new(
                &format!("{folder}/README.md"),
                1,
                "say in it what the crate is for: it is the crate's documentation",
            ));
        }
        let (root, text) = match (lib, main) {
            (Some(text), _) => ("lib.rs", text),
            (None, Some(text)) => ("main.rs", text),
            (None, None) => continue,
        };
        if !text.contains(FROM_README) {
            findings.push(Finding::new(&format!("{folder}/src/{root}"), 1, format!("begin with {FROM_README}")));
        }
        if lib.is_some() && main.as_ref().is_some_and(|text| !text.starts_with("//!")) {
            findings.push(Finding::new(&format!("{folder}/src/main.rs"), 1, "begin with //! and what the binary is"));
        }
    }
    findings
}

/// Crates that the workspace's lints do not reach, and lints that are gone.
pub fn lints(rooms: &[Room], workspace: &Table) -> Vec<Finding> {
    let unreached = rooms.iter().filter(|room| !room.lints);
    let mut findings: Vec<Finding> =
        unreached.map(|room| Finding::new(&room.manifest(), 1, "say `[lints]` and `workspace = true`")).collect();
    for (tool, lint) in [
        ("rust", "missing_docs"),
        ("rust", "unreachable_pub"),
        ("rust", "unsafe_code"),
        ("clippy", "unwrap_used"),
        ("clippy", "expect_used"),
        ("clippy", "todo"),
        ("clippy", "dbg_macro"),
        ("clippy", "as_conversions"),
    ] {
        let level = workspace.get("lints").and_then(|lints| lints.get(tool)).and_then(|lints| lints.get(lint));
        if !level.and_then(Value::as_str).is_some_and(|level| ["warn", "deny", "forbid"].contains(&level)) {
            findings.push(Finding::new("Cargo.toml", 1, format!("[workspace.lints.{tool}] must hold {lint}")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_that_does_not_say_what_it_is_for_is_found() {
        let room = Room::parse("shared/a", "[package]\nname = \"a\"").unwrap();
        let pages = |readme: &str, lib: &str| {
            let (readme, lib) = (Some(readme.to_owned()), Some(lib.to_owned()));
            vec![Pages { room: room.clone(), readme, lib, main: None }]
        };
        assert_eq!(crates(&pages("# a", FROM_README)), []);
        assert_eq!(crates(&pages("\n", FROM_README)).len(), 1);
        assert_eq!(crates(&pages("# a", "//! A.")).len(), 1);
        let undocumented = Pages { main: Some("fn main() {}".to_owned()), ..pages("# a", FROM_README).remove(0) };
        assert_eq!(crates(&[undocumented]).len(), 1);
    }

    #[test]
    fn a_crate_without_the_lints_and_a_lint_that_is_gone_are_found() {
        let room = Room::parse("shared/a", "[package]\nname = \"a\"").unwrap();
        let workspace: Table = toml::from_str("[lints.rust]\nmissing_docs = \"allow\"").unwrap();
        let findings = lints(&[room], &workspace);
        assert!(findings.iter().any(|finding| finding.file == "shared/a/Cargo.toml"));
        assert!(findings.iter().any(|finding| finding.what.contains("missing_docs")));
    }
}
