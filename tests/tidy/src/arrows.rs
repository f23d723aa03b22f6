//! Which crate may know which. A new arrow is drawn here, and reasoned for in ARCHITECTURE.md.

use crate::{Finding, Kind, Room};

/// What each room of `shared` may know of the others.
const SHARED: &[(&str, &[&str])] = &[
    ("shared/domain", &[]),
    ("shared/letters", &["shared/domain"]),
    ("shared/platform", &["shared/domain"]),
    ("shared/bucket", &["shared/platform"]),
    ("shared/mail", &["shared/domain", "shared/platform"]),
    ("shared/store", &["shared/domain", "shared/platform"]),
    ("shared/office", &["shared/domain", "shared/bucket", "shared/letters", "shared/platform", "shared/store"]),
    ("shared/web", &["shared/domain", "shared/office", "shared/platform", "shared/store"]),
];

/// Dependencies between our own crates that must not be.
pub fn arrows(rooms: &[Room]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for room in rooms {
        for dependency in &room.dependencies {
            let Some(other) = rooms.iter().find(|other| other.name == dependency.name) else { continue };
            if !may(&room.folder, &other.folder, dependency.kind) {
                let what = format!("{} must not know {}: {}", room.folder, other.folder, instead(&room.folder));
                findings.push(Finding::new(&room.manifest(), dependency.line, what));
            }
        }
    }
    findings
}

fn may(from: &str, to: &str, kind: Kind) -> bool {
    match from.split('/').next() {
        Some("shared") => SHARED.iter().any(|(room, known)| *room == from && known.contains(&to)),
        Some("functions") => to.starts_with("shared/"),
        Some("infra") => to.starts_with("shared/") || to.starts_with("functions/"),
        Some("cli") => {
            ["shared/", "functions/", "infra/local"].iter().any(|room| to.starts_with(room)) || is_test(to, kind)
        }
        // Tests see everything; and nothing but tests is built upon tests.
        Some("tests") => !to.starts_with("tests/") || is_test(to, kind),
        _ => false,
    }
}

fn is_test(to: &str, kind: Kind) -> bool {
    to.starts_with("tests/") && kind == Kind::Dev
}

fn instead(from: &str) -> &'static str {
    match from.split('/').next() {
        Some("shared") => "move what both need into shared/domain, or let the caller pass it in",
        Some("functions") => "move what both need into a room of shared",
        _ => "only infra/local, cli and tests see functions, and nothing sees tests",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(from: &str, to: &str) -> bool {
        let other = Room::parse(to, "[package]\nname = \"other\"").unwrap();
        let room = Room::parse(from, "[package]\nname = \"one\"\n[dependencies]\nother.workspace = true").unwrap();
        let findings = arrows(&[room, other]);
        assert!(findings.iter().all(|finding| finding.line == 4 && finding.file == format!("{from}/Cargo.toml")));
        !findings.is_empty()
    }

    #[test]
    fn arrows_against_the_grain_are_found() {
        assert!(wrong("shared/domain", "shared/platform"));
        assert!(wrong("shared/store", "shared/web"));
        assert!(wrong("shared/web", "functions/intake"));
        assert!(wrong("shared/web", "infra/local"));
        assert!(wrong("functions/intake", "functions/notices"));
        assert!(wrong("functions/intake", "infra/local"));
        assert!(wrong("infra/local", "cli"));
        assert!(wrong("cli", "tests/e2e"));
        assert!(wrong("shared/new", "shared/domain"), "a new room has no arrows until they are drawn");
    }

    #[test]
    fn arrows_with_the_grain_are_not() {
        assert!(!wrong("shared/store", "shared/domain"));
        assert!(!wrong("functions/intake", "shared/web"));
        assert!(!wrong("infra/local", "functions/intake"));
        assert!(!wrong("cli", "infra/local"));
        assert!(!wrong("tests/e2e", "functions/intake"));
    }
}
