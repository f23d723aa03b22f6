//! The policies, calendars, roles and letters a deployment works by.

mod named;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use include_dir::{Dir, include_dir};

use redress_domain::calendar::{Calendar, CalendarError, calendars, long_date};
use redress_domain::code::{self, Codes};
use redress_domain::danger::Danger;
use redress_domain::policy::{Policy, PolicyError};
use redress_domain::roles::Roles;
use redress_domain::rules::{Ombudsmen, Rules};

use named::{Edition, Named};

static PACKED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../policies");

/// Where the Codes stand.
const CODES: &str = "codes/complaint-handling-2024.toml";

/// Where the words of danger stand.
const DANGER: &str = "danger.toml";

/// Where the data comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// Packed into the binary when it was built.
    Packed,
    /// A folder in the same shape, so that wording changes without a build.
    Folder(PathBuf),
}

/// Everything that is data.
#[derive(Clone, Debug)]
pub struct Library {
    /// Every policy: by council, then by version.
    councils: Arc<BTreeMap<String, BTreeMap<u32, Edition>>>,
    /// The councils that are served, where not all are.
    served: Option<Arc<BTreeSet<String>>>,
    named: Named,
    roles: Arc<Roles>,
    codes: Arc<Codes>,
    danger: Arc<Danger>,
    templates: Arc<Vec<(String, String)>>,
}

/// Data that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// A file that cannot be read.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// A policy, or a Code, with something wrong in it.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Policy(Vec<PolicyError>),
    /// A calendar that cannot be trusted.
    #[error("calendars/bank-holidays.json: {0}")]
    Calendar(#[from] CalendarError),
    /// Another file with something wrong in it.
    #[error("{0}")]
    Other(String),
}

impl Library {
    /// Reads everything, and checks that nothing names what is not there.
    ///
    /// # Errors
    /// What is wrong, with file, line and column where there is one.
    pub fn load(source: &Source) -> Result<Library, LibraryError> {
        Library::of(match source {
            Source::Packed => packed(&PACKED),
            Source::Folder(folder) => on_disk(folder)?,
        })
    }

    fn of(files: BTreeMap<String, String>) -> Result<Library, LibraryError> {
        let file = |name: &str| {
            files.get(name).map(String::as_str).ok_or_else(|| LibraryError::Other(format!("{name} is not there")))
        };
        let calendars: BTreeMap<String, Arc<Calendar>> = calendars(file("calendars/bank-holidays.json")?)?
            .into_iter()
            .map(|calendar| (calendar.name.clone(), Arc::new(calendar)))
            .collect();
        let ombudsmen: Ombudsmen = toml::from_str(file("ombudsmen.toml")?)
            .map_err(|error| LibraryError::Other(format!("ombudsmen.toml: {error}")))?;
        let roles = Roles::read(file("roles.toml")?).map_err(LibraryError::Other)?;
        let codes = code::read(CODES, file(CODES)?).map_err(LibraryError::Policy)?;
        // A folder without a list of its own has ours: no danger is missed because a file was not copied.
        let packed = || PACKED.get_file(DANGER).and_then(|file| file.contents_utf8());
        let danger = files.get(DANGER).map(String::as_str).or_else(packed).unwrap_or_default();
        let danger = Danger::read(danger).map_err(LibraryError::Other)?;
        let named = Named { calendars, ombudsmen: Arc::new(ombudsmen.ombudsman) };
        let mut councils: BTreeMap<String, BTreeMap<u32, Edition>> = BTreeMap::new();
        let mut wrong = Vec::new();
        for (name, text) in files.iter().filter(|(name, _)| is_policy(name)) {
            match named.read(name, text) {
                Err(errors) => wrong.extend(errors),
                Ok(edition) => {
                    let header = &edition.policy.policy;
                    if !name.starts_with(&format!("{}/", header.council)) {
                        let why = format!("`council` is “{}”, which is not the name of its folder", header.council);
                        wrong.push(PolicyError::about(name, text, "policy.council", why));
                    }
                    let versions = councils.entry(header.council.clone()).or_default();
                    if versions.contains_key(&header.version) {
                        let why = format!("there is another version {} of this policy", header.version);
                        wrong.push(PolicyError::about(name, text, "policy.version", why));
                    }
                    versions.insert(header.version, edition);
                }
            }
        }
        if !wrong.is_empty() {
            return Err(LibraryError::Policy(wrong));
        }
        let templates =
            files.into_iter().filter(|(name, _)| name.contains("letters/") && name.ends_with(".txt")).collect();
        Ok(Library {
            councils: Arc::new(councils),
            served: None,
            named,
            roles: Arc::new(roles),
            codes: Arc::new(codes),
            danger: Arc::new(danger),
            templates: Arc::new(templates),
        })
    }

    /// The same for these councils alone: the others are not there for whoever asks, as nobody would answer them. A case
    /// that one of them had before still has its rules.
    #[must_use]
    pub fn serving(self, councils: impl IntoIterator<Item = String>) -> Library {
        Library { served: Some(Arc::new(councils.into_iter().collect())), ..self }
    }

    /// The id of every council that is served.
    pub fn councils(&self) -> impl Iterator<Item = &str> {
        self.councils.keys().map(String::as_str).filter(|id| self.serves(id))
    }

