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
        let library = served(&deployment, library).map_err(|why| Missing { name: "REDRESS_DEPLOYMENT", why })?;
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

/// The library for the councils that a deployment arranges for; all of them where it arranges for none.
fn served(deployment: &Deployment, library: Library) -> Result<Library, String> {
    let mut wrong = Vec::new();
    for (id, arranged) in &deployment.council {
        if library.present(id).is_none() {
            let known = library.councils().collect::<Vec<_>>().join(", ");
            wrong.push(format!("there is no policy for “{id}”; there are {known}"));
            continue;
        }
        let teams = library.teams(id);
        for team in arranged.teams.keys().filter(|team| !teams.contains(team)) {
            wrong.push(format!("“{team}” is not a team of {id}; there are {}", teams.join(", ")));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.join("\n"));
    }
    Ok(match deployment.council.is_empty() {
        true => library,
        false => library.serving(deployment.council.keys().cloned()),
    })
}

fn optional(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn variable(name: &'static str) -> Result<String, Missing> {
    optional(name).ok_or_else(|| Missing { name, why: "is not set".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arranged(id: &str, team: &str) -> Deployment {
        let text = format!(
            "[council.{id}]\nissuer = 'https://issuer.example'\naudience = 'a'\nfrom = 'a@b.example'\nreply_to = 'a@b.example'\ncomplaints_manager = 'a@b.example'\nteams = {{ {team} = 'a@b.example' }}\n"
        );
        let council: Result<Deployment, _> = toml::from_str(&text);
        council.unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn packed() -> Library {
        Library::load(&crate::Source::Packed).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn a_deployment_serves_the_councils_it_arranges_for_and_knows_the_rules_of_the_others() {
        let all: Vec<String> = packed().councils().map(str::to_owned).collect();
        let [first, other, ..] = &all[..] else { panic!("there are councils") };
        let team = packed().teams(first).remove(0);
        let served = served(&arranged(first, &team), packed()).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(served.councils().collect::<Vec<_>>(), [first]);
        assert!(served.present(first).is_some() && served.present(other).is_none());
        assert!(served.rules(other, 1).is_some(), "a case it once had has its rules");
        let every = super::served(&Deployment::default(), packed()).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(every.councils().count(), all.len());
    }

    #[test]
    fn a_council_or_a_team_that_is_none_is_named_with_those_there_are() {
        let first = packed().councils().next().map(str::to_owned).unwrap_or_default();
        let mut wrong = arranged(&first, "moon");
        wrong.council.extend(arranged("atlantis", "waste").council);
        let why = served(&wrong, packed()).expect_err("neither is there");
        assert!(why.contains("no policy for “atlantis”; there are ") && why.contains(&first), "{why}");
        assert!(why.contains("“moon” is not a team of "), "{why}");
    }
}
