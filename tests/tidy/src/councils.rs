//! Councils are data: no Rust names one.

use toml::{Table, Value};

use crate::source::places;
use crate::{Finding, Source};

/// How one council is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Council {
    /// Its id, and its folder.
    pub id: String,
    /// Its name in letters.
    pub name: String,
    /// What its references begin with.
    pub prefix: String,
}

impl Council {
    /// Reads it from a policy.
    ///
    /// # Errors
    /// When the policy is not TOML, or does not say.
    pub fn parse(policy: &str) -> Result<Council, String> {
        let table: Table = toml::from_str(policy).map_err(|error| error.to_string())?;
        let text = |section: &str, key: &str| {
            let value = table.get(section).and_then(|section| section.get(key)).and_then(Value::as_str);
            value.map(str::to_owned).ok_or_else(|| format!("no {section}.{key}"))
        };
        Ok(Council {
            id: text("policy", "council")?,
            name: text("council", "name")?,
            prefix: text("policy", "reference_prefix")?,
        })
    }
}

/// Where Rust names a council: its id or name anywhere, comments too, or its prefix as a string.
pub fn councils(sources: &[Source], councils: &[Council]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| !source.is_test) {
        for council in councils {
            for at in [&council.id, &council.name].into_iter().flat_map(|named| places(&source.prose, named)) {
                findings.push(named(source, at, &council.id));
            }
            let begins = format!("{}-", council.prefix);
            for literal in &source.literals {
                if literal.value == council.prefix || literal.value.starts_with(&begins) {
                    findings.push(named(source, literal.at, &council.id));
                }
            }
        }
    }
    findings
}

fn named(source: &Source, at: usize, id: &str) -> Finding {
    let what =
        format!("names the council {id}: what differs between councils is said in policies/{id}, and read from there");
    Finding::new(&source.path, source.line(at), what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        let policy = "[policy]\ncouncil = \"ambridge\"\nreference_prefix = \"AMB\"\n[council]\nname = \"Ambridge Parish Council\"";
        councils(&[Source::new(path, text)], &[Council::parse(policy).unwrap()]).len()
    }

    #[test]
    fn a_council_named_in_rust_is_found() {
        assert_eq!(found("shared/a/src/a.rs", "if council == \"ambridge\" {"), 1);
        assert_eq!(found("shared/a/src/a.rs", "// as Ambridge Parish Council wants it"), 1);
        assert_eq!(found("shared/a/src/a.rs", "let p = \"AMB\";"), 1);
        assert_eq!(found("shared/a/src/a.rs", "let p = \"AMB-7QK4-2F9T\";"), 1);
    }

    #[test]
    fn tests_may_name_one_and_other_words_are_other_words() {
        assert_eq!(found("tests/e2e/src/a.rs", "\"ambridge\""), 0);
        assert_eq!(found("shared/a/src/a.rs", "#[cfg(test)]\nmod tests { const A: &str = \"ambridge\"; }"), 0);
        assert_eq!(found("shared/a/src/a.rs", "let ambridges = AMB;"), 0);
    }
}
