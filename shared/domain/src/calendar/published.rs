//! What a council published on top of its nation's calendar: a list that only grows,
//! so that any earlier version can be had again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Announcement, Calendar, local_date};

/// Everything a council published, oldest first. Each change is one version more than the calendar under it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    changes: Vec<Change>,
}

/// One change, as it was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When.
    pub at: DateTime<Utc>,
    /// Days that are off from then on, with what they are called.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub add: BTreeMap<NaiveDate, String>,
    /// Days that are off no longer.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub remove: BTreeSet<NaiveDate>,
}

impl Published {
    /// How many changes there were.
    pub fn len(&self) -> usize {
        self.changes.len()
    }

    /// Whether nothing was ever published.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes, oldest first.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter()
    }

    /// The nation's calendar with all of it.
    pub fn over(&self, base: &Calendar) -> Calendar {
        let mut calendar = base.clone();
        for change in &self.changes {
            calendar.change(&change.add, &change.remove);
        }
        calendar
    }

    /// What had been published when the calendar over `base` was at this version.
    pub fn at_version(&self, base: &Calendar, version: u32) -> Published {
        let n = usize::try_from(version.saturating_sub(base.version)).unwrap_or(usize::MAX);
        Published { changes: self.changes.iter().take(n).cloned().collect() }
    }

    /// What had been published by the end of a day.
    pub fn by(&self, day: NaiveDate) -> Published {
        Published { changes: self.changes.iter().filter(|change| local_date(change.at) <= day).cloned().collect() }
    }

    /// With one announcement more. What changes nothing is no change: the same twice is once.
    #[must_use]
    pub fn with(&self, base: &Calendar, announced: &Announcement, at: DateTime<Utc>) -> Published {
        let now = self.over(base);
        // A day on which the council is closed can still be proclaimed: another of its policies may not close on it.
        let new = announced.add.iter().filter(|date| !now.is_proclaimed(**date));
        let change = Change {
            at,
            add: new.map(|date| (*date, announced.title.clone())).collect(),
            remove: announced.remove.iter().filter(|date| now.is_proclaimed(**date)).copied().collect(),
        };
        let mut changes = self.changes.clone();
        if !change.add.is_empty() || !change.remove.is_empty() {
            changes.push(change);
        }
        Published { changes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Closure;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn announced(add: &[&str], remove: &[&str]) -> Announcement {
        let days = |texts: &[&str]| texts.iter().map(|text| day(text)).collect();
        Announcement { add: days(add), remove: days(remove), title: "Jubilee".to_owned() }
    }

    fn base() -> Calendar {
        Calendar::of("base", [(day("2026-04-03"), "Good Friday".to_owned())])
    }

    #[test]
    fn a_change_is_a_version_and_the_same_again_is_none() {
        let at = "2026-03-01T10:00:00Z".parse().unwrap();
        let once = Published::default().with(&base(), &announced(&["2026-06-12"], &["2026-04-03"]), at);
        let calendar = once.over(&base());
        assert_eq!((calendar.version, calendar.day_off(day("2026-06-12"))), (2, Some("Jubilee")));
        assert!(calendar.is_working(day("2026-04-03")));
        assert_eq!(once.with(&base(), &announced(&["2026-06-12"], &["2026-04-03"]), at), once);
        let back = once.with(&base(), &announced(&["2026-04-03"], &["2026-06-12"]), at);
        assert_eq!((back.over(&base()).version, back.over(&base()).is_working(day("2026-06-12"))), (3, true));
    }

    #[test]
    fn what_is_published_leaves_the_councils_closures_alone() {
        let closed = base().closed_on(&[Closure { date: day("2026-12-24"), title: "Christmas".to_owned() }]);
        let at = "2026-03-01T10:00:00Z".parse().unwrap();
        let withdrawn = Published::default().with(&closed, &announced(&["2026-06-12"], &["2026-12-24"]), at);
        let calendar = withdrawn.over(&closed);
        assert_eq!(calendar.day_off(day("2026-12-24")), Some("Council closed (Christmas)"));
        let proclaimed = withdrawn.with(&closed, &announced(&["2026-12-24"], &[]), at);
        assert_eq!(proclaimed.over(&closed).day_off(day("2026-12-24")), Some("Jubilee"));
        assert_eq!(proclaimed.over(&base()).day_off(day("2026-12-24")), Some("Jubilee"));
    }

    #[test]
    fn an_earlier_version_can_be_had_again() {
        let at = |text: &str| text.parse().unwrap();
        let first = Published::default().with(&base(), &announced(&["2026-06-12"], &[]), at("2026-03-01T10:00:00Z"));
        let both = first.with(&base(), &announced(&["2026-06-15"], &[]), at("2026-06-01T23:30:00Z"));
        assert_eq!(both.at_version(&base(), 2), first);
        assert!(both.at_version(&base(), 1).is_empty());
        // Half past eleven in the evening, in summer, is the next day in London.
        assert_eq!(both.by(day("2026-06-01")), first);
        assert_eq!(both.by(day("2026-06-02")), both);
    }
}
