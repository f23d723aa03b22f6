//! Settings from the environment, as the template sets them.

use super::{ClientSecrets, Deployment, Keys, Library, Source};

/// What a function is told by its environment.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The table of cases: `REDRESS_CASES`.
    pub cases: String,
    /// The table of history: `REDRESS_LEDGER`.
    pub ledger: String,
    /// The event bus: `REDRESS_BUS`.
    pub bus: String,
    /// Where residents and staff reach the service: `REDRESS_BASE_URL`, without a slash at its end.
    pub base_url: String,
    /// Keyed hashes, from `REDRESS_SECRET`.
    pub keys: Keys,
    /// Councils, issuers, mailboxes: the file named by `REDRESS_DEPLOYMENT`.
    pub deployment: Deployment,
    /// What this service proves itself to an issuer with, by council, where the issuer asks for it: from
    /// `REDRESS_CLIENT_SECRETS`.
    pub client_secrets: ClientSecrets,
    /// Policies, calendars, letters: those packed in, or the folder named by `REDRESS_POLICIES`.
    pub library: Library,
}

/// A setting that is not there, or not as it must be.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {why}")]
pub struct Missing {
    /// The variable.
    pub name: &'static str,
    /// What is wrong.
    pub why: String,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// The first variable that is missing or cannot be used.
    pub fn from_environment() -> Result<Settings, Missing> {
        let secret = variable("REDRESS_SECRET")?;
        let keys =
            Keys::new(secret.as_bytes()).map_err(|error| Missing { name: "REDRESS_SECRET", why: error.to_string() })?;
        let source = match optional("REDRESS_POLICIES") {
            Some(folder) => Source::Folder(folder.into()),
            None => Source::Packed,
        };
        let library =
            Library::load(&source).map_err(|error| Missing { name: "REDRESS_POLICIES", why: error.to_string() })?;
        let base_url = variable("REDRESS_BASE_URL")?.trim_end_matches('/').to_owned();
        let deployment = match optional("REDRESS_DEPLOYMENT") {
            Some(file) => Deployment::load(&file)
                .map_err(|error| Missing { name: "REDRESS_DEPLOYMENT", why: error.to_string() })?,
            None => Deployment::default(),
        };
        let client_secrets = match optional("REDRESS_CLIENT_SECRETS") {
            Some(text) => ClientSecrets::read(&text).map_err(|why| Missing { name: "REDRESS_CLIENT_SECRETS", why })?,
            None => ClientSecrets::default(),
        };
        Ok(Settings {
            cases: variable("REDRESS_CASES")?,
            ledger: variable("REDRESS_LEDGER")?,
            bus: variable("REDRESS_BUS")?,
            base_url,
            keys,
            deployment,
            client_secrets,
            library,
        })
    }

    /// The page where a resident tracks a case, with its key.
    pub fn track_url(&self, council: &str, reference: &str, generation: u32) -> String {
        let key = self.keys.tracking_key(council, reference, generation);
        format!("{}/{council}/track/{reference}?key={key}", self.base_url)
    }
}

fn optional(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn variable(name: &'static str) -> Result<String, Missing> {
    optional(name).ok_or_else(|| Missing { name, why: "is not set".to_owned() })
}