    fn serves(&self, council: &str) -> bool {
        self.served.as_ref().is_none_or(|served| served.contains(council))
    }

    /// What decides a council's new cases: its latest policy.
    pub fn present(&self, council: &str) -> Option<Rules> {
        let (version, _) = self.councils.get(council).filter(|_| self.serves(council))?.last_key_value()?;
        self.rules(council, *version)
    }

    /// What decides a case that comes in on a day: the last policy in force by then. A policy published
    /// ahead of its day waits for it; before all of them, the first stands.
    pub fn present_on(&self, council: &str, day: NaiveDate) -> Option<Rules> {
        let editions = self.councils.get(council).filter(|_| self.serves(council))?;
        let in_force = editions.iter().rev().find(|(_, edition)| edition.policy.policy.from <= day);
        let (version, _) = in_force.or_else(|| editions.first_key_value())?;
        self.rules(council, *version)
    }

    /// What decides a case: the policy it was opened under.
    pub fn rules(&self, council: &str, version: u32) -> Option<Rules> {
        self.councils.get(council)?.get(&version).map(|edition| self.around(edition))
    }

    /// The rules with a policy that is not of this library: one that is only tried.
    pub fn with_policy(&self, policy: Policy) -> Option<Rules> {
        self.named.edition(policy).map(|edition| self.around(&edition))
    }

    fn around(&self, edition: &Edition) -> Rules {
        Rules {
            policy: Arc::clone(&edition.policy),
            calendar: Arc::clone(&edition.calendar),
            ombudsmen: Arc::clone(&self.named.ombudsmen),
            roles: Arc::clone(&self.roles),
        }
    }

    /// The teams of a council, under any of its policies.
    pub fn teams(&self, council: &str) -> Vec<String> {
        let policies = self.councils.get(council).into_iter().flat_map(BTreeMap::values);
        let teams: BTreeSet<String> =
            policies.flat_map(|edition| &edition.policy.teams).map(|team| team.id.clone()).collect();
        teams.into_iter().collect()
    }

    /// Reads a policy that stands anywhere, and checks that it names nothing that is not here.
    ///
    /// # Errors
    /// Everything that is wrong with it, with file, line and column.
    pub fn read(&self, file: &str, text: &str) -> Result<Policy, Vec<PolicyError>> {
        self.named.read(file, text).map(|edition| edition.policy.as_ref().clone())
    }

    /// A nation's calendar by its name.
    pub fn calendar(&self, name: &str) -> Option<&Arc<Calendar>> {
        self.named.calendars.get(name)
    }

    /// The last day of the calendar that ends first, of those that a policy counts by.
    pub fn horizon(&self) -> Option<NaiveDate> {
        self.used().map(|calendar| calendar.horizon).min()
    }

    fn used(&self) -> impl Iterator<Item = &Arc<Calendar>> {
        let editions = self.councils.values().flat_map(BTreeMap::values);
        let used: BTreeSet<&str> = editions.map(|edition| edition.policy.policy.calendar.as_str()).collect();
        used.into_iter().filter_map(|name| self.calendar(name))
    }

    /// What somebody must see to soon, in a sentence each: calendars that end within a year of today.
    pub fn alarms(&self, today: NaiveDate) -> Vec<String> {
        let ending = self.used().filter_map(|calendar| Some((&calendar.name, calendar.ends_soon(today)?)));
        ending
            .map(|(name, until)| {
                let until = long_date(until);
                format!("the calendar {name} ends on {until}: add the bank holidays after it, or later dates stay provisional")
            })
            .collect()
    }

    /// Every policy with the name of its file, by council and version.
    pub fn policies(&self) -> impl Iterator<Item = (String, &Policy)> {
        self.councils.iter().flat_map(|(council, versions)| {
            versions
                .iter()
                .map(move |(version, edition)| (format!("{council}/v{version}.toml"), edition.policy.as_ref()))
        })
    }

    /// The Complaint Handling Codes.
    pub fn codes(&self) -> &Codes {
        &self.codes
    }

    /// The words that say somebody may be in danger.
    pub fn danger(&self) -> &Danger {
        &self.danger
    }

    /// Who may do what.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// The letter templates, by their place under `policies/`.
    pub fn templates(&self) -> impl Iterator<Item = (String, String)> {
        self.templates.iter().cloned()
    }
}

/// `<council>/v1.toml`.
fn is_policy(name: &str) -> bool {
    name.split_once('/').is_some_and(|(_, file)| file.starts_with('v') && file.ends_with(".toml"))
}

fn packed(folder: &Dir<'_>) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = folder
        .files()
        .filter_map(|file| Some((file.path().to_str()?.to_owned(), file.contents_utf8()?.to_owned())))
        .collect();
    for inner in folder.dirs() {
        files.extend(packed(inner));
    }
    files
}

fn on_disk(root: &Path) -> Result<BTreeMap<String, String>, LibraryError> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let wrong = |error| LibraryError::File(folder.display().to_string(), error);
        for entry in std::fs::read_dir(&folder).map_err(wrong)? {
            let path = entry.map_err(wrong)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.insert(name, text);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests;
