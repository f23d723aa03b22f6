//! What a list is narrowed to: as an address says it, and checked.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::case::{Reference, name_of};
use redress_domain::refusal::FieldError;
use redress_domain::rules::Rules;
use redress_store::{Summary, Whose};
use redress_web::Identity;

/// Every filter an address may have, in the order in which they are shown.
pub(crate) const NAMES: [&str; 11] =
    ["owner", "team", "status", "stage", "kind", "service", "due_before", "overdue", "flag", "q", "sort"];

/// What a case may be marked with, and how that is said.
pub(crate) const FLAGS: [(&str, &str); 19] = [
    ("message", "They wrote again"),
    ("undelivered", "A letter did not arrive"),
    ("call", "To be told by phone"),
    ("sign-off", "To be signed off"),
    ("campaign", "Part of a campaign"),
    ("vulnerable", "Vulnerable, or at risk"),
    ("restricted", "Restricted"),
    ("historic", "Older than the time limit"),
    ("late", "Review asked for late"),
    ("suspected-spam", "May be spam"),
    ("discretion-used", "Late, and taken all the same"),
    ("discretion-declined", "Late, and declined"),
    ("possible-duplicate", "May be a duplicate"),
    ("deceased", "The person has died"),
    ("breach", "A letter went to somebody else"),
    ("equality", "Equality: look at it first"),
    ("restriction", "Contact is limited"),
    ("ombudsman", "With the Ombudsman"),
    ("external-support", "Support from outside"),
];

/// The longest id of a person.
const ID_MAX: usize = 200;

/// In which order a list stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    /// What is due first comes first: the order of the indexes.
    #[default]
    Due,
    /// What was received last comes first.
    Newest,
    /// What was received first comes first.
    Oldest,
}

/// The filters of an address, as they are written there; one that is not there is empty.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Filters {
    values: BTreeMap<&'static str, String>,
}

/// The same, checked.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    pub(crate) whose: Whose,
    pub(crate) sort: Sort,
    pub(crate) reference: Option<String>,
    team: Option<String>,
    status: Option<String>,
    stage: Option<u8>,
    kind: Option<String>,
    due_before: Option<NaiveDate>,
    service: Option<String>,
    flag: Option<String>,
}

impl Filters {
    /// Those among what an address says.
    pub(crate) fn of<'a>(said: impl IntoIterator<Item = (&'a str, &'a str)>) -> Filters {
        let mut values: BTreeMap<&'static str, String> = NAMES.map(|name| (name, String::new())).into();
        for (name, value) in said {
            if let Some(known) = values.get_mut(name) {
                value.trim().clone_into(known);
            }
        }
        Filters { values }
    }

    /// What one of them says; nothing when it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The same, with one of them said otherwise.
    pub(crate) fn with(&self, name: &'static str, value: &str) -> Filters {
        let mut values = self.values.clone();
        values.insert(name, value.to_owned());
        Filters { values }
    }

    /// Those that say something, in the order in which they are shown.
    pub(crate) fn said(&self) -> impl Iterator<Item = (&'static str, &str)> {
        NAMES.into_iter().filter_map(|name| Some((name, self.get(name)?)))
    }

    /// As an address has them.
    pub(crate) fn query(&self) -> String {
        let said: Vec<(&str, &str)> = self.said().collect();
        serde_urlencoded::to_string(said).unwrap_or_default()
    }

    /// Checks them all at once.
    ///
    /// # Errors
    /// Every one that cannot be taken.
    pub(crate) fn check(
        &self,
        rules: &Rules,
        identity: &Identity,
        today: NaiveDate,
    ) -> Result<Filter, Vec<FieldError>> {
        let policy = &rules.policy;
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: String| errors.push(FieldError { field: field.to_owned(), message });
        let mut known = |field: &'static str, known: &dyn Fn(&str) -> bool, message: &str| {
            let given = self.get(field)?;
            if !known(given) {
                wrong(field, format!("{} {message}", quoted(given)));
            }
            Some(given.to_owned())
        };
        let team = known("team", &|id| policy.team(id).is_some(), "is not a team of this council");
        let id = |id: &str| id.len() <= ID_MAX && !id.chars().any(|c| c.is_control() || c == '#');
        let owner = known("owner", &id, "is nobody’s id: choose me, nobody, all or a colleague");
        let open = |status: &str| ["new", "open", "answered"].contains(&status);
        let status = known("status", &open, "is none of new, open and answered: the queue holds what is not closed");
        let of_policy = |kind: &str| policy.kinds.iter().any(|known| name_of(known.id) == kind);
        let kind = known("kind", &of_policy, "is not a kind of feedback at this council");
        let service = known("service", &|id| policy.service(id).is_some(), "is not a service of this council");
        let number = |stage: &str| stage.parse().ok().filter(|n| policy.stage(*n).is_some());
        let stage = known("stage", &|stage| number(stage).is_some(), "is not a stage of this council’s policy");
        let real = "is not a real date: write it like 27/3/2026 or 2026-03-27";
        let before = known("due_before", &|date| day(date).is_some(), real).as_deref().and_then(day);
        let yes = |value: &str| ["true", "false"].contains(&value);
        let overdue = known("overdue", &yes, "is neither true nor false").is_some_and(|overdue| overdue == "true");
        let flag =
            known("flag", &|flag| FLAGS.iter().any(|(id, _)| *id == flag), "is not something a case is marked with");
        let sorts = |sort: &str| order(sort).is_some();
        let sort = known("sort", &sorts, "is none of due, received and received-oldest").as_deref().and_then(order);
        let q = known("q", &|q| q.parse::<Reference>().is_ok(), "is not a reference: it looks like ABC-7QK4-2F9T");
        let reference = q.and_then(|q| q.parse().ok()).map(|reference: Reference| reference.to_string());
        if !errors.is_empty() {
            return Err(errors);
        }
        let teams =
            || team.clone().map_or_else(|| policy.teams.iter().map(|team| team.id.clone()).collect(), |id| vec![id]);
        let whose = match owner.as_deref() {
            None | Some("all") => Whose::Teams(teams()),
            Some("nobody") => Whose::Nobodys(teams()),
            Some("me") => Whose::Persons(identity.id.clone()),
            Some(id) => Whose::Persons(id.to_owned()),
        };
        let due_before = if overdue { Some(before.map_or(today, |before| before.min(today))) } else { before };
        let (sort, stage) = (sort.unwrap_or_default(), stage.as_deref().and_then(number));
        Ok(Filter { whose, sort, reference, team, status, stage, kind, due_before, service, flag })
    }
}

