//! What a policy names that does not stand in its own file: a calendar and Ombudsmen.

use std::collections::BTreeMap;
use std::sync::Arc;

use redress_domain::calendar::{Calendar, long_date};
use redress_domain::policy::{Policy, PolicyError};
use redress_domain::rules::Ombudsman;

/// What can be named.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) calendars: BTreeMap<String, Arc<Calendar>>,
    pub(super) ombudsmen: Arc<Vec<Ombudsman>>,
}

/// A policy, and the calendar its council works by: its nation's, with the days on which the council is closed.
#[derive(Clone, Debug)]
pub(super) struct Edition {
    pub(super) policy: Arc<Policy>,
    pub(super) calendar: Arc<Calendar>,
}

impl Named {
    /// Reads a policy that names nothing but what is here.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(super) fn read(&self, file: &str, text: &str) -> Result<Edition, Vec<PolicyError>> {
        let policy = Policy::read_also(file, text, |policy| self.wrong(policy))?;
        let why = self.no_calendar(&policy);
        self.edition(policy).ok_or_else(|| vec![PolicyError::about(file, text, "policy.calendar", why)])
    }

    /// A policy with its council's calendar; nothing where it names a calendar that is not here.
    pub(super) fn edition(&self, policy: Policy) -> Option<Edition> {
        let nation = self.calendars.get(&policy.policy.calendar)?;
        let closed = !policy.closures.is_empty();
        let calendar = if closed { Arc::new(nation.closed_on(&policy.closures)) } else { Arc::clone(nation) };
        Some(Edition { policy: Arc::new(policy), calendar })
    }

    fn wrong(&self, policy: &Policy) -> Vec<(String, String)> {
        let mut wrong = Vec::new();
        match self.calendars.get(&policy.policy.calendar) {
            None => wrong.push(("policy.calendar".to_owned(), self.no_calendar(policy))),
            Some(nation) => wrong.extend(changes_nothing(policy, nation)),
        }
        let routes = &policy.ombudsman;
        let named = [("general", Some(&routes.general)), ("landlord", routes.landlord.as_ref())];
        for (route, id) in named {
            let unknown = |id: &&String| !id.trim().is_empty() && self.ombudsmen.iter().all(|known| known.id != **id);
            if let Some(id) = id.filter(unknown) {
                let mut known: Vec<&str> = self.ombudsmen.iter().map(|known| known.id.as_str()).collect();
                known.sort_unstable();
                let why = format!("there is no Ombudsman “{id}” in ombudsmen.toml: there are {}", known.join(", "));
                wrong.push((format!("ombudsman.{route}"), why));
            }
        }
        wrong
    }

    fn no_calendar(&self, policy: &Policy) -> String {
        let known: Vec<&str> = self.calendars.keys().map(String::as_str).collect();
        format!("there is no calendar “{}”: there are {}", policy.policy.calendar, known.join(", "))
    }
}

/// Closures on bank holidays.
fn changes_nothing(policy: &Policy, nation: &Calendar) -> Vec<(String, String)> {
    let off = policy.closures.iter().enumerate().filter(|(_, closure)| nation.is_proclaimed(closure.date));
    off.map(|(n, closure)| {
        let title = nation.day_off(closure.date).unwrap_or("a bank holiday");
        let date = long_date(closure.date);
        let why = format!("{date} is off in any case ({title}): this closure changes nothing, so take it out");
        (format!("closures.{n}.date"), why)
    })
    .collect()
}
