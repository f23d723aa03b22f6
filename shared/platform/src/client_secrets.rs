//! What this service proves itself to an issuer with, where the issuer asks for it.

use std::collections::BTreeMap;

/// A secret for some councils, by their id. Never shown, not even for debugging.
#[derive(Clone, Default)]
pub struct ClientSecrets {
    by_council: BTreeMap<String, String>,
}

impl std::fmt::Debug for ClientSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClientSecrets(…)")
    }
}

impl ClientSecrets {
    /// From an object of JSON, as a secret's key and value pairs are kept: `{"a-council": "its secret"}`.
    ///
    /// # Errors
    /// When it is none, in words without anything of what it says.
    pub fn read(text: &str) -> Result<ClientSecrets, String> {
        let by_council = serde_json::from_str(text)
            .map_err(|_| r#"must be JSON like {"a-council": "the secret its issuer gave"}"#.to_owned())?;
        Ok(ClientSecrets { by_council })
    }

    /// A council's.
    pub fn of(&self, council: &str) -> Option<&str> {
        self.by_council.get(council).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_council_has_its_own_and_nothing_of_them_is_shown() {
        let secrets = ClientSecrets::read(r#"{"westminster": "hush"}"#).unwrap();
        assert_eq!((secrets.of("westminster"), secrets.of("elsewhere")), (Some("hush"), None));
        assert!(!format!("{secrets:?}").contains("hush"));
        assert!(!ClientSecrets::read("hush").unwrap_err().contains("hush"));
    }
}