impl Filter {
    /// Whether a line is wanted.
    pub(crate) fn takes(&self, line: &Summary) -> bool {
        let same = |wanted: &Option<String>, is: &str| wanted.as_deref().is_none_or(|wanted| wanted == is);
        same(&self.team, &line.team)
            && same(&self.status, &name_of(line.status))
            && same(&self.kind, &name_of(line.kind))
            && same(&self.reference, line.reference.as_str())
            && self.stage.is_none_or(|stage| stage == line.stage)
            && (self.service.is_none() || self.service == line.service)
            && self.flag.as_deref().is_none_or(|flag| marked(line, flag))
            && self.due_before.is_none_or(|before| line.next_due.as_ref().is_some_and(|next| next.due_on < before))
    }

    /// Whether the line is among those whose list is asked for: an index says that of its own lines.
    pub(crate) fn is_theirs(&self, line: &Summary) -> bool {
        match &self.whose {
            Whose::Teams(teams) => teams.contains(&line.team),
            Whose::Nobodys(teams) => teams.contains(&line.team) && line.owner.is_none(),
            Whose::Persons(id) => line.owner.as_ref().is_some_and(|owner| owner.id == *id),
        }
    }

    /// Whether no later line can be wanted: the list is in order of the date.
    pub(crate) fn is_past(&self, line: &Summary) -> bool {
        let due_on = line.next_due.as_ref().map(|next| next.due_on);
        due_on.zip(self.due_before).is_some_and(|(due_on, before)| due_on >= before)
    }
}

fn marked(line: &Summary, flag: &str) -> bool {
    line.flags.iter().chain(&line.waits).any(|found| found == flag) || (flag == "restricted" && line.restricted)
}

fn order(sort: &str) -> Option<Sort> {
    match sort {
        "due" => Some(Sort::Due),
        "received" => Some(Sort::Newest),
        "received-oldest" => Some(Sort::Oldest),
        _ => None,
    }
}

/// A date as programs and as people write it.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok().or_else(|| NaiveDate::parse_from_str(text, "%d/%m/%Y").ok())
}

/// What was given, and no more of it than fits beside a field.
fn quoted(given: &str) -> String {
    let shown: String = given.chars().take(60).collect();
    format!("“{shown}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_as_people_write_it() {
        assert_eq!(day("27/3/2026"), day("2026-03-27"));
        assert_eq!((day("27 March"), day("2026-02-30"), day("31/2/2026")), (None, None, None));
    }

    #[test]
    fn an_address_is_kept_without_what_is_empty_or_unknown() {
        let filters = Filters::of([("team", " waste "), ("owner", ""), ("cursor", "x"), ("q", "a b")]);
        assert_eq!(filters.query(), "team=waste&q=a+b");
        assert_eq!(filters.with("team", "").query(), "q=a+b");
    }
}
