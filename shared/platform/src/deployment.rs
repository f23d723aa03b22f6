//! Who this deployment serves: councils, their issuers, their mailboxes (`deployment.toml`).

use std::collections::BTreeMap;

use serde::Deserialize;

use redress_domain::policy::Mailbox;

/// The councils of a deployment.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployment {
    /// By the council's id.
    #[serde(default)]
    pub council: BTreeMap<String, CouncilDeployment>,
}

/// One council's arrangements.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CouncilDeployment {
    /// The OpenID issuer of its staff.
    pub issuer: String,
    /// The audience its tokens must name: the id this service has there (`client_id`).
    pub audience: String,
    /// Whom somebody asks who can sign in there and has no role here, in words, such as `the IT service desk, on
    /// extension 4000`; the complaints manager when left out.
    pub roles_from: Option<String>,
    /// The address letters come from.
    pub from: String,
    /// A mailbox somebody reads.
    pub reply_to: String,
    /// Where mail for the complaints manager goes.
    pub complaints_manager: String,
    /// Where mail for the chief executive's office goes; the complaints manager when left out.
    pub chief_executive: Option<String>,
    /// Where mail for a team goes, by its id; the complaints manager when left out.
    #[serde(default)]
    pub teams: BTreeMap<String, String>,
    /// What waits for the morning goes to a mailbox as one mail; `false` for a mail for each thing.
    #[serde(default = "yes")]
    pub digest: bool,
}

fn yes() -> bool {
    true
}

/// A deployment that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DeploymentError {
    /// No such file, or not readable.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// Not what it should be.
    #[error("{0}: {1}")]
    Form(String, toml::de::Error),
}

impl Deployment {
    /// Reads the file.
    ///
    /// # Errors
    /// When it cannot be read or has another form.
    pub fn load(file: &str) -> Result<Deployment, DeploymentError> {
        let text = std::fs::read_to_string(file).map_err(|error| DeploymentError::File(file.to_owned(), error))?;
        toml::from_str(&text).map_err(|error| DeploymentError::Form(file.to_owned(), error))
    }

    /// The council of an issuer: the only way a token gets one.
    pub fn council_of(&self, issuer: &str) -> Option<&str> {
        self.council.iter().find(|(_, council)| council.issuer == issuer).map(|(id, _)| id.as_str())
    }
}

impl CouncilDeployment {
    /// The address behind a mailbox.
    pub fn address(&self, mailbox: Mailbox, team: &str) -> &str {
        let named = match mailbox {
            Mailbox::Team => self.teams.get(team),
            Mailbox::ChiefExecutive => self.chief_executive.as_ref(),
            Mailbox::ComplaintsManager => None,
        };
        named.unwrap_or(&self.complaints_manager)
    }
}
