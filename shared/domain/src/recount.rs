//! What a change of calendar does to an open case.

use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar::local_date;
use crate::case::{Case, Event, Moved};
use crate::deadline::deadlines;
use crate::decide::Decision;
use crate::rules::Rules;
use crate::sweep::due_at;

/// A case counted anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Recount {
    /// What is still owed and moved, each with the date a letter promised.
    pub moved: Vec<(Moved, Option<NaiveDate>)>,
    /// To be committed, so that the sweep and the queue find the case by its new dates. What was promised stays.
    pub decision: Decision,
}

/// Counts an open case under another calendar; nothing when nothing comes of it.
pub fn recount(before: &Rules, after: &Rules, case: &Case, now: DateTime<Utc>) -> Option<Recount> {
    if !case.is_open() {
        return None;
    }
    let today = local_date(now);
    let counted = deadlines(after, case, today);
    let moved: Vec<(Moved, Option<NaiveDate>)> = deadlines(before, case, today)
        .into_iter()
        .filter(|old| old.owed)
        .filter_map(|old| {
            let new = counted.iter().find(|new| new.rule == old.rule && new.due_on != old.due_on)?;
            Some((Moved { rule: old.rule, from: old.due_on, to: new.due_on }, new.promised_on))
        })
        .collect();
    // A date that stands may still be warned of on another day.
    if moved.is_empty() && due_at(before, case, now) == due_at(after, case, now) {
        return None;
    }
    let event = Event::CalendarChanged {
        calendar_version: after.calendar.version,
        moved: moved.iter().map(|(moved, _)| moved.clone()).collect(),
    };
    Some(Recount { moved, decision: Decision::of(event) })
}
