//! What only one room may know of the outside, and what none may.

use toml::{Table, Value};

use crate::{Finding, Kind, Room};

/// Crates that belong to one room. Tests may use them too, those of infra/local and cli among them.
const OWNERS: &[(&str, &str)] = &[
    ("aws-sdk-dynamodb", "shared/store"),
    ("aws-sdk-sesv2", "shared/mail"),
    ("aws-sdk-eventbridge", "functions/notices"),
    ("dynoxide-rs", "infra/local"),
    ("s3s", "infra/local"),
    ("s3s-fs", "infra/local"),
    ("rusqlite", "infra/local"),
    ("anyhow", "cli"),
    ("clap", "cli"),
];

/// What the domain must not know, as beginnings of names: I/O, async, AWS, HTTP, templates.
const NOT_IN_DOMAIN: &[&str] =
    &["tokio", "aws-", "aws_", "axum", "minijinja", "hyper", "http", "lambda_", "tower", "tracing", "futures"];

/// Generations of a crate that must not come in, not even by way of another: name, beginning of the version, why.
const BANNED: &[(&str, &str, &str)] = &[
    ("aws-config", "", "the account is built by hand in shared/platform/src/account.rs"),
    ("hyper", "0.", "an SDK's default features bring the old HTTP stack: switch them off"),
    ("rustls", "0.21.", "an SDK's default features bring the old TLS stack: switch them off"),
    ("openssl", "", "TLS is rustls with ring, everywhere"),
    ("openssl-sys", "", "TLS is rustls with ring, everywhere"),
    ("native-tls", "", "TLS is rustls with ring, everywhere"),
];

/// Rooms that know what another owns.
pub fn owners(rooms: &[Room]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for room in rooms.iter().filter(|room| !room.folder.starts_with("tests/")) {
        for dependency in &room.dependencies {
            let Some((name, owner)) = OWNERS.iter().find(|(name, _)| *name == dependency.name) else { continue };
            let own_tests = ["infra/local", "cli"].contains(&room.folder.as_str()) && dependency.kind == Kind::Dev;
            if room.folder != *owner && !own_tests {
                let what = format!("only {owner} may know {name}: ask {owner} to do it");
                findings.push(Finding::new(&room.manifest(), dependency.line, what));
            }
        }
    }
    findings
}

/// What the domain knows of the world and must not.
pub fn pure(rooms: &[Room]) -> Vec<Finding> {
    let domain = rooms.iter().filter(|room| room.folder == "shared/domain");
    domain
        .flat_map(|room| room.dependencies.iter().map(|dependency| (room.manifest(), dependency)))
        .filter(|(_, dependency)| NOT_IN_DOMAIN.iter().any(|start| dependency.name.starts_with(start)))
        .map(|(manifest, dependency)| {
            let what =
                format!("the domain has no I/O, no async and no AWS: take {} out and pass values in", dependency.name);
            Finding::new(&manifest, dependency.line, what)
        })
        .collect()
}

/// What came into Cargo.lock and must not be there.
///
/// # Errors
/// When it is not TOML.
pub fn banned(lock: &str) -> Result<Vec<Finding>, toml::de::Error> {
    let table: Table = toml::from_str(lock)?;
    let packages = table.get("package").and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |package: &Value, key: &str| package.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut findings = Vec::new();
    for package in &packages {
        let (name, version) = (text(package, "name"), text(package, "version"));
        for (_, _, why) in BANNED.iter().filter(|(banned, start, _)| *banned == name && version.starts_with(start)) {
            let head = format!("name = \"{name}\"\nversion = \"{version}\"");
            let line = lock.find(&head).map_or(1, |at| lock[..at].lines().count() + 1);
            findings.push(Finding::new("Cargo.lock", line, format!("{name} {version} must not come in: {why}")));
        }
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(folder: &str, section: &str, name: &str) -> Vec<Room> {
        vec![Room::parse(folder, &format!("[package]\nname = \"x\"\n[{section}]\n{name} = \"1\"")).unwrap()]
    }

    #[test]
    fn knowing_what_another_room_owns_is_found() {
        assert_eq!(owners(&room("functions/intake", "dependencies", "aws-sdk-dynamodb")).len(), 1);
        assert_eq!(owners(&room("shared/web", "dev-dependencies", "aws-sdk-sesv2")).len(), 1);
        assert_eq!(owners(&room("infra/local", "dependencies", "aws-sdk-eventbridge")).len(), 1);
        assert_eq!(owners(&room("cli", "dependencies", "dynoxide-rs")).len(), 1);
    }

    #[test]
    fn an_owner_and_tests_may() {
        assert_eq!(owners(&room("shared/store", "dependencies", "aws-sdk-dynamodb")), []);
        assert_eq!(owners(&room("infra/local", "dev-dependencies", "aws-sdk-eventbridge")), []);
        assert_eq!(owners(&room("tests/models", "dependencies", "dynoxide-rs")), []);
    }

    #[test]
    fn a_domain_that_knows_the_world_is_found() {
        assert_eq!(pure(&room("shared/domain", "dependencies", "tokio"))[0].line, 4);
        assert_eq!(pure(&room("shared/domain", "dev-dependencies", "aws-types")).len(), 1);
        assert_eq!(pure(&room("shared/domain", "dependencies", "chrono")), []);
        assert_eq!(pure(&room("shared/store", "dependencies", "tokio")), []);
    }

    #[test]
    fn an_old_generation_in_the_lock_file_is_found() {
        let lock =
            "[[package]]\nname = \"hyper\"\nversion = \"1.9.0\"\n[[package]]\nname = \"hyper\"\nversion = \"0.14.1\"\n";
        let findings = banned(lock).unwrap();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].line, 5);
    }
}
