//! Who writes and who answers: invented people, and staff as the local issuer knows them.

use serde::Deserialize;
use serde_json::{Value, json};

use redress_domain::case::Actor;
use redress_domain::policy::Policy;
use redress_domain::roles::Role;

use crate::issuer::subject_of;

/// Ofcom keeps these numbers for drama; three digits follow.
const PHONES: [&str; 2] = ["01632 960", "07700 900"];
/// E-mail to these goes nowhere.
const DOMAINS: [&str; 2] = ["example.com", "example.org"];
/// How many of each role a council has.
const EACH: usize = 2;

/// Everyone, as `people.toml` has them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct People {
    streets: Vec<String>,
    towns: Vec<String>,
    residents: Vec<String>,
    everywhere: String,
    officers: Vec<String>,
    managers: Vec<String>,
    investigators: Vec<String>,
    complaints_managers: Vec<String>,
    signatories: Vec<String>,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// The subject of their token, whenever they sign in by this name.
    pub(super) id: String,
    /// Their name.
    pub(super) name: String,
    /// The role they act in.
    pub(super) role: Role,
    /// Their organisation, where it is not the council's own.
    pub(super) organisation: Option<String>,
}

impl Member {
    /// Them, acting.
    pub(super) fn actor(&self) -> Actor {
        Actor::Staff { id: self.id.clone(), role: self.role, organisation: self.organisation.clone() }
    }
}

/// The staff of one council.
#[derive(Clone, Debug)]
pub(super) struct Staff {
    officers: Vec<Member>,
    /// Who answers stage 1; the first is the one the desk suggests.
    owners: Vec<Member>,
    /// Who answers stage 2.
    reviewers: Vec<Member>,
    /// Who runs the procedure, and who signs.
    complaints_manager: Vec<Member>,
    signatory: Vec<Member>,
}

impl People {
    /// Reads them.
    pub(super) fn read() -> Result<People, String> {
        toml::from_str(include_str!("../../demo/people.toml")).map_err(|error| format!("people.toml: {error}"))
    }

    /// The nth resident's name and how to reach them.
    pub(super) fn resident(&self, n: usize) -> Value {
        let name = pick(&self.residents, n);
        let local: String = name.to_lowercase().chars().map(plain).collect();
        let place = |list: &[String], n: usize| pick(list, n).to_owned();
        json!({
            "name": name,
            "email": format!("{}@{}", local.replace(' ', "."), pick(&DOMAINS, n / 3)),
            "phone": format!("{}{:03}", pick(&PHONES, n), (n * 37 + 11) % 1000),
            "address": {
                "lines": [format!("{} {}", n * 7 % 83 + 1, place(&self.streets, n * 5)), place(&self.towns, n)],
                "postcode": format!("ZZ99 {}{}", n % 9 + 1, pick(&["AA", "BD", "EF", "HJ", "LN", "PQ", "RS", "TW"], n / 9)),
            },
        })
    }

    /// The staff of the nth council, whose stages these roles answer.
    pub(super) fn staff(&self, n: usize, policy: &Policy, first: Role, second: Role) -> Staff {
        let council = policy.policy.council.as_str();
        let runs = policy.stages.last().and_then(|stage| stage.organisation.clone());
        let member = |name: &str, role: Role| {
            let organisation = runs.clone().filter(|_| matches!(role, Role::Investigator | Role::Signatory));
            Member { id: subject_of(council, name), name: name.to_owned(), role, organisation }
        };
        let some = |role: Role, offset: usize| -> Vec<Member> {
            let names = match role {
                Role::Officer => &self.officers,
                Role::Investigator => &self.investigators,
                Role::ComplaintsManager => &self.complaints_managers,
                Role::Signatory => &self.signatories,
                _ => &self.managers,
            };
            (0..EACH).map(|at| member(pick(names, n + at * 3 + offset), role)).collect()
        };
        let mut owners = vec![member(&self.everywhere, first)];
        owners.extend(some(first, 0));
        Staff {
            officers: some(Role::Officer, 1),
            owners,
            reviewers: some(second, 2),
            complaints_manager: some(Role::ComplaintsManager, 0).into_iter().take(1).collect(),
            signatory: some(Role::Signatory, 0).into_iter().take(1).collect(),
        }
    }
}

impl Staff {
    /// Whoever is at the desk.
    pub(super) fn officer(&self, n: usize) -> Option<&Member> {
        nth(&self.officers, n)
    }

    /// Whoever has the nth case at stage 1.
    pub(super) fn owner(&self, n: usize) -> Option<&Member> {
        nth(&self.owners, n)
    }

    /// Whoever has it at stage 2: somebody else, always.
    pub(super) fn reviewer(&self, n: usize) -> Option<&Member> {
        let owner = self.owner(n).map(|owner| owner.id.as_str());
        let others: Vec<&Member> = self.reviewers.iter().filter(|other| Some(other.id.as_str()) != owner).collect();
        others.get(n % others.len().max(1)).copied()
    }

    /// Whoever signs answers off.
    pub(super) fn signatory(&self) -> Option<&Member> {
        self.signatory.first()
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Member> {
        self.officers
            .iter()
            .chain(&self.owners)
            .chain(&self.reviewers)
            .chain(&self.complaints_manager)
            .chain(&self.signatory)
    }
}

fn nth(members: &[Member], n: usize) -> Option<&Member> {
    members.get(n % members.len().max(1))
}

fn pick<T: AsRef<str>>(list: &[T], n: usize) -> &str {
    list.get(n % list.len().max(1)).map_or("", AsRef::as_ref)
}

/// As people spell their names in an address.
fn plain(letter: char) -> char {
    match letter {
        'â' | 'á' => 'a',
        'ë' | 'é' => 'e',
        'í' => 'i',
        'ń' => 'n',
        '\'' => '-',
        other => other,
    }
}
