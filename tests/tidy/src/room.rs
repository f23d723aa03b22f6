//! A crate of ours and what its Cargo.toml says.

use toml::{Table, Value};

/// What a dependency is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The crate itself.
    Normal,
    /// Its tests.
    Dev,
    /// Its build script.
    Build,
}

/// Something a crate depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The package's name.
    pub name: String,
    /// What for.
    pub kind: Kind,
    /// Its line in Cargo.toml, from 1.
    pub line: usize,
}

/// A crate of ours.
#[derive(Clone, Debug)]
pub struct Room {
    /// Its folder, from the root of the house: `shared/domain`.
    pub folder: String,
    /// Its package's name.
    pub name: String,
    /// What it depends on.
    pub dependencies: Vec<Dependency>,
    /// Whether it says `[lints] workspace = true`.
    pub lints: bool,
    /// The names of its binaries, where it gives them.
    pub binaries: Vec<String>,
}

impl Room {
    /// Reads a Cargo.toml.
    ///
    /// # Errors
    /// When it is not TOML.
    pub fn parse(folder: &str, manifest: &str) -> Result<Room, toml::de::Error> {
        let table: Table = toml::from_str(manifest)?;
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut dependencies = Vec::new();
        let targets = table.get("target").and_then(Value::as_table).into_iter().flatten();
        for table in std::iter::once(&table).chain(targets.filter_map(|(_, target)| target.as_table())) {
            for (section, kind) in
                [("dependencies", Kind::Normal), ("dev-dependencies", Kind::Dev), ("build-dependencies", Kind::Build)]
            {
                for (key, value) in table.get(section).and_then(Value::as_table).into_iter().flatten() {
                    let name = value.get("package").and_then(Value::as_str).unwrap_or(key);
                    dependencies.push(Dependency { name: name.to_owned(), kind, line: line(manifest, section, key) });
                }
            }
        }
        let bins = table.get("bin").and_then(Value::as_array).into_iter().flatten();
        Ok(Room {
            folder: folder.to_owned(),
            name: text(table.get("package").and_then(|package| package.get("name"))),
            dependencies,
            lints: table.get("lints").and_then(|lints| lints.get("workspace")) == Some(&Value::Boolean(true)),
            binaries: bins.map(|bin| text(bin.get("name"))).collect(),
        })
    }

    /// Its Cargo.toml, from the root of the house.
    pub fn manifest(&self) -> String {
        format!("{}/Cargo.toml", self.folder)
    }
}

/// The line of a dependency: the first that begins with its name after the head of its section.
fn line(manifest: &str, section: &str, name: &str) -> usize {
    let head = format!("{section}]");
    let mut within = false;
    for (line, text) in (1..).zip(manifest.lines()) {
        within = if text.starts_with('[') { text.ends_with(&head) } else { within };
        let rest = text.trim_start_matches('"').strip_prefix(name);
        if within && rest.is_some_and(|rest| rest.starts_with([' ', '.', '=', '"'])) {
            return line;
        }
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cargo_toml_is_read_with_the_lines_of_its_dependencies() {
        let manifest = "[package]\nname = \"a\"\n[lints]\nworkspace = true\n[dependencies]\nb.workspace = true\n\
            [target.'cfg(unix)'.dev-dependencies]\nc = { version = \"1\", package = \"d\" }\n";
        let room = Room::parse("shared/a", manifest).unwrap();
        assert_eq!(room.name, "a");
        assert!(room.lints);
        let found: Vec<_> = room.dependencies.iter().map(|each| (each.name.as_str(), each.kind, each.line)).collect();
        assert_eq!(found, [("b", Kind::Normal, 6), ("d", Kind::Dev, 8)]);
    }
}
