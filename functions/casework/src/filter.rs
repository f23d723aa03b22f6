//! What a list is narrowed to.

use chrono::NaiveDate;
use serde::Deserialize;

use redress_domain::case::name_of;
use redress_domain::refusal::FieldError;
use redress_domain::rules::Rules;
use redress_store::Summary;
use redress_web::{Identity, Problem};

/// The filters of an address, as they are written there.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize)]
#[serde(default)]
pub(crate) struct Filters {
    pub(crate) team: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) stage: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) due_before: Option<String>,
    pub(crate) overdue: Option<String>,
    pub(crate) service: Option<String>,
    pub(crate) q: Option<String>,
    pub(crate) cursor: Option<String>,
}

/// The same, checked.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    pub(crate) teams: Vec<String>,
    pub(crate) mine: bool,
    unassigned: bool,
    status: Option<String>,
    stage: Option<u8>,
    kind: Option<String>,
    due_before: Option<NaiveDate>,
    service: Option<String>,
    reference: Option<String>,
}

impl Filters {
    /// Checks them all at once.
    pub(crate) fn check(&self, rules: &Rules, today: NaiveDate) -> Result<Filter, Problem> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: String| errors.push(FieldError { field: field.to_owned(), message });
        let given = |value: &Option<String>| value.clone().filter(|value| !value.is_empty());
        let teams = match given(&self.team) {
            None => rules.policy.teams.iter().map(|team| team.id.clone()).collect(),
            Some(team) if rules.policy.team(&team).is_some() => vec![team],
            Some(team) => {
                wrong("team", format!("“{team}” is not a team of this council"));
                Vec::new()
            }
        };
        let owner = given(&self.owner);
        if owner.as_deref().is_some_and(|owner| !["me", "nobody"].contains(&owner)) {
            wrong("owner", "must be me or nobody".to_owned());
        }
        let status = given(&self.status);
        if status.as_deref().is_some_and(|status| !["new", "open", "answered"].contains(&status)) {
            wrong("status", "must be new, open or answered: the queue holds what is not closed".to_owned());
        }
        let kind = given(&self.kind);
        let kinds: Vec<String> = rules.policy.kinds.iter().map(|kind| name_of(kind.id)).collect();
        if kind.as_ref().is_some_and(|kind| !kinds.contains(kind)) {
            wrong("kind", format!("must be one of {}", kinds.join(", ")));
        }
        let service = given(&self.service);
        if service.as_ref().is_some_and(|service| rules.policy.service(service).is_none()) {
            wrong("service", "is not a service of this council".to_owned());
        }
        let stage = given(&self.stage).and_then(|stage| match stage.parse() {
            Ok(stage) if rules.policy.stage(stage).is_some() => Some(stage),
            _ => {
                wrong("stage", "must be 1 or 2".to_owned());
                None
            }
        });
        let before = given(&self.due_before).and_then(|date| match date.parse::<NaiveDate>() {
            Ok(date) => Some(date),
            Err(_) => {
                wrong("due_before", format!("“{date}” is not a real date: write it like 2026-03-20"));
                None
            }
        });
        let overdue = given(&self.overdue).is_some_and(|overdue| overdue == "true");
        let reference = given(&self.q).and_then(|q| match q.parse::<redress_domain::case::Reference>() {
            Ok(reference) => Some(reference.to_string()),
            Err(error) => {
                wrong("q", error.to_string());
                None
            }
        });
        if !errors.is_empty() {
            return Err(Problem::fields(errors));
        }
        let due_before = if overdue { Some(before.map_or(today, |before| before.min(today))) } else { before };
        let (mine, unassigned) = (owner.as_deref() == Some("me"), owner.as_deref() == Some("nobody"));
        Ok(Filter { teams, mine, unassigned, status, stage, kind, due_before, service, reference })
    }
}

impl Filter {
    /// Whether a line is wanted.
    pub(crate) fn takes(&self, line: &Summary, identity: &Identity) -> bool {
        let same = |wanted: &Option<String>, is: &str| wanted.as_deref().is_none_or(|wanted| wanted == is);
        self.teams.contains(&line.team)
            && (!self.mine || line.owner.as_ref().is_some_and(|owner| owner.id == identity.id))
            && (!self.unassigned || line.owner.is_none())
            && same(&self.status, &name_of(line.status))
            && same(&self.kind, &name_of(line.kind))
            && same(&self.reference, line.reference.as_str())
            && self.stage.is_none_or(|stage| stage == line.stage)
            && (self.service.is_none() || self.service == line.service)
            && self.due_before.is_none_or(|before| line.next_due.as_ref().is_some_and(|next| next.due_on < before))
    }

    /// Whether no later line can be wanted: the list is in order of the date.
    pub(crate) fn is_past(&self, line: &Summary) -> bool {
        let due_on = line.next_due.as_ref().map(|next| next.due_on);
        due_on.zip(self.due_before).is_some_and(|(due_on, before)| due_on >= before)
    }
}
